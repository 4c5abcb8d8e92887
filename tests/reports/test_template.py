"""The form a state gets: what is in place, what may be entered, and what it says while it is being filled in."""

import csv
import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from flows.operations import load_operation
from flows.reports.filled_form import FilledForm
from flows.reports.template import build_workbook
from flows.reports.xlsx import to_bytes
from schemas.operation import Table
from small_operation import write_small_operation

OPERATION = load_operation("broken-heart-2018")


def saved_form(state: str, filled: FilledForm | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_bytes(build_workbook(OPERATION, state, filled=filled))))


def as_read(month: int, day: int) -> dt.datetime:
    """A day of 2018 as openpyxl reads it back."""
    return dt.datetime.combine(dt.date(2018, month, day), dt.time())


CALIFORNIA, ALABAMA = saved_form("CA"), saved_form("AL")


def complete_form(state: str, **counts: int | str) -> FilledForm:
    """A form with 0 in every cell, but for the counts given, such as `arrests=3`, in the first row."""
    first = OPERATION.roster.by_state[state][0].id
    zeros = {
        (task_force.id, month, measure.id): 0
        for task_force in OPERATION.roster.by_state[state]
        for table, months in ((Table.COUNTS, OPERATION.months), (Table.AGENCIES, ("",)))
        for month in months
        for measure in OPERATION.asked_in(table)
    }
    changed = {(first, OPERATION.months[0], measure): count for measure, count in counts.items()}
    return FilledForm(certified_by="Analyst", certified_on=dt.date(2018, 6, 1), counts=zeros | changed)


def test_the_sheets_stand_in_the_forms_order_and_none_is_hidden():
    assert [(sheet.title, sheet.sheet_state) for sheet in CALIFORNIA.worksheets] == [
        ("Instructions", "visible"),
        ("Submission", "visible"),
        ("Counts", "visible"),
        ("Agencies", "visible"),
    ]


def test_the_submission_is_filled_in_but_for_the_certification():
    rows = CALIFORNIA["Submission"].iter_rows(min_row=4, max_row=11, max_col=2, values_only=True)
    assert dict(rows) == {
        "Operation": "broken-heart-2018",
        "State": "CA",
        "Period start": as_read(3, 1),
        "Period end": as_read(5, 31),
        "Template version": 1,
        "Revision": 1,
        "Certified by (role)": None,
        "Certified on": None,
    }


def test_counts_has_the_headers_of_the_operation_in_its_order():
    assert [cell.value for cell in CALIFORNIA["Counts"][4]] == [
        "Task force",
        "Month",
        "Complaints investigated",
        "Arrests",
        "Arrests: production, distribution, receipt or possession",
        "Arrests: online enticement",
        "Arrests: sex trafficking",
        "Arrests: travel across state lines or abroad",
        "Arrests: other offense",
        "Offenders identified",
        "Offenders: production",
        "Offenders: abuse",
        "Children identified",
        "Children: recent abuse",
        "Children: ongoing abuse",
        "Children: historical abuse",
        "Children: production",
        "Presentations",
        "Presentation attendees",
    ]


def test_counts_has_a_row_for_each_task_force_and_month():
    months = [as_read(month, 1) for month in (3, 4, 5)]
    rows = list(CALIFORNIA["Counts"].iter_rows(min_row=5, values_only=True))
    assert [row[:2] for row in rows] == [
        (task_force, month) for task_force in ("CA-FRESNO", "CA-LA", "CA-SAC", "CA-SD", "CA-SV") for month in months
    ]
    assert {value for row in rows for value in row[2:]} == {None}
    assert {CALIFORNIA["Counts"][f"B{row}"].number_format for row in range(5, 20)} == {"mmmm yyyy"}


def test_agencies_has_a_row_for_each_task_force():
    assert list(CALIFORNIA["Agencies"].iter_rows(min_row=4, values_only=True)) == [
        ("Task force", "Federal", "State", "Local", "Tribal"),
        *((task_force, None, None, None, None) for task_force in ("CA-FRESNO", "CA-LA", "CA-SAC", "CA-SD", "CA-SV")),
    ]


