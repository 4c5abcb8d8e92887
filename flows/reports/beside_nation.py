"""A state's own figures beside the nation's, for its commander: the nation only in words that the release may say.

An exact national total, seen night after night, would give away whoever came in last, and with few others in it, the
others. So what stands here of the nation could be published.
"""

from dataclasses import dataclass

from flows.reports.figures import said
from schemas.snapshot import ClaimVerdict, Snapshot


@dataclass(frozen=True, slots=True)
class Beside:
    """A measure's label, the state's own total, empty where there is none, and what the release says of the nation."""

    label: str
    own: str
    nation: str


def beside_nation(snapshot: Snapshot, state: str) -> tuple[Beside, ...]:
    """Return the measures of which the release says something that is supported, the state's own figure beside it."""
    nation: dict[str, str] = {}
    for check in snapshot.claims:
        if check.claim.of in snapshot.operation.measure and check.verdict is ClaimVerdict.SUPPORTED:
            nation.setdefault(check.claim.of, said(check.claim))
    own = snapshot.by_state[snapshot.by_state["state"] == state].set_index("measure")["value"].dropna()
    return tuple(
        Beside(snapshot.operation.measure[of].label, f"{own[of]:,}" if of in own else "", words)
        for of, words in nation.items()
    )
