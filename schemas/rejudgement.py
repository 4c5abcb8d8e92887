"""What judging again by the rules of today changes, or would change."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.submission import Receipt, Verdict


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A submission that was judged by other rules: its first receipt, its verdict before and now.

    Attributes:
        now: None where its bytes are neither kept nor in the inbox, so that its verdict stays.
    """

    receipt: Receipt
    before: Verdict
    now: Verdict | None


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """What judging again changes, or would change.

    Attributes:
        submissions: Every submission that was to be judged again, by time received and name.
        totals: Of each measure whose total changes, the total before and now; None where there is none.
    """

    submissions: tuple[Rejudged, ...]
    totals: Mapping[str, tuple[int | None, int | None]]
