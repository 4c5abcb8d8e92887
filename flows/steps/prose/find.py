"""Every figure of a text, and those whose own form says what they are: dates, laws, enumerators, money, ages.

What belongs here: how a figure looks by itself. What does not: the words around it, and any operation's vocabulary.
"""

import re
from collections.abc import Iterator, Sequence

from flows.steps.prose.numbers import DIGITS, SCALED, WORDS, value_of
from flows.steps.prose.periods import DATE, DATE_RANGE, MONTH, MONTHS, months_said
from schemas.prose import FigureVerdict, Found

UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Characters that take no room, wherever they stand in a text."""

PERIOD = "a period of time"
_NO_CLAIM, _UNBACKED = FigureVerdict.NOT_A_CLAIM, FigureVerdict.UNBACKED
_SECTION = r"\d++(?!,\d)[A-Za-z]{0,2}(?:[-.]\d+)*(?:\([a-z0-9]+\))*"
_FURTHER = r"(?:,\s*(?:and\s+)?|\s+and\s+|\s*-\s*|\s+through\s+)(?:\d{4,}[A-Z]?|\d+[A-Z])(?!,?\d)(?:\([a-z0-9]+\))*"
_CODE = r"(?:U\.?\s?S\.?\s?C\.?|C\.?\s?F\.?\s?R\.?)(?:\s*§§?|\s+(?:[Ss]ections?|[Pp]arts?))?"
_LAW = r"(?:§§?|\b(?:Sections?|Sec\.|Title|Chapter|Part|Article|H\.R\.|Order|No\.))"
_YEAR = r"(?:19|20)\d\d"
_SCALE = r"(?:\s+(?:thousand|million|billion)\b)?"
_TO_AGE = r"(?:\s*(?:to|through|and|-)\s*\d{1,3})?"
_AGES = rf"\b[Aa]ge(?:s|d)?(?:\s+of)?\s+\d+{_TO_AGE}"

_FORMS: tuple[tuple[FigureVerdict, str, str], ...] = (
    (_NO_CLAIM, "part of an address", r"(?:https?://|www\.)\S*[^\s.,;:)]|\b[\w.+-]{1,64}@[\w-]+\.[\w.-]+"),
    (_NO_CLAIM, "the number of a law", rf"\b\d{{1,3}}\s+{_CODE}\s*{_SECTION}(?:{_FURTHER})*|{_LAW}\s*{_SECTION}"),
    (_NO_CLAIM, "the number of a law", r"(?:Public Law|Pub\.\s*L\.|P\.L\.)\s*(?:No\.\s*)?\d+-\d+"),
    (_NO_CLAIM, "a telephone number", r"(?:\+?1[-. ])?(?:\(\d{3}\)\s*|\b\d{3}[-.])\d{3}[-.]\d{4}\b"),
    (_NO_CLAIM, "a telephone number", r"\b1-8\d\d-[A-Z\d-]{7,}"),
    (_NO_CLAIM, "a date", DATE),
    (_NO_CLAIM, "a date", rf"{MONTH},?\s+{_YEAR}\b|\b{_YEAR}-(?:0[1-9]|1[0-2])\b"),
    (_NO_CLAIM, "a year", rf"\b{_YEAR}\s*[-/]\s*(?:{_YEAR}|\d\d)\b|\b{_YEAR}s\b|\bFY\s?\d+\b"),
    (_NO_CLAIM, "a time of day", r"\b\d{1,2}(?::\d\d)?\s*(?:[ap]\.m\.|[AaPp][Mm]\b)|\b\d{1,2}:\d\d\b|\b24/7\b"),
    (_NO_CLAIM, "an ordinal", r"\b\d+(?:,\d{3})*(?:st|nd|rd|th)\b"),
    (_NO_CLAIM, "a footnote", r"\[\^?\d{1,3}\]"),
    (_UNBACKED, "an amount of money", rf"(?:US)?[$€£]\s?{DIGITS}{_SCALE}|(?:{DIGITS}|{WORDS}){_SCALE}\s+dollars\b"),
    (_UNBACKED, "a percentage", rf"(?:{DIGITS}|{WORDS})\s*(?:%|per\s?cent\b|percentage\b)"),
    (_UNBACKED, "an age", rf"(?:\b\d{{1,3}}{_TO_AGE}|{WORDS})[- ]years?[- ](?:old|of\s+age)|{_AGES}"),
    (_UNBACKED, PERIOD, rf"(?:{DIGITS}|{WORDS})[-\s]+(?:hour|day|night|week|weekend|year|decade)s?\b"),
    (_UNBACKED, "a share", r"\b(?i:(?:one|two|three|a)[- ](?:half|thirds?|quarters?|fourths?|fifths?|tenths?)|half)\b"),
    (_UNBACKED, "a ratio", r"\b(?i:twice|doubled|tripled|quadrupled|halved|(?:two|three|four|five|ten)-?fold)\b"),
    (_UNBACKED, "a range", rf"\b{DIGITS}\s*(?:-|\bto\b)\s*{DIGITS}|\b[Bb]etween\s+{DIGITS}\s+and\s+{DIGITS}"),
    (_UNBACKED, "a number below zero", rf"(?<!\S)-{DIGITS}"),
    (_UNBACKED, "a size without a number", r"\b(?i:dozens|scores|hundreds|thousands|millions)\b"),
    (_NO_CLAIM, "part of a name", r"\b[A-Z][A-Za-z]*-?\d+[A-Za-z\d]*\b(?!,\d)"),
)
_SETTLED = [(verdict, reason, re.compile(form)) for verdict, reason, form in _FORMS]
_ENUMERATOR = re.compile(r"^[ \t>]*\(?(\d{1,3})[.)](?=\s)|\((\d{1,2})\)(?=\s+[A-Za-z])", re.MULTILINE)
_NUMBER = re.compile(rf"{SCALED}|{DIGITS}|{WORDS}")
_SAME_WIDTH = str.maketrans("\u2010\u2011\u2012\u2013\u2019\u00a0\u2007", "----'  ")
_THIN_SEPARATOR = re.compile(r"(?<=\d)[\u00a0\u2009\u202f'](?=\d{3}(?!\d))")


def find_figures(text: str, months: Sequence[str]) -> tuple[Found, ...]:
    """Find every figure, in the order of the text; a month without a year is one of the operation's `months`."""
    plain = plainly(text)
    taken = bytearray(len(plain))
    found: list[Found] = []
    for one in _in_order_of_certainty(plain, months):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def plainly(text: str) -> str:
    """Return a text of the same length in which digits, dashes, blanks and separators are the usual ones."""
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    return _THIN_SEPARATOR.sub(",", digits).translate(_SAME_WIDTH)


