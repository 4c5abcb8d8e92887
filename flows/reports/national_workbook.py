"""The national totals as a workbook for people: totals, months, and the release's claims, each with its coverage.

What belongs here: what stands where, and how it looks; palette and typeface are the form's. What does not: any figure
that is not in the snapshot.
"""

from collections.abc import Iterable, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.form_style import SOFT_INK, Look, font, put
from schemas.months import long_date, month_label
from schemas.national import TotalStatus
from schemas.operation import Family
from schemas.snapshot import ClaimVerdict, Snapshot
from schemas.workbook import address, column_letter

_HEADER_ROW, _FIRST_ROW = 5, 6
_SECTION_HEIGHT, _LOWEST_ROW = 30, 19
_MEASURE_WIDTH, _UNIT_WIDTH, _NUMBER_WIDTH, _SHARE_WIDTH, _INDENT = 50.0, 14.0, 14.0, 13.0, 2

_FAMILY_TITLE = {
    Family.OPERATION: "The operation, summed from submissions",
    Family.PARTICIPATION: "Participation",
    Family.PROGRAM_TO_DATE: "Program to date: a published baseline and increments",
}

_RULE = Border(bottom=Side(style="thin", color=style.LINE))
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=3)
_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)

_COVERAGE = Look(font(11, bold=True))
_HEAD = Look(font(bold=True, colour=style.WHITE), style.solid(style.NAVY), _LEFT)
_HEAD_RIGHT = Look(font(bold=True, colour=style.WHITE), style.solid(style.NAVY), _RIGHT)
_SECTION = Look(font(12, bold=True, colour=style.NAVY), alignment=Alignment(vertical="bottom", indent=1))
_TEXT = Look(font(), alignment=_LEFT, border=_RULE)
_WHOLE = Look(font(bold=True), alignment=_LEFT, border=_RULE)
_PART = Look(font(), alignment=_INDENTED, border=_RULE)
_SOFT = Look(font(colour=SOFT_INK), alignment=_LEFT, border=_RULE)
_NUMBER = Look(font(bold=True), style.solid(style.PAPER), _RIGHT, _RULE, "#,##0")
_SHARE = Look(font(colour=SOFT_INK), alignment=_RIGHT, border=_RULE)

_VERDICT = {
    verdict: Look(font(bold=True), fill, _CENTRED, _RULE)
    for verdict, fill in zip(ClaimVerdict, (style.DONE, style.WRONG, style.TO_FILL), strict=True)
}
"""The verdict is always written too: colour alone says nothing."""


