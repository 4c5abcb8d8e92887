"""Read: a workbook's bytes into the cells of the form's sheets, in one pass, each at its address.

Only what calamine tells. What it cannot tell (is a blank really blank?) is `second_look.py`; what cells mean, `parse`.
"""

import io
from collections.abc import Mapping, Sequence
from typing import cast

import python_calamine as calamine

from schemas.cells import CellValue
from schemas.sheets import LARGEST_SPAN, SheetCells, UnreadableWorkbookError, WorkbookCells
from schemas.workbook import FINDINGS_SHEET, FORM_SHEETS, LONGEST_LABEL, normalise

_FORM = (*FORM_SHEETS, FINDINGS_SHEET)


def read_workbook(content: bytes, wanted: Sequence[str] = _FORM) -> WorkbookCells:
    """Read some sheets of an .xlsx or .ods workbook, as far as they are there, and open no others.

    Raises:
        UnreadableWorkbookError: The bytes cannot be read as a workbook.
    """
    try:
        return _read(content, {normalise(name): name for name in wanted})
    except calamine.CalamineError as error:
        raise UnreadableWorkbookError from error
    except BaseException as error:
        # A panic of the Rust reader is no Exception; everything else that is none must pass.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableWorkbookError from error


def _read(content: bytes, names: Mapping[str, str]) -> WorkbookCells:
    sheets: dict[str, SheetCells] = {}
    times: dict[str, int] = {}
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for sheet in book.sheets_metadata:
            name = names.get(normalise(sheet.name)) if len(sheet.name) <= LONGEST_LABEL else None
            if name is None or sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            times[name] = times.get(name, 0) + 1
            if name not in sheets:
                sheets[name] = _cells(name, book.get_sheet_by_name(sheet.name))
    return WorkbookCells(sheets, times)


def _cells(name: str, sheet: calamine.CalamineSheet) -> SheetCells:
    """Take a sheet's cells from its first to its last one: padding up to A1 could exhaust the machine."""
    top, left = sheet.start or (0, 0)
    span = sheet.height * sheet.width
    rows: list[list[CellValue]] = []
    if span <= LARGEST_SPAN:
        rows = cast(list[list[CellValue]], sheet.to_python(skip_empty_area=True))
    return SheetCells(name, top + 1, left + 1, tuple(rows), span)
