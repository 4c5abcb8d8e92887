"""What is private: labels that ask for a person or a case, and values that are one's. Told by kind, never by value.

Counts never look like these: no count has nine digits in a row, a sign between its digits, or a name for a heading.
"""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from schemas.workbook import FINDINGS_SHEET, INSTRUCTIONS_SHEET

LONGEST_LABEL_OF_A_PERSON = 60
"""A longer text is prose, which is searched for values only."""

ON_ANOTHER_SHEET = "on another sheet"
ON_FINDINGS, ON_INSTRUCTIONS = f"on the sheet {FINDINGS_SHEET}", f"on the sheet {INSTRUCTIONS_SHEET}"
AMONG_TEXTS = "among the workbook's texts"
"""Places, beside the form's sheets, in which somebody may have typed."""

A_LONG_NUMBER = "a long number"
LABEL = "a label that asks for"
"""How the kind of a private label begins."""

_PERSON = (
    r"victim|suspect|defendant|perpetrator|perp|offender|arrestee|witness|complainant|minor|juvenile|child|subject"
    r"|parent|guardian"
)
_NAMED_PERSON = (
    rf"{_PERSON}|mother|father|student|patient|client|employee|officer|detective|investigator|contact|inmate"
)
_CASE = r"case|docket|incident|tip|cyber\s?-?tip(?:line)?|warrant|booking"
_NUMBER = r"(nos?\b\.?|numbers?|nrs?\b\.?|#|ids?\b)"
_OF_A_PERSON = (
    r"(first |last |full )?names?|ages?|ids?|initials|sex|gender|race|no\.?|numbers?|#|dobs?|ssns?|(birth ?)?dates?"
    r"( of birth)?|birthdays?|address(es)?|(tele)?phones?( numbers?)?|e-?mails?( address(es)?)?"
)
_KIND_OF_LABEL: tuple[tuple[str, str], ...] = (
    ("a date of birth", r"d\.?\s?o\.?\s?b\.?|(dates?|place|year) of birth|birth\s?-?(dates?|days?|place|year)|born"),
    ("a Social Security number", rf"s\.?s\.?n\.?s?|ss\s?#|social security( {_NUMBER})?"),
    (
        "a telephone number",
        rf"((tele|cell|mobile|home|work)\s?-?)?phone( {_NUMBER})?|tel\.?"
        rf"|((tele)?phone|cell|mobile|contact|fax|tel\.?) {_NUMBER}",
    ),
    ("an e-mail address", r"e[- ]?mails?( address(es)?)?"),
    ("an IP address", r"ip( address(es)?)?"),
    (
        "an address",
        r"((home|street|mailing|residential|residence|postal)\s)?address(es| line \d| \d)?|zip( codes?)?|street",
    ),
    (
        "a case number",
        rf"(\w+ ){{0,2}}({_CASE}|police report|report|complaint|file|inmate|badge|license|licence|passport"
        rf"|driver'?s licen[cs]e)\s?{_NUMBER}|dockets?|driver'?s licen[cs]es?|licen[cs]e plates?|passports?",
    ),
    ("a person", rf"({_NAMED_PERSON})([ /,-]+({_PERSON}))*(s|\(s\))?('?s|')?[ :-]+({_OF_A_PERSON})"),
    ("a person", rf"(names?|ages?|identit(y|ies)|initials) of (the )?({_PERSON})s?"),
    ("a person", rf"({_PERSON})([ /,-]+({_PERSON}))*( ?#? ?\d+)?"),
    (
        "a person",
        r"((first|last|full|middle|given|family|maiden|nick|sur|user)\s?-?)?names?|alias(es)?|screen\s?-?names?|initials"
        r"|last( name)?( ?[,/;&]| and)? ?first( name)?",
    ),
    ("a narrative", r"(case )?(narratives?|synopsis)|case notes?"),
)
_LABELS = tuple(
    (kind, re.compile(rf"\W*(the |our |his |her )?({label})( \d+)?\W*(\(.*\))?\W*")) for kind, label in _KIND_OF_LABEL
)

