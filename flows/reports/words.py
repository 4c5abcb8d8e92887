"""How numbers, lists and moments read in a sentence. What a sentence says is its own module's."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from schemas.months import long_date
from schemas.operation import Operation


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: `1 workbook`, `4,500 workbooks`."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def shown(value: int | None, absent: str = "none") -> str:
    """Return a figure as people read it, or what stands in its place where there is none."""
    return absent if value is None else f"{value:,}"


def listed(names: Sequence[str], most: int) -> str:
    """Return names with commas, and how many more there are beyond `most`: `AL, AK and 3 more`."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def moment_in_words(operation: Operation, moment: dt.datetime) -> str:
    """Return an aware moment as the operation's people read it: `June 8, 2018, 02:00 EDT`."""
    local = moment.astimezone(ZoneInfo(operation.timezone))
    return f"{long_date(local)}, {local:%H:%M %Z}"
