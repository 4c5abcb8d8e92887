"""What judging again by the rules of today changes, or would change."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.submission import Receipt, Verdict


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A submission that other rules judged, and its verdict `now`; None where its bytes are nowhere to be had."""

    receipt: Receipt
    before: Verdict
    now: Verdict | None


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """What judging again changes, or would change.

    `submissions` are all that were to be judged again, by time received and name. `totals` are before and now, of each
    measure of which they differ; None where there is none.
    """

    submissions: tuple[Rejudged, ...]
    totals: Mapping[str, tuple[int | None, int | None]]