_A_MONTH = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)"
_YEARS = r"(?:(?:19|20)\d\d[ -]?)+(?!\d)"
_OCTET = r"(25[0-5]|2[0-4]\d|1?\d?\d)"
_DASH = r"\s?[-. ]\s?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_STREET = r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct)"
_VALUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "an e-mail address",
        re.compile(r"[\w.+-]+\s?(?:@|[(\[]at[)\]])\s?[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}", re.IGNORECASE),
    ),
    ("a Social Security number", re.compile(rf"(?<![\d.-])\d{{3}}{_DASH}\d{{2}}{_DASH}\d{{4}}(?![\d-])")),
    ("a telephone number", re.compile(r"(?<![\d.])(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}(?!\d)")),
    ("a telephone number", re.compile(r"(?<![\d.])(\(\d{3}\)\s?\d{3}[\s.-]?\d{4}|\d{3}-\d{7})(?!\d)")),
    ("a telephone number", re.compile(r"(?<![\d.-])555[-. ]\d{4}(?!\d)")),
    ("a telephone number", re.compile(r"(?<!\w)\+\d[\d\s().-]{7,}\d")),
    (
        "an IP address",
        re.compile(
            rf"(?<![\d.])(?<!v)(?<!v\. )(?<!version )(?<!rev ){_OCTET}(\.{_OCTET}){{3}}(?!\.?\d)", re.IGNORECASE
        ),
    ),
    (
        "an IP address",
        re.compile(
            r"(?<![\w:])[0-9a-f]{1,4}(?:(:[0-9a-f]{1,4}){7}|(:[0-9a-f]{1,4}){1,6}::[0-9a-f:]*)(?!\w)", re.IGNORECASE
        ),
    ),
    ("a case number", re.compile(rf"(?<![a-z])({_CASE})\s*(no\.?|nr\.?|number|#)+:?\s*[a-z-]{{0,6}}\d", re.IGNORECASE)),
    (
        "a case number",
        re.compile(rf"(?<![a-z])({_CASE})s?\s*:?\s*[a-z-]{{0,6}}(?!{_A_MONTH})\d{{2,}}-\d", re.IGNORECASE),
    ),
    ("a case number", re.compile(rf"(?<![a-z])({_CASE})\s*:?\s*[a-z-]{{0,6}}\d{{5}}", re.IGNORECASE)),
    ("a case number", re.compile(r"(?<![a-z])(report|ncmec|cyber\s?-?tip(line)?)\W{0,3}\d{7}", re.IGNORECASE)),
    (
        "a case number",
        re.compile(r"(?<![\w-])(\d{0,2}:?\d\d-)?(cr|cv|mj|sw)-?\d{2,5}(-\d{3,})?(?!\w)", re.IGNORECASE),
    ),
    (A_LONG_NUMBER, re.compile(rf"(?<![\w.,])(?!{_YEARS})(\d{{9,}}|\d{{4}}([ -]\d{{4}}){{2,}})(?![\w.,]*\w)")),
    (A_LONG_NUMBER, re.compile(r"(?<![a-z])(ssn?|phone|tel|cell|dob)\W{0,3}\d{6,}", re.IGNORECASE)),
    ("an address", re.compile(rf"(?<!\w)\d{{1,5}} (?:[NSEW]\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)? {_STREET}(?!\w)")),
    ("an address", re.compile(r"(?<!\w)p\.?\s?o\.?\s?box \d", re.IGNORECASE)),
)
_DATE = re.compile(
    r"(?<![\d.])(?:((?:19|20)\d\d)([-/.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])"
    r"|\d{1,2}([/.-])\d{1,2}\3((?:19|20)?\d\d)"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)"
    rf"|\d{{1,2}}[\s-]{_MONTH}[\s,-]{{1,2}}((?:19|20)?\d\d))(?![\d.])",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?<![a-z])({_PERSON}|dob|ssn|interview|affidavit)(?![a-z])", re.IGNORECASE)
