"""What must hold within an operation once its files have the right shape: its name, calendar, people and rules.

What belongs here: one function per subject, each naming what is wrong. What does not: what must hold of measures
(`measure_checks.py`) and of claims (`claim_checks.py`).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.claim_checks import claim_mistakes
from schemas.ids import OPERATION_ID, PLAIN_TEXT, STATE_CODE, is_plain
from schemas.measure_checks import measure_mistakes
from schemas.mistakes import Mistake, quoted
from schemas.months import last_day
from schemas.operation import Operation
from schemas.operation_tables import ROSTER_FILE
from schemas.register import register
from schemas.workbook import TOTAL_LABELS, normalise

OPERATION_FILE = "operation.toml"
CLAIMS_FILE = "claims.toml"


def operation_mistakes(operation: Operation, folder: str) -> Iterator[Mistake]:
    """Name everything wrong within an operation.

    Args:
        operation: As put together from files that have the right shape.
        folder: The name of its folder.
    """
    for place, found, expected in (
        *_identity(operation, folder),
        *_calendar(operation),
        *_reported_by(operation),
        *(measures := tuple(measure_mistakes(operation))),
    ):
        yield Mistake(OPERATION_FILE, place, found, expected)
    if not measures:
        yield from _rule_codes(operation)
    yield from _roster_labels(operation)
    for place, found, expected in claim_mistakes(operation):
        yield Mistake(CLAIMS_FILE, place, found, expected)


def _identity(operation: Operation, folder: str) -> Iterator[tuple[str, str, str]]:
    if not OPERATION_ID.fullmatch(operation.id):
        yield "id", quoted(operation.id), "an id in lower case, such as broken-heart-2018"
    elif operation.id != folder:
        yield "id", quoted(operation.id), f"{quoted(folder)}, as the folder is named"
    if not is_plain(operation.title):
        yield "title", quoted(operation.title), PLAIN_TEXT
    if operation.template_version < 1:
        yield "template_version", quoted(operation.template_version), "a whole number from 1"
    if not operation.certifier_roles:
        yield "certifier_roles", quoted(operation.certifier_roles), "at least one role"
    known: set[str] = set()
    for role in operation.certifier_roles:
        if not is_plain(role):
            yield "certifier_roles", quoted(role), PLAIN_TEXT
        if normalise(role) in known:
            yield "certifier_roles", quoted(role), "each role once"
        known.add(normalise(role))


def _calendar(operation: Operation) -> Iterator[tuple[str, str, str]]:
    if operation.period_end < operation.period_start:
        yield "period_end", str(operation.period_end), f"a day from {operation.period_start} on"
    for month in operation.months:
        deadline = operation.deadlines.get(month)
        if deadline is None:
            yield f"deadlines.{month}", "nothing", f"a day from {last_day(month)} on"
        elif deadline < last_day(month):
            yield f"deadlines.{month}", str(deadline), f"a day from {last_day(month)} on"
    for month in operation.deadlines:
        if month not in operation.months:
            yield f"deadlines.{month}", "a deadline", "none: it is no month of the operation"
    if not _is_zone(operation.timezone):
        yield "timezone", quoted(operation.timezone), "a time zone's name, such as America/New_York"
    if not _is_time(operation.as_of):
        yield "as_of", quoted(operation.as_of), "a time, such as 2018-06-08T02:00:00"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        return 1900 <= dt.datetime.fromisoformat(text).year <= 2999
    except ValueError:
        return False


def _reported_by(operation: Operation) -> Iterator[tuple[str, str, str]]:
    roster = operation.roster
    for place, reporter in operation.roster.reported_by.items():
        if not STATE_CODE.fullmatch(place) or place in roster.states:
            yield f"reported_by.{place}", quoted(place), "two capital letters of a place that has no task force"
        if reporter not in roster.by_id:
            yield f"reported_by.{place}", quoted(reporter), "the id of a task force of the roster"


def _roster_labels(operation: Operation) -> Iterator[Mistake]:
    """Every label that a row of the form may bear must mean one thing."""
    roster = operation.roster
    if not roster.task_forces:
        yield Mistake(ROSTER_FILE, "", "no task force within the operation's period", "at least one")
    meaning = {normalise(label): "a control total" for label in TOTAL_LABELS}
    for state, group in roster.by_state.items():
        sole = group[0].id if len(group) == 1 else f"the control total of {state}"
        meaning |= {
            normalise(label): sole for label in (state, roster.states[state]) if normalise(label) not in meaning
        }
    for task_force in roster.task_forces:
        for label in (task_force.id, task_force.name):
            if (other := meaning.setdefault(normalise(label), task_force.id)) != task_force.id:
                found = f"{quoted(label)} for {task_force.id}"
                yield Mistake(ROSTER_FILE, "", found, f"another label: this one means {other}")


def _rule_codes(operation: Operation) -> Iterator[Mistake]:
    """The rules generated from measures and ratios must not take another rule's code."""
    times = Counter(rule.code for rule in register(operation))
    for ratio in operation.plausible_ratios:
        if times[ratio.id] > 1:
            place = f"plausible_ratios.{ratio.id}"
            yield Mistake(OPERATION_FILE, place, quoted(ratio.id), "an id that no other rule has")
