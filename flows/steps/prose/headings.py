"""What stands over a block of text: the headings, labels, lead-ins, table heads and list items that it comes under.

What belongs here: how far a heading reaches. What does not: whether it narrows what stands under it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.steps.prose.words import FIGURE, Phrase, Word

LABEL, _LEAD_IN, _TABLE, _ITEM = 7, 8, 9, 10
"""Levels below those of `#` to `######`: a short line without a full stop, `In all:`, a table's head, a list's item."""

_LONGEST_LABEL = 14
"""In words; what is longer is a sentence, wherever its full stop is."""

_LABELS = 3
"""How many labels above another are looked at."""

_MARK = re.compile(r"\n*([ \t>]*)(?:(#{1,6})\s|(?:[-*+\u2022]|\d{1,3}[.)])\s)?")
_SENTENCE = re.compile(r"[.!?;,]\W*\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a text: its level, its words, where it starts, and whether only headings have come since."""

    level: int
    words: Phrase
    start: int
    is_last: bool = True


def over(headings: tuple[Heading, ...], block: str) -> tuple[Heading, ...]:
    """Return which of the headings before a block it comes under; a lead-in is over what follows it, or its list."""
    level = _ITEM if "|" in block else _level(block)
    return tuple(h for h in _above(headings, level) if level != _TABLE or h.level != _LEAD_IN or h.is_last)


def under(headings: tuple[Heading, ...], block: str, said: Sequence[Word]) -> tuple[Heading, ...]:
    """Return the headings before what follows a block, which may be one itself."""
    level, words = _level(block), tuple(word for word, _, _ in said)
    if all(word == "|" for word in words):
        return headings
    if "|" in block and FIGURE in words:
        return _spent(headings)
    if level != _TABLE or "|" in block:
        return (*_spent(_above(headings, level)), Heading(level, words, said[0][1]))
    if block.rstrip(" \t\n*_").endswith(":"):
        return (*_above(headings, _LEAD_IN), Heading(_LEAD_IN, words, said[0][1]))
    if len(words) <= _LONGEST_LABEL and not _SENTENCE.search(block):
        labels = [heading for heading in headings if heading.level == LABEL and heading.is_last][-_LABELS:]
        return (*_above(headings, LABEL), *labels, Heading(LABEL, words, said[0][1]))
    return _spent(_above(headings, _LEAD_IN))


def _level(block: str) -> int:
    mark = _MARK.match(block)
    if not mark or not mark[0].strip(" \t\n>"):
        return _TABLE
    return len(mark[2]) if mark[2] else _ITEM + len(mark[1].expandtabs())


def _above(headings: tuple[Heading, ...], level: int) -> tuple[Heading, ...]:
    return tuple(heading for heading in headings if heading.level < level)


def _spent(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    return tuple(replace(heading, is_last=False) for heading in headings)