def _in_order_of_certainty(plain: str, months: Sequence[str]) -> Iterator[Found]:
    for pattern in (DATE_RANGE, MONTHS):
        for match in pattern.finditer(plain):
            yield Found(match.start(), match.end(), match[0], months=months_said(plain, match, months))
    for verdict, reason, pattern in _SETTLED:
        for match in pattern.finditer(plain):
            if any(char.isdigit() for char in match[0]) or verdict is _UNBACKED:
                yield Found(match.start(), match.end(), match[0], settled=verdict, reason=reason)
    yield from _enumerators(plain)
    for match in _NUMBER.finditer(plain):
        yield Found(match.start(), match.end(), match[0], value_of(match[0]), reason=_perhaps(match[0]))
    # What is left over of digits that seemed to belong to something else; none may go unsaid.
    yield from (Found(match.start(), match.end(), match[0]) for match in re.finditer(r"\d+", plain))


def _enumerators(plain: str) -> Iterator[Found]:
    """Yield the numbers of lists. They count up from one, which tells them from a figure that begins a line."""
    following = {1}
    for match in _ENUMERATOR.finditer(plain):
        group = 1 if match[1] else 2
        if int(match[group]) in following:
            following.add(int(match[group]) + 1)
            yield Found(*match.span(group), match[group], settled=_NO_CLAIM, reason="an enumerator")


def _perhaps(number: str) -> str:
    """Return what a number is if no unit follows it."""
    if re.fullmatch(_YEAR, number):
        return "a year"
    return "a word for somebody" if number.lower() == "one" else ""
