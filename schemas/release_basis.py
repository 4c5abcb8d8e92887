"""What a release is held to: coverage and totals of a snapshot, as little as suffices to judge any figure of any prose.

What belongs here: the value, and how it is taken from a snapshot. What does not: claims, prose, files.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from schemas.snapshot import Coverage, Snapshot


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """What is known of a measure's total.

    Attributes:
        value: The total now; None while nothing is in, or where all that is in is N/A.
        firm: What it cannot fall below while nobody corrects a count.
        reporting, expected: Task forces.
    """

    value: int | None
    firm: int
    reporting: int
    expected: int


@dataclass(frozen=True, slots=True)
class ReleaseBasis:
    """The part of a snapshot that figures of a release are judged by.

    Attributes:
        snapshot: Its id.
        operation, digest: The operation's id, and the digest of its files as they were then.
        as_of: The operation's day.
        coverage: Who was expected and who counts.
        totals: What is known of each measure.
    """

    snapshot: str
    operation: str
    digest: str
    as_of: dt.date
    coverage: Coverage
    totals: Mapping[str, KnownTotal]


def basis_of(snapshot: Snapshot) -> ReleaseBasis:
    """Return what figures are judged by."""
    operation = snapshot.operation
    day, totals = operation.day_of(snapshot.as_of), known_totals(snapshot.totals, snapshot.firm)
    return ReleaseBasis(snapshot.id, operation.id, operation.digest, day, snapshot.coverage, totals)


def known_totals(totals: pd.DataFrame, firm: Mapping[str, int]) -> dict[str, KnownTotal]:
    """Return what is known of each measure, by `schemas.national.NationalTotals` and what each cannot fall below."""
    columns = ("measure", "value", "task_forces_reporting", "task_forces_expected")
    return {
        measure: KnownTotal(None if pd.isna(value) else int(value), firm[measure], int(reporting), int(expected))
        for measure, value, reporting, expected in zip(*(totals[column] for column in columns), strict=True)
    }
