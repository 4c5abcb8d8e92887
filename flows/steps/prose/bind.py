"""From a figure and its surroundings to what it claims: the unit beside it, the words near it, and so the claim.

What belongs here: how the operation's vocabulary meets a sentence. What does not: what is true.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.steps.prose.assertions import asserted, asserted_months
from flows.steps.prose.find import find_figures, plainly
from flows.steps.prose.scope import distance, narrowed
from flows.steps.prose.surroundings import BREAKS, FIGURE, Bound, Surroundings, cut, surroundings
from schemas.operation import Claim, Family, Operation, Words
from schemas.prose import FigureVerdict, Found, Mention

_DESCRIBING = 6
"""How many words may stand between a figure and its unit: `2,300 suspected online child sex offenders`."""

_BETWEEN = 3
"""How many words may stand between a unit and the figure after it: `Arrests made nationwide: 2,347`."""

_FUNCTION_WORDS = """
and or nor but of in on at for from by with to into during since between among across than as that which who whom whose
while when where is are was were be been being has have had did do does will would may might can could should a an the
this these those his her their its our my your made took gave led leading resulting followed including such
"""
_OWNERS = "of the these those our its their nation's all"
_DATING = "in since by until of from during before after through early late mid the"
_NOT_DESCRIBING = BREAKS.union(_FUNCTION_WORDS.split())
_DETERMINERS = frozenset(_OWNERS.split())
_BEFORE_A_YEAR = frozenset(_DATING.split())


@dataclass(frozen=True, slots=True)
class _Match:
    """A claim whose unit stands at a figure.

    Attributes:
        claim, words: Which, and by which of its words.
        away: How many words lie between figure and unit.
        near: How far away the nearest of the words near it is; None where none is there.
    """

    claim: Claim
    words: Words
    away: int
    near: int | None

    @property
    def is_told(self) -> bool:
        """Whether all is there that says what the figure counts."""
        return self.near is not None or not self.words.near

    @property
    def rank(self) -> tuple[int, int, bool, int]:
        """The best match comes first: the nearest unit, the longest, the one with words near it, the nearest such."""
        return self.away, -len(cut(self.words.unit)), self.near is None, self.near or 0


def mentions(text: str, operation: Operation) -> tuple[Mention, ...]:
    """Find every figure of a text and say of each what it claims, or why it claims nothing.

    Args:
        text: The prose.
        operation: Its claims say which words mean what.
    """
    figures = find_figures(text, operation.months)
    around = surroundings(plainly(text), figures)
    return tuple(_mention(figure, words, operation) for figure, words in zip(figures, around, strict=True))


def _mention(figure: Found, words: Surroundings, operation: Operation) -> Mention:
    if _may_be_a_day_or_a_count(figure, words, operation):
        return _unbacked(figure, "It may be a day, or a month and a count; give the year, or put the count elsewhere.")
    if figure.settled is FigureVerdict.NOT_A_CLAIM:
        return Mention(figure, settled=figure.settled, reason=f"It is {figure.reason}.")
    if figure.settled:
        return _unbacked(figure, f"It is {figure.reason}; the operation claims none.")
    if figure.months or (figure.text[0].isalpha() and figure.value is None):
        return asserted_months(figure, operation)
    if figure.value is None:
        return _unbacked(figure, "It is not a whole number, or not written as one is, such as 2,300.")
    matches = list(_matches(words, operation))
    if figure.reason and _is_no_count(words, matches):
        return Mention(figure, settled=FigureVerdict.NOT_A_CLAIM, reason=f"It is {figure.reason}.")
    told = _in_one_family(matches, words, operation)
    if not told:
        return _unbacked(figure, _why_unbacked(matches))
    claim = min(told, key=lambda match: match.rank).claim
    if part := narrowed(words, claim, operation):
        return _unbacked(figure, f"Its sentence is about {part}; the operation's claim is about all of it.")
    return asserted(figure, words, claim, operation)


def _unbacked(figure: Found, reason: str) -> Mention:
    return Mention(figure, settled=FigureVerdict.UNBACKED, reason=reason)


def _why_unbacked(matches: Sequence[_Match]) -> str:
    for match in matches:
        if not match.is_told:
            near = " or ".join(f"'{near}'" for near in match.words.near)
            return f"Beside it stands '{match.words.unit}', but nothing near that says which are meant, such as {near}."
    if matches:
        return "Its sentence says since when the program has run; no claim counts this over that time."
    return "No words beside it say that it is one of the operation's claims."


def _is_no_count(words: Surroundings, matches: Sequence[_Match]) -> bool:
    """Tell whether what may be a year or a pronoun is one: no unit stands right at it, or a word before it says so."""
    is_dated = bool(words.before) and words.before[-1] in _BEFORE_A_YEAR
    return words.bound is Bound.EXACT and (is_dated or all(match.away for match in matches))


def _may_be_a_day_or_a_count(figure: Found, words: Surroundings, operation: Operation) -> bool:
    """Tell whether a figure is like that of `in May 30 arrests were made`."""
    is_of_a_day = figure.reason == "a date" and figure.text[-3:].strip().isdecimal() and " " in figure.text[-3:]
    return is_of_a_day and words.before[-1:] == ("in",) and any(not m.away for m in _matches(words, operation))


def _in_one_family(matches: Sequence[_Match], words: Surroundings, operation: Operation) -> list[_Match]:
    """Keep the matches that are told. What is said since the program began leaves no room for an operation's total."""
    told = [match for match in matches if match.is_told]
    program = (claim for claim in operation.claims if claim.family is Family.PROGRAM_TO_DATE)
    markers = {near for claim in program for words in claim.said_by for near in words.near}
    if any(distance(words, marker, 0) is not None for marker in markers):
        return [match for match in told if match.claim.family is not Family.OPERATION]
    return told


