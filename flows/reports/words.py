"""How numbers, lists and moments read in a sentence. What a sentence says is its own module's."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from schemas.months import MONTH_NAMES
from schemas.operation import Operation


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: `1 workbook`, `4,500 workbooks`."""
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"


def listed(names: Sequence[str], most: int) -> str:
    """Return names with commas, and how many more there are beyond `most`: `AL, AK and 3 more`."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def moment_in_words(operation: Operation, moment: dt.datetime) -> str:
    """Return an aware moment as the operation's people read it: `8 June 2018, 02:00 (America/New_York)`."""
    local = moment.astimezone(ZoneInfo(operation.timezone))
    return f"{local.day} {MONTH_NAMES[local.month - 1]} {local.year}, {local:%H:%M} ({operation.timezone})"
