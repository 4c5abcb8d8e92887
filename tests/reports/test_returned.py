"""The returned workbook: what is refilled, what is marked where, what the sheet Findings says, and what stays out."""

import datetime as dt
import io
import zipfile
from functools import cache

import openpyxl
import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.returned import returned_workbook
from returned_form import marked, messages, returned
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, changed, put
from schemas.findings import Severity

HEDGED = changed("AL", put("Counts", "D5", "over 400"))


def together(*changes):
    def change(workbook):
        for one in changes:
            one(workbook)

    return change


def contents(workbook):
    sheets = (workbook[name] for name in ("Submission", "Counts", "Agencies"))
    cells = (cell for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return {f"{cell.parent.title}!{cell.coordinate}": cell.value for cell in cells if cell.value is not None}


def lines(workbook):
    """Return each line of the sheet Findings but its finding's id."""
    rows = workbook["Findings"].iter_rows(min_row=5, values_only=True)
    return [(*row[:5], *row[6:]) for row in rows]


def test_the_findings_stand_between_the_instructions_and_the_form():
    assert returned(HEDGED).sheetnames == ["Instructions", "Findings", "Submission", "Counts", "Agencies"]


def test_what_could_be_read_is_filled_in_and_nothing_else():
    good = contents(openpyxl.load_workbook(SAMPLE / "AL.xlsx"))
    again = contents(returned(HEDGED))
    assert good.keys() - again.keys() == {"Counts!D5"}
    assert {place for place in again if again[place] != good[place]} == {"Submission!C9"}
    assert again["Submission!C9"] == "Raise it: 2 or more this time"


def test_the_first_page_says_what_this_workbook_is_and_what_to_do():
    assert returned(HEDGED)["Instructions"]["B5"].value == (
        "This is your workbook, returned with 1 error. Its figures do not count yet. Correct the colored cells, choose "
        "a response to each line of the sheet Findings, raise the revision to 2 or more, have the figures certified, "
        "and send this workbook back."
    )
    doubtful = returned(changed("AL", put("Counts", "S5", 90_000)))["Instructions"]["B5"].value
    assert doubtful.startswith("This is your workbook, returned with 1 warning. Its figures count. Correct")


def test_a_line_of_the_findings_says_what_is_wrong_where_and_what_to_do():
    workbook = returned(HEDGED)
    (finding,) = judge_batch(OPERATION, [arrival(HEDGED)], as_of=AS_OF).submissions[0].findings
    sheet = workbook["Findings"]
    assert [cell.value for cell in sheet[4]] == [
        "Severity", "Place", "What is wrong", "What to do", "Likely cause", "Finding", "Response", "Reason",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == [
        "Error",
        "Counts!D5",
        "Arrests of AL, March 2018 is a hedged number, 8 characters; an estimate cannot be added up.",
        "Enter the exact number.",
        None,
        finding.id,
        None,
        None,
    ]
    assert sheet["B5"].hyperlink.location == "Counts!$D$5"


def test_a_response_and_a_reason_are_chosen_from_lists_and_nothing_else_is_unlocked():
    sheet = returned(HEDGED)["Findings"]
    assert {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "G5": '"corrected,confirmed as correct,cannot fix"',
        "H5": '"checked against our records,it was an unusual month,we count this another way,not known yet,'
        'none of these: please ask us"',
    }
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked] == ["G5", "H5"]


def test_a_faulty_cell_is_coloured_and_says_what_is_wrong_and_what_to_do():
    workbook = returned(HEDGED)
    assert marked(workbook) == {"Counts!D5": "error"}
    assert messages(workbook)["Counts!D5"] == (
        "Error: Arrests",
        "Arrests of AL, March 2018 is a hedged number, 8 characters; an estimate cannot be added up. "
        "Enter the exact number.",
    )
    assert messages(workbook)["Counts!D6"] == ("Arrests", OPERATION.measure["arrests"].definition)


def test_a_marked_cell_still_takes_only_what_the_form_takes_there():
    content = changed("AL", together(put("Agencies", "E5", "some"), put("Counts", "D6", -1)))
    rules = {
        str(rule.sqref): (rule.type, rule.formula1)
        for sheet in ("Counts", "Agencies")
        for rule in returned(content)[sheet].data_validations.dataValidation
    }
    assert rules["D6"] == rules["D5 D7"] == ("whole", "0")
    assert rules["E5"] == ("custom", 'IF(ISNUMBER(E5),AND(E5>=0,E5=INT(E5)),COUNTIF(E5,"N/A")=1)')


def row_of(sheet, row, columns):
    return {f"{sheet}!{column}{row}" for column in columns}


COUNTS = "CDEFGHIJKLMNOPQRS"


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (put("Counts", "D5", 999), row_of("Counts", 5, "DEFGHI")),
        (put("Counts", "S5", 90_000), row_of("Counts", 5, "RS")),
        (lambda workbook: workbook["Counts"].delete_rows(6), row_of("Counts", 6, COUNTS)),
        (lambda workbook: workbook["Counts"].delete_cols(18), {"Counts!R5", "Counts!R6", "Counts!R7"}),
        (lambda workbook: workbook["Counts"].__setitem__("A6", "AL-EAST"), row_of("Counts", 6, COUNTS)),
        (lambda workbook: workbook.remove(workbook["Agencies"]), row_of("Agencies", 5, "BCDE")),
        (lambda workbook: workbook["Submission"].delete_rows(9), {"Submission!B9"}),
        (put("Submission", "B7", dt.date(2018, 4, 30)), {"Submission!B7"}),
        (put("Submission", "B11", dt.date(2018, 5, 20)), {"Submission!B11"}),
        (lambda workbook: workbook["Counts"].append(["WY", dt.date(2018, 3, 1), *[0] * 17]), set()),
    ],
    ids=[
        "a whole and its parts",
        "two figures that seldom go together",
        "a missing row",
        "a missing column",
        "the row that an unknown task force may mean",
        "a missing sheet",
        "a missing label",
        "a field that is in place",
        "a date that is early",
        "nothing for a row that is left out",
    ],
)  # fmt: skip
def test_what_a_finding_asks_to_look_at_is_marked(change, places):
    assert set(marked(returned(changed("AL", change)))) == places


