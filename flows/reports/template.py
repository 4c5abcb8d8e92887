"""The form: a state's workbook, blank or filled in, made from the definitions that will judge it.

What belongs here: which sheets a form has. What stands on each, where, and how it looks have modules of their own.
"""

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from flows.reports.filled_form import FilledForm
from flows.reports.form_instructions import write_instructions
from flows.reports.form_layout import table_layouts
from flows.reports.form_style import finish
from flows.reports.form_submission import write_submission
from flows.reports.form_tables import write_table
from schemas.form_words import footer
from schemas.operation import Operation
from schemas.workbook import INSTRUCTIONS_SHEET, SUBMISSION_SHEET


def build_workbook(operation: Operation, state: str, *, filled: FilledForm | None = None) -> Workbook:
    """Return the form of a state of the roster, its task forces and months in place, blank or filled in."""
    filled = filled or FilledForm()
    layouts = table_layouts(operation, state, filled.task_forces)
    title = footer(operation, state)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    write_instructions(workbook.create_sheet(INSTRUCTIONS_SHEET), operation, state, layouts, filled)
    write_submission(workbook.create_sheet(SUBMISSION_SHEET), operation, state, filled)
    for layout in layouts:
        write_table(workbook.create_sheet(layout.table.value), layout, filled)
    for sheet in workbook.worksheets:
        finish(sheet, footer=title)
    workbook.properties.title = title
    workbook.security = WorkbookProtection(lockStructure=True)
    workbook.calculation.fullCalcOnLoad = True
    return workbook
