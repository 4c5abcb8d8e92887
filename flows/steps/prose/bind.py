"""From a figure and its surroundings to what it claims: the unit beside it, the words near it, and so the claim.

What belongs here: how the operation's vocabulary meets a sentence. What does not: what is true.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.steps.prose.assertions import asserted, asserted_months, asserts_another
from flows.steps.prose.find import PERIOD, UNSEEN, find_figures, plainly
from flows.steps.prose.headings import LABEL
from flows.steps.prose.scope import distance, narrowed, narrowed_by
from flows.steps.prose.surroundings import EXACTLY, Surroundings, surroundings
from flows.steps.prose.vocabulary import Statement, is_all_of_it, is_of_all
from flows.steps.prose.words import BREAKS, FIGURE, FUNCTION_WORDS, Phrase, cut
from schemas.operation import Claim, Family, Operation, Words
from schemas.prose import FigureVerdict, Found, Mention

_DESCRIBING = 6
"""How many words may stand between a figure and its unit: `2,300 suspected online child sex offenders`."""

_BETWEEN = 3
"""How many words may stand between a unit and the figure after it: `Arrests made nationwide: 2,347`."""

_NOT_DESCRIBING = BREAKS | FUNCTION_WORDS
_DETERMINERS = frozenset(cut("of the these those our its their nation's all"))
_BEFORE_A_YEAR = frozenset(cut("in since by until of from during before after through early late mid the"))
_SOMETHING_ELSE = "a part, an outcome or something else"
_NARROWING = f"narrow or change what is counted: to {_SOMETHING_ELSE} that the operation does not count."
_ALL = "; the operation's claim is about all of it."


@dataclass(frozen=True, slots=True)
class _Match:
    """A claim whose unit stands at a figure.

    Attributes:
        claim, unit: Which, and its unit.
        said: What stands around the two.
        missing: The words of which one would have to stand near, but none does.
        rank: The best comes first: the nearest unit, the longest, the one with words near it, the nearest such.
    """

    claim: Claim
    unit: str
    said: Statement
    missing: Sequence[str]
    rank: tuple[int, int, bool, int]


def mentions(text: str, operation: Operation) -> tuple[Mention, ...]:
    """Find every figure of a text and say of each what it claims, or why it claims nothing."""
    seen = [n for n, char in enumerate(text) if char not in UNSEEN]
    plain = plainly("".join(text[n] for n in seen))
    figures = find_figures(plain, operation.months)
    around = list(surroundings(plain, figures))
    bound = [_mention(figure, words, operation) for figure, words in zip(figures, around, strict=True)]
    elsewhere = {
        words.sentence for words, mention in zip(around, bound, strict=True) if _is_elsewhere(mention, words, operation)
    }
    for n, words in enumerate(around):
        said_in = {words.sentence, *(heading.start for heading in words.headings)}
        if not said_in.isdisjoint(elsewhere) and any(c.family is not Family.PARTICIPATION for c in bound[n].claims):
            bound[n] = _unbacked(figures[n], f"Its sentence or a heading is about another time or place{_ALL}")
    return tuple(replace(mention, found=_as_it_stands(mention.found, text, seen)) for mention in bound)


def _as_it_stands(found: Found, text: str, seen: Sequence[int]) -> Found:
    """Return a figure by its characters in the text as it was written, those that nobody sees among them."""
    start, end = seen[found.start], seen[found.end - 1] + 1
    return replace(found, start=start, end=end, text=text[start:end])


def _is_elsewhere(mention: Mention, words: Surroundings, operation: Operation) -> bool:
    """Tell whether a figure is of another time, or of other states or task forces, than the operation's."""
    if mention.settled is not FigureVerdict.UNBACKED:
        return asserts_another(mention, operation)
    takes_part = (match.claim.family is Family.PARTICIPATION for match in _matches(words, operation))
    return mention.found.reason == PERIOD or any(takes_part)


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
    best = min(told, key=lambda match: match.rank)
    if reason := _why_only_a_part(best, words, operation):
        return _unbacked(figure, reason)
    return asserted(figure, words, best.claim, operation)


def _why_only_a_part(best: _Match, words: Surroundings, operation: Operation) -> str:
    """Return what tells that a figure may not be of all that a claim counts; empty where nothing does."""
    if part := narrowed(words, best.claim, operation):
        return f"Its sentence is about {part}{_ALL}"
    for heading in words.headings:
        if part := narrowed_by(heading.words, best.claim, operation):
            return f"A heading above it is about {part}{_ALL}"
        if (heading.level != LABEL or heading is words.headings[-1]) and not is_of_all(heading.words, operation):
            return f"A heading above it may be about {_SOMETHING_ELSE}{_ALL}"
    return "" if is_all_of_it(best.said, best.claim, operation) else f"Words beside it and '{best.unit}' {_NARROWING}"


