"""What counts as a count: the kinds of thing a cell can hold, and how each is told from the others.

Only whole numbers from 0 become counts, and `N/A` where a measure allows it. A hedge is never stripped and a word never
guessed at: the value is refused by kind. A text itself goes no further than this module; its kind and length do.
"""

import datetime as dt
import math
import re
from collections.abc import Sequence
from enum import Enum, IntEnum
from typing import cast

from schemas.private import LEAST_LONG_NUMBER
from schemas.workbook import NOT_APPLICABLE_TEXT, normalise

LARGEST_COUNT = LEAST_LONG_NUMBER - 1


class Hidden(Enum):
    """What a cell holds that its value does not tell: the `Kind` of its name, found by a second look at the file."""

    ERROR_VALUE = "error value"
    FORMULA_WITHOUT_RESULT = "formula without a result"
    PERCENTAGE = "percentage"
    SHOWN_OTHERWISE = "number that its format or color hides, or shows as another one"
    RAISED_OR_STRUCK = "number that is raised, lowered or struck out, wholly or in part"


CellValue = float | int | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Hidden
"""What reading gives for one cell; the empty string for a blank one."""


class Kind(IntEnum):
    """The kind of thing found in a cell where a count belongs."""

    NUMBER = 0
    NUMBER_AS_TEXT = 1
    NOT_APPLICABLE = 2
    NOT_DUE = 3
    BLANK = 4
    ROW_BLANK = 5
    NOT_APPLICABLE_HERE = 6
    NEGATIVE = 7
    FRACTION = 8
    TOO_LARGE = 9
    BOOLEAN = 10
    DATE = 11
    PERCENTAGE = 12
    ERROR_VALUE = 13
    FORMULA_WITHOUT_RESULT = 14
    HEDGED = 15
    NUMBER_WORD = 16
    NUMBER_WITH_WORDS = 17
    RANGE = 18
    TEXT = 19
    SHOWN_OTHERWISE = 20
    RAISED_OR_STRUCK = 21
    AMBIGUOUS = 22


COUNTED = frozenset({Kind.NUMBER, Kind.NUMBER_AS_TEXT, Kind.NOT_APPLICABLE})
"""The kinds that are counts."""

WORDS = frozenset({Kind.HEDGED, Kind.NUMBER_WORD, Kind.NUMBER_WITH_WORDS, Kind.RANGE, Kind.TEXT})
"""The kinds of a cell in which somebody wrote words."""

EMPTY = frozenset({Kind.NOT_DUE, Kind.BLANK, Kind.ROW_BLANK})
"""The kinds of a cell that holds nothing."""

_DESCRIPTION = {
    Kind.BLANK: "nothing",
    Kind.NOT_APPLICABLE_HERE: "N/A",
    Kind.NEGATIVE: "a negative number",
    Kind.TOO_LARGE: "a number without a value",
    Kind.BOOLEAN: "TRUE or FALSE",
    Kind.DATE: "a date or time",
    Kind.PERCENTAGE: "a percentage",
    Kind.ERROR_VALUE: "an error value of the spreadsheet",
    Kind.FORMULA_WITHOUT_RESULT: "a formula without a stored result",
    Kind.HEDGED: "a hedged number",
    Kind.NUMBER_WORD: "a number word",
    Kind.NUMBER_WITH_WORDS: "a number with words or other signs",
    Kind.RANGE: "a range of numbers",
    Kind.AMBIGUOUS: "a number with a point before three digits, which may be thousands",
    Kind.TEXT: "text",
    Kind.SHOWN_OTHERWISE: "a number that its format or color hides, or shows as another one",
    Kind.RAISED_OR_STRUCK: "a number that is raised, lowered or struck out, wholly or in part",
}

