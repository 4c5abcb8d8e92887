"""The bridge: why the national figures of one snapshot differ from those of another.

Every cell that adds something else than before is put down to one cause, in one state. Since the cells of either
snapshot sum to its figures, the causes sum to the difference.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import pandas as pd

from schemas.bridge import Bridge, Cause, ClaimChange, End, Span, Step, SubmissionChange
from schemas.operation import Measure, OverMonths
from schemas.snapshot import Snapshot
from schemas.submission import Standing

_Pieces = dict[tuple[str, Cause, str], dict[str, int]]
"""By measure, cause and state: what each task force adds."""


def bridge(before: Snapshot, now: Snapshot) -> Bridge:
    """Explain how figures, claims and submissions of one snapshot became those of another, maybe earlier one."""
    pieces = _pieces(_Change(before, now))
    return Bridge(
        before=_end(before),
        now=_end(now),
        spans=tuple(_spans(before, now, pieces)),
        claims=tuple(_claims(before, now)),
        submissions=tuple(_submissions(before, now)),
    )


def _end(snapshot: Snapshot) -> End:
    return End(snapshot.id, snapshot.day, snapshot.coverage.phrase)


class _Side:
    """A snapshot, as far as causes depend on it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.current = snapshot.current
        self.months = set(snapshot.counts[["task_force", "month"]].drop_duplicates().itertuples(index=False, name=None))

    def knows(self, measure: str, task_force: str) -> bool:
        operation = self.snapshot.operation
        return measure in operation.measure and task_force in operation.roster.by_id

    def counts(self, sha256: str) -> bool:
        submission = self.snapshot.submissions.get(sha256)
        return submission is not None and submission.verdict.counts

    def standing(self, sha256: str, task_force: str) -> Standing | None:
        return self.snapshot.standings.get((sha256, task_force))

    @cached_property
    def cells(self) -> pd.DataFrame:
        """What adds to totals, a row by task force, measure and slot: the month of a flow; of a stock there is one."""
        cells = self.snapshot.contributions
        stocks = [m.id for m in self.snapshot.operation.measures if m.over_months is OverMonths.LATEST]
        slots = cells["month"].where(~cells["measure"].isin(stocks), "")
        return cells.assign(slot=slots).set_index(["state", "task_force", "measure", "slot"])


class _Change:
    """Two snapshots, and what made a task force's counts of the one those of the other."""

    def __init__(self, before: Snapshot, now: Snapshot) -> None:
        self.before, self.now = _Side(before), _Side(now)

    def cells(self) -> Iterator[tuple[str, Cause, str, str, int]]:
        """Yield measure, cause, state, task force and difference of each cell that adds something else."""
        before, now = self.before.cells, self.now.cells
        both = before.merge(now, how="outer", left_index=True, right_index=True, suffixes=("_before", "_now"))
        values = both[["value_before", "value_now"]].fillna(0)
        differences = values["value_now"] - values["value_before"]
        changed = both.assign(difference=differences)[differences != 0].reset_index()
        columns = ["state", "task_force", "measure", "month_before", "month_now", "difference"]
        for state, task_force, measure, was, month, difference in changed[columns].itertuples(index=False, name=None):
            had = None if pd.isna(was) else str(was)
            has = had if pd.isna(month) else str(month)
            yield measure, self._cause(task_force, measure, had, has or ""), state, task_force, int(difference)

    def _cause(self, task_force: str, measure: str, month_before: str | None, month_now: str) -> Cause:
        """Say why: `month_before` is the month of the cell that added something before, None where none did."""
        if not (self.before.knows(measure, task_force) and self.now.knows(measure, task_force)):
            return Cause.OPERATION_CHANGE
        was, is_now = self.before.current.get(task_force), self.now.current.get(task_force)
        if was == is_now:
            return Cause.RULE_CHANGE if self._has_same_operation else Cause.OPERATION_CHANGE
        if is_now and is_now not in self.before.snapshot.submissions:
            if (task_force, month_now) in self.before.months:
                return Cause.REVISED
            return Cause.NEWLY_RECEIVED if month_before is None else Cause.LATER_MONTH
        return self._why_lost(was, task_force) or self._why_gained(is_now, task_force)

    @property
    def _has_same_operation(self) -> bool:
        return self.before.snapshot.operation.digest == self.now.snapshot.operation.digest

    def _why_lost(self, was: str | None, task_force: str) -> Cause | None:
        """Say why a submission that was current is not any more; None where nothing befell it itself."""
        if was is None:
            return None
        if was not in self.now.snapshot.submissions:
            return Cause.NOT_ARRIVED
        if not self.now.counts(was):
            return Cause.NO_LONGER_ACCEPTED
        causes = {Standing.WITHDRAWN: Cause.WITHDRAWN, Standing.CONFLICTING: Cause.CONFLICT_ARISEN}
        standing = self.now.standing(was, task_force)
        return causes.get(standing) if standing else Cause.RULE_CHANGE

    def _why_gained(self, is_now: str | None, task_force: str) -> Cause:
        """Say why a submission that had arrived before is current only now."""
        causes = {Standing.WITHDRAWN: Cause.REINSTATED, Standing.CONFLICTING: Cause.CONFLICT_SETTLED}
        standing = self.before.standing(is_now, task_force) if is_now and self.before.counts(is_now) else None
        return causes.get(standing, Cause.RULE_CHANGE) if standing else Cause.RULE_CHANGE


