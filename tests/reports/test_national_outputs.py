"""Every output of a snapshot, read as its readers read it."""

import csv
import datetime as dt
import hashlib
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from flows.reports.outputs import outputs
from recorded import take_snapshot
from schemas.findings import Finding, Severity
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

REJECTING = Finding(
    "d4", "count_is_given", Severity.ERROR, "Counts", "E5", "OR", "2031-12", "phones", "nothing",
    "a whole number from 0", "Counts!E5: Phones of OR, December 2031 is blank.", "Enter the number.",
)  # fmt: skip
IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))
WASHINGTON = (submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND"))
COAST_AGAIN = (submission("c4", "WA", "WA-COAST", revision=2), cells_of("WA-COAST"))
OREGON = (submission("b2", "OR", "OR"), cells_of("OR"))
REJECTED = (replace(submission("d4", "OR", "OR", verdict=Verdict.REJECTED), findings=(REJECTING,)), {})
UNREAD = (submission("e5", "", revision=0, verdict=Verdict.REJECTED), {})


def files_of(*sent, receipts=None):
    receipts = receipts or [receipt(s.sha256) for s, _ in sent]
    return dict(outputs(take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=AFTER)))


def rows(files, path):
    return list(csv.reader(io.StringIO(files[path].decode())))


WHOLE = files_of(IDAHO, OREGON, WASHINGTON)
PARTIAL = files_of(IDAHO, WASHINGTON, COAST_AGAIN, REJECTED, UNREAD)


def test_a_snapshot_has_these_files():
    assert sorted(WHOLE) == [
        "findings.csv",
        "index.html",
        "internal/state_totals.csv",
        "internal/state_totals_by_month.csv",
        "internal/states/ID/figures.csv",
        "internal/states/ID/message.eml",
        "internal/states/ID/message.txt",
        "internal/states/ID/report.html",
        "internal/states/OR/figures.csv",
        "internal/states/OR/message.eml",
        "internal/states/OR/message.txt",
        "internal/states/OR/report.html",
        "internal/states/WA/figures.csv",
        "internal/states/WA/message.eml",
        "internal/states/WA/message.txt",
        "internal/states/WA/report.html",
        "internal/timeliness.csv",
        "manifest.json",
        "national_totals.csv",
        "national_totals.xlsx",
        "national_totals_by_month.csv",
        "program_to_date.csv",
        "public/index.html",
        "public/national_figures.csv",
        "public/national_figures.json",
        "release_basis.json",
        "release_check.csv",
        "submissions.csv",
    ]


def test_national_totals_have_one_row_a_measure():
    assert rows(PARTIAL, "national_totals.csv")[:2] == [
        ["measure", "label", "unit", "value", "task_forces_reporting", "task_forces_expected", "states_reporting",
         "states_expected", "status"],
        ["tips", "Tips received", "tips", "60", "3", "4", "2", "3", "incomplete"],
    ]  # fmt: skip


def test_the_release_check_has_one_row_a_claim_with_figures_in_digits():
    assert rows(WHOLE, "release_check.csv") == [
        ["claim", "phrase", "hedge", "claimed", "computed", "verdict", "reason"],
        ["devices", "nearly 500 devices examined", "nearly", "500", "480", "supported",
         "The figure is 480, within the 401 to 499 that 'nearly 500' needs."],
        ["tips", "about 80 tips", "about", "80", "80", "supported",
         "The figure is 80, within the 75 to 84 that 'about 80' needs."],
        ["examiners", "12 examiners", "exact", "12", "12", "supported", "The figure is 12, as claimed."],
        ["task_forces", "4 task forces", "exact", "4", "4", "supported", "The figure is 4, as claimed."],
        ["months", "December 2031, January 2032 (2 months)", "exact", "2", "December 2031, January 2032", "supported",
         "Each of these months is in from all task forces."],
        ["devices_since_2029", "nearly 3,000 devices examined since 2029", "nearly", "3000", "2800", "supported",
         "The figure is 2,800, within the 2,001 to 2,999 that 'nearly 3,000' needs."],
    ]  # fmt: skip


def test_submissions_have_one_row_a_receipt():
    received = "2032-02-12T06:00:00-08:00"
    assert rows(PARTIAL, "submissions.csv") == [
        ["state", "file", "sha256", "revision", "verdict", "standing", "errors", "warnings", "task_forces", "received"],
        ["", "e5.xlsx", "e5", "", "rejected", "", "0", "0", "", received],
        ["ID", "a1.xlsx", "a1", "1", "accepted", "current", "0", "0", "ID", received],
        ["OR", "d4.xlsx", "d4", "1", "rejected", "", "1", "0", "OR", received],
        ["WA", "c3.xlsx", "c3", "1", "accepted", "mixed", "0", "0", "WA-COAST:superseded; WA-INLAND:current", received],
        ["WA", "c4.xlsx", "c4", "2", "accepted", "current", "0", "0", "WA-COAST", received],
    ]


def test_the_same_bytes_under_two_names_are_two_rows_and_one_finding():
    files = files_of(
        IDAHO, receipts=[receipt("a1", "ID.xlsx"), receipt("a1", "=ID.xlsx", AFTER + dt.timedelta(days=1))]
    )
    assert [row[1] for row in rows(files, "submissions.csv")[1:]] == ["'=ID.xlsx", "ID.xlsx"]
    assert [row[2:5] for row in rows(files, "findings.csv")[1:]] == [["ID.xlsx", "a1", "file_is_sent_once"]]


