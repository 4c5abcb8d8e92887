"""The form's first sheet: what is left to do, how to fill the form in, and what each column counts.

All formulas of the form stand here. What is read stands on the other sheets.
"""

from collections.abc import Iterable, Sequence

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.filled_form import FilledForm
from flows.reports.form_checks import live_counts
from flows.reports.form_layout import TableLayout
from schemas.months import long_date, month_label
from schemas.operation import Measure, Operation, OverMonths, PartsRelation, Table
from schemas.workbook import NOT_APPLICABLE_TEXT, SUBMISSION_SHEET, address

_WIDTHS = (4, 26, 74, 22, 30)
_NOTICE_ROW, _STATUS_ROW = 5, 6
_SENT_ALONE = (
    "A task force that does not want to wait for the others may send a copy of its own: take the protection off the "
    "sheets (there is no password) and delete the rows of the others."
)


def write_instructions(
    sheet: Worksheet, operation: Operation, state: str, layouts: Sequence[TableLayout], filled: FilledForm
) -> None:
    """Fill the Instructions sheet of a state's form."""
    style.widen(sheet, *_WIDTHS)
    task_forces = operation.roster.by_state[state]
    _write_head(sheet, operation, operation.roster.states[state])
    if filled.notice:
        style.put_across(sheet, _NOTICE_ROW, range(2, 5), filled.notice, style.NOTICE)
        sheet.row_dimensions[_NOTICE_ROW].height = 10 + style.height_of(filled.notice, 0.85 * sum(_WIDTHS[1:4]))
    row = _write_what_is_left(sheet, operation, layouts, filled.least_revision)
    row = _write_steps(sheet, row, _steps(operation))
    if len(task_forces) > 1:
        _write_prose(sheet, row - 1, _SENT_ALONE)
        row += 1
    row = _write_table(sheet, row, "Zero, blank and not applicable", ("In a cell", "Means"), _meanings(operation))
    agencies = ((t.id, f"{t.name}, {t.lead_agency}") for t in task_forces)
    row = _write_table(sheet, row, "Your task forces", ("Task force", "Name and lead agency"), agencies)
    sheet.row_breaks.append(Break(row - 1))
    for layout in layouts:
        heading = f"What to count on the sheet {layout.table.value}"
        columns = ("Column", "What to count", "Over the months", "Whole and parts")
        definitions = (_definition(operation, layout, measure) for measure in layout.measures)
        row = _write_table(sheet, row, heading, columns, definitions)


def _write_head(sheet: Worksheet, operation: Operation, state_name: str) -> None:
    period = f"{long_date(operation.period_start)} to {long_date(operation.period_end)}"
    about = (
        f"With this workbook {state_name} sends its counts for {operation.title} to the national office. It holds "
        "counts only: how many, never who. Never write a name, a date of birth, an address, a case number or any "
        "narrative into it; of a workbook that seems to hold one, nothing is kept."
    )
    due = "; ".join(f"{month_label(m)} by {long_date(operation.deadlines[m])}" for m in operation.months)
    style.put(sheet, "B1", operation.title, style.TITLE)
    style.put(sheet, "B2", f"{state_name}, {period}. Form version {operation.template_version}.", style.SUBTITLE)
    _write_prose(sheet, 3, about)
    _write_prose(sheet, 4, f"Figures are due: {due}.")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 28, 20


def _write_what_is_left(
    sheet: Worksheet, operation: Operation, layouts: Sequence[TableLayout], least_revision: int
) -> int:
    counts = live_counts(operation, layouts, least_revision)
    first = _STATUS_ROW + 2
    last = first + len(counts) - 1
    problems = f"SUM($D${first}:$D${last})"
    status = f'"Ready to send: "&{problems}&IF({problems}=1," problem"," problems")'
    style.put_across(sheet, _STATUS_ROW, range(2, 5), "", style.STATUS)
    style.put_formula(sheet, f"B{_STATUS_ROW}", status, style.STATUS)
    sheet.row_dimensions[_STATUS_ROW].height = 30
    heads = ("Sheet", "What is left to do", "How many")
    style.put_row(sheet, first - 1, 2, ((head, style.COLUMN_HEAD) for head in heads))
    for row, count in enumerate(counts, start=first):
        style.put_row(sheet, row, 2, ((count.sheet, style.CELL), (count.label, style.CELL)))
        style.put_formula(sheet, address(row, 4), count.formula, style.CELL_NUMBER)
    everything, each = f"B{_STATUS_ROW}:D{_STATUS_ROW}", f"D{first}:D{last}"
    style.colour_while(sheet, everything, f"{problems}=0", style.DONE)
    style.colour_while(sheet, each, f"D{first}>0", style.TO_FILL)
    style.colour_while(sheet, each, f"D{first}=0", style.DONE)
    return last + 2


def _steps(operation: Operation) -> Iterable[str]:
    yield (
        f"On the sheet {Table.COUNTS.value}, fill in every yellow cell: one whole number, 0 where there is none. Click "
        "a cell to read what it counts. Months that have not ended are not due: leave them blank."
    )
    if Table.AGENCIES in operation.tables:
        yield f"On the sheet {Table.AGENCIES.value}, do the same; there is one row for each task force."
    yield (
        "Mind the colors. Yellow is still to be filled in, red is not a whole number, orange is a whole that its parts "
        "do not fit. The table above counts what is left."
    )
    yield (
        f"On the sheet {SUBMISSION_SHEET}, choose the role of the person who certifies the figures and enter the day. "
        "Leave the revision at 1 the first time; raise it by one whenever you send the workbook again."
    )
    yield "When this page says 0 problems, save the workbook as .xlsx and send it."


def _meanings(operation: Operation) -> Iterable[tuple[str, str]]:
    excused = [measure.label for measure in operation.measures if measure.not_applicable_allowed]
    yield "0", "It was looked for, and there was none."
    yield "blank", "Not filled in yet, and never read as 0. Once its month has ended, a blank is sent back."
    if excused:
        where = ", ".join(excused)
        yield NOT_APPLICABLE_TEXT, f"Does not apply to this task force. Accepted only under: {where}. It is not 0."
    yield (
        "anything else",
        "Is sent back: words, fractions, percentages, dates, “over 400”, “about 12”, “5-7”.",
    )


def _definition(operation: Operation, layout: TableLayout, measure: Measure) -> tuple[str, str, str, str]:
    months = "Months are added up" if measure.over_months is OverMonths.SUM else "The latest figure stands"
    return measure.header, measure.definition, months, _relation(operation, layout, measure)


def _relation(operation: Operation, layout: TableLayout, measure: Measure) -> str:
    if measure.parts:
        number = len(layout.parts(measure))
        disjoint = measure.relation is PartsRelation.DISJOINT
        return f"Is the sum of its {number} parts" if disjoint else f"Has {number} parts that may overlap"
    return "; ".join(f"Part of {whole.label}" for whole in operation.measures if measure.id in whole.parts)


def _write_steps(sheet: Worksheet, row: int, steps: Iterable[str]) -> int:
    _write_heading(sheet, row, "How to fill it in")
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
