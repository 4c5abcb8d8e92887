"""One source, four views: every planted fault in findings.csv, `--json`, the state's page and the returned workbook.

The faults are those of `sample_inputs/needs-attention` and of `test_findings.CASES`, each in a workbook of its own.
"""

import csv
import io
from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import chain, zip_longest
from operator import itemgetter

import openpyxl
import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.check_report import Checked, CheckedFile, check_as_json
from flows.reports.filing import folder_of, report_of
from flows.reports.pages.index import morning_page
from flows.reports.pages.state import state_reports
from flows.reports.state_folders import state_folders
from flows.reports.tables import tables
from recorded import take_snapshot
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, changed, places
from schemas.findings import Finding, Severity
from schemas.snapshot import Snapshot
from schemas.submission import Receipt
from test_findings import CASES
from test_sample_inputs import table_of_readme

pytestmark = pytest.mark.slow

WORDS = ["id", *(field.name for field in fields(Finding) if field.name != "sha256")]
"""What each finding says of itself, in every table of findings."""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Everything judged at once, and the findings of each file alone: as if nothing else had arrived."""
    samples = take(find_workbooks(SAMPLE.parent / "needs-attention")).arrivals
    arrivals = [*samples, *(arrival(changed(state, change), name) for name, (state, change, _) in CASES.items())]
    receipts = [Receipt(one.file, one.sha256, AS_OF) for one in arrivals]
    whole = take_snapshot(OPERATION, receipts, [judge_batch(OPERATION, arrivals, as_of=AS_OF)], as_of=AS_OF)
    return replace(whole, findings=tuple(chain.from_iterable(s.findings for s in whole.submissions.values())))


@pytest.fixture(scope="module")
def published(snapshot) -> dict[str, dict[str, bytes]]:
    """What answers each file if it is the only one of its state, by sha256."""
    by_state: dict[str, list[str]] = {}
    for sha256, submission in snapshot.submissions.items():
        by_state.setdefault(submission.state, []).append(sha256)
    files = {}
    for together in zip_longest(*by_state.values()):
        part = alone(snapshot, *together)
        reports = {report_of(state): report for state, report in state_reports(part)}
        files |= dict.fromkeys(filter(None, together), reports | dict(state_folders(part)))
    return files


def alone(snapshot: Snapshot, *sha256s: str | None) -> Snapshot:
    """Return a snapshot as if only some of its submissions had arrived."""
    return replace(
        snapshot,
        receipts=tuple(receipt for receipt in snapshot.receipts if receipt.sha256 in sha256s),
        submissions={sha256: one for sha256, one in snapshot.submissions.items() if sha256 in sha256s},
        standings={key: standing for key, standing in snapshot.standings.items() if key[0] in sha256s},
        findings=tuple(finding for finding in snapshot.findings if finding.sha256 in sha256s),
        read=snapshot.read[snapshot.read["sha256"].isin(sha256s)],
    )


def said(finding: Finding) -> dict[str, str]:
    return {word: str(getattr(finding, word)) for word in WORDS}


def marks_of(finding: Finding) -> dict[str, str]:
    return {f"data-{word}": getattr(finding, word) for word in ("code", "severity", "sheet", "cell")}


def test_each_planted_fault_is_found_at_its_place_and_nothing_else_is(snapshot):
    planted: dict[str, list[tuple[str, str, str]]] = {name: expected for name, (_, _, expected) in CASES.items()}
    for file, _, *place in table_of_readme("file"):
        planted.setdefault(file, []).append(tuple(place))
    found = {receipt.file: places(snapshot.submissions[receipt.sha256]) for receipt in snapshot.receipts}
    assert found == planted


def test_findings_csv_has_one_row_for_each(snapshot):
    rows = list(csv.DictReader(io.StringIO(tables(snapshot)["findings.csv"].decode())))
    unescaped = [{word: row[word].removeprefix("'") for word in WORDS} for row in rows]
    assert sorted(unescaped, key=itemgetter("id")) == sorted(map(said, snapshot.findings), key=itemgetter("id"))


def test_json_has_one_object_for_each(snapshot):
    checked = Checked(tuple(CheckedFile("", submission) for submission in snapshot.submissions.values()), ())
    objects = [finding for file in check_as_json(OPERATION, checked)["submissions"] for finding in file["findings"]]
    assert [{word: str(one[word]) for word in WORDS} for one in objects] == list(map(said, snapshot.findings))


def test_the_page_of_a_state_has_one_row_for_each(snapshot, published):
    for sha256, submission in snapshot.submissions.items():
        if not submission.state:
            continue
        page = Page(published[sha256][report_of(submission.state)].decode())
        assert page.rows == {finding.id: marks_of(finding) for finding in submission.findings}
        for finding in submission.findings:
            row = page.row(finding.id)
            assert finding.sentence.casefold() in row.casefold()
            assert all(words in row for words in (finding.found, finding.expected, finding.likely_cause))
            assert finding.remedy in page.section(finding.id)


def test_the_returned_workbook_has_one_row_for_each_that_asks_for_an_answer(snapshot, published):
    for sha256, submission in snapshot.submissions.items():
        asked = [finding for finding in submission.findings if finding.severity is not Severity.NOTE]
        path = f"{folder_of(submission.state)}/returned.xlsx"
        assert (path in published[sha256]) == bool(asked and submission.state)
        if path not in published[sha256]:
            continue
        sheet = openpyxl.load_workbook(io.BytesIO(published[sha256][path]), read_only=True)["Findings"]
        rows = [row[:6] for row in sheet.iter_rows(min_row=5, values_only=True)]
        assert [(row[5], row[0].lower(), row[4] or "") for row in rows] == [
            (finding.id, finding.severity, finding.likely_cause) for finding in asked
        ]
        for (_, place, wrong, remedy, *_), finding in zip(rows, asked, strict=True):
            assert finding.sheet == place.partition("!")[0] or not finding.sheet
            assert finding.cell == place.partition("!")[2] or f"in {finding.cell} of" in wrong or not finding.cell
            assert wrong.startswith(finding.sentence)
            assert remedy.startswith(finding.remedy)


def test_what_came_from_no_known_state_is_on_the_morning_page_and_in_its_message(snapshot, published):
    for sha256, submission in snapshot.submissions.items():
        if not submission.state:
            (finding,) = submission.findings
            assert Page(morning_page(alone(snapshot, sha256), None).decode()).whole.count(finding.message) == 1
            message = published[sha256]["internal/unplaced/message-1.txt"].decode()
            assert " ".join(message.split()).count(finding.message) == 1


class Page(HTMLParser):
    """A page's findings: what their rows are marked with, the rows' text, and that of the sections they stand in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, dict[str, str]] = {}
        self._texts: list[str] = [""]
        self._begins: dict[str, tuple[int, int]] = {}
        self.feed(page)
        self.whole = " ".join(" ".join(self._texts).split())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "section":
            self._texts.append("")
        if attributes.get("id", "").startswith("finding-"):
            finding = attributes["id"].removeprefix("finding-")
            self.rows[finding] = {name: value for name, value in attrs if name.startswith("data-")}
            self._begins[finding] = len(self._texts) - 1, len(self._texts[-1])

    def handle_data(self, data):
        self._texts[-1] += data

    def section(self, finding: str) -> str:
        """Return the text of the section in which a finding's row stands."""
        return self._texts[self._begins[finding][0]]

    def row(self, finding: str) -> str:
        """Return the text from a finding's row on."""
        section, begins = self._begins[finding]
        return self._texts[section][begins:]
