"""What Prefect shows of a run: the rows of the output files, and links to the pages."""

from dataclasses import replace

from flows.reports.artifacts import artifact_tables
from recorded import take_snapshot
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission


def test_what_needs_attention_links_to_the_states_page_or_to_the_morning_page(tmp_path):
    rejected = replace(submission("b2", "OR", "OR"), verdict=Verdict.REJECTED)
    unplaced = submission("e5", "", revision=0, verdict=Verdict.REJECTED)
    batch = judged((rejected, cells_of("OR")), (unplaced, {}))
    snapshot = take_snapshot(OPERATION, [receipt("b2"), receipt("e5")], [batch], as_of=AFTER)
    totals, claims, attention = artifact_tables(snapshot, tmp_path)
    assert (totals.key, claims.key, attention.key) == ("national-totals", "release-check", "needs-attention")
    assert [(row["file"], row["page"]) for row in attention.rows] == [
        ("e5.xlsx", f"{tmp_path.as_uri()}/index.html"),
        ("b2.xlsx", f"{tmp_path.as_uri()}/internal/states/OR/report.html"),
    ]