def _unbacked(figure: Found, reason: str) -> Mention:
    return Mention(figure, settled=FigureVerdict.UNBACKED, reason=reason)


def _why_unbacked(matches: Sequence[_Match]) -> str:
    for match in matches:
        if match.missing:
            near = " or ".join(f"'{near}'" for near in match.missing)
            return f"Beside it stands '{match.unit}', but nothing near that says which are meant, such as {near}."
    if matches:
        return "Its sentence says since when the program has run; no claim counts this over that time."
    return "No words beside it say that it is one of the operation's claims."


def _is_no_count(words: Surroundings, matches: Sequence[_Match]) -> bool:
    """Tell whether what may be a year or a pronoun is one: no unit stands right at it, or a word before it says so."""
    is_dated = bool(words.before) and words.before[-1] in _BEFORE_A_YEAR
    return words.hedges == EXACTLY and (is_dated or all(match.said.between for match in matches))


def _may_be_a_day_or_a_count(figure: Found, words: Surroundings, operation: Operation) -> bool:
    """Tell whether a figure is like that of `in May 30 arrests were made`."""
    is_of_a_day = figure.reason == "a date" and figure.text[-3:].strip().isdecimal() and " " in figure.text[-3:]
    return is_of_a_day and words.before[-1:] == ("in",) and any(not m.said.between for m in _matches(words, operation))


def _in_one_family(matches: Sequence[_Match], words: Surroundings, operation: Operation) -> list[_Match]:
    """Keep the matches that are told. What is said since the program began leaves no room for an operation's total."""
    told = [match for match in matches if not match.missing]
    program = (claim for claim in operation.claims if claim.family is Family.PROGRAM_TO_DATE)
    markers = {near for claim in program for words in claim.said_by for near in words.near}
    if any(distance(words, marker, 0) is not None for marker in markers):
        return [match for match in told if match.claim.family is not Family.OPERATION]
    return told


def _matches(around: Surroundings, operation: Operation) -> Iterator[_Match]:
    for claim in operation.claims:
        for words in claim.said_by:
            unit = cut(words.unit)
            if said := _unit_after(around, unit):
                yield _match(claim, words, said, around, reach=len(around.after) - len(said.after))
            elif said := _unit_before(around, unit):
                yield _match(claim, words, said, around, reach=0)


def _match(claim: Claim, words: Words, said: Statement, around: Surroundings, *, reach: int) -> _Match:
    near, also = (
        [away for phrase in phrases if (away := distance(around, phrase, reach)) is not None]
        for phrases in (words.near, words.also)
    )
    missing = words.near if words.near and not near else words.also if words.also and not also else ()
    rank = len(said.between), -len(cut(words.unit)), not words.near, min(near, default=0)
    return _Match(claim, words.unit, said, missing, rank)


def _unit_after(around: Surroundings, unit: Phrase) -> Statement | None:
    """Return what is said around a figure and a unit that follows it; None where none does.

    `Of the` and the whole that the figure is a part of do not count; without a whole, `of` says that it is a part.
    """
    after, between = around.after, list[str]()
    if after[:1] == ("of",):
        while after and after[0] in _DETERMINERS:
            after = after[1:]
        between = [] if after[:1] == (FIGURE,) else ["of"]
        after = after[after[:1] == (FIGURE,) :]
    wanted = [*unit]
    for n, word in enumerate(after):
        if word == wanted[0]:
            del wanted[0]
            if not wanted:
                return Statement(around.before, tuple(between), after[n + 1 :])
        elif word == FIGURE or word in _NOT_DESCRIBING or len(between) == _DESCRIBING:
            return None
        else:
            between.append(word)
    return None


def _unit_before(around: Surroundings, unit: Phrase) -> Statement | None:
    """Return what is said around a unit and a figure that follows it and ends the statement; None where none does."""
    if around.after and around.after[0] not in _NOT_DESCRIBING:
        return None
    before = tuple(word for word in around.before if word not in (":", "|", "("))
    for away in range(_BETWEEN + 1):
        end = len(before) - away
        if end >= len(unit) and before[end - len(unit) : end] == unit:
            return Statement(before[: end - len(unit)], before[end:], around.after)
        if end < 1 or before[end - 1] in BREAKS or before[end - 1] == FIGURE:
            return None
    return None
