"""How far words reach: which of a sentence belong to a figure, and whether they narrow it to a part of the nation.

What belongs here: distances, places and times named near a figure. What does not: what the figure counts.
"""

import re
from collections.abc import Iterator

from flows.steps.prose.surroundings import BREAKS, FIGURE, Surroundings, cut
from schemas.months import month_label
from schemas.operation import Claim, Family, Operation

_NO_TOTAL = {
    "a rate": "per|average|averaged|averaging|daily|weekly|monthly|yearly|a day|a week|a month|a year|each|every"
    "|apiece",
    "another time": "last|past|previous|prior|fiscal|year|years|week|weeks|weekend|day|days|night|overnight|decade",
    "a denial": "was not|were not|did not|has not|have not|had not|never|not true|false|untrue|incorrect|deny|denies"
    "|denied|dispute|disputes|disputed",
    "a difference": "increase of|increased by|rise of|rose by|decrease of|decreased by|drop of|dropped by|fell by",
}
_WITHIN = frozenset({"in", "during", "for", "throughout"})
_PASSIVE = frozenset({"was", "were", "been"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_Words = tuple[str, ...]


def distance(around: Surroundings, near: str, reach: int) -> int | None:
    """Return how many words lie between a figure and a phrase of its sentence; None where it is not there.

    After the figure it may stand up to the next figure, or the first break beyond `reach`, the words of the unit, which
    do not count; before it, anywhere after the last semicolon, unless it is what another figure `were`.
    """
    phrase, before, after = cut(near), _before(around), _after(around)
    breaks = [n for n, word in enumerate(after) if word in BREAKS and n >= reach]
    after = after[: breaks[0]] if breaks else after
    own = (n for n in _places(before, phrase) if FIGURE not in before[:n] or before[n - 1] not in _PASSIVE)
    distances = [len(before) - n - len(phrase) for n in own]
    return min([*distances, *(max(0, n - reach) for n in _places(after, phrase))], default=None)


def narrowed(around: Surroundings, claim: Claim, operation: Operation) -> str:
    """Return the state, month, other year or kind that a sentence is about, or that it tells a rate; empty if nothing."""
    before, after = _before(around), _after(around)
    part = _part((*before, FIGURE, *after), operation)
    if part or claim.family is Family.PARTICIPATION:
        return part
    times, own = _times(operation), years_of(claim, operation)
    for words in (before, after):
        for previous, word, following in zip(("", *words), words, (*words[1:], ""), strict=False):
            if previous in _WITHIN or following == "alone" or _is_of_other_years(word, own):
                if part := times.get(word, word if _is_of_other_years(word, own) else ""):
                    return part
    return ""


def narrowed_by(heading: _Words, claim: Claim, operation: Operation) -> str:
    """Return the state, month, other year or kind that a heading is about; empty if nothing."""
    times, own = _times(operation), years_of(claim, operation)
    about = (times.get(word) or (word if _is_of_other_years(word, own) else "") for word in heading)
    return _part(heading, operation) or next(filter(None, about), "")


def _part(words: _Words, operation: Operation) -> str:
    """Return the state or kind that words are about.

    A state at the beginning with a break after it is where the text was written, not what it is about.
    """
    said = f" {' '.join(words)} "
    for name in sorted(operation.roster.states.values(), key=len, reverse=True):
        phrase = f" {' '.join(cut(name))} "
        if said.count(phrase) > said.startswith(tuple(f"{phrase}{mark} " for mark in BREAKS)):
            return name
    kinds = (what for what, phrases in _NO_TOTAL.items() if any(f" {one} " in said for one in phrases.split("|")))
    return next(kinds, "")


def years_of(claim: Claim, operation: Operation) -> frozenset[str]:
    """Return the years of what a claim is about; of a total since the program began, the first as well."""
    began = (line.period_start for line in operation.program_to_date if line.is_baseline)
    is_to_date = claim.family is Family.PROGRAM_TO_DATE
    return frozenset({month[:4] for month in operation.months} | {str(day.year) for day in began if is_to_date})


def _times(operation: Operation) -> dict[str, str]:
    """Return the months of an operation of several, by how they are written with and without their year."""
    labels = [month_label(month) for month in operation.months if len(operation.months) > 1]
    return {form.lower(): label for label in labels for form in (label, label.split()[0])}


def _is_of_other_years(word: str, own: frozenset[str]) -> bool:
    return not own.issuperset(_YEAR.findall(word))


def _before(around: Surroundings) -> _Words:
    before = around.before
    return before[len(before) - before[::-1].index(";") :] if ";" in before else before


def _after(around: Surroundings) -> _Words:
    return around.after[: around.after.index(FIGURE)] if FIGURE in around.after else around.after


def _places(words: _Words, phrase: _Words) -> Iterator[int]:
    return (n for n in range(len(words) - len(phrase) + 1) if words[n : n + len(phrase)] == phrase)
