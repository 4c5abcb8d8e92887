"""The form's Submission sheet: what the workbook is, and who certifies it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.filled_form import FilledForm, Mark
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
from schemas.form_words import DAY_HINT, ROLE_HINT, SUBMISSION_GUIDE, WHO_MAY_CERTIFY, revision_hint
from schemas.operation import Operation
from schemas.workbook import FIELD_LABEL, SUBMISSION_SHEET, Field, address

_DATES = (Field.PERIOD_START, Field.PERIOD_END, Field.CERTIFIED_ON)


def write_submission(sheet: Worksheet, operation: Operation, state: str, filled: FilledForm) -> None:
    """Fill the Submission sheet of a state's form."""
    style.widen(sheet, 26, 32, 60)
    style.put(sheet, address(TITLE_ROW, 1), SUBMISSION_SHEET, style.TITLE)
    style.put(sheet, address(GUIDE_ROW, 1), SUBMISSION_GUIDE, style.SUBTITLE)
    sheet.row_dimensions[TITLE_ROW].height, sheet.row_dimensions[GUIDE_ROW].height = 28, 20
    style.put(sheet, address(ROLES_ROW - 1, FIELD_VALUE_COLUMN), WHO_MAY_CERTIFY, style.COLUMN_HEAD)
    for row, role in enumerate(operation.certifier_roles, start=ROLES_ROW):
        style.put(sheet, address(row, FIELD_VALUE_COLUMN), role, style.CELL)
    entries = {entry.field: entry for entry in _entries(operation, filled)}
    for field, value in _values(operation, state, filled).items():
        cell = address(FIELD_ROW[field], FIELD_VALUE_COLUMN)
        _write_field(sheet, field, value, entries.get(field), filled.marks.get((SUBMISSION_SHEET, cell)))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A field that people fill in: what may be entered, and while what it is still to be filled in."""

    field: Field
    hint: str
    validation: DataValidation
    to_fill_while: str


def _entries(operation: Operation, filled: FilledForm) -> Iterator[_Entry]:
    least = filled.least_revision
    revision, role, day, start = (
        address(FIELD_ROW[field], FIELD_VALUE_COLUMN)
        for field in (Field.REVISION, Field.CERTIFIED_BY, Field.CERTIFIED_ON, Field.PERIOD_START)
    )
    from_least = DataValidation(
        "whole", operator="greaterThanOrEqual", formula1=str(least), error=f"Enter a whole number, {least} or more."
    )
    yield _Entry(Field.REVISION, revision_hint(least), from_least, f"N({revision})<{least}")
    listed = DataValidation("list", formula1=roles_range(operation), error="Choose a role of the list.")
    yield _Entry(Field.CERTIFIED_BY, ROLE_HINT, listed, f"ISBLANK({role})")
    until_today = DataValidation(
        "date",
        operator="between",
        formula1=start,
        formula2="TODAY()",
        error="Enter a date in or after the period and not in the future.",
    )
    yield _Entry(Field.CERTIFIED_ON, DAY_HINT, until_today, f"ISBLANK({day})")


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
    row, cell = FIELD_ROW[field], address(FIELD_ROW[field], FIELD_VALUE_COLUMN)
    look = style.FIELD_ENTRY if entry else style.FIELD_FIXED
    style.put(sheet, address(row, FIELD_LABEL_COLUMN), FIELD_LABEL[field], style.FIELD_LABEL)
    style.put(sheet, cell, value, style.marked(look, mark.severity) if mark else look)
    if field in _DATES:
        sheet[cell].number_format = style.DATE_FORMAT
    sheet.row_dimensions[row].height = 22
    if entry:
        style.put(sheet, address(row, FIELD_HINT_COLUMN), entry.hint, style.FIELD_HINT)
    if not entry and not mark:
        return
    validation = entry.validation if entry else DataValidation()
    if mark:
        style.explain(validation, mark.title(FIELD_LABEL[field]), mark.message)
        style.colour_while(sheet, cell, "TRUE", style.MARK[mark.severity])
    elif entry:
        style.explain(validation, FIELD_LABEL[field], f"{entry.hint}.")
        style.colour_while(sheet, cell, entry.to_fill_while, style.TO_FILL)
    validation.add(cell)
    sheet.add_data_validation(validation)
