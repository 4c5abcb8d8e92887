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


def shown_by(code: str) -> Shown:
    """Tell how a number format, as the file spells it, shows a whole number from 0.

    A zero may be shown as a dash or as nothing, as accountants do; any other number as itself, whatever stands around
    it, as long as that is no digit.
    """
    bare = _LITERAL.sub("", code)
    if "%" in bare:
        return Shown.AS_PERCENTAGE
    positive, *others = bare.split(";")
    if not _PLACEHOLDER.search(positive) and _DATE_LETTER.search(positive):
        return Shown.AS_DATE
    of_zero = others[1] if len(others) > 1 else ""
    has_digit_in_words = any(
        re.search(r"[0-9]", "".join(found)) for found in _QUOTED.findall(code) if found != ("0", "")
    )
    is_scaled = any(_SCALED.search(section) for section in (positive, of_zero))
    if is_scaled or has_digit_in_words or not _PLACEHOLDER.search(positive) or _CONDITION.search(code):
        return Shown.OTHERWISE
    return Shown.AS_STORED
