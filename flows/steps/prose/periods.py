"""How months and days are written in English prose, and which months a list or a range of them says."""

import re
from collections.abc import Sequence
from contextlib import suppress

from schemas.months import MONTH_NAMES, first_day, last_day, months_between

_NUMBER_OF = {name[:3].upper(): n for n, name in enumerate(MONTH_NAMES, 1)}
MONTH = rf"\b(?:{'|'.join(form for name in MONTH_NAMES for form in (name, name.upper(), f'{name[:3]}[.]'))}|Sept\.)"
_DAY_OF_MONTH = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,]*\d|-)"
_DAY = rf"{MONTH}\s+(?:3[01]|[12]\d|0?[1-9])(?:,?\s*\d{{4}})?\b(?!,\d)"
DATE = (
    rf"{_DAY}|\b{_DAY_OF_MONTH}\s+(?:of\s+)?{MONTH}(?:,?\s+\d{{4}}\b)?|"
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)\b"
)
_TO = r"(?:\s+(?:to|through|until|and)\s+|\s*[-\u2014]\s*)"
DATE_RANGE = re.compile(rf"{_DAY}{_TO}{_DAY}")
_NAMED = rf"{MONTH}(?:\s+\d{{4}}\b)?(?!\s+\d{{1,2}}\b)"
_ALSO = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+(?:to|through|until)\s+|\s*[-\u2014]\s*)"
MONTHS = re.compile(rf"{_NAMED}(?:{_ALSO}{_NAMED})+")
"""Patterns of two days with what lies between them, and of two months or more, listed or as a range."""

_PART = re.compile(rf"({MONTH})(?:\s+(\d{{1,2}})\b)?(?:,?\s*(\d{{4}}))?")


def months_said(plain: str, match: re.Match[str], operation: Sequence[str]) -> tuple[str, ...]:
    """Return the months that a list or range says, in order; none where days do not begin and end whole months.

    A month without a year is taken for that of the operation.
    """
    parts = _PART.findall(match[0])
    years = [year for _, _, year in parts]
    named = [_month(name, next(filter(None, years[n:]), ""), operation) for n, (name, _, _) in enumerate(parts)]
    days = [int(day) for _, day, _ in parts if day]
    if days and (days[0] != 1 or days[-1] != last_day(named[-1]).day):
        return ()
    is_between = plain[: match.start()].lower().rstrip().endswith("between")
    if days or is_between or re.search(r"\b(?:to|through|until)\b|[-\u2014]", match[0]):
        with suppress(ValueError):
            return months_between(first_day(named[0]), first_day(named[-1]))
    return tuple(sorted(set(named)))


def _month(name: str, year: str, operation: Sequence[str]) -> str:
    number = _NUMBER_OF[name[:3].upper()]
    own = next((month for month in operation if int(month[5:]) == number), "")
    return f"{year}-{number:02d}" if year else own or f"{operation[0][:4]}-{number:02d}"
