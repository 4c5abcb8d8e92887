"""Since your last try: two workbooks of one state, finding by finding and count by count.

What belongs here: the comparison of two tries. What does not: which try is the one before, and how it is told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pandas as pd

from schemas.findings import Finding, Severity
from schemas.operation import Operation, Table
from schemas.plausibility import ratios_of
from schemas.relations import relations
from schemas.submission import Submission
from schemas.tries import CountChange, SinceLastTry
from schemas.workbook import NOT_APPLICABLE_TEXT

_ABOUT_EVERYTHING = frozenset(
    {"period_start_is_the_operations", "period_end_is_the_operations", "operation_is_this_one"}
)
"""Rules whose remedy asks to look at every figure, though they are about a field."""

_Cell = tuple[str, str, str]
"""Task force, month, measure."""


def since_last_try(
    before: Submission, now: Submission, *, was_read: pd.DataFrame, is_read: pd.DataFrame, operation: Operation
) -> SinceLastTry:
    """Say what became of a try in the next one of the same state, by the `schemas.counts.Counts` read of each.

    The operation's relations say which cells a finding asks to look at.
    """
    shared = [task_force for task_force in now.task_forces if task_force in before.task_forces]
    was, is_now = _cells(was_read), _cells(is_read)
    gone, still_open, new = _paired(_asked(before.findings), _asked(now.findings))
    return SinceLastTry(
        fixed=tuple(finding for finding in gone if _is_fixed(finding, now, is_now)),
        still_open=still_open,
        new=new,
        changes=_changes(before.findings, was, is_now, operation, shared),
    )


def _asked(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that ask for something."""
    return [finding for finding in findings if finding.severity is not Severity.NOTE]


def _is_fixed(finding: Finding, now: Submission, is_now: Mapping[_Cell, str]) -> bool:
    """Tell whether a finding that is gone was mended, and not only kept from being seen: by a missing row or column."""
    if finding.task_force and finding.measure:
        cell = finding.task_force, finding.month, finding.measure
        return cell in is_now or any((f.task_force, f.month, f.measure) == cell for f in now.findings)
    return finding.task_force in now.task_forces if finding.task_force else bool(now.task_forces or not finding.sheet)


def _paired(
    before: Sequence[Finding], now: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    """Pair the findings of two tries, the most alike first; return the fixed, the still open and the new."""
    left, open_ids = list(before), set()
    for likeness in (_exactly, _closely):
        for finding in (one for one in now if one.id not in open_ids):
            twin = next((one for one in left if likeness(one) == likeness(finding)), None)
            if twin:
                left.remove(twin)
                open_ids.add(finding.id)
    still_open = tuple(finding for finding in now if finding.id in open_ids)
    return tuple(left), still_open, tuple(finding for finding in now if finding.id not in open_ids)


def _exactly(finding: Finding) -> tuple[str, ...]:
    return (*_what(finding), finding.sentence)


def _closely(finding: Finding) -> tuple[str, ...]:
    """A finding about somebody's figures is the same wherever they stand; any other, only at the same place."""
    return (*_what(finding), "" if finding.task_force else finding.cell)


def _what(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.sheet, finding.task_force, finding.month, finding.measure


def _changes(
    asked: Iterable[Finding],
    was: Mapping[_Cell, str],
    is_now: Mapping[_Cell, str],
    operation: Operation,
    shared: Sequence[str],
) -> tuple[CountChange, ...]:
    readable = {task_force for task_force, _, _ in was}
    between = _measures_by_rule(operation)
    asking = [(finding, between.get(finding.code) or {finding.measure} - {""}) for finding in asked]
    changes = [
        CountChange(
            *cell,
            before=was.get(cell, _NOT_READ),
            now=is_now.get(cell, _NOT_READ),
            was_asked_for=any(_asks(*one, cell, operation.measure[cell[2]].table) for one in asking),
        )
        for cell in _in_order_of_the_form(operation, shared)
        if cell[0] in readable and was.get(cell, _NOT_READ) != is_now.get(cell, _NOT_READ)
    ]
    return tuple(sorted(changes, key=lambda change: change.was_asked_for))


_NOT_READ = "not read"


def _cells(read: pd.DataFrame) -> dict[_Cell, str]:
    columns = (read[name].array for name in ("task_force", "month", "measure", "value"))
    return {
        (task_force, month, measure): NOT_APPLICABLE_TEXT if pd.isna(value) else f"{value:,}"
        for task_force, month, measure, value in zip(*columns, strict=True)
    }


def _in_order_of_the_form(operation: Operation, task_forces: Sequence[str]) -> Iterator[_Cell]:
    for task_force in task_forces:
        for table in operation.tables:
            for month in operation.months if table is Table.COUNTS else ("",):
                yield from ((task_force, month, measure.id) for measure in operation.asked_in(table))


def _measures_by_rule(operation: Operation) -> Mapping[str, frozenset[str]]:
    """Return what a rule between measures asks to look at: the whole and its parts, or both sides of a ratio."""
    between = {
        relation.code: frozenset({relation.whole.id, *(part.id for part in relation.parts)})
        for table in operation.tables
        for relation in relations(operation, table)
    }
    usual = {
        ratio.id: frozenset({ratio.numerator, ratio.denominator})
        for table in operation.tables
        for ratio in ratios_of(operation, table)
    }
    return between | usual


def _asks(finding: Finding, measures: Collection[str], cell: _Cell, table: Table | None) -> bool:
    """Tell whether a finding asks to look at a cell: what it leaves open, it asks of all."""
    task_force, month, measure = cell
    if finding.code in _ABOUT_EVERYTHING:
        return True
    if finding.sheet not in ("", table) or finding.task_force not in ("", task_force):
        return False
    if finding.month not in ("", month) or (measures and measure not in measures):
        return False
    return bool(finding.sheet or finding.task_force)
