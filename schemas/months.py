"""Calendar months, written `2018-03` everywhere in code and data and `March 2018` where people read."""

import calendar
import datetime as dt
import re

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_NUMBER_OF = {name[:length].casefold(): n for n, name in enumerate(MONTH_NAMES, 1) for length in (3, len(name))}


def month_of(day: dt.date) -> str:
    """Return the month a day falls in, as `2018-03`."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> dt.date:
    """Return the first day of a month given as `2018-03`."""
    return dt.date(int(month[:4]), int(month[5:7]), 1)


def last_day(month: str) -> dt.date:
    """Return the last day of a month given as `2018-03`."""
    year, number = int(month[:4]), int(month[5:7])
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def month_label(month: str) -> str:
    """Return `March 2018` for `2018-03`, whatever the machine's locale."""
    return f"{MONTH_NAMES[int(month[5:7]) - 1]} {month[:4]}"


def whose(task_force: str, month: str) -> str:
    """Say whose figures they are: `AL, March 2018`, or `AL` where there is no month."""
    return f"{task_force}, {month_label(month)}" if month else task_force


def long_date(day: dt.date) -> str:
    """Return `March 1, 2018`, whatever the machine's locale."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day}, {day.year}"


def months_between(start: dt.date, end: dt.date) -> tuple[str, ...]:
    """Return every month from the one `start` falls in to the one `end` falls in, in order."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(first, last + 1))


def parse_month(text: str) -> str | None:
    """Read `2018-03`, `March 2018` or `Mar 2018`; None where the text is no month."""
    words = text.replace(",", " ").replace(".", " ").split()
    if len(words) == 1 and (match := _ISO.fullmatch(words[0])):
        return _month(match[1], int(match[2]))
    if len(words) == 2 and re.fullmatch(r"\d{4}", words[1], re.ASCII):
        return _month(words[1], _NUMBER_OF.get(words[0].casefold(), 0))
    return None


def _month(year: str, number: int) -> str | None:
    return f"{year}-{number:02d}" if 1 <= number <= 12 and year > "0000" else None
