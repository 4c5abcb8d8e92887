"""What Prefect shows of a run: the rows of the output files, and where the pages are."""

from dataclasses import replace

from flows.reports.artifacts import artifact_tables
from recorded import take_snapshot
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission


def test_what_needs_attention_names_the_states_page_or_the_morning_page():
    rejected = replace(submission("b2", "OR", "OR"), verdict=Verdict.REJECTED)
    unplaced = submission("e5", "", revision=0, verdict=Verdict.REJECTED)
    batch = judged((rejected, cells_of("OR")), (unplaced, {}))
    snapshot = take_snapshot(OPERATION, [receipt("b2"), receipt("e5")], [batch], as_of=AFTER)
    totals, claims, attention = artifact_tables(snapshot, "runs/2032-02-12-0123456789ab")
    assert (totals.key, claims.key, attention.key) == ("national-totals", "release-check", "needs-attention")
    assert attention.description.endswith(", of all in runs/2032-02-12-0123456789ab/index.html")
    assert [(row["file"], row["page"]) for row in attention.rows] == [
        ("e5.xlsx", "runs/2032-02-12-0123456789ab/index.html"),
        ("b2.xlsx", "runs/2032-02-12-0123456789ab/internal/states/OR/report.html"),
    ]
