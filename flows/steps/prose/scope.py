"""How far words reach: which of a sentence belong to a figure, and whether they narrow it to a part of the nation.

What belongs here: distances, places and times named near a figure. What does not: what the figure counts.
"""

from collections.abc import Iterator

from flows.steps.prose.surroundings import BREAKS, FIGURE, Surroundings, cut
from schemas.months import month_label
from schemas.operation import Claim, Family, Operation

_NO_TOTAL = {
    "a rate": "per|average|averaged|averaging|daily|weekly|monthly|yearly|a day|a week|a month|a year|each|every"
    "|apiece",
    "a denial": "was not|were not|did not|has not|have not|had not|never|not true|false|untrue|incorrect|deny|denies"
    "|denied|dispute|disputes|disputed",
    "a difference": "increase of|increased by|rise of|rose by|decrease of|decreased by|drop of|dropped by|fell by",
}
_WITHIN = frozenset({"in", "during", "for", "throughout"})


def distance(around: Surroundings, near: str, reach: int) -> int | None:
    """Return how many words lie between a figure and a phrase of its sentence; None where it is not there.

    After the figure it may stand up to the next figure, or the first break beyond `reach`, the words of the unit, which
    do not count; before it, anywhere after the last semicolon.
    """
    phrase, before, after = cut(near), _before(around), _after(around)
    breaks = [n for n, word in enumerate(after) if word in BREAKS and n >= reach]
    after = after[: breaks[0]] if breaks else after
    distances = [len(before) - n - len(phrase) for n in _places(before, phrase)]
    return min([*distances, *(max(0, n - reach) for n in _places(after, phrase))], default=None)


def narrowed(around: Surroundings, claim: Claim, operation: Operation) -> str:
    """Return the state, month, other year or kind that a sentence is about, or that it tells a rate; empty if nothing.

    A state at the beginning with a break after it is where the text was written, not what it is about.
    """
    before, after = _before(around), _after(around)
    said = f" {' '.join((*before, FIGURE, *after))} "
    for name in sorted(operation.roster.states.values(), key=len, reverse=True):
        phrase = f" {' '.join(cut(name))} "
        if said.count(phrase) > said.startswith(tuple(f"{phrase}{mark} " for mark in BREAKS)):
            return name
    for what, phrases in _NO_TOTAL.items():
        if any(f" {phrase} " in said for phrase in phrases.split("|")):
            return what
    if claim.family is Family.PARTICIPATION:
        return ""
    times = {form: label for label, forms in _times(operation) for form in forms}
    own = years_of(claim, operation)
    for words in (before, after):
        for previous, word, following in zip(("", *words), words, (*words[1:], ""), strict=False):
            is_said_of = previous in _WITHIN or following == "alone"
            if (_is_year(word) and word not in own) or (is_said_of and word in times):
                return times.get(word, word)
    return ""


def years_of(claim: Claim, operation: Operation) -> frozenset[str]:
    """Return the years of what a claim is about; of a total since the program began, the first as well."""
    began = (line.period_start for line in operation.program_to_date if line.is_baseline)
    is_to_date = claim.family is Family.PROGRAM_TO_DATE
    return frozenset({month[:4] for month in operation.months} | {str(day.year) for day in began if is_to_date})


def _times(operation: Operation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the months of an operation of several, as they are written with and without their year."""
    for month in operation.months if len(operation.months) > 1 else ():
        label = month_label(month)
        yield label, (label.lower(), label.split()[0].lower())


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def _before(around: Surroundings) -> tuple[str, ...]:
    before = around.before
    return before[len(before) - before[::-1].index(";") :] if ";" in before else before


def _after(around: Surroundings) -> tuple[str, ...]:
    return around.after[: around.after.index(FIGURE)] if FIGURE in around.after else around.after


def _places(words: tuple[str, ...], phrase: tuple[str, ...]) -> Iterator[int]:
    return (n for n in range(len(words) - len(phrase) + 1) if words[n : n + len(phrase)] == phrase)
