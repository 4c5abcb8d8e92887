"""Text cut into blocks, sentences and words, in lower case, a figure being a word.

What belongs here: where English has its joints. What does not: what any word means.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from flows.steps.prose.find import PERIOD
from schemas.prose import FigureVerdict, Found

FIGURE = "#"
"""What stands for a figure among words, but for a year, a period and what counts nothing, which are as written."""

BREAKS = frozenset([*",;:()|\u2014", "-", "--"])
"""Marks that end a part of a sentence, as they stand among the words."""

_FUNCTION_WORDS = """
and or nor but of in on at for from by with to into during since between among across than as that which who whom whose
while when where is are was were be been being has have had did do does will would may might can could should a an the
this these those his her their its our my your made took gave led leading resulted following including such
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that describe no noun."""

_BLOCK_END = re.compile(
    r"(?m:^[ \t>]*#{1,6}[ \t].*\n)|\n[ \t>]*\n|\n(?=[ \t>]*(?:[-*+\u2022#|]|\d{1,3}[.)])\s)|\n(?=\|)"
)
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]*_]*\s+(?=[\"'\u201c\u2018(\[*_]*[A-Z\d])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Sgt|No|St|Sec|vs))\Z"
)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+|[,;:()\u2014|]|(?<=\s)--?(?=\s)|[<>~+?]")

Phrase = tuple[str, ...]
Word = tuple[str, int, int]
"""A word, a break or a figure, where it starts and where it ends."""


def blocks(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs, headings, list items and rows of tables start and end."""
    return itertools.pairwise([0, *(match.end() for match in _BLOCK_END.finditer(plain)), len(plain)])


def sentences(plain: str, start: int, block_end: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a block start and end."""
    for match in _SENTENCE_END.finditer(plain, start, block_end):
        if not _ABBREVIATION.search(plain[max(start, match.start() - 5) : match.start()]):
            yield start, match.end()
            start = match.end()
    if start < block_end:
        yield start, block_end


def words(plain: str, start: int, end: int, figures: Sequence[Found] = ()) -> Iterator[Word]:
    """Yield words, breaks and figures; the comma of `local, and tribal` is none."""
    pieces = list[Word]()
    for figure in figures:
        is_a_word = figure.reason and (figure.settled is not FigureVerdict.UNBACKED or figure.reason == PERIOD)
        pieces += _pieces(plain, start, figure.start)
        pieces.append((figure.text.lower() if is_a_word else FIGURE, figure.start, figure.end))
        start = figure.end
    pieces += _pieces(plain, start, end)
    for piece, following in itertools.zip_longest(pieces, pieces[1:]):
        if piece[0] != "," or not following or following[0] not in ("and", "or"):
            yield piece


@cache
def cut(phrase: str) -> Phrase:
    """Return the words and breaks of a phrase."""
    return tuple(word for word, _, _ in words(phrase, 0, len(phrase)))


def since_semicolon(before: Phrase) -> Phrase:
    """Return the words after the last semicolon."""
    return before[len(before) - before[::-1].index(";") :] if ";" in before else before


def _pieces(plain: str, start: int, end: int) -> Iterator[Word]:
    return ((match[0].lower(), *match.span()) for match in _WORD.finditer(plain, start, end))
