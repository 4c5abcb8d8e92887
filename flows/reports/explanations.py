"""How explained warnings are told: quiet while they hold, and with the old reason on offer when they are open again."""

from schemas.decisions import Explained, Source
from schemas.months import long_date
from schemas.operation import Operation


def explanation_in_words(operation: Operation, explained: Explained, *, internal: bool) -> str:
    """Return in a sentence or two who explained a warning, when and why, and whether that still holds.

    What somebody in the national office wrote is told where it is `internal`, and goes nowhere else.
    """
    given = explained.explanation
    reason = f": {given.reason}" if internal or given.source is Source.RESPONSE else ""
    said = f"by {given.role} on {long_date(operation.day_of(given.at))}{reason}"
    if explained.holds:
        return f"Explained {said}. Nothing is needed while the figures stay as they are."
    return f"Explained before {said}. Figures or rules have changed since, so it is asked again."