def test_the_gravest_of_several_findings_colours_a_cell_and_all_of_them_speak():
    content = changed("AL", together(put("Counts", "R5", "~30"), lambda w: w["Counts"].append(["Total", None, 1, 2])))
    workbook = returned(content)
    severity, (title, text) = marked(workbook)["Counts!C5"], messages(workbook)["Counts!C5"]
    assert (severity, title) == ("error", "Error: Complaints investigated")
    assert text.startswith("The total of Complaints investigated (1) differs from the sum of its rows")
    assert [line[3] for line in lines(workbook)][-1] == (
        "Correct the total or the rows that it adds up. The row of totals is not in this workbook."
    )


def test_a_mark_stands_where_our_form_has_the_figure_and_the_line_says_where_theirs_had_it():
    def move(workbook):
        workbook["Counts"].insert_rows(1, 3)
        workbook["Counts"].move_range("D7:D10", cols=20)
        workbook["Counts"]["X9"] = "nine"

    workbook = returned(changed("AL", move))
    assert set(marked(workbook)) == {"Counts!D6"}
    assert lines(workbook) == [
        (
            "Error",
            "Counts!D6",
            "Arrests of AL, April 2018 is a number word, 4 characters. It stood in X9 of the workbook you sent.",
            "Enter the number in digits.",
            None,
            None,
            None,
        )
    ]


def test_what_the_form_brings_along_is_said_to_be_in_place():
    workbook = returned(changed("AL", put("Submission", "B4", "another")))
    assert workbook["Submission"]["B4"].value == "broken-heart-2018"
    assert lines(workbook)[0][3].endswith(
        " This workbook has that in place; check what is colored and fill in what is blank."
    )


