"""The form's Submission sheet: what the workbook is, and who certifies it."""

import datetime as dt
from typing import NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_layout as layout
from flows.reports import form_style as style
from flows.reports.filled_form import FilledForm, Mark
from flows.reports.form_layout import field_cell, roles_range
from schemas import form_words
from schemas.operation import Operation
from schemas.workbook import FIELD_LABEL, SUBMISSION_SHEET, Field, address

_DATES = (Field.PERIOD_START, Field.PERIOD_END, Field.CERTIFIED_ON)


def write_submission(sheet: Worksheet, operation: Operation, state: str, filled: FilledForm) -> None:
    """Fill the Submission sheet of a state's form."""
    style.open_sheet(sheet, SUBMISSION_SHEET, form_words.SUBMISSION_GUIDE, 26, 32, 60)
    sheet.row_dimensions[layout.GUIDE_ROW].height = 20
    style.put(
        sheet, address(layout.ROLES_ROW - 1, layout.FIELD_VALUE_COLUMN), form_words.WHO_MAY_CERTIFY, style.COLUMN_HEAD
    )
    for row, role in enumerate(operation.certifier_roles, start=layout.ROLES_ROW):
        style.put(sheet, address(row, layout.FIELD_VALUE_COLUMN), role, style.CELL)
    entries = _entries(operation, filled.least_revision)
    for field, value in _values(operation, state, filled).items():
        mark = filled.marks.get((SUBMISSION_SHEET, field_cell(field)))
        _write_field(sheet, field, value, entries.get(field), mark)


class _Entry(NamedTuple):
    """What may be entered in a field that people fill in, and while what it is still to be filled in."""

    hint: str
    validation: DataValidation
    to_fill_while: str


def _entries(operation: Operation, least: int) -> dict[Field, _Entry]:
    return {
        Field.REVISION: _Entry(
            form_words.revision_hint(least),
            DataValidation(
                "whole",
                operator="greaterThanOrEqual",
                formula1=str(least),
                error=form_words.revision_error(least),
            ),
            f"N({field_cell(Field.REVISION)})<{least}",
        ),
        Field.CERTIFIED_BY: _Entry(
            form_words.ROLE_HINT,
            DataValidation("list", formula1=roles_range(operation), error=form_words.ROLE_ERROR),
            f"ISBLANK({field_cell(Field.CERTIFIED_BY)})",
        ),
        Field.CERTIFIED_ON: _Entry(
            form_words.DAY_HINT,
            DataValidation(
                "date",
                operator="between",
                formula1=field_cell(Field.PERIOD_START),
                formula2="TODAY()",
                error=form_words.DAY_ERROR,
            ),
            f"ISBLANK({field_cell(Field.CERTIFIED_ON)})",
        ),
    }


def _values(operation: Operation, state: str, filled: FilledForm) -> dict[Field, str | int | dt.date | None]:
    return {
        Field.OPERATION: operation.id,
        Field.STATE: state,
        Field.PERIOD_START: operation.period_start,
        Field.PERIOD_END: operation.period_end,
        Field.TEMPLATE_VERSION: operation.template_version,
        Field.REVISION: filled.revision or None,
        Field.CERTIFIED_BY: filled.certified_by or None,
        Field.CERTIFIED_ON: filled.certified_on,
    }


def _write_field(
    sheet: Worksheet, field: Field, value: str | int | dt.date | None, entry: _Entry | None, mark: Mark | None
) -> None:
    row, cell = layout.FIELD_ROW[field], field_cell(field)
    look = style.FIELD_ENTRY if entry else style.FIELD_FIXED
    style.put(sheet, address(row, layout.FIELD_LABEL_COLUMN), FIELD_LABEL[field], style.FIELD_LABEL)
    style.put(sheet, cell, value, style.marked(look, mark.severity) if mark else look)
    if field in _DATES:
        sheet[cell].number_format = style.DATE_FORMAT
    sheet.row_dimensions[row].height = 22
    if entry:
        style.put(sheet, address(row, layout.FIELD_HINT_COLUMN), entry.hint, style.FIELD_HINT)
    validation = entry.validation if entry else DataValidation()
    if mark:
        style.explain(validation, mark.title(FIELD_LABEL[field]), mark.message)
        style.colour_while(sheet, cell, "TRUE", style.MARK[mark.severity])
    elif entry:
        style.explain(validation, FIELD_LABEL[field], f"{entry.hint}.")
        style.colour_while(sheet, cell, entry.to_fill_while, style.TO_FILL)
    else:
        return
    validation.add(cell)
    sheet.add_data_validation(validation)
