"""How the form looks: its few typefaces, colours and lines, and how a cell is given one of them.

What belongs here: appearance. What does not: words and places.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports.xlsx import write_text
from schemas.findings import Severity
from schemas.form_words import NOT_ACCEPTED, PAGE_OF_PAGES
from schemas.workbook import address, column_letter

NAVY, INK, SOFT_INK, LINE, PAPER, WHITE = "1F3A5F", "222B36", "5B6673", "B8C1CC", "EEF1F5", "FFFFFF"

BAND_COLOURS: tuple[tuple[str, str], ...] = (("2F5D8C", "DCE7F3"), ("2C6E63", "DCEEEA"), ("6B4A86", "EAE2F1"))
"""Strong and soft shade for a whole and its parts; bands take turns."""
ALONE_COLOURS = ("4A5563", "E6EAEF")
"""Strong and soft shade for measures that stand alone."""


def solid(colour: str) -> PatternFill:
    """Return a plain fill, for cells and for conditional formats alike."""
    return PatternFill("solid", start_color=colour, end_color=colour)


TO_FILL, WRONG, MISFIT, DONE = solid("FFF4D6"), solid("F8C9C4"), solid("FFD9A8"), solid("DDF0DD")
"""Live marks: still to be filled in; not a whole number; whole and parts do not fit; nothing left to do."""

MARK = {Severity.ERROR: solid("F2A9A0"), Severity.WARNING: solid("FFD27F")}
"""Marks in a returned form: an error, and a warning."""

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
"""Excel calls a workbook damaged whose input messages are longer."""

_LETTER, _LEGAL, _COLUMNS_ON_LETTER = 1, 5, 12
"""Excel's numbers for paper sizes, and how many columns are still readable on the smaller."""

_CHARACTERS_PER_WIDTH = 1.2
"""Characters of prose that fit into one unit of column width, on the safe side."""

_NO_FILL = PatternFill()
_SIDE = Side(style="thin", color=LINE)
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
BOX_BELOW_RULE = Border(left=_SIDE, right=_SIDE, bottom=_SIDE, top=Side(style="medium", color=NAVY))


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The appearance of a cell, and whether a protected sheet lets people write in it. Compared by identity."""

    font: Font
    fill: PatternFill = _NO_FILL
    alignment: Alignment = Alignment(vertical="center")  # noqa: RUF009 - openpyxl's styles are values
    border: Border = Border()  # noqa: RUF009
    number_format: str = "General"
    locked: bool = True


def font(size: int = 10, *, bold: bool = False, colour: str = INK) -> Font:
    """Return the form's one typeface."""
    return Font(name="Arial", size=size, bold=bold, color=colour)


_WRAPPED = Alignment(vertical="top", wrap_text=True)
_INDENTED = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", indent=1)

TITLE = Look(font(18, bold=True, colour=NAVY))
SUBTITLE = Look(font(11, colour=SOFT_INK))
HEADING = Look(font(13, bold=True, colour=NAVY))
PROSE = Look(font(), alignment=_WRAPPED)
NOTICE = Look(font(11), MARK[Severity.WARNING], Alignment("left", "center", wrap_text=True, indent=1), BOX)
STEP = Look(font(bold=True, colour=NAVY), alignment=Alignment(horizontal="center", vertical="top"))
STATUS = Look(font(14, bold=True, colour=NAVY), TO_FILL, _LEFT, BOX)
COLUMN_HEAD = Look(font(bold=True, colour=WHITE), solid(NAVY), _LEFT, BOX)
CELL = Look(font(), alignment=_INDENTED, border=BOX)
CELL_BOLD = Look(font(bold=True), alignment=_INDENTED, border=BOX)
CELL_NUMBER = Look(font(bold=True), alignment=Alignment(horizontal="center", vertical="top"), border=BOX)
LINK = Look(Font(name="Arial", size=10, color="1A56A6", underline="single"), alignment=_INDENTED, border=BOX)
CHOICE = Look(font(), alignment=_INDENTED, border=BOX, locked=False)
KEY = Look(font(11, bold=True), solid(PAPER), _LEFT, BOX)
KEY_MONTH = Look(font(11), solid(PAPER), _LEFT, BOX, number_format="mmmm yyyy")
COUNT_FORMAT = "#,##0_);-#,##0_);0_);@_)"
"""Thousands, and a little room before the right border."""
_RIGHT = Alignment(horizontal="right", vertical="center")
ENTRY = Look(font(12), alignment=_RIGHT, border=BOX, number_format=COUNT_FORMAT, locked=False)
FIRST_KEY, FIRST_KEY_MONTH, FIRST_ENTRY = (replace(look, border=BOX_BELOW_RULE) for look in (KEY, KEY_MONTH, ENTRY))
"""The same in the first row of a task force that has several."""
FIELD_LABEL = Look(font(11, bold=True), solid(PAPER), _LEFT, BOX)
FIELD_FIXED = Look(font(11), solid(PAPER), _LEFT, BOX)
FIELD_ENTRY = Look(font(12), alignment=_LEFT, border=BOX, locked=False)
FIELD_HINT = Look(font(colour=SOFT_INK), alignment=_LEFT)
DATE_FORMAT = "mmmm d, yyyy"


