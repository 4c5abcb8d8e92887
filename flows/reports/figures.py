"""Figures beside what the release says of them: the lines of the account in the terminal and of the morning page."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from schemas.operation import Claim, Family, Operation
from schemas.snapshot import ClaimCheck, Snapshot


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure and the claims about it.

    Attributes:
        of: What is counted, as in `Claim.of`.
        label: The same for people.
        total: The figure as people read it; a dash where there is none.
        checks: The claims, judged; none where the release is silent.
    """

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
        total = _total(checks[0]) if checks else _published_total(snapshot, of)
        yield FigureLine(of, _label(snapshot.operation, of), total, tuple(checks))


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


def _total(check: ClaimCheck) -> str:
    return "-" if check.number is None else f"{check.number:,}"


def _published_total(snapshot: Snapshot, of: str) -> str:
    value = snapshot.totals.set_index("measure")["value"][of]
    return "-" if pd.isna(value) else f"{value:,}"
