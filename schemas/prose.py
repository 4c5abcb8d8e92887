"""The figures of a text: as they are found, as they are bound to claims, and as they are judged.

What belongs here: values. What does not: how a figure is recognised, and what is true.
"""

from dataclasses import dataclass
from enum import StrEnum

from schemas.operation import Claim, Hedge


class FigureVerdict(StrEnum):
    """What may be said of a figure in prose."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_DERIVABLE = "not_derivable"
    UNBACKED = "unbacked"
    NOT_A_CLAIM = "not_a_claim"


@dataclass(frozen=True, slots=True)
class Found:
    """A figure as it stands in a text.

    Attributes:
        start, end: Its characters, the end excluded.
        text: What stands there.
        value: The whole number it says; None where it says none.
        months: For a list or range of months, which, as `2018-03`.
        settled: The verdict, where the figure's own form decides it.
        reason: Why, where it is settled; what it is, if no unit follows, where it may be no count (`a year`).
    """

    start: int
    end: int
    text: str
    value: int | None = None
    months: tuple[str, ...] = ()
    settled: FigureVerdict | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure and what it claims.

    Attributes:
        claims: What would make it true, any one of them: several where it says `at least`. None where it is settled.
        claim: The id of the operation's claim about the same thing; empty where there is none.
        hedged: The figure with its hedge as written, such as `over 2,300`.
        settled, reason: The verdict that needs no snapshot, and why.
        so_far: Whether the sentence speaks of those who have reported, and says how many of how many they are.
    """

    found: Found
    claims: tuple[Claim, ...] = ()
    claim: str = ""
    hedged: str = ""
    settled: FigureVerdict | None = None
    reason: str = ""
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """A figure of a text, judged: its characters, what the text and the snapshot say, and why.

    `claim` is empty where nothing backs it, `hedge` None where it is no claim, a number None where there is none.
    """

    text: str
    start: int
    end: int
    claim: str
    hedge: Hedge | None
    claimed: int | None
    computed: int | None
    verdict: FigureVerdict
    reason: str

    @property
    def needs_a_person(self) -> bool:
        """Whether it may not be printed as it is."""
        return self.verdict not in (FigureVerdict.SUPPORTED, FigureVerdict.NOT_A_CLAIM)
