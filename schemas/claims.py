"""What would make a claim true: for every hedge, value and grain, an interval of whole numbers.

What belongs here: the arithmetic of hedges, on whole numbers alone. What does not: what the figure really is.
"""

from dataclasses import dataclass

from schemas.operation import Claim, Hedge


@dataclass(frozen=True, slots=True)
class Interval:
    """The whole numbers from `least` to `most`, both included; without end where `most` is None, else maybe none."""

    least: int
    most: int | None

    def __contains__(self, number: int) -> bool:
        """Tell whether a number lies in it."""
        return self.least <= number and (self.most is None or number <= self.most)

    def meets(self, other: "Interval") -> bool:
        """Tell whether two intervals have a number in common."""
        ends = [end for end in (self.most, other.most) if end is not None]
        return not ends or max(self.least, other.least) <= min(ends)


def truth_of(claim: Claim) -> Interval:
    """Return the figures for which a claim is true.

    `exact`: the value. `more_than`: above the value, which is the figure rounded down to the grain. `nearly`: below the
    value, which is the figure rounded up. `about`: the value is the figure rounded half up. The value is a multiple of
    the grain, as reading an operation makes sure.
    """
    value, grain = claim.value, claim.grain
    match claim.hedge:
        case Hedge.EXACT:
            return Interval(value, value)
        case Hedge.MORE_THAN:
            return Interval(value + 1, value + grain - 1)
        case Hedge.NEARLY:
            return Interval(max(0, value - grain + 1), value - 1)
        case Hedge.ABOUT:
            return Interval(max(0, value - grain // 2), value + (grain - 1) // 2)


def grain_as_written(hedge: Hedge, value: int) -> int:
    """Return what a figure in prose was rounded to, as its zeros tell: `2,300` to hundreds.

    Who says "nearly" or "about" says that the figure is close: within a tenth, however many zeros there are.
    """
    grain = 1
    while hedge is not Hedge.EXACT and value and value % (10 * grain) == 0:
        if hedge is not Hedge.MORE_THAN and 100 * grain > value:
            break
        grain *= 10
    return grain


def true_wording(claim: Claim, figure: int) -> str:
    """Return how a claim could be worded so that a figure makes it true, keeping its hedge where that is possible."""
    down = figure // claim.grain * claim.grain
    match claim.hedge:
        case Hedge.EXACT:
            return f"{figure:,}"
        case Hedge.MORE_THAN if figure > down:
            return f"{Hedge.MORE_THAN.phrase}{down:,}"
        case Hedge.NEARLY if figure > down:
            return f"{Hedge.NEARLY.phrase}{down + claim.grain:,}"
        case _:
            return f"{Hedge.ABOUT.phrase}{(2 * figure + claim.grain) // (2 * claim.grain) * claim.grain:,}"
