"""What may be said of a figure: values. How they are come by is a step's."""

from dataclasses import dataclass

from schemas.operation import Claim


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way to say a figure.

    Attributes:
        claim: What it claims.
        fewer, more: By how much the figure may fall and rise before it is false. Below zero: `fewer` by how much it
            must first rise; `more` by how much it is too high already.
        is_release_wording: Whether the operation's claims say it so.
    """

    claim: Claim
    fewer: int
    more: int
    is_release_wording: bool


@dataclass(frozen=True, slots=True)
class Sayable:
    """What may be said of a figure, and what must be borne in mind.

    Attributes:
        claim: The operation's first about it.
        figure: As it is now; None where there is none.
        is_final: Whether nobody is outstanding, so that every phrasing is true.
        so_far: The sentence that is true while somebody is; empty where there is none.
        phrasings: True ones, if it is final; else the release's, which are not yet to be said.
        caveats: What belongs beside it.
    """

    claim: Claim
    figure: int | None
    is_final: bool
    so_far: str
    phrasings: tuple[Phrasing, ...]
    caveats: tuple[str, ...]
