"""The words around each figure: its sentence cut into words and breaks, before it and after it, and its hedge.

What belongs here: how English is cut and hedged. What does not: what any word means to an operation.
"""

import itertools
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from flows.steps.prose.find import PERIOD
from flows.steps.prose.headings import FIGURE, Headings, over, under
from schemas.operation import Hedge
from schemas.prose import FigureVerdict, Found

_REACH = 80
"""How many words before and after a figure are looked at."""

BREAKS = frozenset([*",;:()|\u2014", "-", "--"])
"""Marks that end a part of a sentence, as they stand among the words."""

_BLOCK_END = re.compile(
    r"(?m:^[ \t>]*#{1,6}[ \t].*\n)|\n[ \t>]*\n|\n(?=[ \t>]*(?:[-*+\u2022#|]|\d{1,3}[.)])\s)|\n(?=\|)"
)
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]*_]*\s+(?=[\"'\u201c\u2018(\[*_]*[A-Z\d])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Sgt|No|St|Sec|vs))\Z"
)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+|[,;:()\u2014|]|(?<=\s)--?(?=\s)|[<>~+]")
_AND = ("and", "or")
FUNCTION_WORDS = frozenset(
    """
and or nor but of in on at for from by with to into during since between among across than as that which who whom whose
while when where is are was were be been being has have had did do does will would may might can could should a an the
this these those his her their its our my your made took gave led leading resulted following including such
""".split()
)
"""Words that no noun is described by."""


class Bound(StrEnum):
    """A hedge as English has it: those of an operation, and two that include the figure itself."""

    EXACT = Hedge.EXACT.value
    MORE_THAN = Hedge.MORE_THAN.value
    NEARLY = Hedge.NEARLY.value
    ABOUT = Hedge.ABOUT.value
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


_BEFORE: dict[Bound, str] = {
    Bound.AT_LEAST: "at least|no fewer than|not fewer than|no less than|not less than|a minimum of",
    Bound.AT_MOST: "at most|no more than|not more than|up to|as many as|a maximum of",
    Bound.MORE_THAN: "more than|greater than|over|above|upwards of|upward of|in excess of|exceeding|exceeded|exceeds|"
    "topped|topping|surpassed|surpassing|well over|just over|>",
    Bound.NEARLY: "nearly|almost|just under|just shy of|fewer than|less than|under|below|approaching|<",
    Bound.ABOUT: "about|some|approximately|around|roughly|an estimated|estimated|close to|in the region of|~",
}
_AFTER = {
    Bound.AT_LEAST: "or more|plus|and counting|+",
    Bound.AT_MOST: "or fewer|or less",
    Bound.ABOUT: "or so|approximately",
}


def _by_length(phrases: dict[Bound, str]) -> list[tuple[tuple[str, ...], Bound]]:
    words = [(tuple(phrase.split()), bound) for bound, listed in phrases.items() for phrase in listed.split("|")]
    return sorted(words, key=lambda pair: -len(pair[0]))


_Word = tuple[str, int, int]
"""A word, a break or a figure, where it starts and where it ends."""

_HEDGES_BEFORE, _HEDGES_AFTER = _by_length(_BEFORE), _by_length(_AFTER)
_NOUN = rf"(?:(?!(?:{'|'.join(FUNCTION_WORDS)}) )[a-z']+ )+"
_HEDGE = "|".join(re.escape(" ".join(phrase)) for phrase, _ in _HEDGES_BEFORE)
_SHARING = re.compile(
    rf"({_NOUN})(?:(?:and|or|,) (?:(?:{_HEDGE}) )?{FIGURE} {_NOUN})+(?=(?:is|are|was|were|has|have|had|been|be) )"
)
"""A noun and others with figures of their own, up to the verb of them all."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words of a figure's sentence, in lower case, and the figure's hedge.

    Attributes:
        before, after: Words and breaks (`,` `;` `|`); other figures as `FIGURE`, but years and other figures that
            count nothing as they are written.
        bound: How the figure is hedged.
        hedged: The figure with its hedge, as written.
        sentence: Where its sentence starts.
        headings: What stands over it.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    bound: Bound
    hedged: str
    sentence: int
    headings: Headings


def surroundings(plain: str, figures: Sequence[Found]) -> Iterator[Surroundings]:
    """Yield what stands around each figure, in their order."""
    waiting, headings = deque(figures), Headings()
    for block in _blocks(plain):
        text, above = plain[slice(*block)], over(headings, plain[slice(*block)])
        said: list[_Word] = []
        for start, end in _sentences(plain, *block):
            within: list[Found] = []
            while waiting and waiting[0].start < end:
                within.append(waiting.popleft())
            words = list(_words(plain, start, end, within))
            place = {word_start: n for n, (_, word_start, _) in enumerate(words)}
            for figure in within:
                n = place[figure.start]
                yield _around(plain, figure, words, n, above)
            said += words
        headings = under(headings, text, tuple(word for word, _, _ in said))


@cache
def cut(phrase: str) -> tuple[str, ...]:
    """Return the words and breaks of a phrase, as they stand in `Surroundings`."""
    return tuple(word for word, _, _ in _words(phrase, 0, len(phrase), ()))


def hedge_before(words: Sequence[str]) -> int:
    """Return how many words a hedge has that stands there before another figure; 0 where none does."""
    hedges = (len(phrase) for phrase, _ in _HEDGES_BEFORE if (*phrase, FIGURE) == tuple(words[: len(phrase) + 1]))
    return next(hedges, 0)


def _around(plain: str, figure: Found, words: list[_Word], n: int, headings: Headings) -> Surroundings:
    before, after = words[max(0, n - _REACH) : n], words[n + 1 : n + 1 + _REACH]
    texts_before, texts_after = tuple(word[0] for word in before), tuple(word[0] for word in after)
    start, end, bound = figure.start, figure.end, Bound.EXACT
    for phrase, said in _HEDGES_BEFORE:
        if texts_before[-len(phrase) :] == phrase:
            start, bound = before[-len(phrase)][1], said
            texts_before = texts_before[: -len(phrase)]
            break
    for phrase, said in _HEDGES_AFTER:
        if texts_after[: len(phrase)] == phrase and bound is Bound.EXACT:
            end, bound = after[len(phrase) - 1][2], said
            texts_after = texts_after[len(phrase) :]
    hedged = re.sub(r"\s+", " ", plain[start:end])
    return Surroundings(texts_before, _with_shared_verb(texts_after), bound, hedged, words[0][1], headings)


def _with_shared_verb(after: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what shares a verb with a figure: of `offenders and # children were identified` the children."""
    said = " ".join(after)
    shared = _SHARING.match(said)
    return tuple(f"{shared[1]}{said[shared.end() :]}".split(" ")) if shared else after


def _blocks(plain: str) -> Iterator[tuple[int, int]]:
    return itertools.pairwise([0, *(match.end() for match in _BLOCK_END.finditer(plain)), len(plain)])


def _sentences(plain: str, start: int, block_end: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE_END.finditer(plain, start, block_end):
        if not _ABBREVIATION.search(plain[max(start, match.start() - 5) : match.start()]):
            yield start, match.end()
            start = match.end()
    if start < block_end:
        yield start, block_end


def _words(plain: str, start: int, end: int, figures: Sequence[Found]) -> Iterator[_Word]:
    """Yield words, breaks and figures; the comma of `local, and tribal` is none."""
    at, pieces = start, list[_Word]()
    for figure in figures:
        pieces += _pieces(plain, at, figure.start)
        is_a_word = figure.reason and (figure.settled is not FigureVerdict.UNBACKED or figure.reason == PERIOD)
        pieces.append((figure.text.lower() if is_a_word else FIGURE, figure.start, figure.end))
        at = figure.end
    pieces += _pieces(plain, at, end)
    for piece, following in itertools.zip_longest(pieces, pieces[1:]):
        if piece[0] != "," or not following or following[0] not in _AND:
            yield piece


def _pieces(plain: str, start: int, end: int) -> Iterator[_Word]:
    for match in _WORD.finditer(plain, start, end):
        yield match[0].lower(), match.start(), match.end()
