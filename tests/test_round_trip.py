"""A returned workbook, corrected where it is marked and nowhere else, saved by LibreOffice, and sent back."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest

from flows.inbox import Arrival, find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.returned import returned_workbook
from flows.snapshots import take_snapshot
from returned_form import FORM, correct, marked, messages
from sample_workbook import AS_OF, OPERATION, SAMPLE
from schemas.findings import Severity
from schemas.responses import Answer, Reason
from schemas.submission import Receipt, Verdict

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-calc"),
]

GOOD = take(find_workbooks(SAMPLE)).arrivals
FAULTY = take(find_workbooks(SAMPLE.parent / "needs-attention")).arrivals
NEXT_DAY = AS_OF + dt.timedelta(days=1)
UNREADABLE = {"PA-csv-renamed.xlsx", "RI-macros.xlsm", "SC-truncated.xlsx"}
NOTHING_ASKED = {"OH-number-stored-as-text.xlsx"}


@pytest.fixture(scope="module")
def answers() -> dict[str, bytes]:
    """The returned workbook of every faulty sample that asks for an answer and can have one, by state."""
    batch = judge_batch(OPERATION, FAULTY, as_of=AS_OF)
    asked = [s for s in batch.submissions if s.state and any(f.severity is not Severity.NOTE for f in s.findings)]
    return {submission.state: returned_workbook(OPERATION, submission, batch.read) for submission in asked}


@pytest.fixture(scope="module")
def corrected(answers, tmp_path_factory) -> Path:
    """A folder of all of them, corrected, and saved by LibreOffice in both its formats."""
    folder = tmp_path_factory.mktemp("corrected")
    for state, content in answers.items():
        workbook = openpyxl.load_workbook(io.BytesIO(content))
        correct(workbook, state)
        workbook.save(folder / f"{state}.xlsx")
    for ending in ("xlsx", "ods"):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        sent = sorted(map(str, folder.glob("*.xlsx")))
        command += ["--convert-to", ending, "--outdir", str(folder / ending), *sent]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        assert len(list((folder / ending).iterdir())) == len(answers)
    return folder


def test_every_sample_that_could_be_read_is_answered(answers):
    answered = {arrival.file for arrival in FAULTY} - UNREADABLE - NOTHING_ASKED
    assert len(answers) == len(answered) == 31


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_corrected_where_it_is_marked_it_is_accepted_with_its_responses(corrected, ending):
    batch = judge_batch(OPERATION, take(find_workbooks(corrected / ending)).arrivals, as_of=NEXT_DAY)
    assert [(s.state, s.verdict, s.findings) for s in batch.submissions if s.verdict is not Verdict.ACCEPTED] == []
    assert {submission.revision for submission in batch.submissions} == {2}
    given = {(r.answer, r.reason) for submission in batch.submissions for r in submission.responses}
    assert given == {(Answer.CORRECTED, Reason.CHECKED)}
    answered = [response.finding for submission in batch.submissions for response in submission.responses]
    asked = [
        finding.id
        for submission in judge_batch(OPERATION, FAULTY, as_of=AS_OF).submissions
        for finding in submission.findings
        if submission.state and finding.severity is not Severity.NOTE
    ]
    assert sorted(answered) == sorted(asked)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_next_run_has_the_totals_of_the_good_samples(answers, corrected, ending):
    untouched = [arrival for arrival in GOOD if Path(arrival.file).stem not in answers]
    first_night = [*untouched, *(arrival for arrival in FAULTY if arrival.file not in UNREADABLE | NOTHING_ASKED)]
    second_night = [*first_night, *take(find_workbooks(corrected / ending)).arrivals]
    clean = totals(GOOD, received={})
    assert not totals(first_night, received={}).equals(clean)
    seen = {arrival.sha256: AS_OF for arrival in first_night}
    pd.testing.assert_frame_equal(totals(second_night, received=seen), clean)


def totals(arrivals: list[Arrival], received: dict[str, dt.datetime]) -> pd.DataFrame:
    judged = [judge_batch(OPERATION, arrivals, as_of=NEXT_DAY)]
    receipts = [Receipt(a.file, a.sha256, received.get(a.sha256, NEXT_DAY)) for a in arrivals]
    return take_snapshot(OPERATION, receipts, judged, as_of=NEXT_DAY).totals


def test_colours_messages_and_links_survive_libreoffice_as_xlsx(answers, corrected):
    for state, content in answers.items():
        before = openpyxl.load_workbook(io.BytesIO(content))
        after = openpyxl.load_workbook(corrected / "xlsx" / f"{state}.xlsx")
        assert marked(after) == marked(before)
        assert messages(after) == messages(before)
        assert links(after) == links(before)


def links(workbook: openpyxl.Workbook) -> list[str]:
    return [row[0].hyperlink.location for row in workbook["Findings"].iter_rows(min_row=5, min_col=2, max_col=2)]


def test_colours_messages_and_links_survive_libreoffice_as_ods(answers, corrected):
    for state, content in answers.items():
        before = openpyxl.load_workbook(io.BytesIO(content))
        after = ods_cells(corrected / "ods" / f"{state}.ods")
        assert {cell: colour for cell, (colour, _, _) in after.items() if cell in marked(before)} == {
            cell: colour_of(before, cell) for cell in marked(before)
        }
        assert {cell: said for cell, (_, said, _) in after.items() if said and cell[:8] != "Findings"} == messages(
            before
        )
        assert [link for cell, (_, _, link) in after.items() if cell.startswith("Findings!B") and link] == [
            f"#{place.replace('!', '.')}" for place in links(before)
        ]


def colour_of(workbook: openpyxl.Workbook, place: str) -> str:
    sheet, _, cell = place.partition("!")
    return f"#{workbook[sheet][cell].fill.start_color.rgb[2:].lower()}"


def ods_cells(path: Path) -> dict[str, tuple[str, tuple[str, str], str]]:
    """Return colour, input message and link of every cell of an OpenDocument form, by sheet and address."""
    with zipfile.ZipFile(path) as package:
        root = ET.fromstring(package.read("content.xml"))
    colours = {of(style, "name"): fill for style in each(root, "style") if (fill := background(style))}
    said = {of(rule, "name"): help_message(rule) for rule in each(root, "content-validation")}
    cells = {}
    for table in each(root, "table"):
        if of(table, "name") not in (*FORM, "Findings"):
            continue
        row = 1
        for line in each(table, "table-row"):
            column = 1
            for cell in line:
                repeated = int(of(cell, "number-columns-repeated") or 1)
                link = next((of(anchor, "href") for anchor in each(cell, "a")), "")
                told = (
                    colours.get(of(cell, "style-name"), ""),
                    said.get(of(cell, "content-validation-name"), ()),
                    link,
                )
                for at in range(column, column + min(repeated, 50)):
                    cells[f"{of(table, 'name')}!{openpyxl.utils.get_column_letter(at)}{row}"] = told
                column += repeated
            row += int(of(line, "number-rows-repeated") or 1)
    return cells


def each(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for child in element.iter() if child.tag.endswith(f"}}{name}")]


def of(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def background(style: ET.Element) -> str:
    return next((of(part, "background-color") for part in each(style, "table-cell-properties")), "")


def help_message(rule: ET.Element) -> tuple[str, str] | tuple[()]:
    for message in each(rule, "help-message"):
        return of(message, "title"), "".join(message.itertext())
    return ()
