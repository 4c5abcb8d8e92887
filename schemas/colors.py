"""Colors and sizes of letters: can what is written be seen at all?"""

LEAST_SIZE = 4
"""Letters need so many points to be seen."""
_LEAST_DIFFERENCE = 8
"""Of 255, in the channel in which two colors differ most."""

WHITE, BLACK = "ffffff", "000000"


def is_seen(ink: str, paper: str) -> bool:
    """Tell whether letters of one color can be seen on another; of colors that are not six hexadecimal digits, yes."""
    try:
        channels = zip(bytes.fromhex(ink), bytes.fromhex(paper), strict=True)
        return max(abs(one - other) for one, other in channels) >= _LEAST_DIFFERENCE
    except ValueError:
        return True


def tinted(color: str, tint: float) -> str:
    """Return a color darkened by a negative tint down to -1, or lightened by a positive one up to 1."""
    toward = 255 if tint > 0 else 0
    return bytes(round(c + (toward - c) * min(abs(tint), 1)) for c in bytes.fromhex(color)).hex()
