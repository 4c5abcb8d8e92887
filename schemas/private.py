"""What is private: labels that ask for a person or a case, and values that are one's. Told by kind, never by value.

Counts never look like these: no count has nine digits in a row, a sign between its digits, or a name for a heading.
"""

import datetime as dt
import re
from functools import lru_cache

from schemas.workbook import FINDINGS_SHEET, INSTRUCTIONS_SHEET

LONGEST_LABEL_OF_A_PERSON = 60
"""A longer text is prose, which is searched for values only."""

ON_ANOTHER_SHEET = "on another sheet"
ON_FINDINGS, ON_INSTRUCTIONS = f"on the sheet {FINDINGS_SHEET}", f"on the sheet {INSTRUCTIONS_SHEET}"
AMONG_TEXTS = "among the workbook's texts"
"""Places, beside the form's sheets, in which somebody may have typed."""

LABEL = "a label that asks for"
"""How the kind of a private label begins."""

_PERSON = (
    r"victim|suspect|defendant|perpetrator|perp|offender|arrestee|witness|complainant|minor|juvenile|child|subject"
)
_CASE = r"case|docket|incident|tip|cyber\s?-?tip(?:line)?|warrant|booking"
_KIND_OF_LABEL: tuple[tuple[str, str], ...] = (
    ("a date of birth", r"d\.?\s?o\.?\s?b\.?|(date|place|year) of birth|birth\s?-?(date|day|place|year)|born"),
    ("a Social Security number", r"ssn|ss\s?#|social security( (no\.?|number|#))?"),
    (
        "a telephone number",
        r"((tele|cell|mobile|home|work)\s?-?)?phone( (no\.?|number|#))?|(cell|mobile) (no\.?|number|#)",
    ),
    ("an e-mail address", r"e-?mail( address)?"),
    ("an IP address", r"ip( address)?"),
    ("an address", r"((home|street|mailing|residential|residence|postal)\s)?address( line \d| \d)?|zip code|street"),
    (
        "a case number",
        r"(case|docket|incident|tip|cyber\s?-?tip(line)?|warrant|booking|police report|report|file|inmate|badge"
        r"|license|licence|passport|driver'?s licen[cs]e)\s?(no\b\.?|number|numbers|nr\b\.?|#|id\b)",
    ),
    ("a person", rf"({_PERSON})('?s)?( (first|last|full))? (name|age|id|initials|sex|gender|race|no\.?|number|#)"),
    ("a person", rf"(name|names|age|identity|initials) of (the )?({_PERSON})s?"),
    ("a person", rf"{_PERSON}"),
    (
        "a person",
        r"((first|last|full|middle|given|family|maiden|nick|sur)\s?-?)?names?|alias(es)?|screen\s?names?|initials",
    ),
)
_LABELS = tuple(
    (kind, re.compile(rf"\W*(the |our |his |her )?({label})( \d+)?\W*(\(.*\))?\W*")) for kind, label in _KIND_OF_LABEL
)

_VALUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")),
    ("a Social Security number", re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")),
    ("a telephone number", re.compile(r"(?<![\d.])(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}(?!\d)")),
    ("a telephone number", re.compile(r"(?<![\d.-])555[-. ]\d{4}(?!\d)")),
    ("an IP address", re.compile(r"(?<![\d.])(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])")),
    ("a case number", re.compile(rf"(?<![a-z])({_CASE})\s*(no\.?|nr\.?|number|#|:)+\s*[a-z-]{{0,6}}\d", re.IGNORECASE)),
    ("a case number", re.compile(rf"(?<![a-z])({_CASE})\s+[a-z-]{{0,6}}(\d{{2,}}-\d|\d{{5}})", re.IGNORECASE)),
    ("a long number", re.compile(r"(?<![\w.,])(\d{9,}|\d{4}([ -]\d{4}){2,})(?![\w.,]*\w)")),
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?!\d)|(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]((?:19|20)\d\d)(?!\d)")
_NAMED = re.compile(rf"(?<![a-z])({_PERSON}|dob|ssn|interview|affidavit)(?![a-z])", re.IGNORECASE)
_WORDS = re.compile(r"[_\s]+")

LONGEST_NAME_SHOWN = 100
LEAST_LONG_NUMBER = 100_000_000
"""Nine digits: where no count belongs, a number as long is an identifier."""


@lru_cache(maxsize=8192)
def kind_of_private_text(text: str, first_year: int) -> str | None:
    """Name what a text asks for or gives of a person or a case; None where it does neither.

    Args:
        text: Of a cell, a note or anything else that somebody may have typed.
        first_year: A date in an earlier year may be somebody's date of birth.
    """
    if len(text) <= LONGEST_LABEL_OF_A_PERSON:
        label = " ".join(text.casefold().split())
        for kind, pattern in _LABELS:
            if pattern.fullmatch(label):
                return f"{LABEL} {kind}"
    return kind_of_private_value(text, first_year)


def kind_of_private_value(text: str, first_year: int) -> str | None:
    """Name what a text gives of a person or a case; None where it gives nothing."""
    if not any(map(str.isdigit, text)) and "@" not in text:
        return None
    for kind, pattern in _VALUES:
        if pattern.search(text):
            return kind
    for found in _DATE.finditer(text):
        if int(found[1] or found[4]) < first_year:
            return "a date of birth"
    return None


def is_private_day(day: dt.date, first_year: int) -> bool:
    """Tell whether a date, where none is asked for, may be somebody's date of birth."""
    return 1900 < day.year < first_year


def name_by_hash(sha256: str) -> str:
    """Return what a file is called whose own name may not be shown."""
    return f"sha256-{sha256[:12]}"


def shown_name(name: str, sha256: str) -> str:
    """Return a file's name as outputs may show it: its hash where it looks private, cut where it is long."""
    words = _WORDS.sub(" ", name)
    if _NAMED.search(words) or kind_of_private_value(words, 0):
        return name_by_hash(sha256)
    return name if len(name) <= LONGEST_NAME_SHOWN else f"{name[: LONGEST_NAME_SHOWN - 3]}..."
