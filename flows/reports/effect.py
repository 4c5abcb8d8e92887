"""Effect: what every open question means for the national figures and the release, the greatest first.

A workbook that does not count is weighed by what could be read of it, which is an estimate. What belongs here: the
weighing. What does not: how it is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from flows.reports.filing import Filed, filed
from schemas.claims import truth_of
from schemas.findings import Severity
from schemas.operation import Claim, Measure, Operation, OverMonths
from schemas.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Need:
    """A state that needs a person, or (its code is empty) the submissions whose state cannot be told.

    Attributes:
        concerns: Its open submissions, in order of arrival; one that a later one of the state replaces is not open.
        out: The task forces that do not count because of them, by id.
        measure: The claimed measure that they weigh most in; None where nothing could be read.
        value: How much of it does not count, or counts with a question.
        share: The same as part of everything received of it, counted or not; where nothing could be read, the part
            that they are of all task forces.
        claims: Claims that hold if everything received counts and that fail without this.
    """

    state: str
    concerns: tuple[Filed, ...]
    out: tuple[str, ...]
    measure: Measure | None
    value: int
    share: float
    claims: tuple[Claim, ...]

    @property
    def is_out(self) -> bool:
        """Whether anybody does not count because of them; they are the state's, or nobody can tell whose."""
        return bool(self.out) or not self.state


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that needs a person: states by effect, and the task forces of which nothing has come, roster order."""

    states: tuple[Need, ...]
    missing: tuple[str, ...]


def needs(snapshot: Snapshot) -> Needs:
    """Return what needs a person: first what keeps a task force out, then what counts with a question."""
    open_concerns = {state: tuple(one for one in sent if one.needs_a_person) for state, sent in filed(snapshot).items()}
    weigh = _Scales(snapshot, [concern for concerns in open_concerns.values() for concern in concerns])
    states = [weigh.need(state, concerns) for state, concerns in open_concerns.items() if concerns]
    states.sort(key=lambda need: (not need.is_out, -need.share, need.state or "~"))
    explained = {task_force for need in states for task_force in need.out}
    return Needs(tuple(states), tuple(t for t in snapshot.coverage.overdue if t not in explained))


class _Scales:
    """Weighs concerns by what the nation's totals would be if everything received counted as it was read."""

    def __init__(self, snapshot: Snapshot, concerns: Sequence[Filed]) -> None:
        self._operation = snapshot.operation
        self._current = snapshot.current
        read = {t: concern.submission.sha256 for concern in concerns for t in concern.submission.task_forces}
        self._counting = _by_state(snapshot.counts, self._operation)
        self._received = _by_state(_counts_of(snapshot.read, {**self._current, **read}), self._operation)
        self._nation = self._received.sum()

    def need(self, state: str, concerns: tuple[Filed, ...]) -> Need:
        """Weigh the open concerns of a state, or those whose state cannot be told."""
        roster = self._operation.roster
        of_state = [task_force.id for task_force in roster.by_state.get(state, ())]
        named = {t for concern in concerns for t in concern.submission.task_forces}
        out = tuple(t for t in of_state if t not in self._current and (t in named or not named))
        gains = self._gains(state)
        weights = gains if any(gains.values()) else _in_question(concerns, self._nation)
        shares = {measure: abs(value) / max(1, self._nation[measure]) for measure, value in weights.items() if value}
        heaviest = max(shares, key=lambda measure: shares[measure], default="")
        return Need(
            state=state,
            concerns=concerns,
            out=out,
            measure=self._operation.measure.get(heaviest),
            value=weights.get(heaviest, 0),
            share=shares.get(heaviest, (len(out) if state else len(concerns)) / len(roster.task_forces)),
            claims=tuple(claim for claim in self._operation.claims if self._hangs_on(claim, gains)),
        )

    def _gains(self, state: str) -> dict[str, int]:
        """Return what each claimed measure would gain if the state's latest counts were accepted as they were read."""
        return {
            measure: int(self._received[measure].get(state, 0) - self._counting[measure].get(state, 0))
            for measure in _claimed(self._operation)
        }

    def _hangs_on(self, claim: Claim, gains: Mapping[str, int]) -> bool:
        if not gains.get(claim.of):
            return False
        everything = int(self._nation[claim.of])
        return everything in truth_of(claim) and everything - gains[claim.of] not in truth_of(claim)


def _claimed(operation: Operation) -> tuple[str, ...]:
    """Return the measures that the release speaks of, in its order; all of them where it speaks of none."""
    claimed = tuple(dict.fromkeys(claim.of for claim in operation.claims if claim.of in operation.measure))
    return claimed or tuple(operation.measure)


def _in_question(concerns: Iterable[Filed], nation: "pd.Series[int]") -> dict[str, int]:
    """Return, of each measure, the figures that warnings ask about, each once however many ask about it."""
    figures = {
        (finding.measure, finding.sha256, finding.task_force, finding.month): int(figure)
        for concern in concerns
        for finding in concern.open
        if finding.severity is Severity.WARNING and finding.measure in nation.index
        if (figure := finding.found.replace(",", "")).isdecimal()
    }
    asked: dict[str, int] = {}
    for (measure, *_), value in figures.items():
        asked[measure] = asked.get(measure, 0) + value
    return asked


def _counts_of(read: pd.DataFrame, chosen: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of each task force that one chosen submission has of it."""
    of_chosen = read[read["sha256"].isin(set(chosen.values()))]
    return of_chosen[of_chosen["task_force"].astype(str).map(chosen) == of_chosen["sha256"].astype(str)]


def _by_state(counts: pd.DataFrame, operation: Operation) -> pd.DataFrame:
    """Add counts up: one row is a state, one column a claimed measure. Of stocks the latest month stands."""
    cells = counts[["task_force", "month", "measure", "value"]].astype(
        {"task_force": str, "month": str, "measure": str}
    )
    stocks = [measure.id for measure in operation.measures if measure.over_months is OverMonths.LATEST]
    is_stock = cells["measure"].isin(stocks)
    latest = cells.groupby(["task_force", "measure"])["month"].transform("max")
    cells = cells[~is_stock | (cells["month"] == latest)]
    state = cells["task_force"].map({t.id: t.state for t in operation.roster.task_forces})
    totals = cells.groupby([state, "measure"])["value"].sum().unstack(fill_value=0)
    totals = totals.reindex(columns=[measure.id for measure in operation.measures], fill_value=0)
    for measure in operation.measures:
        if measure.table is None:
            totals[measure.id] = totals[list(measure.parts)].sum(axis=1)
    return totals[list(_claimed(operation))]
