"""Synthetic counts for the sample inbox: heavy-tailed like the real ones, and adding up to chosen national totals.

What belongs here: numbers. What does not: workbooks. Only integers are drawn and divided, so that every machine draws
the same ones. Four task forces carry the arrests they published themselves; everything else is invented.
"""

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from schemas.operation import Operation

NATIONAL_TOTALS = {
    "complaints_investigated": 25_233,
    "arrests": 2_347,
    "offenders_identified": 195,
    "children_identified": 383,
    "presentations": 3_742,
    "presentation_attendees": 390_614,
    "agencies": 4_561,
}
"""Chosen inside what the release of June 2018 says."""

PUBLISHED_ARRESTS = {"IN": 40, "LA": 62, "MD": 56, "TX-HOUSTON": 60}

_LARGEST = ("CA-LA", "TX-AG", "FL-CENTRAL", "GA", "PA", "OH", "VA-NOVADC", "CA-SD", "NC", "IL-AG", "WA", "NY-STATE")
_SMALLEST = ("NE", "NM", "ME", "HI", "ID", "WV", "RI", "DE", "MT", "SD", "AK", "VT", "ND", "WY")
_ARREST_KINDS = {
    "arrests_images": 61,
    "arrests_enticement": 21,
    "arrests_trafficking": 5,
    "arrests_travel": 4,
    "arrests_other": 9,
}
_OFFENDER_KINDS = {"offenders_production": 45, "offenders_abuse": 55}
_CHILD_KINDS = {"children_recent": 34, "children_ongoing": 22, "children_historical": 17, "children_production": 27}
_AGENCY_KINDS = {"agencies_federal": 6, "agencies_state": 9, "agencies_local": 82, "agencies_tribal": 3}
_LEAST_AGENCIES = 12

_Key = TypeVar("_Key")
Row = tuple[str, str]
Counts = dict[tuple[str, str, str], int | str]


def sample_counts(operation: Operation) -> Counts:
    """Return a count for every task force, month (empty in Agencies) and measure that the form asks."""
    rng = random.Random(operation.id)
    sizes = _sizes(operation, rng)
    rows = [(task_force, month) for task_force in sizes for month in operation.months]
    arrests = _arrests(sizes, rows, rng)
    return {
        **_investigations(rows, arrests, rng),
        **_people("offenders_identified", _OFFENDER_KINDS, sizes, rows, rng),
        **_people("children_identified", _CHILD_KINDS, sizes, rows, rng),
        **_presentations(sizes, rows, rng),
        **_agencies(sizes, rng),
    }


def _sizes(operation: Operation, rng: random.Random) -> dict[str, int]:
    """Give every task force a size that falls with its rank, steeply at first."""
    others = [t for t in operation.roster.by_id if t not in (*_LARGEST, *_SMALLEST)]
    rng.shuffle(others)
    ranked = (*_LARGEST, *others, *_SMALLEST)
    size = {task_force: 1_000_000 // ((rank + 4) * (rank + 24)) for rank, task_force in enumerate(ranked)}
    return {task_force: size[task_force] for task_force in operation.roster.by_id}


def _arrests(sizes: dict[str, int], rows: Sequence[Row], rng: random.Random) -> dict[Row, int]:
    free = {task_force: size for task_force, size in sizes.items() if task_force not in PUBLISHED_ARRESTS}
    left = NATIONAL_TOTALS["arrests"] - sum(PUBLISHED_ARRESTS.values())
    total = PUBLISHED_ARRESTS | dict(zip(free, _apportion(left, list(free.values())), strict=True))
    arrests: dict[Row, int] = {}
    for task_force in sizes:
        own = [row for row in rows if row[0] == task_force]
        monthly = _apportion(total[task_force], [rng.randint(40, 160) for _ in own])
        arrests.update(zip(own, monthly, strict=True))
    return arrests


def _investigations(rows: Sequence[Row], arrests: dict[Row, int], rng: random.Random) -> Counts:
    """Complaints, several for every arrest, and the arrests by kind."""
    counts: Counts = {}
    further = NATIONAL_TOTALS["complaints_investigated"] - NATIONAL_TOTALS["arrests"]
    weights = [(arrests[row] + 1) * rng.randint(60, 160) for row in rows]
    for row, more in zip(rows, _apportion(further, weights), strict=True):
        kinds = [_draw(_ARREST_KINDS, rng) for _ in range(arrests[row])]
        counts[*row, "complaints_investigated"] = arrests[row] + more
        counts[*row, "arrests"] = arrests[row]
        counts |= {(*row, kind): kinds.count(kind) for kind in _ARREST_KINDS}
    return counts


def _people(
    whole: str, kinds: dict[str, int], sizes: dict[str, int], rows: Sequence[Row], rng: random.Random
) -> Counts:
    """Place people one by one; everybody is of at least one kind, and one in six of a second as well."""
    counts: dict[tuple[str, str, str], int] = {(*row, measure): 0 for row in rows for measure in (whole, *kinds)}
    likely = {row: sizes[row[0]] for row in rows}
    for _ in range(NATIONAL_TOTALS[whole]):
        row = _draw(likely, rng)
        own = {_draw(kinds, rng)} | ({_draw(kinds, rng)} if rng.randrange(3) == 0 else set())
        for measure in (whole, *own):
            counts[*row, measure] += 1
    return {**counts}


def _presentations(sizes: dict[str, int], rows: Sequence[Row], rng: random.Random) -> Counts:
    """Presentations, none in some months, and for each of them 60 to 160 attendees or so."""
    weights = [(sizes[task_force] + 400) * (rng.randint(6, 14) if rng.randrange(12) else 0) for task_force, _ in rows]
    presentations = _apportion(NATIONAL_TOTALS["presentations"], weights)
    seats = [number * rng.randint(60, 160) for number in presentations]
    attendees = _apportion(NATIONAL_TOTALS["presentation_attendees"], seats)
    return {
        **{(*row, "presentations"): number for row, number in zip(rows, presentations, strict=True)},
        **{(*row, "presentation_attendees"): number for row, number in zip(rows, attendees, strict=True)},
    }


def _agencies(sizes: dict[str, int], rng: random.Random) -> Counts:
    """Agencies by level; every fifth task force or so has no tribal land to work on and says N/A."""
    counts: Counts = {}
    spread = _apportion(NATIONAL_TOTALS["agencies"] - _LEAST_AGENCIES * len(sizes), list(sizes.values()))
    for task_force, more in zip(sizes, spread, strict=True):
        none_tribal = rng.randrange(5) == 0
        kinds = _AGENCY_KINDS | ({"agencies_tribal": 0} if none_tribal else {})
        levels = dict(zip(kinds, _apportion(_LEAST_AGENCIES + more, list(kinds.values())), strict=True))
        counts |= {(task_force, "", level): number for level, number in levels.items()}
        if none_tribal:
            counts[task_force, "", "agencies_tribal"] = "N/A"
    return counts


def _apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a total in proportion to weights, by largest remainders, the earlier first where they are equal."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def _draw(likely: dict[_Key, int], rng: random.Random) -> _Key:
    """Draw one key, each with its own likelihood."""
    bounds = list(accumulate(likely.values()))
    return list(likely)[bisect(bounds, rng.randrange(bounds[-1]))]
