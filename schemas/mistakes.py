"""Mistakes in the files of an operation: where, what was found there, and what was expected.

What belongs here: how a mistake is said. What does not: what counts as one, which is where the files are parsed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in one place of an operation's files.

    Attributes:
        file: The file's name in the operation's folder.
        place: The line, with its column where it has one, or the key; empty where the whole file is meant.
        found: What stands there.
        expected: What should stand there.
    """

    file: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return the mistake in one line."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: found {self.found}; expected {self.expected}"


class OperationError(Exception):
    """An operation's files cannot be used. Carries every mistake found, not only the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def quoted(value: object) -> str:
    """Return a value as a mistake shows it: a text in quotation marks, a list or table by kind, or `nothing`."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return json.dumps(value, ensure_ascii=False)


def listed(words: Iterable[str]) -> str:
    """Return words as an enumeration of alternatives: `a`, `a or b`, `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
