"""What tests do with returned workbooks: have one made, see what is marked in it, correct it there and only there."""

import io

import openpyxl
from openpyxl import Workbook

from flows.judgement import judge_batch
from flows.reports import form_style as style
from flows.reports.returned import returned_workbook
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival

FORM = ("Submission", "Counts", "Agencies")
FIRST_FINDING, RESPONSE, REASON = 5, 7, 8
_SEVERITY = {fill.start_color.rgb[-6:]: severity.value for severity, fill in style.MARK.items()}


def returned(content: bytes) -> Workbook:
    """Return the workbook that answers a file, as openpyxl reads it."""
    batch = judge_batch(OPERATION, [arrival(content)], as_of=AS_OF)
    return openpyxl.load_workbook(io.BytesIO(returned_workbook(OPERATION, batch.submissions[0], batch.read)))


def marked(workbook: Workbook) -> dict[str, str]:
    """Return the severity of every marked cell of the form, by sheet and address."""
    return {
        f"{name}!{cell.coordinate}": _SEVERITY[colour]
        for name in FORM
        for row in workbook[name].iter_rows()
        for cell in row
        if cell.fill.fill_type and (colour := str(cell.fill.start_color.rgb)[-6:]) in _SEVERITY
    }


def messages(workbook: Workbook) -> dict[str, tuple[str, str]]:
    """Return title and text of every input message of the form, by sheet and address; no cell may have two."""
    found: dict[str, tuple[str, str]] = {}
    for name in FORM:
        for rule in workbook[name].data_validations.dataValidation:
            for row, column in (cell for part in rule.sqref.ranges for cell in part.cells):
                place = f"{name}!{workbook[name].cell(row, column).coordinate}"
                assert place not in found
                found[place] = (rule.promptTitle, rule.prompt)
    return found


def correct(workbook: Workbook, state: str) -> None:
    """Put right what is marked and nothing else, from the state's good sample; answer it, and raise the revision."""
    good = openpyxl.load_workbook(SAMPLE / f"{state}.xlsx")
    for place in marked(workbook):
        sheet, _, cell = place.partition("!")
        workbook[sheet][cell].value = good[sheet][cell].value
    workbook["Submission"]["B9"].value = (workbook["Submission"]["B9"].value or 0) + 1
    findings = workbook["Findings"]
    for row in range(FIRST_FINDING, findings.max_row + 1):
        findings.cell(row, RESPONSE).value = "corrected"
        findings.cell(row, REASON).value = "checked against our records"
