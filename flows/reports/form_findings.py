"""The sheet Findings of a returned workbook: what is wrong and where, and two columns for the submitter's answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from flows.reports import form_style as style
from flows.reports.form_layout import FIELD_ROW, FIRST_ROW, HEADER_ROW
from schemas.file_rules import FORM_RULES
from schemas.findings import Finding
from schemas.operation import Table
from schemas.responses import (
    FINDINGS_GUIDE,
    FINDINGS_HEADERS,
    PLACE_HEADER,
    REASON_HEADER,
    RESPONSE_HEADER,
    Answer,
    Reason,
)
from schemas.sheets import Place
from schemas.workbook import FINDINGS_SHEET, SUBMISSION_SHEET, Field, address, column_letter, position

_WIDTHS = dict(zip(FINDINGS_HEADERS, (11, 16, 42, 42, 26, 15, 22, 30), strict=True))
_PLACE, _ANSWERS, _REASONS = (list(_WIDTHS).index(head) + 1 for head in (PLACE_HEADER, RESPONSE_HEADER, REASON_HEADER))


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding, and the cells of its sheet that it asks to look at, the most telling first.

    Of a warning that was explained, `explained` says by whom and when, and `holds` whether it is still.
    """

    finding: Finding
    places: tuple[Place, ...]
    explained: str = ""
    holds: bool = False


def write_findings(sheet: Worksheet, placed: Sequence[PlacedFinding]) -> None:
    """Fill the Findings sheet of a returned workbook."""
    style.open_sheet(sheet, FINDINGS_SHEET, FINDINGS_GUIDE, *_WIDTHS.values())
    style.put_row(sheet, HEADER_ROW, 1, ((head, style.COLUMN_HEAD) for head in _WIDTHS))
    for row, entry in enumerate(placed, start=FIRST_ROW):
        _write_finding(sheet, row, entry)
    answers, reasons = (_column(n, len(placed)) for n in (_ANSWERS, _REASONS))
    _offer(sheet, answers, RESPONSE_HEADER, _TO_ANSWER, Answer)
    _offer(sheet, reasons, REASON_HEADER, _TO_REASON, Reason)
    style.colour_while(sheet, answers, f"ISBLANK({address(FIRST_ROW, _ANSWERS)})", style.TO_FILL)
    sheet.freeze_panes = address(FIRST_ROW, 1)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


_TO_ANSWER = "Choose what you did about this finding."
_TO_REASON = "Where the figure stays as it is, choose why."
_IN_PLACE = "This workbook has that in place; check what is colored and fill in what is blank."
_LEFT_OUT = {
    "row_is_given_once": "Only the first of the rows is in this workbook.",
    "control_total_is_the_sum": "The row of totals is not in this workbook.",
}
_SHAPE = frozenset(rule.code for rule in FORM_RULES)


def _write_finding(sheet: Worksheet, row: int, placed: PlacedFinding) -> None:
    finding, cell = placed.finding, address(*placed.places[0]) if placed.places else ""
    place = f"{finding.sheet}!{cell}" if cell else finding.sheet or SUBMISSION_SHEET
    texts = (
        finding.severity.capitalize(),
        place,
        _wrong(finding, cell),
        _remedy(placed),
        finding.likely_cause,
        finding.id,
        Answer.CONFIRMED if placed.holds else None,
    )
    severity = style.marked(style.CELL_BOLD, finding.severity)
    looks = (severity, style.LINK, style.CELL, style.CELL, style.CELL, style.CELL, style.CHOICE, style.CHOICE)
    style.put_row(sheet, row, 1, zip_longest(texts, looks))
    sheet[address(row, _PLACE)].hyperlink = Hyperlink(ref=address(row, _PLACE), location=_link(place), display=place)
    heights = (style.height_of(text or "", width) for text, width in zip(texts, _WIDTHS.values(), strict=False))
    sheet.row_dimensions[row].height = 6 + max(heights)


def _link(place: str) -> str:
    """Return where a place leads: in absolute terms, since LibreOffice may take `C6` for all of column 6."""
    sheet, _, cell = place.partition("!")
    row, column = position(cell or "A1")
    return f"{sheet}!${column_letter(column)}${row}"


def _wrong(finding: Finding, cell: str) -> str:
    """Say what is wrong, and where it stood if that was not here."""
    stood = f" It stood in {finding.cell} of the workbook you sent." if finding.cell not in ("", cell) else ""
    return f"{finding.sentence}{stood}"


def _remedy(placed: PlacedFinding) -> str:
    """Say what to do, and what of it is done here."""
    finding = placed.finding
    if placed.explained:
        return placed.explained if placed.holds else f"{finding.remedy} {placed.explained}"
    if finding.code in _SHAPE or _is_fixed(placed):
        return f"{finding.remedy} {_IN_PLACE}"
    is_of_a_row = finding.sheet in tuple(Table) and not placed.places
    done = "That row is not in this workbook." if is_of_a_row else _LEFT_OUT.get(finding.code, "")
    return f"{finding.remedy} {done}".rstrip()


def _is_fixed(placed: PlacedFinding) -> bool:
    """Tell whether a finding is about a field that the form brings along."""
    return placed.finding.sheet == SUBMISSION_SHEET and any(row < FIELD_ROW[Field.REVISION] for row, _ in placed.places)


def _column(column: int, rows: int) -> str:
    return f"{address(FIRST_ROW, column)}:{address(FIRST_ROW + rows - 1, column)}"


def _offer(sheet: Worksheet, cells: str, title: str, message: str, words: type[Answer] | type[Reason]) -> None:
    validation = DataValidation("list", formula1=f'"{",".join(words)}"', error="Choose one of the list.")
    style.explain(validation, title, message)
    validation.add(cells)
    sheet.add_data_validation(validation)
