"""Number formats: whether a cell's format shows the number that the cell holds, or makes it look like another one."""

import re
from enum import Enum


class Shown(Enum):
    """How a number format shows a count."""

    AS_STORED = "as stored"
    AS_PERCENTAGE = "as a percentage"
    AS_DATE = "as a date or time"
    OTHERWISE = "as another number, or not at all"


_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_CONDITION = re.compile(r"\[\s*[<>=]")
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_PLACEHOLDER = re.compile(r"[0#?@]|general|standard", re.IGNORECASE)
_SECTION = re.compile(r"""(?:"[^"]*"|\\.|[^;])*""")
_MISLEADING_SIGN = re.compile(r"[-()~<>\u2212\u2013\u2014\u00b1]")
_BESIDE_LETTERS = " \u00a0=$"
_SCALE_WORDS = re.compile(
    r"\b(k|m|mm|mn|mio|tsd|bn|hundreds?|thousands?|millions?|billions?|dozens?|percent)\b", re.IGNORECASE
)


def shown_by(code: str) -> Shown:
    """Tell how a number format, as the file spells it, shows a whole number from 0.

    A zero may be shown as a dash or as nothing, as accountants do; any other number as itself, with plain words around
    it at most: no digit, no sign, and no word such as `thousand`.
    """
    bare = _LITERAL.sub("", code)
    if "%" in bare:
        return Shown.AS_PERCENTAGE
    positive, *others = bare.split(";")
    if not _PLACEHOLDER.search(positive) and _DATE_LETTER.search(positive):
        return Shown.AS_DATE
    of_zero = others[1] if len(others) > 1 else ""
    is_scaled = any(_SCALED.search(section) for section in (positive, of_zero))
    if is_scaled or not _PLACEHOLDER.search(positive) or _CONDITION.search(code) or _MISLEADING_SIGN.search(positive):
        return Shown.OTHERWISE
    return Shown.AS_STORED if _says_no_more(code) else Shown.OTHERWISE


def _says_no_more(code: str) -> bool:
    """Tell whether the words of a format leave its number as it is; those of a zero may also say 0, or be a dash."""
    sections = [section for section in _SECTION.findall(code) if section] or [""]
    words = [["".join(found) for found in _QUOTED.findall(section)] for section in sections]
    of_zero = words[2] if len(words) > 2 else []
    return all(map(is_plain_word, words[0])) and all(word in ("0", "-") or is_plain_word(word) for word in of_zero)


def is_plain_word(word: str) -> bool:
    """Tell whether what a format writes beside a number leaves it as it is: no digit, no sign, no word of scale."""
    return all(char.isalpha() or char in _BESIDE_LETTERS for char in word) and not _SCALE_WORDS.search(word)
