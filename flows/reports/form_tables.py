"""The form's tables, Counts and Agencies: prepared rows, one column per measure, and what may be entered there."""

from itertools import cycle

from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.filled_form import FilledForm, Mark, Marks
from flows.reports.form_checks import does_not_fit, is_blank_and_due, is_count, wholes
from flows.reports.form_layout import BAND_ROW, FIRST_ROW, HEADER_ROW, TableLayout
from schemas.form_words import band_text, count_error, table_guide
from schemas.months import first_day
from schemas.operation import Measure
from schemas.sheets import Place
from schemas.workbook import address, key_headers, span

_KEY_WIDTH, _MEASURE_WIDTH = 15.0, 12.5


def write_table(sheet: Worksheet, layout: TableLayout, filled: FilledForm) -> None:
    """Fill one table's sheet of a state's form."""
    widths = [_KEY_WIDTH] * (layout.first_count_column - 1) + [_MEASURE_WIDTH] * len(layout.measures)
    style.open_sheet(sheet, layout.table.value, table_guide(layout.table), *widths)
    _write_headers(sheet, layout)
    _write_rows(sheet, layout, filled)
    for measure in layout.measures:
        _check_entries(sheet, layout, measure, filled.marks)
    _mark_live(sheet, layout, filled.marks)
    header_height = 10 + max(style.height_of(measure.header, _MEASURE_WIDTH - 2) for measure in layout.measures)
    sheet.row_dimensions[BAND_ROW].height, sheet.row_dimensions[HEADER_ROW].height = 30, header_height
    sheet.freeze_panes = address(FIRST_ROW, layout.first_count_column)
    sheet.print_title_rows = f"{BAND_ROW}:{HEADER_ROW}"


def _write_headers(sheet: Worksheet, layout: TableLayout) -> None:
    style.put_row(sheet, HEADER_ROW, 1, ((key, style.COLUMN_HEAD) for key in key_headers(layout.table)))
    shades = cycle(style.BAND_COLOURS)
    for whole, measures in layout.bands:
        strong, soft = next(shades) if whole else style.ALONE_COLOURS
        for measure in measures:
            is_part = whole not in (None, measure)
            look = style.header(soft, strong=False) if is_part else style.header(strong, strong=True)
            style.put(sheet, address(HEADER_ROW, layout.column(measure)), measure.header, look)
        if whole:
            columns = range(layout.column(measures[0]), layout.column(measures[-1]) + 1)
            style.put_across(sheet, BAND_ROW, columns, band_text(whole, len(layout.parts(whole))), style.band(soft))


def _write_rows(sheet: Worksheet, layout: TableLayout, filled: FilledForm) -> None:
    above = None
    for number, row in enumerate(layout.rows, start=FIRST_ROW):
        is_first = row.month and row.task_force != above
        above = row.task_force
        style.put(sheet, address(number, 1), row.task_force, style.FIRST_KEY if is_first else style.KEY)
        if row.month:
            month_look = style.FIRST_KEY_MONTH if is_first else style.KEY_MONTH
            style.put(sheet, address(number, 2), first_day(row.month), month_look)
        for column, measure in enumerate(layout.measures, start=layout.first_count_column):
            cell = address(number, column)
            count = filled.counts.get((row.task_force, row.month, measure.id))
            look = style.FIRST_ENTRY if is_first else style.ENTRY
            mark = filled.marks.get((layout.table.value, cell))
            style.put(sheet, cell, count, style.marked(look, mark.severity) if mark else look)
        sheet.row_dimensions[number].height = 22


def _check_entries(sheet: Worksheet, layout: TableLayout, measure: Measure, marks: Marks) -> None:
    """Say beside each cell of a column what it counts, or what is asked about it."""
    cells: dict[Mark | None, list[Place]] = {}
    for row in range(FIRST_ROW, layout.last_row + 1):
        place = (row, layout.column(measure))
        cells.setdefault(marks.get((layout.table.value, address(*place))), []).append(place)
    for mark, places in cells.items():
        validation = _validation(measure, address(*places[0]))
        title, message = (mark.title(measure.header), mark.message) if mark else (measure.header, measure.definition)
        style.explain(validation, title, message)
        validation.sqref = MultiCellRange(span(places).replace(",", ""))
        sheet.add_data_validation(validation)


def _validation(measure: Measure, first_cell: str) -> DataValidation:
    if measure.not_applicable_allowed:
        validation = DataValidation("custom", formula1=is_count(first_cell, measure))
    else:
        validation = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
    validation.error = count_error(not_applicable_allowed=measure.not_applicable_allowed)
    return validation


def _mark_live(sheet: Worksheet, layout: TableLayout, marks: Marks) -> None:
    """Colour what is wrong, what does not fit and what is still to be filled in; the first that holds shows.

    What is asked about keeps its colour: it says where to look, and the live count says what is left.
    """
    for severity, fill in style.MARK.items():
        on_sheet = ((cell, mark) for (sheet_name, cell), mark in marks.items() if sheet_name == layout.table.value)
        if asked := [cell for cell, mark in on_sheet if mark.severity is severity]:
            style.colour_while(sheet, " ".join(asked), "TRUE", fill)
    for measure in layout.measures:
        cell = address(FIRST_ROW, layout.column(measure))
        wrong = f"AND(NOT(ISBLANK({cell})),NOT({is_count(cell, measure)}))"
        style.colour_while(sheet, layout.counts(measure), wrong, style.WRONG)
    for whole in wholes(layout):
        cells = " ".join(layout.counts(measure) for measure in (whole, *layout.parts(whole)))
        style.colour_while(sheet, cells, does_not_fit(layout, whole), style.MISFIT)
    style.colour_while(sheet, layout.counts(), is_blank_and_due(layout), style.TO_FILL)
