"""How far words reach: which of a sentence belong to a figure, and whether they narrow it to a part of the nation.

What belongs here: distances, places and times named near a figure. What does not: what the figure counts.
"""

import re
from collections.abc import Iterator

from flows.steps.prose.surroundings import Surroundings
from flows.steps.prose.words import BREAKS, FIGURE, Phrase, cut, since_semicolon
from schemas.months import MONTH_NAMES, month_label
from schemas.operation import Claim, Family, Operation

_NO_TOTAL = {
    "a rate": "per|average|averaged|averaging|daily|weekly|monthly|yearly|a day|a week|a month|a year|each|every"
    "|apiece",
    "another time": "last|past|previous|prior|fiscal|year|years|week|weeks|weekend|day|days|night|overnight|decade"
    "|within months|in months|in addition to the",
    "a denial": "was not|were not|did not|has not|have not|had not|never|not true|false|untrue|incorrect|deny|denies"
    "|denied|dispute|disputes|disputed|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|cannot",
    "a supposition": "to be|whether|unless|hope|hopes|plan|plans|planned|aim|aims|goal|goals|expect|expects|expected"
    "|would",
    "one office": "commander|sheriff|chief|governor|mayor|police|special agent",
    "a difference": "increase of|increased by|rise of|rose by|decrease of|decreased by|drop of|dropped by|fell by",
}
_MONTH = rf"(?:{'|'.join(MONTH_NAMES).lower()})(?: \d{{4}})?"
_A_MONTH = rf" ({_MONTH}) (?!\d)"
_OF_A_MONTH = (
    rf"(?= {_MONTH} alone ){_A_MONTH}| (?:in|during|for|throughout|since|through|until|before|after|by|from){_A_MONTH}"
)
_PASSIVE = frozenset({"was", "were", "been"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def distance(around: Surroundings, near: str, reach: int) -> int | None:
    """Return how many words lie between a figure and a phrase of its sentence; None where it is not there.

    After the figure it may stand up to the next figure, or the first break beyond `reach`, the words of the unit, which
    do not count; before it, anywhere after the last semicolon, unless it is what another figure `were`.
    """
    phrase, (before, after) = cut(near), _reached(around)
    breaks = [n for n, word in enumerate(after) if word in BREAKS and n >= reach]
    after = after[: breaks[0]] if breaks else after
    own = (n for n in _places(before, phrase) if FIGURE not in before[:n] or before[n - 1] not in _PASSIVE)
    distances = [len(before) - n - len(phrase) for n in own]
    return min([*distances, *(max(0, n - reach) for n in _places(after, phrase))], default=None)


def narrowed(around: Surroundings, claim: Claim, operation: Operation) -> str:
    """Return the state, month, other year or kind that a sentence is about; empty if nothing."""
    before, after = _reached(around)
    said = f" {' '.join((*before, FIGURE, *after))} "
    if claim.family is Family.PARTICIPATION:
        return _part(said, operation)
    return _part(said, operation) or _time(said, claim, operation, _OF_A_MONTH)


def narrowed_by(heading: Phrase, claim: Claim, operation: Operation) -> str:
    """Return the state, month, other year or kind that a heading is about; empty if nothing."""
    said = f" {' '.join(heading)} "
    return _part(said, operation) or _time(said, claim, operation, _A_MONTH)


def years_of(claim: Claim, operation: Operation) -> frozenset[str]:
    """Return the years of what a claim is about; of a total since the program began, the first as well."""
    began = (line.period_start for line in operation.program_to_date if line.is_baseline)
    is_to_date = claim.family is Family.PROGRAM_TO_DATE
    return frozenset({month[:4] for month in operation.months} | {str(day.year) for day in began if is_to_date})


def _part(said: str, operation: Operation) -> str:
    """Return the state or kind that words are about.

    A state at the beginning with a break after it is where the text was written, not what it is about.
    """
    for name in sorted(operation.roster.states.values(), key=len, reverse=True):
        phrase = f" {' '.join(cut(name))} "
        if said.count(phrase) > said.startswith(tuple(f"{phrase}{mark} " for mark in BREAKS)):
            return name
    kinds = (what for what, phrases in _NO_TOTAL.items() if any(f" {one} " in said for one in phrases.split("|")))
    return next(kinds, "")


def _time(said: str, claim: Claim, operation: Operation, of_a_month: str) -> str:
    """Return the other year that words are about, or which month, unless it is an operation's only one."""
    own = {label.split()[0].lower(): label for label in map(month_label, operation.months)}
    for match in re.finditer(of_a_month, said):
        name = match[match.lastindex or 0].split()[0]
        if len(own) > 1 or name not in own:
            return own.get(name, name.title())
    return next((year for year in _YEAR.findall(said) if year not in years_of(claim, operation)), "")


def _reached(around: Surroundings) -> tuple[Phrase, Phrase]:
    """Return the words that may belong to a figure: those since the last semicolon, and up to the next figure."""
    after = around.after
    return since_semicolon(around.before), after[: after.index(FIGURE)] if FIGURE in after else after


def _places(words: Phrase, phrase: Phrase) -> Iterator[int]:
    return (n for n in range(len(words) - len(phrase) + 1) if words[n : n + len(phrase)] == phrase)
