"""A state's report: the verdict, every finding with its remedy, what was read, and what was sent before."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows.reports.filing import Filed, filed
from flows.reports.pages.render import render
from flows.reports.state_status import state_status
from schemas.findings import Finding, grouped
from schemas.operation import Measure, OverMonths, Table, TaskForce
from schemas.snapshot import Snapshot
from schemas.submission import Standing

_NUMBER = re.compile(r"-?\d[\d,]*", re.ASCII)
_BOUNDS = re.compile(r"(?:from |at least |at most )?(-?\d[\d,]*)(?: (?:to|and at most) (-?\d[\d,]*))?", re.ASCII)

Read = Mapping[tuple[str, str, str], int | None]
"""What was read of one submission: by task force, month and measure; None is N/A."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was read, in words where there is no number, and the finding that is about it."""

    text: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class TaskForceFigures:
    """What was read of one task force, from the latest submission that has anything of it.

    Attributes:
        task_force: Which.
        source: The submission.
        standing: What it is for the totals, in words.
        rows: Each measure with its figures: one a month and, last, the one over the operation.
    """

    task_force: TaskForce
    source: Filed
    standing: str
    rows: tuple[tuple[Measure, tuple[Figure, ...]], ...]


def state_reports(snapshot: Snapshot) -> dict[str, bytes]:
    """Return `report.html` of every state of the roster, by its code: HTML that needs nothing but itself."""
    operation = snapshot.operation
    rows_of = snapshot.read.groupby("sha256", observed=True).indices
    counting = {task_force for (_, task_force), s in snapshot.standings.items() if s is Standing.CURRENT}

    def read_of(sha256: str) -> Read:
        return _read(snapshot.read.iloc[rows_of.get(sha256, [])])

    reports = {}
    for state, sent in filed(snapshot).items():
        if not state:
            continue
        reports[state] = render(
            "state",
            snapshot=snapshot,
            operation=operation,
            as_of=operation.day_of(snapshot.as_of),
            ended=operation.months_ended(snapshot.as_of),
            state=state,
            name=operation.roster.states[state],
            status=state_status(snapshot, state, sent),
            sent=sent,
            to_answer=[one for one in sent if not one.is_replaced],
            missing=[t.id for t in operation.roster.by_state[state] if t.id not in counting],
            figures=list(_figures(snapshot, state, sent, read_of)),
            parts={part for measure in operation.measures for part in measure.parts},
            by_rule=lambda findings: grouped(findings, lambda finding: finding.code),
            differences_of=_differences,
        )
    return reports


def _differences(findings: Sequence[Finding]) -> dict[str, str]:
    """Return the differences of findings by their ids, of those that have one."""
    return {finding.id: difference for finding in findings if (difference := _difference(finding))}


def _difference(finding: Finding) -> str:
    """Return how far a count is from what was expected, with its sign; empty where they are not both numbers."""
    bounds = _BOUNDS.fullmatch(finding.expected)
    if not finding.measure or not finding.cell or not bounds or not _NUMBER.fullmatch(finding.found):
        return ""
    found, least, most = (int(text.replace(",", "")) for text in (finding.found, bounds[1], bounds[2] or bounds[1]))
    away = found - most if found > most else found - least
    return f"{away:+,}".replace("-", "\N{MINUS SIGN}")


def _read(counts: pd.DataFrame) -> Read:
    keys = zip(counts["task_force"], counts["month"], counts["measure"], strict=True)
    values = (None if pd.isna(value) else int(value) for value in counts["value"])
    return dict(zip(keys, values, strict=True))


def _figures(
    snapshot: Snapshot, state: str, sent: Sequence[Filed], read_of: Callable[[str], Read]
) -> Iterator[TaskForceFigures]:
    for task_force in snapshot.operation.roster.by_state[state]:
        source = next((one for one in reversed(sent) if task_force.id in one.submission.task_forces), None)
        if source is None:
            continue
        sha256 = source.submission.sha256
        standing = _standing_in_words(snapshot, sha256, task_force.id, sent)
        yield TaskForceFigures(
            task_force, source, standing, tuple(_rows(snapshot, task_force.id, source, read_of(sha256)))
        )


def _standing_in_words(snapshot: Snapshot, sha256: str, task_force: str, sent: Sequence[Filed]) -> str:
    if snapshot.standings.get((sha256, task_force)) is Standing.CURRENT:
        return "These figures count."
    for one in sent:
        if snapshot.standings.get((one.submission.sha256, task_force)) is Standing.CURRENT:
            return f"These figures do not count; those of {one.file} stand."
    return "These figures do not count yet."


def _rows(
    snapshot: Snapshot, task_force: str, source: Filed, read: Read
) -> Iterator[tuple[Measure, tuple[Figure, ...]]]:
    operation, ended = snapshot.operation, snapshot.operation.months_ended(snapshot.as_of)
    findings = {(f.task_force, f.month, f.measure): f for f in reversed(source.findings) if f.measure}
    for measure in operation.measures:
        if measure.table is None:
            continue
        months = operation.months if measure.table is Table.COUNTS else ("",)
        figures = [
            Figure(
                _in_words(read, (task_force, month, measure.id), is_due=month in ended or (not month and bool(ended))),
                findings.get((task_force, month, measure.id)),
            )
            for month in months
        ]
        if measure.table is Table.COUNTS:
            figures.append(Figure(_over_months(measure, [read.get((task_force, m, measure.id)) for m in months])))
        yield measure, tuple(figures)


def _in_words(read: Read, place: tuple[str, str, str], *, is_due: bool) -> str:
    if place not in read:
        return "not read" if is_due else "not due"
    value = read[place]
    return "N/A" if value is None else f"{value:,}"


def _over_months(measure: Measure, values: Sequence[int | None]) -> str:
    """Return the figure over the operation, as far as it was read: the sum of a flow, the latest of a stock."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    return f"{sum(known) if measure.over_months is OverMonths.SUM else known[-1]:,}"
