"""Which files answer a state's submissions, and what stands in the table of its own figures."""

import csv
import io
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import openpyxl

from flows.reports.state_folders import state_folders
from recorded import take_snapshot
from schemas.findings import Finding, Severity
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

BLANK = Finding(
    "b2", "count_is_given", Severity.ERROR, "Counts", "E5", "OR", "2031-12", "phones", "nothing",
    "a whole number from 0", "Counts!E5: Phones examined of OR, December 2031 is blank.", "Enter the number.",
)  # fmt: skip
COAST = submission("c4", "WA", "WA-COAST", revision=2), cells_of("WA-COAST")
BOTH = submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND")
REJECTED = (
    replace(submission("b2", "OR", "OR", verdict=Verdict.REJECTED), findings=(BLANK,)),
    {("OR", "2031-12", "tips"): 10, ("OR", "2031-12", "examiners"): None},
)
UNREAD = submission("e5", "", revision=0, verdict=Verdict.REJECTED), {}


def folders(*sent):
    receipts = [receipt(one.sha256) for one, _ in sent]
    return dict(state_folders(take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=AFTER)))


def rows(content: bytes):
    return list(csv.reader(io.StringIO(content.decode())))


def test_every_submission_is_answered_in_the_folder_of_its_state():
    assert sorted(folders(BOTH, COAST, REJECTED, UNREAD)) == [
        "internal/states/ID/figures.csv",
        "internal/states/OR/figures.csv",
        "internal/states/OR/message.eml",
        "internal/states/OR/message.txt",
        "internal/states/OR/returned.xlsx",
        "internal/states/WA/figures.csv",
        "internal/states/WA/message-1.eml",
        "internal/states/WA/message-1.txt",
        "internal/states/WA/message.eml",
        "internal/states/WA/message.txt",
        "internal/unplaced/message-1.eml",
        "internal/unplaced/message-1.txt",
    ]


def test_the_workbook_attached_is_the_one_in_the_folder():
    files = folders(REJECTED)
    (attached,) = message_from_bytes(files["internal/states/OR/message.eml"], policy=default).iter_attachments()
    assert attached.get_content() == files["internal/states/OR/returned.xlsx"]


def test_figures_are_those_of_each_task_forces_latest_workbook_whether_they_count_or_not():
    files = folders(BOTH, COAST, REJECTED)
    assert rows(files["internal/states/OR/figures.csv"]) == [
        ["task_force", "month", "measure", "label", "unit", "value", "cell", "standing"],
        ["OR", "2031-12", "tips", "Tips received", "tips", "10", "Counts!C5", "rejected"],
        ["OR", "2031-12", "examiners", "Examiners", "people", "N/A", "Counts!C5", "rejected"],
    ]
    washington = rows(files["internal/states/WA/figures.csv"])[1:]
    assert {(row[0], row[-1]) for row in washington} == {("WA-COAST", "current"), ("WA-INLAND", "current")}
    assert len(washington) == 2 * len(cells_of("WA-COAST"))
    assert rows(files["internal/states/ID/figures.csv"])[1:] == []


def test_the_order_of_files_changes_nothing():
    assert folders(BOTH, COAST, REJECTED, UNREAD) == folders(UNREAD, REJECTED, COAST, BOTH)


def test_a_correction_is_asked_for_with_a_revision_above_every_one_that_counts():
    accepted = submission("f6", "OR", "OR", revision=4), cells_of("OR")
    files = folders(REJECTED, accepted)
    returned = openpyxl.load_workbook(io.BytesIO(files["internal/states/OR/returned-1.xlsx"]))
    assert "raise the revision to 5 or more" in returned["Instructions"]["B5"].value
    assert returned["Submission"]["C9"].value == "Raise it: 5 or more this time"