def national_workbook(snapshot: Snapshot) -> Workbook:
    """Build the national workbook of a snapshot: the sheets Totals, By month and Claims."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _write_totals(_sheet(workbook, "Totals", "national totals", snapshot), snapshot)
    _write_months(_sheet(workbook, "By month", "national totals by month", snapshot), snapshot)
    _write_claims(_sheet(workbook, "Claims", "the release's figures", snapshot), snapshot)
    return workbook


def _sheet(workbook: Workbook, name: str, subject: str, snapshot: Snapshot) -> Worksheet:
    """Add a sheet headed by what it is, of when, and of whom."""
    operation, coverage = snapshot.operation, snapshot.coverage
    sheet: Worksheet = workbook.create_sheet(name)
    put(sheet, "A1", f"{operation.title}: {subject}", style.TITLE)
    as_of = long_date(snapshot.day)
    put(sheet, "A2", f"As of {as_of}; snapshot {snapshot.id}", style.SUBTITLE)
    worth = "complete" if coverage.is_complete else "not complete, so every total can still change"
    put(sheet, "A3", f"{coverage.phrase}: {worth}", _COVERAGE)
    sheet.row_dimensions[1].height = 28
    sheet.freeze_panes = f"B{_FIRST_ROW}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    style.set_up_for_print(sheet, footer=f"{operation.title}, snapshot {snapshot.id}", side_margin=0.5)
    return sheet


def _write_header(sheet: Worksheet, left: Sequence[str], right: Sequence[str] = (), after: Sequence[str] = ()) -> None:
    cells = [(text, _HEAD) for text in left] + [(text, _HEAD_RIGHT) for text in right]
    _write_row(sheet, _HEADER_ROW, [*cells, *((text, _HEAD) for text in after)])


def _write_totals(sheet: Worksheet, snapshot: Snapshot) -> None:
    """One row is a measure: its total, who is in it, what it is worth, and what must be said beside it."""
    style.widen(sheet, _MEASURE_WIDTH, _UNIT_WIDTH, _NUMBER_WIDTH, _SHARE_WIDTH, _SHARE_WIDTH, 20, 28)
    _write_header(sheet, ("Measure", "Unit"), ("Total", "Task forces", "States"), ("Status", "Note"))
    for row, (_, total) in enumerate(snapshot.totals.iterrows(), start=_FIRST_ROW):
        cells = [
            *_measure_cells(total, snapshot),
            (_figure(total), _NUMBER),
            (_share(total, "task_forces"), _SHARE),
            (_share(total, "states"), _SHARE),
            (TotalStatus(total["status"]).phrase, _TEXT),
            (snapshot.operation.measure[total["measure"]].caveat, _SOFT),
        ]
        _write_row(sheet, row, cells)


def _write_months(sheet: Worksheet, snapshot: Snapshot) -> None:
    """One row is a measure: of each month its total, and how many task forces are in it."""
    months = snapshot.operation.months
    style.widen(sheet, _MEASURE_WIDTH, _UNIT_WIDTH, *(_NUMBER_WIDTH, _SHARE_WIDTH) * len(months))
    headings = [heading for month in months for heading in (month_label(month), "Task forces")]
    _write_header(sheet, ("Measure", "Unit"), headings)
    for row, (_, totals) in enumerate(snapshot.by_month.groupby("measure", sort=False), start=_FIRST_ROW):
        cells = _measure_cells(totals.iloc[0], snapshot)
        for _, total in totals.iterrows():
            cells += [(_figure(total), _NUMBER), (_share(total, "task_forces"), _SHARE)]
        _write_row(sheet, row, cells)


def _write_claims(sheet: Worksheet, snapshot: Snapshot) -> None:
    """One row is a claim; families, which never mix, have a section each."""
    style.widen(sheet, 46, 20, 16, 68, 18)
    _write_header(sheet, ("The release says",), ("Computed",), ("Verdict", "Why", "Where"))
    row = _FIRST_ROW
    for family, title in _FAMILY_TITLE.items():
        checks = [check for check in snapshot.claims if check.claim.family is family]
        if not checks:
            continue
        _write_row(sheet, row, [(title, _SECTION)])
        sheet.row_dimensions[row].height = _SECTION_HEIGHT
        for below, check in enumerate(checks, start=1):
            cells = [
                (check.claim.phrase, _WHOLE),
                (check.computed, _SHARE),
                (check.verdict.replace("_", " "), _VERDICT[check.verdict]),
                (check.reason, _TEXT),
                (", ".join(check.claim.where), _SOFT),
            ]
            _write_row(sheet, row + below, cells)
        row += len(checks) + 1


def _measure_cells(total: "pd.Series[str]", snapshot: Snapshot) -> list[tuple[str | int, Look]]:
    parts = {part for measure in snapshot.operation.measures for part in measure.parts}
    look = _PART if total["measure"] in parts else _WHOLE
    return [(total["label"], look), (total["unit"], _SOFT)]


def _figure(total: "pd.Series[str]") -> int | str:
    """Return the figure, or in its place why there is none."""
    return TotalStatus(total["status"]).phrase if pd.isna(total["value"]) else int(total["value"])


def _share(total: "pd.Series[str]", units: str) -> str:
    return f"{total[f'{units}_reporting']} of {total[f'{units}_expected']}"


def _write_row(sheet: Worksheet, row: int, cells: Iterable[tuple[str | int, Look]]) -> None:
    """Write a row from its first column, high enough for the longest text in it."""
    height: float = _LOWEST_ROW
    for column, (value, look) in enumerate(cells, start=1):
        put(sheet, address(row, column), value, look)
        height = max(
            height, style.height_of(str(value), sheet.column_dimensions[column_letter(column)].width - _INDENT)
        )
    sheet.row_dimensions[row].height = height
