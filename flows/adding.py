"""Adding to the program to date: the national office's form is read, held to its series, and recorded."""

import datetime as dt

from flows.door.intake import admit
from flows.inbox import Arrival
from flows.ledger.acts import last
from flows.ledger.increments import additions_until, record_additions
from flows.ledger.ledger import Ledger
from flows.replaying import operation_of
from flows.steps.additions import read_additions
from flows.steps.read import read_workbook
from schemas.mistakes import Mistake, OperationError
from schemas.operation import Operation
from schemas.program import PROGRAM_SHEET, Addition, continued, misfits
from schemas.register import register
from schemas.remarks import Remark
from schemas.sheets import UnreadableWorkbookError, WorkbookCells


def add(ledger: Ledger, arrival: Arrival, *, role: str, source: str, clock: dt.datetime) -> tuple[Addition, ...]:
    """Record what the form, filled in, adds to the program to date, all of it or nothing; the next run counts it.

    Raises:
        OperationError: It cannot be read, or does not fit the series. It carries every mistake found.
    """
    operation = operation_of(ledger)
    workbook = _read(operation, arrival)
    series = list(dict.fromkeys(figure.series for figure in operation.program_to_date))
    with ledger.writing() as connection:
        so_far = continued(operation, additions_until(connection, last(connection)))
        additions, mistakes = read_additions(workbook, series, source)
        mistakes += misfits(so_far, additions)
        today = operation.day_of(clock)
        mistakes += tuple(
            Mistake(place, str(addition.period_end), f"an end before {today}, the day on which it is recorded")
            for place, addition in additions.items()
            if addition.period_end >= today
        )
        if mistakes or not additions:
            raise OperationError(mistakes or [Mistake(PROGRAM_SHEET, "no addition", "at least one series with one")])
        record_additions(connection, additions.values(), role=role, clock=clock)
    return tuple(additions.values())


def _read(operation: Operation, arrival: Arrival) -> WorkbookCells:
    refusal = admit(arrival.content)
    if not isinstance(refusal, Remark):
        try:
            return read_workbook(arrival.content, (PROGRAM_SHEET,))
        except UnreadableWorkbookError:
            refusal = Remark("file_is_readable")
    rule = next(rule for rule in register(operation) if rule.code == refusal.code)
    sentence = rule.sentence.format_map({"found": refusal.found, "label": refusal.sheet, "hint": ""})
    raise OperationError([Mistake(arrival.file, sentence, "the form that `rollup template --program-to-date` writes")])
