"""A bridge: how the national figures of one snapshot became those of another, in steps that sum to the difference."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.phrased import Phrased
from schemas.snapshot import ClaimVerdict


class Cause(Phrased):
    """Why a count adds something else to a figure than before, in the order in which people read it."""

    NEWLY_RECEIVED = "newly_received", "newly received"
    REVISED = "revised", "revised"
    LATER_MONTH = "later_month", "a later month stands"
    WITHDRAWN = "withdrawn", "withdrawn"
    REINSTATED = "reinstated", "no longer withdrawn"
    CONFLICT_ARISEN = "conflict_arisen", "a conflict arose"
    CONFLICT_SETTLED = "conflict_settled", "a conflict was settled"
    NO_LONGER_ACCEPTED = "no_longer_accepted", "no longer accepted"
    RULE_CHANGE = "rule_change", "judged again"
    OPERATION_CHANGE = "operation_change", "the operation was changed"
    NOT_ARRIVED = "not_arrived", "had not arrived"


@dataclass(frozen=True, slots=True)
class Step:
    """What one cause in one state adds to a figure, never 0, and the ids of those whose counts make it up, in order."""

    cause: Cause
    state: str
    task_forces: tuple[str, ...]
    difference: int


@dataclass(frozen=True, slots=True)
class Span:
    """A national figure in both snapshots, None where there is none: `(before or 0) + the steps == (now or 0)`."""

    measure: str
    label: str
    before: int | None
    now: int | None
    steps: tuple[Step, ...]

    @property
    def difference(self) -> int:
        """How much more it is now."""
        return (self.now or 0) - (self.before or 0)

    @property
    def by_cause(self) -> Mapping[Cause, int]:
        """What each cause adds, over all states, in the order of causes."""
        sums = {cause: sum(step.difference for step in self.steps if step.cause is cause) for cause in Cause}
        present = {step.cause for step in self.steps}
        return {cause: total for cause, total in sums.items() if cause in present}


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim of the release with another verdict than before; None where the other snapshot does not know it."""

    phrase: str
    before: ClaimVerdict | None
    now: ClaimVerdict | None
    reason: str


@dataclass(frozen=True, slots=True)
class SubmissionChange:
    """A submission of which something else is said than before: its verdict and standings in words, empty for none."""

    sha256: str
    state: str
    file: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class End:
    """One end of a bridge: a snapshot's id, its day, and its coverage in words."""

    snapshot: str
    as_of: dt.date
    coverage: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """How one snapshot became another.

    `spans` are all national figures, in the order of the later operation's measures. `claims` are those whose verdict
    changed, in the release's order; `submissions` those of which something else is said, by state and file.
    """

    before: End
    now: End
    spans: tuple[Span, ...]
    claims: tuple[ClaimChange, ...]
    submissions: tuple[SubmissionChange, ...]

    @property
    def changed(self) -> tuple[Span, ...]:
        """The figures that something has moved, be it by nothing in sum."""
        return tuple(span for span in self.spans if span.steps or span.before != span.now)