def test_the_form_has_rows_only_for_the_task_forces_that_were_in_the_workbook():
    def only_san_diego(workbook):
        for sheet in ("Counts", "Agencies"):
            for row in range(workbook[sheet].max_row, 4, -1):
                if workbook[sheet].cell(row, 1).value != "CA-SD":
                    workbook[sheet].delete_rows(row)
        workbook["Counts"]["D5"] = None

    workbook = returned(changed("CA", only_san_diego))
    assert [row[0].value for row in workbook["Counts"].iter_rows(min_row=5)] == ["CA-SD"] * 3
    assert [row[0].value for row in workbook["Agencies"].iter_rows(min_row=5)] == ["CA-SD"]


def test_notes_are_not_returned():
    content = changed("AL", together(put("Counts", "C5", "12"), put("Counts", "D5", None)))
    assert [line[:2] for line in lines(returned(content))] == [("Error", "Counts!D5")]


def test_findings_over_the_inbox_are_answered_too():
    batch = judge_batch(OPERATION, [arrival(HEDGED)], as_of=AS_OF)
    (submission,) = batch.submissions
    (finding,) = submission.findings
    over_inbox = type(finding)(
        submission.sha256, "revision_has_one_set_of_counts", Severity.WARNING, "", "", "AL", "", "", "", "",
        "The file: it came twice.", "Send it again.",
    )  # fmt: skip
    content = returned_workbook(OPERATION, submission, batch.read, (finding, over_inbox))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Findings"]
    assert [cell.value for cell in sheet[6]][:4] == ["Warning", "Submission", "It came twice.", "Send it again."]
    assert sheet["B6"].hyperlink.location == "Submission!$A$1"


@cache
def faulty_samples():
    batch = judge_batch(OPERATION, take(find_workbooks(SAMPLE.parent / "needs-attention")).arrivals, as_of=AS_OF)
    asked = [s for s in batch.submissions if s.state and any(f.severity is not Severity.NOTE for f in s.findings)]
    return {submission.state: returned_workbook(OPERATION, submission, batch.read) for submission in asked}


def test_no_message_is_longer_than_excel_allows_and_no_cell_has_two():
    books = {state: openpyxl.load_workbook(io.BytesIO(content)) for state, content in faulty_samples().items()}
    assert len(books) == 31
    for title, text in (message for book in books.values() for message in messages(book).values()):
        assert (len(title) <= 32, len(text) <= 255) == (True, True)


def test_the_same_submission_gives_the_same_bytes():
    assert faulty_samples() == faulty_samples.__wrapped__()


def test_no_text_that_somebody_typed_is_in_it():
    def plant(workbook):
        for sheet in workbook.worksheets:
            sheet.append(["Zanzibar"])
            sheet["Z3"] = "Zanzibar"
            sheet.oddHeader.center.text = "Zanzibar"
        workbook["Counts"]["D5"] = "Zanzibar"
        workbook["Counts"]["A6"] = "Zanzibar"
        workbook["Counts"]["B7"] = "Zanzibar"
        workbook["Counts"]["F4"] = "Zanzibar"
        workbook["Submission"]["B10"] = "Zanzibar"
        workbook["Submission"]["B4"] = "Zanzibar"
        workbook["Agencies"]["B5"].hyperlink = "https://zanzibar.example"
        workbook.properties.creator = workbook.properties.title = "Zanzibar"
        workbook.create_sheet("Zanzibar")["A1"] = "Zanzibar"

    content = changed("AL", plant)
    batch = judge_batch(OPERATION, [arrival(content)], as_of=AS_OF)
    answer = returned_workbook(OPERATION, batch.submissions[0], batch.read)
    with zipfile.ZipFile(io.BytesIO(answer)) as package:
        assert [name for name in package.namelist() if b"zanzibar" in package.read(name).lower()] == []
