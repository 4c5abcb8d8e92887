"""What stands around each figure: its hedge, the words of its sentence before and after it, and what is over them.

What belongs here: how English hedges, and shares a verb. What does not: what any word means to an operation.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.steps.prose.headings import Heading, over, under
from flows.steps.prose.words import FIGURE, FUNCTION_WORDS, Phrase, Word, blocks, sentences, words
from schemas.operation import Hedge
from schemas.prose import Found

_REACH = 80
"""How many words before and after a figure are looked at."""

Hedges = tuple[Hedge, ...]
EXACTLY: Hedges = (Hedge.EXACT,)
_AT_LEAST, _AT_MOST = (Hedge.MORE_THAN, Hedge.EXACT), (Hedge.NEARLY, Hedge.EXACT)
_BEFORE: dict[Hedges, str] = {
    _AT_LEAST: "at least|no fewer than|not fewer than|no less than|not less than|a minimum of",
    _AT_MOST: "at most|no more than|not more than|up to|as many as|a maximum of",
    (Hedge.MORE_THAN,): "more than|greater than|over|above|upwards of|upward of|in excess of|exceeding|exceeded|exceeds"
    "|topped|topping|surpassed|surpassing|well over|just over|>",
    (Hedge.NEARLY,): "nearly|almost|just under|just shy of|fewer than|less than|under|below|approaching|<",
    (Hedge.ABOUT,): "about|some|approximately|around|roughly|an estimated|estimated|close to|in the region of|~",
}
_AFTER: dict[Hedges, str] = {
    _AT_LEAST: "or more|plus|and counting|+",
    _AT_MOST: "or fewer|or less",
    (Hedge.ABOUT,): "or so|approximately",
}


def _by_length(hedges: dict[Hedges, str]) -> list[tuple[Phrase, Hedges]]:
    phrases = [(tuple(phrase.split()), said) for said, listed in hedges.items() for phrase in listed.split("|")]
    return sorted(phrases, key=lambda pair: -len(pair[0]))


_AFTERWARDS = _by_length(_AFTER)
_BACKWARDS = [(phrase[::-1], said) for phrase, said in _by_length(_BEFORE)]
_NOUN = rf"(?:(?!(?:{'|'.join(sorted(FUNCTION_WORDS))}) )[a-z']+ )+"
_HEDGE = "|".join(re.escape(" ".join(phrase[::-1])) for phrase, _ in _BACKWARDS)
_OTHER = rf"(?:(?:{_HEDGE}) )?{FIGURE} {_NOUN}"
_NO_SUBJECT = FUNCTION_WORDS - {"and", "but", "that"}
_SHARING = re.compile(rf"({_NOUN})(?:, {_OTHER})*and {_OTHER}(?=(?:is|are|was|were|has|have|had|been|be) )")
"""A noun and others with figures of their own, up to the verb of them all."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a figure.

    Attributes:
        before, after: The words and breaks of its sentence.
        hedges: What is said of it, any one of which makes it true: `at least` is more than, or exactly.
        hedged: The figure with its hedge, as written.
        sentence: Where its sentence starts.
        headings: What stands over it.
    """

    before: Phrase
    after: Phrase
    hedges: Hedges
    hedged: str
    sentence: int
    headings: tuple[Heading, ...]


def surroundings(plain: str, figures: Sequence[Found]) -> Iterator[Surroundings]:
    """Yield what stands around each figure, in their order."""
    waiting, headings = deque(figures), tuple[Heading, ...]()
    for block in blocks(plain):
        text, said = plain[slice(*block)], list[Word]()
        for start, end in sentences(plain, *block):
            within = list[Found]()
            while waiting and waiting[0].start < end:
                within.append(waiting.popleft())
            sentence = list(words(plain, start, end, within))
            place = {word_start: n for n, (_, word_start, _) in enumerate(sentence)}
            for figure in within:
                yield _around(plain, sentence, place[figure.start], over(headings, text))
            said += sentence
        headings = under(headings, text, said)


def hedge_before(said: Phrase) -> int:
    """Return how many words a hedge has that stands there before another figure; 0 where none does."""
    away = said.index(FIGURE) if FIGURE in said else 0
    return away if away and _hedge(said[:away][::-1], _BACKWARDS)[0] == away else 0


def _around(plain: str, sentence: Sequence[Word], n: int, headings: tuple[Heading, ...]) -> Surroundings:
    before, after = (
        tuple(word for word, _, _ in part) for part in (sentence[max(0, n - _REACH) : n], sentence[n + 1 :][:_REACH])
    )
    ahead, hedges = _hedge(before[::-1], _BACKWARDS)
    behind, hedges = (0, hedges) if ahead else _hedge(after, _AFTERWARDS)
    hedged = " ".join(plain[sentence[n - ahead][1] : sentence[n + behind][2]].split())
    before, after = before[: len(before) - ahead], after[behind:]
    is_subject = _NO_SUBJECT.isdisjoint([word for word in before if word not in ("all", "the")][-1:])
    after = _without_sharers(after) if is_subject else after
    return Surroundings(before, after, hedges, hedged, sentence[0][1], headings)


def _hedge(said: Phrase, hedges: Sequence[tuple[Phrase, Hedges]]) -> tuple[int, Hedges]:
    """Return how many words a hedge has that stands there, and what it says."""
    return next(((len(phrase), hedge) for phrase, hedge in hedges if said[: len(phrase)] == phrase), (0, EXACTLY))


def _without_sharers(after: Phrase) -> Phrase:
    """Leave out what shares a verb with a figure: of `offenders and # children were identified` the children."""
    said = " ".join(after)
    shared = _SHARING.match(said)
    return tuple(f"{shared[1]}{said[shared.end() :]}".split(" ")) if shared else after
