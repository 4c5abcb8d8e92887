"""Number formats: whether a cell's format shows the number, month or text that the cell holds, or something else.

A format is taken only where all of it is known to leave what it shows as it is; whatever is not listed here is not.
"""

import re
from enum import Enum


class Shown(Enum):
    """How a number format shows a count."""

    AS_STORED = "as stored"
    AS_PERCENTAGE = "as a percentage"
    AS_DATE = "as a day or month"
    OTHERWISE = "as another number, or not at all"


_TOKEN = re.compile(r'[_*\\].|"[^"]*"|\[[^\]]*\]|;', re.DOTALL)
_WORD = re.compile(r'[_*].|"([^"]*)"|\\(.)', re.DOTALL)

_SPACE = r"_.|\* |\\?[ \u00a0]"
_PAINT = r"\[(?:black|blue|cyan|green|magenta|red|yellow|\$-(?:[\da-f]{3,4}|[a-z]{2}-[a-z]{2}|x-sysdate))\]"
_BESIDE = rf'(?:{_SPACE}|{_PAINT}|"[^"]*"|\\.)'
_DIGITS = r"\+?(?:#\\?[ \u00a0]##[#0]|[#0?](?:,?[#0?])*)(?:\.[#0?]*)?"
_OF_DAYS = rf'(?:{_PAINT}|[yd]|\\?[-/., ]|"[-/., ]*")*'
_OF_HOURS = r"(?:h{1,2}:mm(?::ss)?(?:\\? am/pm)?)?"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


_COUNT = _pattern(rf"{_BESIDE}*(?:general|standard|@|{_DIGITS}){_BESIDE}*")
_ZERO = _pattern(rf"(?:{_BESIDE}|general|[-\u2013\u2014#0?.,])*")
_MONTH = _pattern(rf"{_OF_DAYS}m+{_OF_DAYS}{_OF_HOURS}")
_TEXT = _pattern(rf"(?:{_SPACE}|{_PAINT})*(?:@|general)(?:{_SPACE}|{_PAINT})*")
_CASE = _pattern(rf"(?:{_PAINT})*\[([<>=]+)(-?[\d.]+)\](.*)")
"""A section that is used under a condition."""

_SCALE_WORDS = _pattern(r"\b(k|m|mm|mn|mio|tsd|bn|hundreds?|thousands?|millions?|billions?|dozens?|percent|[oil]+)\b")


def shown_by(code: str) -> Shown:
    """Tell how a number format, as the file spells it, shows a whole number from 0.

    A zero may be shown as a dash or as nothing, as accountants do; any other number as itself, with plain words around
    it at most: no digit, no sign, not even of a currency, and no word such as `thousand`.
    """
    sections, _ = _sections(code)
    if any("%" in _TOKEN.sub("", section) for section in sections):
        return Shown.AS_PERCENTAGE
    if _MONTH.fullmatch(sections[0]):
        return Shown.AS_DATE
    cases = [(case[1] + case[2], case[3]) for section in sections if (case := _CASE.fullmatch(section))]
    if cases:
        cases += [("", section) for section in sections if not _CASE.fullmatch(section)]
    else:
        cases = list(zip(("", "<0", "=0"), sections, strict=False))
    is_as_stored = len(sections) < 4 and all(_shows_as_stored(condition, section) for condition, section in cases)
    return Shown.AS_STORED if is_as_stored else Shown.OTHERWISE


def shows_texts(code: str) -> bool:
    """Tell whether a number format leaves a text as it is."""
    numbers, text = _sections(code)
    return (text is None or bool(_TEXT.fullmatch(text))) and (len(numbers) < 2 or not any(map(_takes_texts, numbers)))


def is_plain_word(word: str) -> bool:
    """Tell whether what a format writes beside a number leaves it as it is: no digit, no sign, no word of scale."""
    letters = (char for char in word if char not in " \u00a0=")
    return all(char.isalpha() and not char.isnumeric() for char in letters) and not _SCALE_WORDS.search(word)


def may_stand_for_zero(words: str) -> bool:
    """Tell whether what a format writes for a zero leaves it one: a dash, a 0, or a plain word."""
    return is_plain_word(words.strip("-\u2013\u2014 0"))


def _sections(code: str) -> tuple[list[str], str | None]:
    """Return the sections of a format that are for numbers, and the one for texts where it has one."""
    sections = _TOKEN.sub(lambda token: "\0" if token[0] == ";" else token[0], code).split("\0")
    if len(sections) == 4 or _takes_texts(sections[-1]):
        return sections[:-1] or sections, sections[-1]
    return sections, None


def _takes_texts(section: str) -> bool:
    return "@" in _TOKEN.sub("", section)


def _shows_as_stored(condition: str, section: str) -> bool:
    words = "".join(map("".join, _WORD.findall(section)))
    match condition:
        case "<0":
            return True
        case "=0":
            return bool(_ZERO.fullmatch(section)) and may_stand_for_zero(words)
        case _:
            return bool(_COUNT.fullmatch(section)) and is_plain_word(words)