def test_findings_have_one_row_each():
    assert rows(PARTIAL, "findings.csv") == [
        ["id", "state", "file", "sha256", "code", "severity", "sheet", "cell", "task_force", "month", "measure",
         "found", "expected", "message", "remedy", "likely_cause", "explanation", "explained_by", "reason"],
        [REJECTING.id, "OR", "d4.xlsx", "d4", "count_is_given", "error", "Counts", "E5", "OR", "2031-12", "phones",
         "nothing", "a whole number from 0", "Counts!E5: Phones of OR, December 2031 is blank.", "Enter the number.",
         "", "", "", ""],
    ]  # fmt: skip


def test_public_figures_are_in_the_words_of_the_release_and_supported():
    assert rows(WHOLE, "public/national_figures.csv") == [
        ["family", "figure", "is_exact", "caveat", "as_of"],
        ["operation", "nearly 500 devices examined", "no", "A device examined in two laboratories is counted twice.",
         "2032-02-12"],
        ["operation", "about 80 tips", "no", "", "2032-02-12"],
        ["operation", "12 examiners", "yes", "", "2032-02-12"],
        ["participation", "4 task forces", "yes", "", "2032-02-12"],
        ["participation", "December 2031, January 2032 (2 months)", "yes", "", "2032-02-12"],
        ["program_to_date", "nearly 3,000 devices examined since 2029", "no", "", "2032-02-12"],
    ]  # fmt: skip
    assert rows(PARTIAL, "public/national_figures.csv")[1:] == []


def test_nothing_public_names_a_state_or_a_task_force():
    public = b"".join(content for path, content in WHOLE.items() if path.startswith("public/")).decode()
    words = {word for t in OPERATION.roster.task_forces for word in (t.id, t.name, t.state_name, t.lead_agency)}
    assert not [word for word in words if word in public]


def test_internal_totals_have_one_row_a_state_and_measure():
    assert rows(PARTIAL, "internal/state_totals.csv")[:2] == [
        ["state", "state_name", "measure", "label", "unit", "value", "task_forces_reporting", "task_forces_expected",
         "status"],
        ["ID", "Idaho", "tips", "Tips received", "tips", "20", "1", "1", "complete"],
    ]  # fmt: skip
    assert len(rows(PARTIAL, "internal/state_totals_by_month.csv")) == 1 + 3 * 7 * 2


def test_the_manifest_names_every_other_file_and_every_input():
    manifest = json.loads(PARTIAL["manifest.json"])
    assert {file["path"]: file["sha256"] for file in manifest.pop("files")} == {
        path: hashlib.sha256(content).hexdigest() for path, content in PARTIAL.items() if path != "manifest.json"
    }
    assert [(i["file"], i["sha256"]) for i in manifest.pop("inputs")] == [
        (f"{name}.xlsx", name) for name in ("a1", "c3", "c4", "d4", "e5")
    ]
    assert manifest.pop("snapshot")
    assert manifest == {
        "not_taken": [],
        "compared_with": None,
        "operation": {"id": OPERATION.id, "title": OPERATION.title, "sha256": OPERATION.digest},
        "as_of": "2032-02-12",
        "rules_version": "1",
        "program_version": "1.0.0",
        "verdicts_rest_on": [{"rules_version": "1", "operation_digest": OPERATION.digest, "submissions": 5}],
    }


def test_the_same_snapshot_gives_the_same_bytes_whatever_the_order():
    assert files_of(WASHINGTON, OREGON, IDAHO) == WHOLE


def sheet_values(files, name):
    workbook = openpyxl.load_workbook(io.BytesIO(files["national_totals.xlsx"]))
    return [[cell for cell in row if cell is not None] for row in workbook[name].iter_rows(values_only=True)]


def test_the_workbook_gives_each_total_with_its_coverage_and_caveat():
    totals = sheet_values(PARTIAL, "Totals")
    assert totals[1][0].startswith("As of February 12, 2032; snapshot ")
    assert [*totals[:1], *totals[2:6]] == [
        ["Operation Quiet Harbor 2031: national totals"],
        ["3 of 4 task forces, 2 of 3 states: not complete, so every total can still change"],
        [],
        ["Measure", "Unit", "Total", "Task forces", "States", "Status", "Note"],
        ["Tips received", "tips", 60, "3 of 4", "2 of 3", "incomplete"],
    ]
    assert ["Devices examined", "devices", 360, "3 of 4", "2 of 3", "incomplete",
            "A device examined in two laboratories is counted twice."] in totals  # fmt: skip


def test_the_workbook_gives_each_month_with_its_coverage():
    assert sheet_values(WHOLE, "By month")[4:6] == [
        ["Measure", "Unit", "December 2031", "Task forces", "January 2032", "Task forces"],
        ["Tips received", "tips", 40, "4 of 4", 40, "4 of 4"],
    ]


def test_the_workbook_keeps_families_of_claims_apart():
    claims = sheet_values(WHOLE, "Claims")
    assert [row[0] for row in claims[4:]] == [
        "The release says",
        "The operation, summed from submissions",
        "nearly 500 devices examined",
        "about 80 tips",
        "12 examiners",
        "Participation",
        "4 task forces",
        "December 2031, January 2032 (2 months)",
        "Program to date: a published baseline and increments",
        "nearly 3,000 devices examined since 2029",
    ]


@pytest.mark.parametrize("name", ["Totals", "By month", "Claims"])
def test_the_workbook_prints_one_page_wide_with_its_header_on_every_page(name):
    sheet = openpyxl.load_workbook(io.BytesIO(WHOLE["national_totals.xlsx"]))[name]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B6", "$5:$5")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
