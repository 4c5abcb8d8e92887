"""The form's first sheet: what is left to do, how to fill the form in, and what each column counts.

All formulas of the form stand here. What is read stands on the other sheets, the words in `schemas.instructions`.
"""

from collections.abc import Iterable, Sequence

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.filled_form import FilledForm
from flows.reports.form_checks import live_counts
from flows.reports.form_layout import TableLayout
from schemas import instructions as words
from schemas.operation import Operation
from schemas.workbook import address

_WIDTHS = (4, 26, 74, 22, 30)
_NOTICE_ROW, _STATUS_ROW = 5, 6


def write_instructions(
    sheet: Worksheet, operation: Operation, state: str, layouts: Sequence[TableLayout], filled: FilledForm
) -> None:
    """Fill the Instructions sheet of a state's form."""
    style.widen(sheet, *_WIDTHS)
    _write_head(sheet, operation, state)
    if filled.notice:
        style.put_across(sheet, _NOTICE_ROW, range(2, 5), filled.notice, style.NOTICE)
        sheet.row_dimensions[_NOTICE_ROW].height = 10 + style.height_of(filled.notice, 0.85 * sum(_WIDTHS[1:4]))
    row = _write_what_is_left(sheet, operation, layouts, filled.least_revision)
    row = _write_steps(sheet, row, words.steps(operation))
    if len(operation.roster.by_state[state]) > 1:
        _write_prose(sheet, row - 1, words.SENT_ALONE)
        row += 1
    row = _write_table(sheet, row, words.BLANK_HEADING, words.BLANK_HEADS, words.meanings(operation))
    task_forces = words.task_forces(operation, state)
    row = _write_table(sheet, row, words.TASK_FORCES_HEADING, words.TASK_FORCES_HEADS, task_forces)
    sheet.row_breaks.append(Break(row - 1))
    for layout in layouts:
        definitions = (words.definition(operation, m, len(layout.parts(m))) for m in layout.measures)
        row = _write_table(sheet, row, words.columns_heading(layout.table), words.COLUMNS_HEADS, definitions)


def _write_head(sheet: Worksheet, operation: Operation, state: str) -> None:
    style.put(sheet, "B1", operation.title, style.TITLE)
    style.put(sheet, "B2", words.subtitle(operation, state), style.SUBTITLE)
    _write_prose(sheet, 3, words.about(operation, state))
    _write_prose(sheet, 4, words.due(operation))
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 28, 20


def _write_what_is_left(
    sheet: Worksheet, operation: Operation, layouts: Sequence[TableLayout], least_revision: int
) -> int:
    counts = live_counts(operation, layouts, least_revision)
    first = _STATUS_ROW + 2
    last = first + len(counts) - 1
    problems = f"SUM($D${first}:$D${last})"
    status = f'"{words.READY}"&{problems}&IF({problems}=1,"{words.PROBLEM}","{words.PROBLEM}s")'
    style.put_across(sheet, _STATUS_ROW, range(2, 5), "", style.STATUS)
    style.put_formula(sheet, f"B{_STATUS_ROW}", status, style.STATUS)
    sheet.row_dimensions[_STATUS_ROW].height = 30
    style.put_row(sheet, first - 1, 2, ((head, style.COLUMN_HEAD) for head in words.LEFT_HEADS))
    for row, count in enumerate(counts, start=first):
        style.put_row(sheet, row, 2, ((count.sheet, style.CELL), (count.label, style.CELL)))
        style.put_formula(sheet, address(row, 4), count.formula, style.CELL_NUMBER)
    everything, each = f"B{_STATUS_ROW}:D{_STATUS_ROW}", f"D{first}:D{last}"
    style.colour_while(sheet, everything, f"{problems}=0", style.DONE)
    style.colour_while(sheet, each, f"D{first}>0", style.TO_FILL)
    style.colour_while(sheet, each, f"D{first}=0", style.DONE)
    return last + 2


def _write_steps(sheet: Worksheet, row: int, steps: Iterable[str]) -> int:
    _write_heading(sheet, row, words.HOW_TO)
    for number, step in enumerate(steps, start=1):
        row += 1
        style.put(sheet, address(row, 1), number, style.STEP)
        _write_prose(sheet, row, step)
    return row + 2


def _write_prose(sheet: Worksheet, row: int, text: str) -> None:
    style.put_across(sheet, row, range(2, len(_WIDTHS) + 1), text, style.PROSE)
    sheet.row_dimensions[row].height = style.height_of(text, sum(_WIDTHS[1:]))


def _write_table(
    sheet: Worksheet, row: int, heading: str, columns: Sequence[str], lines: Iterable[Sequence[str]]
) -> int:
    """Write a heading and a table below it, and return the row for what comes next."""
    _write_heading(sheet, row, heading)
    style.put_row(sheet, row + 1, 2, ((head, style.COLUMN_HEAD) for head in columns))
    row += 2
    for line in lines:
        style.put_row(sheet, row, 2, zip(line, (style.CELL_BOLD, *[style.CELL] * len(line[1:])), strict=True))
        heights = (style.height_of(text, width) for text, width in zip(line, _WIDTHS[1:], strict=False))
        sheet.row_dimensions[row].height = max(heights)
        row += 1
    return row + 1


def _write_heading(sheet: Worksheet, row: int, text: str) -> None:
    style.put(sheet, address(row, 2), text, style.HEADING)
    sheet.row_dimensions[row].height = 24