def _pieces(change: _Change) -> _Pieces:
    pieces: _Pieces = defaultdict(lambda: defaultdict(int))
    for measure, cause, state, task_force, difference in change.cells():
        pieces[measure, cause, state][task_force] += difference
    return pieces


def _spans(before: Snapshot, now: Snapshot, pieces: _Pieces) -> Iterator[Span]:
    was, is_now = _figures(before), _figures(now)
    order = {cause: position for position, cause in enumerate(Cause)}
    for measure in _measures(before, now):
        steps = [
            Step(cause, state, tuple(sorted(by_task_force)), difference)
            for (of, cause, state), by_task_force in pieces.items()
            if of == measure.id and (difference := sum(by_task_force.values()))
        ]
        steps.sort(key=lambda step: (order[step.cause], step.state))
        yield Span(measure.id, measure.label, was.get(measure.id), is_now.get(measure.id), tuple(steps))


def _measures(before: Snapshot, now: Snapshot) -> list[Measure]:
    return list((before.operation.measure | now.operation.measure).values())


def _figures(snapshot: Snapshot) -> dict[str, int]:
    known = snapshot.totals.dropna(subset=["value"])
    return {measure: int(value) for measure, value in zip(known["measure"], known["value"], strict=True)}


def _claims(before: Snapshot, now: Snapshot) -> Iterator[ClaimChange]:
    was, is_now = ({check.claim.id: check for check in snapshot.claims} for snapshot in (before, now))
    for claim in was | is_now:
        one, other = was.get(claim), is_now.get(claim)
        verdicts = one.verdict if one else None, other.verdict if other else None
        if verdicts[0] is not verdicts[1] and (check := other or one):
            yield ClaimChange(check.claim.phrase, *verdicts, reason=other.reason if other else "")


def _submissions(before: Snapshot, now: Snapshot) -> Iterator[SubmissionChange]:
    was, is_now = _outcomes(before), _outcomes(now)
    first = {**before.first_receipt, **now.first_receipt}
    submissions = {**before.submissions, **now.submissions}
    for sha256 in sorted(submissions, key=lambda sha256: (submissions[sha256].state, first[sha256].file, sha256)):
        one, other = was.get(sha256, ""), is_now.get(sha256, "")
        if one != other:
            yield SubmissionChange(sha256, submissions[sha256].state, first[sha256].file, one, other)


def _outcomes(snapshot: Snapshot) -> dict[str, str]:
    """Return what each submission is, in words: its verdict, then its standings."""
    standings: dict[str, set[Standing]] = defaultdict(set)
    for (sha256, _), standing in snapshot.standings.items():
        standings[sha256].add(standing)
    return {
        sha256: ", ".join([one.verdict.replace("_", " "), *(s for s in Standing if s in standings[sha256])])
        for sha256, one in snapshot.submissions.items()
    }
