"""How the national workbook looks: its cells, and how its pages print. Palette and typeface are the form's."""

from collections.abc import Iterable

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports.form_style import INK, LINE, NAVY, PAPER, SOFT_INK, WHITE, Look, height_of, put, solid
from schemas.snapshot import ClaimVerdict
from schemas.workbook import address, column_letter

_LETTER = 1
_LOWEST_ROW = 19
_INDENT = 2


def _font(size: int = 10, *, bold: bool = False, colour: str = INK) -> Font:
    return Font(name="Arial", size=size, bold=bold, color=colour)


_RULE = Border(bottom=Side(style="thin", color=LINE))
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=3)
_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)

COVERAGE = Look(_font(11, bold=True))
HEAD = Look(_font(bold=True, colour=WHITE), solid(NAVY), _LEFT)
HEAD_RIGHT = Look(_font(bold=True, colour=WHITE), solid(NAVY), _RIGHT)
SECTION = Look(_font(12, bold=True, colour=NAVY), alignment=Alignment(vertical="bottom", indent=1))
TEXT = Look(_font(), alignment=_LEFT, border=_RULE)
WHOLE = Look(_font(bold=True), alignment=_LEFT, border=_RULE)
PART = Look(_font(), alignment=_INDENTED, border=_RULE)
SOFT = Look(_font(colour=SOFT_INK), alignment=_LEFT, border=_RULE)
NUMBER = Look(_font(bold=True), solid(PAPER), _RIGHT, _RULE, "#,##0")
SHARE = Look(_font(colour=SOFT_INK), alignment=_RIGHT, border=_RULE)

VERDICT: dict[ClaimVerdict, Look] = {
    ClaimVerdict.SUPPORTED: Look(_font(bold=True), solid("DDF0DD"), _CENTRED, _RULE),
    ClaimVerdict.CONTRADICTED: Look(_font(bold=True), solid("F8C9C4"), _CENTRED, _RULE),
    ClaimVerdict.NOT_DERIVABLE: Look(_font(bold=True), solid("FFF4D6"), _CENTRED, _RULE),
}
"""The verdict is always written too: colour alone says nothing."""


def write_row(sheet: Worksheet, row: int, cells: Iterable[tuple[str | int, Look]]) -> None:
    """Write a row from its first column, high enough for the longest text in it."""
    height: float = _LOWEST_ROW
    for column, (value, look) in enumerate(cells, start=1):
        put(sheet, address(row, column), value, look)
        height = max(height, height_of(str(value), sheet.column_dimensions[column_letter(column)].width - _INDENT))
    sheet.row_dimensions[row].height = height


def set_up_for_print(sheet: Worksheet, *, header_row: int, footer: str) -> None:
    """Print landscape, one page wide, the header on each page, numbered."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _LETTER
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    foot = sheet.oddFooter = HeaderFooterItem()
    for part, text in ((foot.left, footer.replace("&", "&&")), (foot.center, "&A"), (foot.right, "Page &P of &N")):
        part.text, part.font, part.size = text, "Arial,Regular", 9
