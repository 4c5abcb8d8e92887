"""The tables that Prefect shows of a run: the rows of the output files, and of the submissions that need attention."""

from dataclasses import dataclass
from typing import Any

from flows.reports.csv_text import frame_to_csv, from_csv
from flows.reports.filing import INDEX, needing_attention, report_of
from flows.reports.tables import release_check
from schemas.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ArtifactTable:
    """A table for Prefect's page of a run: its key there, what it is, its rows by column."""

    key: str
    description: str
    rows: list[dict[str, Any]]


def artifact_tables(snapshot: Snapshot, folder: str) -> tuple[ArtifactTable, ...]:
    """Return the totals, the release's claims beside them, and what needs a person, with where the pages of it are.

    Args:
        snapshot: What to show.
        folder: Its own, seen from where outputs go: Prefect need not know where on a machine that is.
    """
    where = f"{snapshot.operation.title}, {snapshot.coverage.phrase}"
    placed = [row | {"page": f"{folder}/{row['page']}"} for row in attention_rows(snapshot)]
    return (
        ArtifactTable("national-totals", f"National totals: {where}", from_csv(frame_to_csv(snapshot.totals))),
        ArtifactTable("release-check", f"The release against the totals: {where}", from_csv(release_check(snapshot))),
        ArtifactTable("needs-attention", f"Submissions that need attention, of all in {folder}/{INDEX}", placed),
    )


def attention_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return a row for each submission that needs attention: its gravest finding, and where its state's report is."""
    return [
        {
            "state": concern.submission.state,
            "file": concern.file,
            "sha256": concern.submission.sha256,
            "outcome": concern.outcome.value,
            "findings": len(concern.open),
            "first_finding": concern.open[0].message if concern.open else "",
            "page": report_of(concern.submission.state),
        }
        for concern in needing_attention(snapshot)
    ]
