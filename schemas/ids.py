"""How ids, words, days and counts are written in an operation's files: what one value must be, typed for Pydantic."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

_RESERVED = "ended|month|months|states|submission|task_force|task_forces"
"""Words that stand beside measures as columns or in claims, and so can be no measure's id."""

PLAIN_TEXT = "one line that starts with a letter or digit, without braces"
"""What a text that people read must be, so that no spreadsheet takes it for a formula and no sentence for a blank."""


@dataclass(frozen=True, slots=True)
class _Such:
    """What a value must be besides its type, and how that is said."""

    fits: Callable[[Any], object]
    expected: str

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> object:
        from pydantic_core import core_schema  # only here, so that `rollup --help` need not wait for it

        return core_schema.no_info_before_validator_function(self._judge, handler(source))

    def _judge(self, value: object) -> object:
        with suppress(TypeError, ValueError, LookupError, OSError):
            if self.fits(value):
                return value
        raise ValueError(self.expected)


def _written(pattern: str, expected: str) -> _Such:
    return _Such(re.compile(pattern, re.ASCII).fullmatch, expected)


def _is_plain(text: str) -> bool:
    return text[:1].isalnum() and text.isprintable() and not {"{", "}"} & set(text)


_KEBAB, _SNAKE = r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*", r"(?=.{1,60}\Z)[a-z][a-z0-9]*(_[a-z0-9]+)*"
_DAY = r"[12]\d{3}-\d\d-\d\d"
OperationId = Annotated[str, _written(_KEBAB, "an id in lower case, such as broken-heart-2018")]
SnakeId = Annotated[str, _written(_SNAKE, "an id in lower case, such as arrests_since_1998")]
MeasureId = Annotated[str, _written(rf"(?!({_RESERVED})\Z){_SNAKE}", "an id such as tips, but no word of the form")]
TaskForceId = Annotated[str, _written(r"(?=.{2,30}\Z)[A-Z][A-Z0-9]*(-[A-Z0-9]+)*", "an id such as CA-FRESNO")]
StateCode = Annotated[str, _written(r"[A-Z]{2}", "two capital letters")]
Text = Annotated[str, _Such(_is_plain, PLAIN_TEXT)]
TimeZone = Annotated[str, _Such(ZoneInfo, "a time zone's name, such as America/New_York")]
Moment = Annotated[str, _Such(dt.datetime.fromisoformat, "a time, such as 2018-06-08T02:00:00")]
Month = Annotated[str, _written(r"[1-9]\d{3}-(0[1-9]|1[0-2])", "a month, such as 2018-03")]
Day = Annotated[dt.date, _Such(lambda day: re.fullmatch(_DAY, str(day), re.ASCII), "a date, such as 2018-03-31")]
Flag = Annotated[bool, _Such(lambda flag: isinstance(flag, bool), "true or false")]
Positive = Annotated[int, _Such(lambda n: type(n) is int and 0 < n < 10**12, "a whole number from 1")]
Count = Annotated[int, _Such(lambda n: type(n) is int and 0 <= n < 10**12, "a whole number from 0")]
CountText = Annotated[int, _written(r"\d{1,12}", "a whole number from 0")]
Share = Annotated[float, _Such(lambda n: type(n) in (int, float) and 0 <= n <= 1, "a number from 0 to 1")]