_WORDS, _DOTS, _WITHIN = re.compile(r"[_\s]+"), re.compile(r"(?<!\d)\.|\.(?!\d)"), re.compile(r"(?<=\d)[\s.]+(?=\d)")

LONGEST_NAME_SHOWN = 100
LEAST_LONG_NUMBER = 100_000_000
"""Nine digits: where no count belongs, a number as long is an identifier."""


_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | dict.fromkeys("\u2018\u2019\u02bc`", "'")
)
_EITHER = re.compile(r"\s*[/&|]\s*|\s+and\s+")
_WORD_IN_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


@lru_cache(maxsize=8192)
def kind_of_private_text(text: str, first_year: int) -> str | None:
    """Name what a text asks for or gives of a person or a case; None where it does neither.

    Args:
        text: Of a cell, a note or anything else that somebody may have typed.
        first_year: A date in an earlier year may be somebody's date of birth.
    """
    if len(text) <= LONGEST_LABEL_OF_A_PERSON:
        label = " ".join(_WORD_IN_WORD.sub(" ", _plain(text)).casefold().split())
        kinds = [_kind_of_label(part) for part in _EITHER.split(label)]
        if all(kinds):
            return f"{LABEL} {kinds[0]}"
    return kind_of_private_value(text, first_year)


@lru_cache(maxsize=8192)
def kind_of_private_value(text: str, first_year: int) -> str | None:
    """Name what a text gives of a person or a case; None where it gives nothing."""
    plain = _plain(text).replace("_", " ")
    if not any(map(str.isdigit, plain)) and "@" not in plain and "at)" not in plain:
        return None
    for kind, pattern in _VALUES:
        if pattern.search(plain):
            return kind
    for found in _DATE.finditer(plain):
        if _year(next(filter(None, found.group(1, 4, 5, 6))), first_year) < first_year:
            return "a date of birth"
    return None


def _kind_of_label(label: str) -> str | None:
    return next((kind for kind, pattern in _LABELS if pattern.fullmatch(label)), None)


def _plain(text: str) -> str:
    """Return a text with one sign for each dash, apostrophe and letter that looks alike, and none that is not seen."""
    if text.isascii():
        return text
    seen = (sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in ("Cf", "Mn"))
    return "".join(seen).translate(_SIGNS)


def _year(digits: str, first_year: int) -> int:
    """Return a year, one of two digits in the hundred years up to ten after `first_year`."""
    if len(digits) == 4:
        return int(digits)
    last = first_year + 10
    return last - (last - int(digits)) % 100


def is_private_day(day: dt.date, first_year: int) -> bool:
    """Tell whether a date, where none is asked for, may be somebody's date of birth."""
    return 1900 < day.year < first_year


def name_by_hash(sha256: str) -> str:
    """Return what a file is called whose own name may not be shown."""
    return f"sha256-{sha256[:12]}"


def shown_name(name: str, sha256: str, first_year: int) -> str:
    """Return a file's name as outputs may show it: its hash where it looks private, cut where it is long.

    Args:
        name: As received, escaped.
        sha256: Of its content.
        first_year: A date in an earlier year may be somebody's date of birth.
    """
    words = _WORDS.sub(" ", name)
    # An ending is no part of the number before it, and what parts digits is written in many ways.
    readings = (words, parted := _DOTS.sub(" ", words), _WITHIN.sub("-", parted))
    if _NAMED.search(words) or any(kind_of_private_value(reading, first_year) for reading in readings):
        return name_by_hash(sha256)
    return name if len(name) <= LONGEST_NAME_SHOWN else f"{name[: LONGEST_NAME_SHOWN - 3]}..."
