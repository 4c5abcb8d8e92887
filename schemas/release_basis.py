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
    """A measure's total, None while nothing but N/A is in, and how many task forces are in it, of how many.

    It cannot fall below `firm` while nobody corrects a count.
    """

    value: int | None
    firm: int
    reporting: int
    expected: int


@dataclass(frozen=True, slots=True)
class ReleaseBasis:
    """The part of a snapshot that figures of a release are judged by, the totals by measure.

    `snapshot` and `operation` are ids, `digest` is of the operation's files as they were then, `as_of` its day.
    """

    snapshot: str
    operation: str
    digest: str
    as_of: dt.date
    coverage: Coverage
    totals: Mapping[str, KnownTotal]


def basis_of(snapshot: Snapshot) -> ReleaseBasis:
    """Return what figures are judged by."""
    operation, totals = snapshot.operation, known_totals(snapshot.totals, snapshot.firm)
    return ReleaseBasis(snapshot.id, operation.id, operation.digest, snapshot.day, snapshot.coverage, totals)


def known_totals(totals: pd.DataFrame, firm: Mapping[str, int]) -> dict[str, KnownTotal]:
    """Return what is known of each measure, by `schemas.national.NationalTotals` and what each cannot fall below."""
    columns = ("measure", "value", "task_forces_reporting", "task_forces_expected")
    return {
        measure: KnownTotal(None if pd.isna(value) else int(value), firm[measure], int(reporting), int(expected))
        for measure, value, reporting, expected in zip(*(totals[column] for column in columns), strict=True)
    }
