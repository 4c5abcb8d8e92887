"""The national office's form for the next addition to each series of the program to date."""

from openpyxl import Workbook

from flows.reports.form_style import CELL, COLUMN_HEAD, ENTRY, FIELD_ENTRY, KEY, finish, open_sheet, put_row
from flows.reports.xlsx import to_bytes
from schemas.operation import Operation
from schemas.program import PROGRAM_HEADERS, PROGRAM_SHEET, next_day

_GUIDE = "Enter the last day and what the series has grown by since the first; leave a series blank that has not."
_FIRST_ROW = 4


def program_form(operation: Operation) -> bytes:
    """Return the form as a workbook: a row for each series, with the day that it goes on from."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = PROGRAM_SHEET
    open_sheet(sheet, f"{operation.title}: program to date", _GUIDE, 30, 14, 14, 16, 44)
    put_row(sheet, _FIRST_ROW, 1, [(name, COLUMN_HEAD) for name in (*PROGRAM_HEADERS, "What it counts")])
    labels = {figure.series: figure.label for figure in operation.program_to_date}
    for row, (series, label) in enumerate(labels.items(), _FIRST_ROW + 1):
        start = next_day(operation.program_to_date, series)
        first_day = start.isoformat() if start else None
        put_row(sheet, row, 1, [(series, KEY), (first_day, KEY), (None, FIELD_ENTRY), (None, ENTRY), (label, CELL)])
    finish(sheet, footer=operation.title)
    workbook.properties.title = f"{operation.title}: program to date"
    return to_bytes(workbook)


def name_of_form(operation: Operation) -> str:
    """Return the file name of the form."""
    return f"{operation.id}-program-to-date.xlsx"
