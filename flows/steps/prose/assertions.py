"""What a figure asserts once it is bound: claims like the operation's own, any one of which makes the figure true.

What belongs here: hedges, grains and months of what is asserted. What does not: which claim a figure is about.
"""

import datetime as dt
from dataclasses import replace

from flows.steps.prose.surroundings import EXACTLY, Surroundings
from flows.steps.prose.words import FIGURE
from schemas.claims import grain_as_written
from schemas.months import first_day, months_between
from schemas.operation import Claim, Hedge, Operation
from schemas.prose import FigureVerdict, Found, Mention

_SO_FAR = ("so far", "to date")
_LONGEST_PERIOD = 1_200
"""In months."""


def asserted(figure: Found, words: Surroundings, claim: Claim, operation: Operation) -> Mention:
    """Return what a figure with a value asserts, being about the same thing as one of the operation's claims."""
    value = figure.value or 0
    if settled := _whole_of(figure, words, claim, operation):
        return settled
    if claim.of == "months":
        return _months_in_number(figure, words, claim, operation)
    about_it = [other for other in operation.claims if (other.family, other.of) == (claim.family, claim.of)]
    own = min(about_it, key=lambda other: (other.hedge is not words.hedges[0], other.value != value))
    claims = tuple(replace(own, hedge=h, value=value, grain=_grain(h, value, own)) for h in words.hedges)
    return Mention(figure, claims, own.id, words.hedged, so_far=_is_so_far(words))


def asserted_months(figure: Found, operation: Operation) -> Mention:
    """Return what a list or a range of months asserts."""
    claim = next((claim for claim in operation.claims if claim.of == "months"), None)
    if not claim:
        reason = "No claim of the operation is about months."
        return Mention(figure, settled=FigureVerdict.UNBACKED, reason=reason)
    months = replace(claim, hedge=Hedge.EXACT, value=len(figure.months), months=figure.months)
    return Mention(figure, (months,), claim.id, figure.text)


def asserts_another(mention: Mention, operation: Operation) -> bool:
    """Tell whether a figure asserts another time, or other states or task forces, than the operation's."""
    if not mention.claims or mention.so_far:
        return False
    said, whole = mention.claims[0], _wholes(operation)
    return said.of in whole and (said.value != whole[said.of] or said.months not in ((), operation.months))


def _wholes(operation: Operation) -> dict[str, int]:
    roster = operation.roster
    return {"months": len(operation.months), "states": len(roster.states), "task_forces": len(roster.task_forces)}


def _grain(hedge: Hedge, value: int, own: Claim) -> int:
    """Return what a figure was rounded to: as the operation has it if these are its own words, else as it looks."""
    is_own_wording = (own.hedge, own.value) == (hedge, value)
    return own.grain if is_own_wording else grain_as_written(hedge, value)


def _months_in_number(figure: Found, words: Surroundings, claim: Claim, operation: Operation) -> Mention:
    if words.hedges != EXACTLY:
        reason = "Months are counted exactly, without a hedge."
        return Mention(figure, settled=FigureVerdict.UNBACKED, reason=reason)
    first = first_day(operation.months[0])
    count = min(figure.value or 0, _LONGEST_PERIOD)
    months = months_between(first, first + dt.timedelta(days=31 * count))[:count]
    return Mention(figure, (replace(claim, value=len(months), months=months),), claim.id, words.hedged)


def _whole_of(figure: Found, words: Surroundings, claim: Claim, operation: Operation) -> Mention | None:
    """Return what a figure asserts that is the whole in `59 of 61 task forces`: how many there are in the roster."""
    whole = _wholes(operation).get(claim.of)
    before = tuple(word for word in words.before if word != "the")
    if whole is None or claim.of == "months" or before[-2:] != (FIGURE, "of") or words.hedges != EXACTLY:
        return None
    verdict = FigureVerdict.SUPPORTED if figure.value == whole else FigureVerdict.CONTRADICTED
    return Mention(figure, claim=claim.id, settled=verdict, reason=f"The roster has {whole} {claim.noun}.")


def _is_so_far(words: Surroundings) -> bool:
    """Tell whether a sentence is about what is in by now, and says who that is: `so far, 59 of 61 task forces`."""
    sentence = [word for word in (*words.before, FIGURE, *words.after) if word != "the"]
    shares = any(sentence[n : n + 3] == [FIGURE, "of", FIGURE] for n in range(len(sentence)))
    return shares and any(f" {said} " in f" {' '.join(sentence)} " for said in _SO_FAR)