def test_a_filled_form_is_the_blank_one_with_the_counts_in_place():
    filled = FilledForm(
        revision=2,
        certified_by="Analyst",
        certified_on=dt.date(2018, 6, 4),
        counts={("AL", "2018-04", "arrests"): 7, ("AL", "", "agencies_tribal"): "N/A"},
    )
    before, after = ALABAMA, saved_form("AL", filled)
    changed = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in after.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != before[sheet.title][cell.coordinate].value
    }
    assert changed == {
        ("Submission", "B9"): 2,
        ("Submission", "B10"): "Analyst",
        ("Submission", "B11"): as_read(6, 4),
        ("Counts", "D6"): 7,
        ("Agencies", "E5"): "N/A",
    }


def validations(sheet: str) -> dict[str, tuple[str | None, ...]]:
    return {
        str(rule.sqref): (rule.type, rule.operator, rule.formula1, rule.formula2)
        for rule in ALABAMA[sheet].data_validations.dataValidation
    }


def test_only_whole_numbers_from_0_may_be_entered_as_counts():
    whole = ("whole", "greaterThanOrEqual", "0", None)
    assert validations("Counts") == {f"{column}5:{column}7": whole for column in "CDEFGHIJKLMNOPQRS"}


def test_not_applicable_may_be_entered_only_where_the_measure_allows_it():
    or_not_applicable = 'IF(ISNUMBER(E5),AND(E5>=0,E5=INT(E5)),COUNTIF(E5,"N/A")=1)'
    whole = ("whole", "greaterThanOrEqual", "0", None)
    assert validations("Agencies") == {
        "B5": whole,
        "C5": whole,
        "D5": whole,
        "E5": ("custom", None, or_not_applicable, None),
    }


def test_revision_role_and_day_of_certification_are_checked():
    assert validations("Submission") == {
        "B9": ("whole", "greaterThanOrEqual", "1", None),
        "B10": ("list", None, "Submission!$B$15:$B$18", None),
        "B11": ("date", "between", "B6", "TODAY()"),
    }
    roles = [ALABAMA["Submission"][f"B{row}"].value for row in range(15, 19)]
    assert roles == ["Task force commander", "Deputy commander", "Program manager", "Analyst"]


def test_every_cell_that_is_filled_in_says_what_it_counts():
    messages = [rule.prompt for rule in ALABAMA["Counts"].data_validations.dataValidation]
    assert messages == [measure.definition for measure in OPERATION.asked_in(Table.COUNTS)]


def test_no_input_message_is_longer_than_excel_allows():
    for sheet in ALABAMA.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.promptTitle) <= 32
            assert len(rule.prompt) <= 255


