"""The form's Submission sheet: what the workbook is, and who certifies it."""

import datetime as dt

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.filled_form import FilledForm
from flows.reports.form_layout import (
    FIELD_HINT_COLUMN,
    FIELD_LABEL_COLUMN,
    FIELD_ROW,
    FIELD_VALUE_COLUMN,
    GUIDE_ROW,
    ROLES_ROW,
    TITLE_ROW,
    roles_range,
)
from schemas.operation import Operation
from schemas.workbook import FIELD_LABEL, SUBMISSION_SHEET, Field, address

_HINTS = {
    Field.REVISION: "1 the first time; one more each time you send it again",
    Field.CERTIFIED_BY: "A role from the list below, never a name",
    Field.CERTIFIED_ON: "The day the figures were certified",
}
"""The fields people fill in; the others are in place."""


def write_submission(sheet: Worksheet, operation: Operation, state: str, filled: FilledForm) -> None:
    """Fill the Submission sheet of a state's form."""
    style.widen(sheet, 26, 32, 60)
    style.put(sheet, address(TITLE_ROW, 1), SUBMISSION_SHEET, style.TITLE)
    style.put(sheet, address(GUIDE_ROW, 1), "The grey cells are in place. The others are yours.", style.SUBTITLE)
    sheet.row_dimensions[TITLE_ROW].height, sheet.row_dimensions[GUIDE_ROW].height = 28, 20
    for field, value in _values(operation, state, filled).items():
        _write_field(sheet, field, value)
    style.put(sheet, address(ROLES_ROW - 1, FIELD_VALUE_COLUMN), "Who may certify", style.COLUMN_HEAD)
    for row, role in enumerate(operation.certifier_roles, start=ROLES_ROW):
        style.put(sheet, address(row, FIELD_VALUE_COLUMN), role, style.CELL)
    for field, validation in _validations(operation).items():
        _check_field(sheet, field, validation)


def _values(operation: Operation, state: str, filled: FilledForm) -> dict[Field, str | int | dt.date | None]:
    return {
        Field.OPERATION: operation.id,
        Field.STATE: state,
        Field.PERIOD_START: operation.period_start,
        Field.PERIOD_END: operation.period_end,
        Field.TEMPLATE_VERSION: operation.template_version,
        Field.REVISION: filled.revision,
        Field.CERTIFIED_BY: filled.certified_by or None,
        Field.CERTIFIED_ON: filled.certified_on,
    }


def _write_field(sheet: Worksheet, field: Field, value: str | int | dt.date | None) -> None:
    row = FIELD_ROW[field]
    value_cell = address(row, FIELD_VALUE_COLUMN)
    style.put(sheet, address(row, FIELD_LABEL_COLUMN), FIELD_LABEL[field], style.FIELD_LABEL)
    style.put(sheet, value_cell, value, style.FIELD_ENTRY if field in _HINTS else style.FIELD_FIXED)
    if field in _HINTS:
        style.put(sheet, address(row, FIELD_HINT_COLUMN), _HINTS[field], style.FIELD_HINT)
    if field in (Field.PERIOD_START, Field.PERIOD_END, Field.CERTIFIED_ON):
        sheet[value_cell].number_format = style.DATE_FORMAT
    sheet.row_dimensions[row].height = 22


def _validations(operation: Operation) -> dict[Field, DataValidation]:
    period_start = address(FIELD_ROW[Field.PERIOD_START], FIELD_VALUE_COLUMN)
    return {
        Field.REVISION: DataValidation(
            "whole", operator="greaterThanOrEqual", formula1="1", error="Enter a whole number, 1 or more."
        ),
        Field.CERTIFIED_BY: DataValidation("list", formula1=roles_range(operation), error="Choose a role of the list."),
        Field.CERTIFIED_ON: DataValidation(
            "date",
            operator="between",
            formula1=period_start,
            formula2="TODAY()",
            error="Enter a date in or after the period and not in the future.",
        ),
    }


def _check_field(sheet: Worksheet, field: Field, validation: DataValidation) -> None:
    cell = address(FIELD_ROW[field], FIELD_VALUE_COLUMN)
    style.explain(validation, FIELD_LABEL[field], f"{_HINTS[field]}.")
    sheet.add_data_validation(validation)
    validation.add(cell)
    style.colour_while(sheet, cell, f"ISBLANK({cell})", style.TO_FILL)