@cache
def header(colour: str, *, strong: bool) -> Look:
    """Return a column header's look: white on the colour for a whole, dark on it for a part."""
    return Look(font(bold=True, colour=WHITE if strong else INK), solid(colour), _CENTRED, BOX)


@cache
def band(colour: str) -> Look:
    """Return the look of the strip above a whole and its parts."""
    return Look(font(colour=SOFT_INK), solid(colour), _CENTRED, BOX)


@cache
def marked(look: Look, severity: Severity) -> Look:
    """Return a look with the colour of a mark."""
    return replace(look, fill=MARK[severity])


def put(sheet: Worksheet, where: str, value: str | int | dt.date | None, look: Look) -> None:
    """Write one of our values into a cell, text as text, and give the cell its look."""
    cell = sheet[where]
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value
    _dress(cell, look)


def put_row(sheet: Worksheet, row: int, column: int, cells: Iterable[tuple[str | None, Look]]) -> None:
    """Write texts and their looks into neighbouring cells of a row, from a column on."""
    for at, (text, look) in enumerate(cells, start=column):
        put(sheet, address(row, at), text, look)


def open_sheet(sheet: Worksheet, title: str, guide: str, *widths: float) -> None:
    """Set a sheet's widths and write its first two rows: what it is, and what to do there."""
    widen(sheet, *widths)
    put(sheet, "A1", title, TITLE)
    put(sheet, "A2", guide, SUBTITLE)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 28, 22


def put_formula(sheet: Worksheet, where: str, formula: str, look: Look) -> None:
    """Write a formula, given without its equals sign, into a cell and give the cell its look."""
    cell = sheet[where]
    cell.value = f"={formula}"
    _dress(cell, look)


def put_across(sheet: Worksheet, row: int, columns: range, text: str, look: Look) -> None:
    """Write text across neighbouring cells of a row, which become one. openpyxl's own way takes ten times as long."""
    for column in columns:
        put(sheet, address(row, column), text if column == columns[0] else None, look)
    sheet.merged_cells.add(CellRange(min_col=columns[0], max_col=columns[-1], min_row=row, max_row=row))


def colour_while(sheet: Worksheet, cells: str, condition: str, fill: PatternFill) -> None:
    """Colour cells while a condition, written for the first of them, holds; earlier colours win over later ones.

    Coloured numbers are shown as they were typed: the thousands format would show 1.5 as 2.
    """
    as_typed = DifferentialStyle(fill=fill, numFmt=NumberFormat(numFmtId=0, formatCode="General"))
    rule = Rule(type="expression", formula=[condition], dxf=as_typed)
    sheet.conditional_formatting.add(cells, rule)


def widen(sheet: Worksheet, *widths: float) -> None:
    """Set the widths of a sheet's columns, from the first."""
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letter(column)].width = width


@lru_cache(maxsize=1024)
def height_of(text: str, width: float) -> float:
    """Return the row height, in points, that a wrapped text needs in columns of the given width."""
    lines = textwrap.wrap(text, int(width * _CHARACTERS_PER_WIDTH))
    return 4 + 13.5 * max(1, len(lines))


def finish(sheet: Worksheet, *, footer: str) -> None:
    """Protect a sheet without a password and set it up for printing."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.print_options.horizontalCentered = True
    set_up_for_print(sheet, footer=footer, side_margin=0.4)


def set_up_for_print(sheet: Worksheet, *, footer: str, side_margin: float) -> None:
    """Print a sheet landscape, one page wide, numbered."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _LEGAL if sheet.max_column > _COLUMNS_ON_LETTER else _LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = side_margin
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    foot = sheet.oddFooter = HeaderFooterItem()
    for part, text in ((foot.left, footer.replace("&", "&&")), (foot.center, "&A"), (foot.right, PAGE_OF_PAGES)):
        part.text, part.font, part.size = text, "Arial,Regular", 9


def explain(validation: DataValidation, title: str, message: str) -> None:
    """Show a message beside a cell that is being filled in, and refuse what the validation does not allow."""
    validation.promptTitle = textwrap.shorten(title, _LONGEST_TITLE, placeholder="…")
    validation.prompt = textwrap.shorten(message, _LONGEST_MESSAGE, placeholder=" …")
    validation.showInputMessage = validation.showErrorMessage = True
    validation.errorTitle = NOT_ACCEPTED


def _dress(cell: Cell, look: Look) -> None:
    """Give a cell its look; a workbook is told only once what it is, since openpyxl takes long to understand."""
    styled: Any = cell  # A cell's style as a whole has no public name.
    worn = _WORN.setdefault(styled.parent.parent, {})
    if look in worn:
        styled._style = copy(worn[look])
        return
    cell.font, cell.fill, cell.alignment, cell.border = look.font, look.fill, look.alignment, look.border
    cell.number_format = look.number_format
    cell.protection = Protection(locked=look.locked)
    worn[look] = copy(styled._style)


_WORN: "WeakKeyDictionary[Workbook, dict[Look, StyleArray]]" = WeakKeyDictionary()
