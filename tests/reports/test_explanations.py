"""Explained warnings where people meet them: quiet and with the reason, or open again with the old one on offer."""

import csv
import datetime as dt
import io
from itertools import pairwise

import openpyxl
import pytest

from flows.inbox import Arrival
from flows.judgement import judge_batch
from flows.reports.effect import needs
from flows.reports.outputs import outputs
from flows.steps.explain import questions
from page_text import lines_of
from recorded import take_snapshot
from sample_workbook import AS_OF, OPERATION, arrival, changed
from schemas.decisions import Explained, Explanation, Source
from schemas.submission import Receipt, Verdict

BEFORE = AS_OF - dt.timedelta(days=2)
BETWEEN = AS_OF - dt.timedelta(days=1)
SECRET = "an officer counted two towns at once"


def more_arrests_than_complaints(complaints=2, revision=1):
    def change(workbook):
        for row in workbook["Submission"].iter_rows():
            if row[0].value == "Revision":
                row[1].value = revision
        workbook["Counts"]["C7"] = complaints

    return arrival(changed("AL", change), f"AL-{revision}.xlsx")


FIRST = more_arrests_than_complaints()


def answering(returned: bytes, finding):
    """Fill in the returned workbook as a submitter would: confirmed, with a reason, as revision 2."""
    workbook = openpyxl.load_workbook(io.BytesIO(returned))
    sheet = workbook["Findings"]
    for row in sheet.iter_rows(min_row=5):
        if row[5].value == finding.id:
            row[6].value, row[7].value = "confirmed as correct", "it was an unusual month"
    for row in workbook["Submission"].iter_rows():
        for label, value in pairwise(row):
            if label.value == "Revision":
                value.value = 2
            if label.value == "Certified on":
                value.value = dt.date(2018, 6, 1)
            if label.value == "Certified by (role)":
                value.value = "Analyst"
    saved = io.BytesIO()
    workbook.save(saved)
    return arrival(saved.getvalue(), "AL-2.xlsx")


def snapshot_of(*sent: tuple[Arrival, dt.datetime], explanations=()):
    judged = judge_batch(OPERATION, [one for one, _ in sent], as_of=AS_OF)
    receipts = [Receipt(one.file, one.sha256, received) for one, received in sent]
    return take_snapshot(OPERATION, receipts, [judged], as_of=AS_OF, explanations=explanations)


@pytest.fixture(scope="module")
def asked():
    """The first revision alone, its warning, and the returned workbook."""
    alone = snapshot_of((FIRST, BEFORE))
    (warning,) = alone.submissions[FIRST.sha256].findings
    return alone, warning, dict(outputs(alone))["internal/states/AL/returned.xlsx"]


def explained_by_hand(warning):
    alone = snapshot_of((FIRST, BEFORE))
    question = questions([warning], alone.submissions, alone.read, alone.rules_version)[warning.id]
    return Explanation(question, "Program manager", AS_OF, SECRET, Source.EXPLAIN)


@pytest.fixture(scope="module")
def answered(asked):
    _, warning, returned = asked
    return snapshot_of((FIRST, BEFORE), (answering(returned, warning), BETWEEN))


def statuses(files):
    rows = csv.DictReader(io.StringIO(files["findings.csv"].decode()))
    return [(row["file"], row["explanation"], row["explained_by"], row["reason"]) for row in rows]


def text(files, path):
    return " ".join(lines_of(files[path]) if path.endswith(".html") else files[path].decode().split())


def test_a_warning_is_open_until_somebody_explains_it(asked):
    alone, _, _ = asked
    assert statuses(dict(outputs(alone))) == [("AL-1.xlsx", "open", "", "")]
    assert [need.state for need in needs(alone).states] == ["AL"]


def test_a_response_in_the_returned_workbook_makes_the_warning_quiet_in_the_next_revision(answered):
    assert {s.verdict for s in answered.submissions.values()} == {Verdict.ACCEPTED_WITH_WARNINGS}
    assert needs(answered).states == ()
    files = dict(outputs(answered))
    explained = ("explained", "Analyst", "it was an unusual month")
    assert statuses(files) == [("AL-1.xlsx", *explained), ("AL-2.xlsx", *explained)]
    said = "Explained by Analyst on June 7, 2018: it was an unusual month."
    assert said in text(files, "internal/states/AL/report.html")
    assert said in text(files, "internal/states/AL/message.txt")
    assert "1 warning explained, and so not listed here" in text(files, "index.html")
    assert "AL-1.xlsx: Nothing is open. No count changed." in text(files, "internal/states/AL/message.txt")
    assert "still open" not in text(files, "internal/states/AL/message.txt")
    assert "internal/states/AL/returned.xlsx" not in files
    assert "All figures of Alabama count, and nothing needs to be done." in text(
        files, "internal/states/AL/report.html"
    )


def test_when_the_value_changes_the_warning_is_open_again_and_the_old_reason_on_offer(asked, answered):
    _, warning, returned = asked
    later = more_arrests_than_complaints(complaints=1, revision=3)
    snapshot = snapshot_of((FIRST, BEFORE), (answering(returned, warning), BETWEEN), (later, AS_OF))
    (explanation,) = {e.explanation for e in snapshot.explained.values()}
    (current,) = snapshot.submissions[later.sha256].findings
    assert snapshot.explained[current.id] == Explained(explanation, holds=False)
    files = dict(outputs(snapshot))
    assert statuses(files)[-1] == ("AL-3.xlsx", "reopened", "Analyst", "it was an unusual month")
    said = "Explained before by Analyst on June 7, 2018: it was an unusual month."
    assert said in text(files, "index.html")
    assert said in text(files, "internal/states/AL/report.html")
    assert said in text(files, "internal/states/AL/message.txt")
    assert "1 finding is still open. 1 count changed; a finding had asked for it." in text(
        files, "internal/states/AL/message.txt"
    )
    rows = openpyxl.load_workbook(io.BytesIO(files["internal/states/AL/returned.xlsx"]))["Findings"]
    (row,) = rows.iter_rows(min_row=5, values_only=True)
    assert said in row[3]
    assert row[6] is None


def test_a_reason_that_somebody_wrote_stays_in_the_national_office(asked):
    _, warning, _ = asked
    given = explained_by_hand(warning)
    files = dict(outputs(snapshot_of((FIRST, BEFORE), explanations=[given])))
    assert {path for path, content in files.items() if SECRET.encode() in content} == {"internal/states/AL/report.html"}
    assert statuses(files) == [("AL-1.xlsx", "explained", "Program manager", "")]
    assert "Explained by Program manager on June 8, 2018." in text(files, "internal/states/AL/message.txt")


def test_beside_another_question_an_explained_one_is_in_the_returned_workbook_and_asks_nothing(asked):
    _, warning, _ = asked

    def change(workbook):
        workbook["Counts"]["C5"], workbook["Counts"]["C7"] = 1, 2

    both = arrival(changed("AL", change), "AL.xlsx")
    given = explained_by_hand(warning)
    files = dict(outputs(snapshot_of((both, BEFORE), explanations=[given])))
    workbook = openpyxl.load_workbook(io.BytesIO(files["internal/states/AL/returned.xlsx"]))
    rows = list(workbook["Findings"].iter_rows(min_row=5, values_only=True))
    assert [(row[3].startswith("Explained by Program manager"), row[6]) for row in rows] == [
        (False, None),
        (True, "confirmed as correct"),
    ]
    assert "with 1 warning." in text(files, "internal/states/AL/message.txt")