_WHOLE = re.compile(r"\+?(\d+|\d{1,3}(,\d{3})+)(\.0*)?", re.ASCII)
_THOUSANDS_OR_NOT = re.compile(r"\+?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_DECIMAL = re.compile(r"\+?(\d+|\d{1,3}(,\d{3})+)?\.\d+", re.ASCII)
_MINUS = re.compile(r"[-\u2212\u2013]\s*[\d,]+(\.\d*)?|\(\s*[\d,]+(\.\d*)?\s*\)", re.ASCII)
_PERCENT = re.compile(r"[-+]?[\d.,]+\s*%", re.ASCII)
_ERROR = re.compile(r"#(ref!|n/a|name\?|value!|div/0!|num!|null!|spill!|calc!|getting_data)|err:\d+", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?([t ].*)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", re.ASCII)
_RANGE = re.compile(r"[\d,]+\s*(-|\u2013|\u2014|to|or|/|\.\.+)\s*[\d,]+", re.ASCII)
_HEDGE = re.compile(
    r"(?<![a-z])(over|more|least|about|around|approx\w*|roughly|nearly|almost|some|circa|ca|up to|under|less|fewer"
    r"|below|above|est\w*|plus|minimum|maximum|max|min|at most)(?![a-z])|[~\u2248<>\u2264\u2265+?\u00b1]"
)
_DIGIT = re.compile(r"\d")
_WORDS_OF_NUMBERS = """
    zero none nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
    thousands million dozen dozens single couple and a
"""
_NUMBER_WORDS = frozenset(_WORDS_OF_NUMBERS.split())
_NUMBER_WORD_FILLERS = frozenset({"and", "a"})


def kind_of(value: CellValue) -> tuple[Kind, float, int]:
    """Tell what a cell where a count belongs holds.

    Returns:
        The kind; the number, NaN where the cell is not one; and the length of a text in characters, 0 for other things.
    """
    if isinstance(value, str):
        return _kind_of_text(value)
    if isinstance(value, bool):
        return Kind.BOOLEAN, math.nan, 0
    if isinstance(value, float | int):
        return _kind_of_number(float(value)), float(value), 0
    if isinstance(value, Hidden):
        return Kind[value.name], math.nan, 0
    return Kind.DATE, math.nan, 0


def all_counts(values: Sequence[CellValue]) -> bool:
    """Tell quickly whether every cell is a plain count, as most are: what `kind_of` would say of each, at once."""
    if set(map(type, values)) != {float}:
        return False
    numbers = cast(Sequence[float], values)
    return min(numbers) >= 0 and max(numbers) <= LARGEST_COUNT and all(map(float.is_integer, numbers))


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell looks empty: nothing, or blanks only."""
    return value == "" or (isinstance(value, str) and not value.strip())


def describe(kind: Kind, value: float, length: int) -> str:
    """Say what was found without repeating it: a number, or the kind and length of a text."""
    if not math.isnan(value):
        return f"{value:,.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:,.15g}"
    words = _DESCRIPTION[kind]
    return f"{words}, {characters(length)}" if length else words


def describe_other(value: CellValue) -> str:
    """Say what a cell holds that is no word, number or date we ask for, without repeating it."""
    if isinstance(value, str):
        return f"text, {characters(len(value))}"
    if isinstance(value, bool):
        return "TRUE or FALSE"
    if isinstance(value, float | int):
        return f"the number {value:,.10g}"
    return f"a {value.value}" if isinstance(value, Hidden) else "a date or time"


def characters(length: int) -> str:
    """Return a length in words: `1 character`, `8 characters`."""
    return f"{length:,} character{'' if length == 1 else 's'}"


def _kind_of_number(number: float) -> Kind:
    if not math.isfinite(number) or number > LARGEST_COUNT:
        return Kind.TOO_LARGE
    if number < 0:
        return Kind.NEGATIVE
    return Kind.NUMBER if number.is_integer() else Kind.FRACTION


def _kind_of_text(text: str) -> tuple[Kind, float, int]:
    if not text or not (words := normalise(text)):
        return Kind.BLANK, math.nan, 0
    length = len(text)
    # As typed: normalising would join the footnote mark of "12²" to its number.
    digits = text.strip()
    if _THOUSANDS_OR_NOT.fullmatch(digits):
        return Kind.AMBIGUOUS, math.nan, length
    if len(digits) <= 24 and (_WHOLE.fullmatch(digits) or _DECIMAL.fullmatch(digits)):
        number = float(digits.replace(",", ""))
        kind = _kind_of_number(number)
        return (Kind.NUMBER_AS_TEXT if kind is Kind.NUMBER else kind), number, length
    return _kind_of_words(words), math.nan, length


def _kind_of_words(words: str) -> Kind:
    """Tell the kind of a text that is not a plain number. The order matters: the first that fits names it best."""
    if words == normalise(NOT_APPLICABLE_TEXT):
        return Kind.NOT_APPLICABLE
    if words in ("true", "false"):
        return Kind.BOOLEAN
    for pattern, kind in (
        (_ERROR, Kind.ERROR_VALUE),
        (_MINUS, Kind.NEGATIVE),
        (_PERCENT, Kind.PERCENTAGE),
        (_DATE, Kind.DATE),
        (_RANGE, Kind.RANGE),
    ):
        if pattern.fullmatch(words):
            return kind
    tokens = set(re.split(r"[\s-]+", words))
    has_digit, has_number_word = bool(_DIGIT.search(words)), bool(tokens & _NUMBER_WORDS - _NUMBER_WORD_FILLERS)
    if (has_digit or has_number_word) and _HEDGE.search(words):
        return Kind.HEDGED
    if has_number_word and tokens <= _NUMBER_WORDS:
        return Kind.NUMBER_WORD
    return Kind.NUMBER_WITH_WORDS if has_digit or has_number_word else Kind.TEXT