def test_only_the_cells_to_be_filled_in_are_unlocked_and_no_password_guards_the_rest():
    unlocked = {
        sheet.title: {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        for sheet in ALABAMA.worksheets
    }
    assert unlocked == {
        "Instructions": set(),
        "Submission": {"B9", "B10", "B11"},
        "Counts": {f"{column}{row}" for column in "CDEFGHIJKLMNOPQRS" for row in (5, 6, 7)},
        "Agencies": {"B5", "C5", "D5", "E5"},
    }
    assert {(sheet.protection.sheet, sheet.protection.password) for sheet in ALABAMA.worksheets} == {(True, None)}


def test_formulas_stand_on_the_instructions_only_and_there_are_no_cell_notes():
    cells = [(sheet.title, cell) for sheet in CALIFORNIA.worksheets for row in sheet.iter_rows() for cell in row]
    assert {title for title, cell in cells if cell.data_type == "f"} == {"Instructions"}
    assert [cell.coordinate for _, cell in cells if cell.comment] == []


def test_the_headers_stay_in_sight_and_are_repeated_on_every_printed_page():
    assert (CALIFORNIA["Counts"].freeze_panes, CALIFORNIA["Agencies"].freeze_panes) == ("C5", "B5")
    assert CALIFORNIA["Counts"].print_title_rows == "$3:$4"
    for sheet in CALIFORNIA.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.right.text == "Page &P of &N"


def test_the_instructions_define_every_measure_asked():
    rows = ALABAMA["Instructions"].iter_rows(min_col=2, max_col=3, values_only=True)
    defined = dict(row for row in rows if row[0])
    asked = [measure for table in OPERATION.tables for measure in OPERATION.asked_in(table)]
    assert {m.header: defined.get(m.header) for m in asked} == {m.header: m.definition for m in asked}


def test_another_operation_is_another_form(tmp_path):
    operation = load_operation(write_small_operation(tmp_path))
    workbook = build_workbook(operation, "WA")
    assert workbook.sheetnames == ["Instructions", "Submission", "Counts"]
    headers, *rows = workbook["Counts"].iter_rows(min_row=4, values_only=True)
    assert headers == ("Task force", "Month", "Tips", "Urgent", "From abroad", "Phones", "Computers", "Examiners")
    assert [row[:2] for row in rows] == [
        ("WA-COAST", dt.date(2031, 12, 1)),
        ("WA-COAST", dt.date(2032, 1, 1)),
        ("WA-INLAND", dt.date(2031, 12, 1)),
        ("WA-INLAND", dt.date(2032, 1, 1)),
    ]
    assert {cell.coordinate: cell.value for cell in workbook["Counts"][3] if cell.value} == {
        "C3": "Tips received: its 2 parts may overlap",
        "F3": "Devices examined: the sum of these 2",
    }


def what_is_left(workbook: openpyxl.Workbook, folder: Path) -> tuple[str, list[tuple[str, str, str]]]:
    """Let LibreOffice compute the form; return its status and the lines with something left to do."""
    path = folder / "form.xlsx"
    path.write_bytes(to_bytes(workbook))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", profile, "--headless", "--convert-to", as_csv, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader((folder / "form.csv").read_text("utf-8").splitlines()))
    lines = rows[7 : 7 + 8]
    return rows[5][1], [tuple(row[1:4]) for row in lines if row[3] != "0"]


needs_libreoffice = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice: apt-get install libreoffice-calc"),
]


class TestReadyToSend:
    pytestmark = needs_libreoffice

    def test_a_blank_form_has_everything_left(self, tmp_path):
        assert what_is_left(build_workbook(OPERATION, "CA"), tmp_path) == (
            "Ready to send: 277 problems",
            [
                ("Submission", "Fields still to be filled in, or not valid", "2"),
                ("Counts", "Counts not filled in for months that have ended", "255"),
                ("Agencies", "Counts not filled in", "20"),
            ],
        )

    def test_a_complete_form_has_nothing_left(self, tmp_path):
        filled = complete_form("CA")
        assert what_is_left(build_workbook(OPERATION, "CA", filled=filled), tmp_path) == (
            "Ready to send: 0 problems",
            [],
        )

    def test_three_planted_faults_are_three_problems(self, tmp_path):
        filled = complete_form("CA", arrests=3, offenders_production=1, presentations="nine")
        assert what_is_left(build_workbook(OPERATION, "CA", filled=filled), tmp_path) == (
            "Ready to send: 3 problems",
            [
                ("Counts", "Counts that are not whole numbers, 0 or more", "1"),
                ("Counts", "Arrests: rows that differ from the sum of the parts", "1"),
                ("Counts", "Offenders identified: rows that do not fit the parts", "1"),
            ],
        )

    def test_not_applicable_is_a_problem_only_where_it_is_not_allowed(self, tmp_path):
        filled = complete_form("CA")
        excused = {("CA-LA", "", "agencies_tribal"): "N/A", ("CA-SD", "", "agencies_local"): "N/A"}
        filled = FilledForm(1, "Analyst", dt.date(2018, 6, 1), {**filled.counts, **excused})
        assert what_is_left(build_workbook(OPERATION, "CA", filled=filled), tmp_path) == (
            "Ready to send: 1 problem",
            [("Agencies", "Counts that are not whole numbers, 0 or more", "1")],
        )

    def test_a_month_that_has_not_ended_is_not_due(self, tmp_path):
        workbook = build_workbook(OPERATION, "AL", filled=complete_form("AL"))
        counts = workbook["Counts"]
        counts["B7"].value = dt.date(2999, 12, 1)
        for column in "CDEFGHIJKLMNOPQRS":
            counts[f"{column}7"].value = None
        assert what_is_left(workbook, tmp_path) == ("Ready to send: 0 problems", [])
