"""The tally that the readers of one workbook keep of its cells, so that every cell is accounted for."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from schemas.cells import CellValue, is_blank
from schemas.parsed import NUMBER_BESIDE, TEXT_BESIDE
from schemas.private import is_private_day
from schemas.remarks import Remark
from schemas.submission import CellAccount
from schemas.vocabulary import Vocabulary


@dataclass(slots=True)
class Tally:
    """How many non-empty cells were understood, refused, and left alone so far.

    Of the last, `beside` counts by sheet and kind those with none of the form's own words; `private` names the first of
    each sheet that may tell of a person.
    """

    typed: int = 0
    refused: int = 0
    ignored: int = 0
    beside: Counter[tuple[str, str]] = field(default_factory=Counter)
    private: dict[str, Remark] = field(default_factory=dict)

    def add(self, *, understood: bool) -> None:
        """Count one cell that was used."""
        if understood:
            self.typed += 1
        else:
            self.refused += 1

    def leave(self, sheet: str, row: int, column: int, value: CellValue, vocabulary: Vocabulary) -> None:
        """Leave one cell alone, and note it where it lies beside the form."""
        if value == "":
            return
        self.ignored += 1
        is_text = isinstance(value, str)
        if is_blank(value) or (isinstance(value, str) and vocabulary.is_own(value)):
            return
        self.beside[sheet, TEXT_BESIDE if is_text else NUMBER_BESIDE] += 1
        if isinstance(value, dt.date) and is_private_day(value, vocabulary.operation.first_private_year):
            self.private.setdefault(sheet, Remark("no_value_tells_of_a_person", "a date of birth", sheet, row, column))

    def plus(self, other: "Tally") -> "Tally":
        """Return both tallies together."""
        return Tally(
            self.typed + other.typed,
            self.refused + other.refused,
            self.ignored + other.ignored,
            self.beside + other.beside,
            other.private | self.private,
        )

    def closed(self, read: int) -> CellAccount:
        """Return the account of all cells.

        Raises:
            AssertionError: The cells counted are not the cells read: a fault of this program.
        """
        if self.typed + self.refused + self.ignored != read:
            raise AssertionError(
                f"{read} cells were read, but {self.typed} typed, {self.refused} refused and {self.ignored} ignored"
            )
        return CellAccount(read, self.typed, self.refused, self.ignored)
