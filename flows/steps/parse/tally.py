"""The tally that the readers of one workbook keep of its cells, so that every cell is accounted for."""

from dataclasses import dataclass

from schemas.submission import CellAccount


@dataclass(slots=True)
class Tally:
    """How many non-empty cells were understood, refused, and left alone so far."""

    typed: int = 0
    refused: int = 0
    ignored: int = 0

    def add(self, *, understood: bool) -> None:
        """Count one cell that was used."""
        if understood:
            self.typed += 1
        else:
            self.refused += 1

    def plus(self, other: "Tally") -> "Tally":
        """Return both tallies together."""
        return Tally(self.typed + other.typed, self.refused + other.refused, self.ignored + other.ignored)

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
