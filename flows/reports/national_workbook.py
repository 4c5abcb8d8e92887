"""The national totals as a workbook for people: totals, months, and the release's claims, each with its coverage.

What belongs here: what stands where. What does not: looks, and any figure that is not in the snapshot.
"""

from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import national_style as style
from flows.reports.form_style import SUBTITLE, TITLE, Look, put, widen
from schemas.months import long_date, month_label
from schemas.national import TotalStatus
from schemas.operation import Family
from schemas.snapshot import Snapshot

_TITLE, _AS_OF, _COVERAGE, _HEADER_ROW = "A1", "A2", "A3", 5
_FIRST_ROW = _HEADER_ROW + 1
_SECTION_HEIGHT = 30
_MEASURE_WIDTH, _UNIT_WIDTH, _NUMBER_WIDTH, _SHARE_WIDTH = 50.0, 14.0, 14.0, 13.0

_FAMILY_TITLE = {
    Family.OPERATION: "The operation, summed from submissions",
    Family.PARTICIPATION: "Participation",
    Family.PROGRAM_TO_DATE: "Program to date: a published baseline and increments",
}


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
    put(sheet, _TITLE, f"{operation.title}: {subject}", TITLE)
    as_of = long_date(operation.day_of(snapshot.as_of))
    put(sheet, _AS_OF, f"As of {as_of}; snapshot {snapshot.id}", SUBTITLE)
    worth = "complete" if coverage.is_complete else "not complete, so every total can still change"
    put(sheet, _COVERAGE, f"{coverage.phrase}: {worth}", style.COVERAGE)
    sheet.row_dimensions[1].height = 28
    sheet.freeze_panes = f"B{_FIRST_ROW}"
    style.set_up_for_print(sheet, header_row=_HEADER_ROW, footer=f"{operation.title}, snapshot {snapshot.id}")
    return sheet


def _write_header(sheet: Worksheet, left: Sequence[str], right: Sequence[str] = (), after: Sequence[str] = ()) -> None:
    cells = [(text, style.HEAD) for text in left] + [(text, style.HEAD_RIGHT) for text in right]
    style.write_row(sheet, _HEADER_ROW, [*cells, *((text, style.HEAD) for text in after)])


def _write_totals(sheet: Worksheet, snapshot: Snapshot) -> None:
    """One row is a measure: its total, who is in it, what it is worth, and what must be said beside it."""
    widen(sheet, _MEASURE_WIDTH, _UNIT_WIDTH, _NUMBER_WIDTH, _SHARE_WIDTH, _SHARE_WIDTH, 20, 28)
    _write_header(sheet, ("Measure", "Unit"), ("Total", "Task forces", "States"), ("Status", "Note"))
    for row, (_, total) in enumerate(snapshot.totals.iterrows(), start=_FIRST_ROW):
        cells = [
            *_measure_cells(total, snapshot),
            (_figure(total), style.NUMBER),
            (_share(total, "task_forces"), style.SHARE),
            (_share(total, "states"), style.SHARE),
            (TotalStatus(total["status"]).phrase, style.TEXT),
            (snapshot.operation.measure[total["measure"]].caveat, style.SOFT),
        ]
        style.write_row(sheet, row, cells)


def _write_months(sheet: Worksheet, snapshot: Snapshot) -> None:
    """One row is a measure: of each month its total, and how many task forces are in it."""
    months = snapshot.operation.months
    widen(sheet, _MEASURE_WIDTH, _UNIT_WIDTH, *(_NUMBER_WIDTH, _SHARE_WIDTH) * len(months))
    headings = [heading for month in months for heading in (month_label(month), "Task forces")]
    _write_header(sheet, ("Measure", "Unit"), headings)
    for row, (_, totals) in enumerate(snapshot.by_month.groupby("measure", sort=False), start=_FIRST_ROW):
        cells = _measure_cells(totals.iloc[0], snapshot)
        for _, total in totals.iterrows():
            cells += [(_figure(total), style.NUMBER), (_share(total, "task_forces"), style.SHARE)]
        style.write_row(sheet, row, cells)


def _write_claims(sheet: Worksheet, snapshot: Snapshot) -> None:
    """One row is a claim; families, which never mix, have a section each."""
    widen(sheet, 46, 20, 16, 68, 18)
    _write_header(sheet, ("The release says",), ("Computed",), ("Verdict", "Why", "Where"))
    row = _FIRST_ROW
    for family, title in _FAMILY_TITLE.items():
        checks = [check for check in snapshot.claims if check.claim.family is family]
        if not checks:
            continue
        style.write_row(sheet, row, [(title, style.SECTION)])
        sheet.row_dimensions[row].height = _SECTION_HEIGHT
        for below, check in enumerate(checks, start=1):
            cells = [
                (check.claim.phrase, style.WHOLE),
                (check.computed, style.SHARE),
                (check.verdict.replace("_", " "), style.VERDICT[check.verdict]),
                (check.reason, style.TEXT),
                (", ".join(check.claim.where), style.SOFT),
            ]
            style.write_row(sheet, row + below, cells)
        row += len(checks) + 1


def _measure_cells(total: "pd.Series[str]", snapshot: Snapshot) -> list[tuple[str | int, Look]]:
    parts = {part for measure in snapshot.operation.measures for part in measure.parts}
    look = style.PART if total["measure"] in parts else style.WHOLE
    return [(total["label"], look), (total["unit"], style.SOFT)]


def _figure(total: "pd.Series[str]") -> int | str:
    """Return the figure, or in its place why there is none."""
    return TotalStatus(total["status"]).phrase if pd.isna(total["value"]) else int(total["value"])


def _share(total: "pd.Series[str]", units: str) -> str:
    return f"{total[f'{units}_reporting']} of {total[f'{units}_expected']}"
