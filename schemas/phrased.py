"""Closed sets whose members people read too."""

from enum import StrEnum


class Phrased(StrEnum):
    """A set of words in code and data, each with its `phrase`: how people read it."""

    phrase: str

    def __new__(cls, value: str, phrase: str = "") -> "Phrased":
        """Make a member, declared as its value and its phrase."""
        member = str.__new__(cls, value)
        member._value_, member.phrase = value, phrase
        return member
