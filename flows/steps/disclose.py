"""Disclosure: what two releases in succession give away that neither does alone.

Anybody can take the figures of one release from those of the next. What is left belongs to the task forces whose counts
have changed in between, and if these are few it is all but their own figures. A rounded figure leaves a wide range; an
exact one after an exact one leaves none. So a difference may be reckoned no more closely than a suppressed count, 1 to
9, can be told; 0 may be shown. What belongs here: this arithmetic. What does not: whether to publish all the same.
"""

from collections.abc import Iterator
from dataclasses import replace

from schemas.claims import Interval, truth_of
from schemas.operation import Claim, Hedge
from schemas.release import GivenAway
from schemas.snapshot import ClaimVerdict, Reckoning

_SUPPRESSED = 9
"""How many values a suppressed count can have."""

_GRAINS = tuple(10**power for power in range(1, 10))


def disclose(before: Reckoning, now: Reckoning) -> tuple[GivenAway, ...]:
    """Return the figures of a release that give away, beside the one before, what too few task forces have changed."""
    published, to_publish = _published(before), _published(now)
    return tuple(
        given
        for of, claims in to_publish.items()
        if of in published
        for given in _given_away(before, now, published[of], claims)
    )


def _published(reckoning: Reckoning) -> dict[str, list[Claim]]:
    """Return the supported claims about measures, by measure."""
    claims: dict[str, list[Claim]] = {}
    for check in reckoning.claims:
        if check.verdict is ClaimVerdict.SUPPORTED and check.claim.of in reckoning.operation.measure:
            claims.setdefault(check.claim.of, []).append(check.claim)
    return claims


def _given_away(before: Reckoning, now: Reckoning, then: list[Claim], claims: list[Claim]) -> Iterator[GivenAway]:
    movers = _movers(before, now, claims[0].of)
    was = _known(then)
    least, most = _difference(was, _known(claims))
    if 0 < len(movers) < now.operation.fewest_task_forces and (least, most) != (0, 0) and _is_close(least, most):
        closest = min(claims, key=lambda claim: _end(truth_of(claim)) - truth_of(claim).least)
        phrases = ", ".join(claim.phrase for claim in then)
        yield GivenAway(
            closest, phrases, movers, least, most, _instead(closest, was, sum(_added(now, closest.of).values()))
        )


def _movers(before: Reckoning, now: Reckoning, measure: str) -> tuple[str, ...]:
    """Return the task forces that add something else than before, or had not added anything, in roster order."""
    was, is_now = _added(before, measure), _added(now, measure)
    roster = dict.fromkeys((*now.operation.roster.by_id, *was))
    return tuple(task_force for task_force in roster if was.get(task_force) != is_now.get(task_force))


def _added(reckoning: Reckoning, measure: str) -> dict[str, int]:
    own = reckoning.contributions[reckoning.contributions["measure"] == measure]
    return {str(task_force): int(value) for task_force, value in own.groupby("task_force")["value"].sum().items()}


def _known(claims: list[Claim]) -> Interval:
    """Return what several claims about one figure say together."""
    truths = [truth_of(claim) for claim in claims]
    ends = [truth.most for truth in truths if truth.most is not None]
    return Interval(max(truth.least for truth in truths), min(ends) if ends else None)


def _difference(was: Interval, now: Interval) -> tuple[int, int]:
    """Return the least and the greatest difference that two figures can have."""
    return now.least - _end(was), _end(now) - was.least


def _end(interval: Interval) -> int:
    return interval.least + _GRAINS[-1] if interval.most is None else interval.most


def _is_close(least: int, most: int) -> bool:
    return most - least + 1 < _SUPPRESSED


def _instead(claim: Claim, was: Interval, figure: int) -> str:
    """Return the closest wording that is true and leaves the difference open; empty where there is none."""
    for grain in _GRAINS:
        down = figure // grain * grain
        for hedge, value in ((Hedge.MORE_THAN, down), (Hedge.NEARLY, down + grain)):
            other = replace(claim, hedge=hedge, grain=grain, value=value)
            if value and figure in truth_of(other) and not _is_close(*_difference(was, truth_of(other))):
                return other.phrase
    return ""
