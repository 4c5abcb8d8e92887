"""A state's report: the verdict, every finding with its remedy, what was read, and what was sent before."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.reports.beside_nation import beside_nation
from flows.reports.explanations import explanation_in_words
from flows.reports.filing import Filed, filed, latest_of
from flows.reports.pages.render import render
from flows.reports.read_back import Count, counts_of, in_words, over_months
from flows.reports.state_status import state_status
from flows.reports.tries import last_try
from schemas.decisions import can_be_explained
from schemas.findings import Finding, grouped
from schemas.operation import Measure, Table
from schemas.snapshot import Snapshot
from schemas.submission import Standing

_NUMBER = re.compile(r"-?\d[\d,]*", re.ASCII)
_BOUNDS = re.compile(r"(?:from |at least |at most )?(-?\d[\d,]*)(?: (?:to|and at most) (-?\d[\d,]*))?", re.ASCII)


class Figure(NamedTuple):
    """A figure as it was read, in words where there is no number, and the finding that is about it."""

    text: str
    finding: Finding | None = None


def state_reports(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """Yield `report.html` of every state of the roster, with its code: HTML that needs nothing but itself."""
    for state, sent in filed(snapshot).items():
        if state:
            yield state, _report(snapshot, state, sent)


def _report(snapshot: Snapshot, state: str, sent: Sequence[Filed]) -> bytes:
    operation, to_answer = snapshot.operation, [one for one in sent if not one.is_replaced]
    return render(
        "state.html",
        snapshot=snapshot,
        operation=operation,
        as_of=snapshot.day,
        ended=operation.months_ended(snapshot.as_of),
        state=state,
        name=operation.roster.states[state],
        status=state_status(snapshot, state, sent),
        sent=sent,
        to_answer=to_answer,
        missing=[t.id for t in operation.roster.by_state[state] if t.id not in snapshot.current],
        figures=[
            (
                task_force,
                source,
                _standing_in_words(snapshot, source, task_force.id, sent),
                list(_rows(snapshot, task_force.id, source, counts_of(snapshot.read, source.submission.sha256))),
            )
            for task_force, source in latest_of(snapshot, state, sent)
        ],
        parts={part for measure in operation.measures for part in measure.parts},
        by_rule=lambda findings: grouped(findings, lambda finding: finding.code),
        differences_of=_differences,
        beside=beside_nation(snapshot, state),
        can_be_explained=can_be_explained,
        tried={one.submission.sha256: last_try(snapshot, one, sent[: sent.index(one)]) for one in to_answer},
        explanation=lambda finding: explanation_in_words(operation, snapshot.explained[finding.id], internal=True),
    )


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


def _standing_in_words(snapshot: Snapshot, source: Filed, task_force: str, sent: Sequence[Filed]) -> str:
    """Say what the latest figures of a task force are for the totals."""
    current = [s for s in sent if snapshot.standings.get((s.submission.sha256, task_force)) is Standing.CURRENT]
    if source in current:
        return "These figures count."
    if current:
        return f"These figures do not count; those of {current[0].file} stand."
    return "These figures do not count yet."


def _rows(
    snapshot: Snapshot, task_force: str, source: Filed, read: Sequence[Count]
) -> Iterator[tuple[Measure, list[Figure]]]:
    """Yield each measure with what was read of it: a figure a month and, last, the one over the operation."""
    operation, ended = snapshot.operation, snapshot.operation.months_ended(snapshot.as_of)
    findings = {(f.task_force, f.month, f.measure): f for f in reversed(source.open) if f.measure}
    values = {(count.month, count.measure): count.value for count in read if count.task_force == task_force}
    for measure in operation.measures:
        months = operation.months if measure.table is Table.COUNTS else ("",)
        figures = []
        for month in months:
            absent = "not read" if month in ended or (not month and ended) else "not due"
            text = in_words(values[month, measure.id]) if (month, measure.id) in values else absent
            figures.append(Figure(text, findings.get((task_force, month, measure.id))))
        if measure.table is Table.COUNTS:
            known = [values[month, measure.id] for month in months if (month, measure.id) in values]
            figures.append(Figure(over_months(measure, known)))
        if measure.table:
            yield measure, figures
