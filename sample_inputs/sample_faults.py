"""The faults of the inbox that needs attention: one file each, made from a good workbook by one change.

What belongs here: the faults. What is expected of each stands in README.md, for people to read and a test to compare.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports.xlsx import to_bytes
from sample_ods import to_ods

Change = Callable[[Workbook], None]
Value = str | int | float | bool | dt.date | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One faulty file.

    Attributes:
        file: Its name: the state, and what is wrong.
        change: What was done to the state's good workbook.
        pack: How the workbook was then saved.
        state: Whose good workbook it was; the one in the name, unless said otherwise.
    """

    file: str
    change: Change
    pack: Callable[[Workbook], bytes] = to_bytes
    state: str = ""

    def content(self, good_workbook: Callable[[str], Workbook]) -> bytes:
        """Return the file's bytes."""
        workbook = good_workbook(self.state or self.file[:2])
        self.change(workbook)
        return self.pack(workbook)


def _put(sheet: str, cell: str, value: Value, number_format: str = "") -> Change:
    def change(workbook: Workbook) -> None:
        workbook[sheet][cell].value = value
        if number_format:
            workbook[sheet][cell].number_format = number_format

    return change


def _add(sheet: str, cell: str, more: int) -> Change:
    def change(workbook: Workbook) -> None:
        workbook[sheet][cell].value += more

    return change


def _clear(sheet: str, cells: str) -> Change:
    def change(workbook: Workbook) -> None:
        for row in workbook[sheet][cells]:
            for cell in row:
                cell.value = None

    return change


def _repeat_last_row(sheet: str, keys: dict[str, Value]) -> Change:
    """Copy the last row below itself, with other keys."""

    def change(workbook: Workbook) -> None:
        table = workbook[sheet]
        values = [cell.value for cell in table[table.max_row]]
        _append(table, values, keys)

    return change


def _add_total_row(sheet: str, wrong: str) -> Change:
    """Add a row of totals of which one is wrong by 1."""

    def change(workbook: Workbook) -> None:
        table = workbook[sheet]
        columns = table.iter_cols(min_row=5, min_col=3, values_only=True)
        _append(table, ["Total", None, *(sum(column) for column in columns)], {})
        table[f"{wrong}{table.max_row}"].value += 1

    return change


def _append(table: Worksheet, values: list[Value], keys: dict[str, Value]) -> None:
    row = table.max_row + 1
    for column, value in enumerate(values, start=1):
        table.cell(row, column).value = value
    for letter, value in keys.items():
        table[f"{letter}{row}"].value = value
    table[f"B{row}"].number_format = "mmmm yyyy"


def _nothing(workbook: Workbook) -> None:
    """Leave the workbook as it is: the fault is in how it was saved."""


def _as_csv(workbook: Workbook) -> bytes:
    """Save the sheet Counts alone, as comma-separated text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(workbook["Counts"].iter_rows(min_row=4, values_only=True))
    return text.getvalue().encode()


def _half(workbook: Workbook) -> bytes:
    content = to_bytes(workbook)
    return content[: len(content) // 2]


def _with_macros(workbook: Workbook) -> bytes:
    """Save as .xlsm: another media type, and a part for macros, here an empty one."""
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(to_bytes(workbook))) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(member, source.read(member).replace(plain, macro))
        target.writestr(ZipInfo("xl/vbaProject.bin"), b"")
    return packed.getvalue()


FAULTS: tuple[Fault, ...] = (
    Fault("AZ-negative-count.xlsx", _put("Counts", "H6", -3)),
    Fault("CA-parts-do-not-add-up.xlsx", _add("Counts", "D9", 2)),
    Fault("CO-blank-count.xlsx", _put("Counts", "C6", None)),
    Fault("CT-number-word.xlsx", _put("Counts", "D5", "nine")),
    Fault("DC-state-without-a-task-force.xlsx", _put("Submission", "B5", "DC"), state="VA"),
    Fault("DE-hedged-number.xlsx", _put("Counts", "S7", "over 400")),
    Fault("GA-fraction.xlsx", _put("Counts", "R5", 1.5)),
    Fault("HI-true-or-false.xlsx", _put("Counts", "O6", True)),
    Fault("IA-formula-without-result.xlsx", _put("Counts", "D6", "=SUM(E6:I6)")),
    Fault("ID-date-in-a-count-cell.xlsx", _put("Counts", "K5", dt.date(2018, 3, 1), "m/d/yyyy")),
    Fault("IN-error-value.xlsx", _put("Counts", "J7", "#REF!")),
    Fault("KS-percentage.xlsx", _put("Counts", "E6", 0.12, "0%")),
    Fault("LA-part-exceeds-its-whole.xlsx", _add("Counts", "N6", 40)),
    Fault("MA-control-total-is-wrong.xlsx", _add_total_row("Counts", "Q")),
    Fault("ME-whole-exceeds-its-parts.xlsx", _add("Counts", "J5", 30)),
    Fault("MI-missing-column.xlsx", _clear("Counts", "R4:R7")),
    Fault("MN-renamed-header.xlsx", _put("Counts", "C4", "Cases")),
    Fault("MO-duplicated-row.xlsx", _repeat_last_row("Counts", {})),
    Fault("MS-missing-month.xlsx", _clear("Counts", "A7:S7")),
    Fault("MT-task-force-of-another-state.xlsx", _repeat_last_row("Agencies", {"A": "WY"})),
    Fault("NC-not-certified.xlsx", _clear("Submission", "B10:B11")),
    Fault("ND-certified-in-the-future.xlsx", _put("Submission", "B11", dt.date(2018, 7, 1))),
    Fault("NE-unknown-task-force.xlsx", _repeat_last_row("Agencies", {"A": "NE-WEST"})),
    Fault("NH-wrong-period.xlsx", _put("Submission", "B7", dt.date(2018, 4, 30))),
    Fault("NJ-wrong-operation.xlsx", _put("Submission", "B4", "broken-heart-2017")),
    Fault("NM-unknown-template-version.xlsx", _put("Submission", "B8", 7)),
    Fault("NV-month-outside-the-operation.xlsx", _repeat_last_row("Counts", {"B": dt.date(2018, 6, 1)})),
    Fault("NY-not-applicable-where-not-allowed.xlsx", _put("Agencies", "C6", "N/A")),
    Fault("OH-number-stored-as-text.xlsx", _put("Counts", "S5", "1,234")),
    Fault("OK-implausible-ratio.xlsx", _put("Counts", "S6", 90_000)),
    Fault("OR-range-in-opendocument.ods", _put("Counts", "P6", "5-7"), to_ods),
    Fault("PA-csv-renamed.xlsx", _nothing, _as_csv),
    Fault("RI-macros.xlsm", _nothing, _with_macros),
    Fault("SC-truncated.xlsx", _nothing, _half),
    Fault("WA-revision-zero.xlsx", _put("Submission", "B9", 0)),
)
