"""Figures beside what the release says of them: the lines of the account in the terminal and of the morning page."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from flows.reports.words import listed, shown
from schemas.operation import Claim, Family, Operation
from schemas.snapshot import ClaimCheck, Coverage, Snapshot

_OUTSTANDING_LISTED = 8


@dataclass(frozen=True, slots=True)
class FigureLine:
    """What is counted, as in `Claim.of` and for people, its total, a dash where there is none, and the claims on it."""

    of: str
    label: str
    total: str
    checks: tuple[ClaimCheck, ...]


def figure_lines(snapshot: Snapshot, family: Family) -> Iterator[FigureLine]:
    """Yield each figure of a family that is claimed and, among operation totals, each whole that is not."""
    claims: dict[str, list[ClaimCheck]] = {of: [] for of in (_wholes(snapshot) if family is Family.OPERATION else ())}
    for check in snapshot.claims:
        if check.claim.family is family:
            claims.setdefault(check.claim.of, []).append(check)
    for of, checks in claims.items():
        number = checks[0].number if checks else _published_total(snapshot, of)
        yield FigureLine(of, _label(snapshot.operation, of), shown(number, "-"), tuple(checks))


def coverage_in_words(coverage: Coverage) -> str:
    """Return who counts and who is outstanding: `61 of 61 task forces, 50 of 50 states: complete`."""
    if coverage.is_complete:
        return f"{coverage.phrase}: complete"
    return f"{coverage.phrase}; outstanding: {listed(coverage.outstanding, _OUTSTANDING_LISTED)}"


def said(claim: Claim) -> str:
    """Return a claim's hedge and value: `more than 2,300`."""
    return f"{claim.hedge.phrase}{claim.value:,}"


def _wholes(snapshot: Snapshot) -> Iterator[str]:
    """Yield the measures that are no part of another and that no other family speaks of."""
    measures = snapshot.operation.measures
    elsewhere = {part for measure in measures for part in measure.parts}
    elsewhere |= {check.claim.of for check in snapshot.claims if check.claim.family is not Family.OPERATION}
    return (measure.id for measure in measures if measure.id not in elsewhere)


def _label(operation: Operation, of: str) -> str:
    labels = {figure.series: figure.label for figure in operation.program_to_date}
    labels |= {measure.id: measure.label for measure in operation.measures}
    return labels.get(of, of.replace("_", " ").capitalize())


def _published_total(snapshot: Snapshot, of: str) -> int | None:
    value = snapshot.totals.set_index("measure")["value"][of]
    return None if pd.isna(value) else int(value)
