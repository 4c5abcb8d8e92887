"""How a mistake in an operation's files is said. What counts as one is not here, but where the files are parsed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one place: a file, with the key, or the line and column; what stands there, and what should."""

    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return the mistake in one line."""
        return f"{self.place}: found {self.found}; expected {self.expected}"


class OperationError(Exception):
    """An operation's files cannot be used. Carries every mistake found, not only the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def quoted(value: object) -> str:
    """Return a value as a mistake shows it: `nothing`, `a table`, or as TOML writes it, dates in quotes."""
    if value in (None, "", (), []):
        return "nothing"
    return "a table" if isinstance(value, dict) else json.dumps(value, ensure_ascii=False, default=str)
