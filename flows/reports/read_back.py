"""What was read of submissions, count by count, and totalled for a sender to compare with the records it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from flows.reports.words import shown
from schemas.counts import of_submission
from schemas.months import month_label
from schemas.operation import Measure, Operation, OverMonths
from schemas.submission import Submission
from schemas.workbook import NOT_APPLICABLE_TEXT, address


@dataclass(frozen=True, slots=True)
class Count:
    """One count as it was read: whose it is, of what, and the cell it stood in; the value None where it is N/A."""

    task_force: str
    month: str
    measure: str
    value: int | None
    cell: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was read of one task force: who it is and for which months, and each whole with its figure in words."""

    title: str
    figures: tuple[tuple[str, str], ...]


def counts_of(read: pd.DataFrame, sha256: str) -> list[Count]:
    """Return the counts of one submission out of `schemas.counts.Counts` by submission, in their order."""
    own = of_submission(read, sha256).drop(columns="sha256")
    return [
        Count(task_force, month, measure, None if pd.isna(value) else int(value), f"{sheet}!{address(row, column)}")
        for task_force, month, measure, value, sheet, row, column in zip(
            *(own[name].array for name in own), strict=True
        )
    ]


def read_back(operation: Operation, submission: Submission, counts: Sequence[Count]) -> Iterator[ReadBack]:
    """Yield what was read of each task force of a submission, in roster order."""
    parts = {part for measure in operation.measures if measure.table for part in measure.parts}
    wholes = [measure for measure in operation.measures if measure.table and measure.id not in parts]
    for task_force in submission.task_forces:
        own = sorted((count for count in counts if count.task_force == task_force), key=lambda count: count.month)
        months = [month_label(count.month) for count in own if count.month]
        when = f", {' to '.join(dict.fromkeys((months[0], months[-1])))}" if months else ""
        figures = (
            (measure.label, over_months(measure, [c.value for c in own if c.measure == measure.id]) or "not given")
            for measure in wholes
        )
        yield ReadBack(f"{operation.roster.by_id[task_force].name}{when}", tuple(figures))


def over_months(measure: Measure, values: Sequence[int | None]) -> str:
    """Return the sum of a flow, the latest of a stock, in words; empty where there is no value."""
    standing = values if measure.over_months is OverMonths.SUM else values[-1:]
    known = [value for value in standing if value is not None]
    return in_words(sum(known) if known else None) if standing else ""


def in_words(value: int | None) -> str:
    """Return a count as people read it."""
    return shown(value, NOT_APPLICABLE_TEXT)
