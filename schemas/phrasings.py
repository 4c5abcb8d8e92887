"""What may be said of a figure: values. How they are come by is a step's."""

from dataclasses import dataclass

from schemas.operation import Claim


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way to say a figure, which may be the release's.

    `fewer` and `more` are by how much the figure may fall and rise before it is false. Below zero: `fewer` by how much
    it must first rise; `more` by how much it is too high already.
    """

    claim: Claim
    fewer: int
    more: int
    is_release_wording: bool


@dataclass(frozen=True, slots=True)
class Sayable:
    """What may be said of a figure, and what must be borne in mind.

    Attributes:
        claim, figure: The operation's first claim about it, and what it is now; None where there is none.
        is_final: Whether nobody is outstanding, so that every phrasing is true; else they are the release's.
        so_far: The sentence that is true while somebody is; empty where there is none.
        caveats: What belongs beside it.
    """

    claim: Claim
    figure: int | None
    is_final: bool
    so_far: str
    phrasings: tuple[Phrasing, ...]
    caveats: tuple[str, ...]