def _matches(around: Surroundings, operation: Operation) -> Iterator[_Match]:
    for claim in operation.claims:
        for words in claim.said_by:
            unit = cut(words.unit)
            away, reach = _unit_after(around.after, unit), len(unit)
            if away is None:
                away, reach = _unit_before(around, unit), 0
            if away is not None:
                distances = [distance(around, near, reach + away) for near in words.near]
                yield _Match(claim, words, away, min((d for d in distances if d is not None), default=None))


def _unit_after(after: tuple[str, ...], unit: tuple[str, ...]) -> int | None:
    """Return how many words lie among a unit that follows a figure; None where it does not."""
    words, skipped = iter(_noun_phrase(after)), 0
    for wanted in unit:
        for word in words:
            if word == wanted:
                break
            skipped += 1
            if word in _NOT_DESCRIBING or skipped > _DESCRIBING:
                return None
        else:
            return None
    return skipped


def _noun_phrase(after: tuple[str, ...]) -> tuple[str, ...]:
    """Return what follows a figure, up to the next; `of the` and the whole that it is a part of do not count."""
    if after[:1] == ("of",):
        while after and after[0] in _DETERMINERS:
            after = after[1:]
        after = after[after[:1] == (FIGURE,) :]
    return after[: after.index(FIGURE)] if FIGURE in after else after


def _unit_before(around: Surroundings, unit: tuple[str, ...]) -> int | None:
    """Return how many words lie between a unit and a figure that follows it, where nothing else follows the figure."""
    if around.after and around.after[0] not in _NOT_DESCRIBING:
        return None
    before = [word for word in around.before if word not in (":", "|", "(")]
    for away in range(_BETWEEN + 1):
        end = len(before) - away
        if end >= len(unit) and tuple(before[end - len(unit) : end]) == unit:
            return away
        if end < 1 or before[end - 1] in BREAKS or before[end - 1] == FIGURE:
            return None
    return None
