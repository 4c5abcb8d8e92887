"""What the numbers around a wrong sum show to be the mistake: one plain sentence, or nothing.

What belongs here: explanations of a whole difference, from numbers and their places alone. Where none fits nothing is
said, nor where several do: a guess would send people to the wrong cell. What does not: which sums are wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.workbook import address, span

Place = tuple[int, int]
"""Row and column on a sheet, from 1."""

_FACTORS = (10, 100, 1000)
_TELLING, _TELLING_ALONE = 10, 100
"""Smaller numbers equal others too often by chance to explain anything, with and without a second sign."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a table: by their places, and the rows of each task force, month after month."""

    at: Mapping[Place, int]
    histories: tuple[tuple[int, ...], ...]

    def of(self, place: Place) -> int:
        """Return what stands at a place; 0 for what is no number."""
        return self.at.get(place, 0)

    def sum_of(self, places: Iterable[Place]) -> int:
        """Add up what stands at some places."""
        return sum(map(self.of, places))

    def month_before(self, row: int) -> int:
        """Return the row of the same task force's month before; 0 if there is none."""
        return next((rows[rows.index(row) - 1] for rows in self.histories if row in rows[1:]), 0)

    def other_months(self, place: Place) -> list[int]:
        """Return what the same task force has in the same column in its other months."""
        row, column = place
        return [self.of((other, column)) for rows in self.histories if row in rows for other in rows if other != row]

    def usual_at(self, place: Place) -> range:
        """Return what is usual by the other months: from half the least to twice the most; nothing if one is 0."""
        others = self.other_months(place)
        return range(-(-min(others) // 2), 2 * max(others) + 1) if others and all(others) else range(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """A number and what it adds up: its parts along a row, or the rows above it down a column.

    Of overlapping parts, none may exceed the number and their sum must reach it.
    """

    total: Place
    addends: tuple[Place, ...]
    is_along_a_row: bool = True
    overlapping: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the number stands, and then what it adds up."""
        return self.total, *self.addends

    def holds(self, number: int, *added: int) -> bool:
        """Tell whether a number would fit what it adds up."""
        most = sum(added)
        return (max(added) if self.overlapping else most) <= number <= most


def cause_of_sum(numbers: Numbers, wrong: Sum) -> str:
    """Return the one mistake that explains why a number is not the sum; empty if none does, or more than one."""
    if wrong.holds(*map(numbers.of, wrong.places)):
        return ""
    explanations = [*_pasted_again(numbers, wrong), *_left_at_zero(numbers, wrong)]
    if not wrong.overlapping:
        for explain in (_slips, _left_out, _of_next_line, _one_column_off):
            explanations.extend(explain(numbers, wrong))
    return explanations[0] if len(explanations) == 1 else ""


def cause_of_jump(numbers: Numbers, pair: tuple[Place, Place], is_usual: Callable[[int, int], bool]) -> str:
    """Return which of two numbers, not usual beside each other, is a power of ten away from the other months."""
    explanations = []
    values = list(map(numbers.of, pair))
    for n, place in enumerate(pair):
        usual = numbers.usual_at(place)
        for meant, by in _scaled(values[n]):
            is_jump = values[n] not in usual and meant in usual and min(values[n], meant) >= _TELLING
            if is_jump and is_usual(*_instead(values, n, meant)):
                explanations.append(f"{address(*place)} may be {by}: {_other_months(numbers, place)}.")
    return explanations[0] if len(explanations) == 1 else ""


def _slips(numbers: Numbers, wrong: Sum) -> Iterator[str]:
    """Explain by one number mistyped: two digits swapped, or a zero or more too many or too few."""
    values = list(map(numbers.of, wrong.places))
    for n, place in enumerate(wrong.places):
        cell, value = address(*place), values[n]
        for meant in _swapped(value):
            if wrong.holds(*_instead(values, n, meant)):
                yield f"Two digits of {cell} may be swapped: {value:,} for {meant:,}."
        for meant, by in _scaled(value):
            if wrong.holds(*_instead(values, n, meant)):
                yield f"{cell} may be {by}: {value:,} for {meant:,}."


def _swapped(value: int) -> Iterator[int]:
    """Yield what a number is with two neighbouring digits swapped; never with fewer digits."""
    digits = str(value)
    for n in range(len(digits) - 1):
        other = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        if other != digits and other[0] != "0":
            yield int(other)


def _scaled(value: int) -> Iterator[tuple[int, str]]:
    """Yield what a number is without a factor that it may have too much or too little, and how to say so."""
    for factor in _FACTORS if value else ():
        yield value * factor, f"{factor:,} times too small"
        if value % factor == 0:
            yield value // factor, f"{factor:,} times too large"


def _instead(values: Sequence[int], n: int, other: int) -> list[int]:
    return [*values[:n], other, *values[n + 1 :]]


def _pasted_again(numbers: Numbers, wrong: Sum) -> Iterator[str]:
    """Explain by a row that repeats the month before; of a whole and its parts, by parts that do."""
    columns = sorted({column for _, column in (wrong.addends if wrong.is_along_a_row else numbers.at)})
    for row in dict.fromkeys(row for row, _ in wrong.addends):
        here, before = ([(line, column) for column in columns] for line in (row, numbers.month_before(row)))
        values = list(map(numbers.at.get, here))
        if values == list(map(numbers.at.get, before)) and sum(map(bool, values)) > 1:
            yield f"{span(here)} may be the month before pasted again: the same figures stand in {span(before)}."


def _left_at_zero(numbers: Numbers, wrong: Sum) -> Iterator[str]:
    """Explain by the only number that is 0, if what is missing is usual there."""
    missing = numbers.of(wrong.total) - numbers.sum_of(wrong.addends)
    zeros = [place for place in wrong.addends if numbers.at.get(place) == 0]
    if len(zeros) == 1 and missing in numbers.usual_at(zeros[0]) and missing not in map(numbers.of, wrong.addends):
        months = _other_months(numbers, zeros[0])
        yield f"{address(*zeros[0])} may have been left at 0: the sum lacks {missing:,}, and {months}."


def _other_months(numbers: Numbers, place: Place) -> str:
    others = sorted(numbers.other_months(place))
    return f"the other months have {', '.join(f'{number:,}' for number in others)}"


def _left_out(numbers: Numbers, wrong: Sum) -> Iterator[str]:
    """Explain by a number that was not added."""
    excess = numbers.sum_of(wrong.addends) - numbers.of(wrong.total)
    for place in wrong.addends:
        if numbers.of(place) == excess >= _TELLING:
            yield f"{address(*wrong.total)} may leave out {address(*place)}: it is the sum of the others."


def _of_next_line(numbers: Numbers, wrong: Sum) -> Iterator[str]:
    """Explain by a total that belongs to the next row, or of a control total to the next column."""
    steps = (((-1, 0), "row above"), ((1, 0), "row below"))
    if not wrong.is_along_a_row:
        steps = (((0, -1), "column to the left"), ((0, 1), "column to the right"))
    for step, line in steps:
        total, *addends = _moved(wrong.places, *step)
        belongs = numbers.at.keys() >= {total, *addends} and numbers.of(wrong.total) == numbers.sum_of(addends)
        if belongs and (numbers.of(total) != numbers.of(wrong.total) > 0 or numbers.of(total) >= _TELLING_ALONE):
            yield f"{address(*wrong.total)} may belong to the {line}: it is the sum of {span(addends)}."


def _one_column_off(numbers: Numbers, wrong: Sum) -> Iterator[str]:
    """Explain by figures that would add up one column further on."""
    for step, side in ((-1, "left"), (1, "right")):
        total, *addends = _moved(wrong.places, 0, step)
        is_whole = wrong.is_along_a_row and numbers.at.keys() >= {total, *addends}
        if is_whole and numbers.of(total) == numbers.sum_of(addends) >= _TELLING:
            yield f"The figures may stand one column too far to the {side}: those in {span((total, *addends))} add up."


def _moved(places: Sequence[Place], down: int, right: int) -> tuple[Place, ...]:
    return tuple((row + down, column + right) for row, column in places)
