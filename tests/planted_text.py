"""Workbooks with text planted wherever one can hold some, and the search for it in everything that is written."""

import email
import email.policy
import io
import zipfile
from collections.abc import Callable, Iterator

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.xml.constants import SHEET_MAIN_NS

from sample_workbook import SAMPLE, changed

MARK = "Zqxplanted"
IDENTIFIER = f"{MARK}@example.invalid"
NEEDS_ATTENTION = SAMPLE.parent / "needs-attention"


def planted_inbox() -> dict[str, bytes]:
    """Return workbooks by file name, each with marked text in places of one kind."""
    made = {f"{state}.xlsx": changed(state, change) for state, change in _CHANGES.items()}
    made["TN.xlsx"] = _with_leftovers((SAMPLE / "TN.xlsx").read_bytes())
    made["OR.ods"] = _with_ods_text((NEEDS_ATTENTION / "OR-range-in-opendocument.ods").read_bytes())
    made |= {f"{name[:2]}-identified{name[2:]}": _identified(content) for name, content in made.items()}
    made[f"{MARK} victim.xlsx"] = changed("WY", _in_count_cells)
    made["PA.xlsx"] = f"Task force,Arrests\n{MARK},12\n".encode()
    made["SC.xlsx"] = made["AL.xlsx"][:9000] + MARK.encode()
    return made


def places_of_mark(name: str, content: bytes) -> Iterator[str]:
    """Yield where the marked text stands in a file: in its bytes, in what it packs, in what is attached to it."""
    if MARK.lower().encode() in content.lower():
        yield name
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for member in package.namelist():
                yield from places_of_mark(f"{name}/{member}", package.read(member))
    if name.endswith(".eml"):
        for part in email.message_from_bytes(content, policy=email.policy.default).walk():
            if not part.is_multipart():
                yield from places_of_mark(f"{name}/{part.get_filename()}", part.get_payload(decode=True))


def _in_count_cells(workbook):
    texts = (MARK, f"over 400 {MARK}", f"12 {MARK}", f"~12 {MARK}", f"{MARK} 5-7", f"nine {MARK}", f"#REF! {MARK}")
    for column, text in enumerate(texts, start=3):
        workbook["Counts"].cell(5, column).value = text
    rich = CellRichText(MARK, TextBlock(InlineFont(b=True), MARK))
    workbook["Counts"].cell(6, 3).value = rich
    workbook["Counts"].cell(6, 4).value = f'="{MARK}"'
    workbook["Agencies"].cell(5, 2).value = MARK


def _in_labels_and_fields(workbook):
    sheet = workbook["Submission"]
    for row in range(4, 12):
        sheet.cell(row, 2).value = MARK
    sheet["A9"] = f"Revision {MARK}"
    sheet["A1"] = MARK


def _in_fields(workbook):
    for row in range(4, 12):
        workbook["Submission"].cell(row, 2).value = f"{row} {MARK}"


def _in_headers(workbook):
    workbook["Counts"]["D4"] = f"Arrests {MARK}"
    workbook["Counts"]["Z4"] = MARK
    workbook["Agencies"]["A4"] = MARK


def _in_keys(workbook):
    workbook["Counts"]["A5"] = f"Fresno {MARK}"
    workbook["Counts"]["B6"] = f"March 2018 {MARK}"
    workbook["Counts"]["A7"] = MARK
    workbook["Agencies"]["A5"] = f"AL {MARK}"


def _around_the_form(workbook):
    for sheet in workbook.worksheets:
        sheet.cell(60, 3).value = f"{MARK} a note below"
        sheet.cell(5, 40).value = MARK
    workbook["Counts"]["A20"] = f"Total {MARK}"
    workbook["Counts"]["D20"] = MARK


def _in_a_sheet_of_findings(workbook):
    sheet = workbook.create_sheet("Findings")
    sheet.append(["Finding", "Response", "Reason", MARK])
    sheet.append(["0123456789ab", MARK, MARK, MARK])
    sheet.append([MARK, "corrected", MARK])
    sheet.append(["0123456789ac", "confirmed as correct", f"{MARK} because"])


def _in_sheet_names(workbook):
    workbook["Counts"].title = f"Counts {MARK}"
    for state in ("hidden", "veryHidden"):
        sheet = workbook.create_sheet(f"{MARK} {state}")
        sheet.sheet_state = state
        sheet["A1"] = f"{MARK} {state}"


def _beside_the_cells(workbook):
    sheet = workbook["Counts"]
    sheet["D5"].comment = Comment(f"{MARK} note", f"{MARK} author")
    sheet["D6"].hyperlink = Hyperlink(ref="D6", target=f"https://{MARK}.invalid/", tooltip=MARK, display=MARK)
    sheet["D7"].number_format = f'0" {MARK}"'
    sheet.oddHeader.center.text = sheet.evenFooter.left.text = sheet.firstHeader.right.text = MARK
    sheet.sheet_properties.codeName = MARK
    validation = DataValidation(
        "list", formula1=f'"{MARK}"', promptTitle=MARK, prompt=MARK, errorTitle=MARK, error=MARK, showInputMessage=True
    )
    validation.add("Z5")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add("D5", FormulaRule(formula=[f'D5="{MARK}"']))
    workbook.defined_names[MARK] = DefinedName(MARK, attr_text=f'"{MARK}"', comment=MARK)
    workbook.custom_doc_props.append(StringProperty(name=MARK, value=MARK))
    for name in ("creator", "title", "subject", "description", "keywords", "category", "lastModifiedBy", "identifier"):
        setattr(workbook.properties, name, MARK)
    sheet["E5"] = -1


_CHANGES: dict[str, Callable[[openpyxl.Workbook], object]] = {
    "AL": _in_count_cells,
    "AK": _in_labels_and_fields,
    "AZ": _in_fields,
    "CA": _in_keys,
    "CO": _in_headers,
    "CT": _around_the_form,
    "DE": _in_a_sheet_of_findings,
    "GA": _in_sheet_names,
    "HI": _beside_the_cells,
}


_SHARED_STRINGS = (
    b'<Relationship Id="rId99" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/sharedStrings"/>'
)


def _with_leftovers(content: bytes) -> bytes:
    """Plant what only the file itself shows: an unused shared string, a member of no use, the archive's comment."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = source.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                member = member.replace(b"</Relationships>", _SHARED_STRINGS + b"</Relationships>")
            target.writestr(name, member)
        # The samples keep their texts in the cells, so this one is nobody's.
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET_MAIN_NS}"><si><t>{MARK}</t></si></sst>')
        target.writestr(f"xl/{MARK}.bin", MARK)
        target.comment = MARK.encode()
    return written.getvalue()


def _identified(content: bytes) -> bytes:
    """Return a planted workbook in which the text is an address of somebody's, wherever it stands."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = source.read(name)
            target.writestr(
                name, member.replace(MARK.encode(), IDENTIFIER.encode()) if name.endswith(".xml") else member
            )
    return written.getvalue()


def _with_ods_text(content: bytes) -> bytes:
    """Plant text in a label and in a note of an OpenDocument workbook."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = source.read(name)
            if name == "content.xml":
                note = f"<office:annotation><text:p>{MARK}</text:p></office:annotation>"
                member = member.replace(
                    b"<text:p>Revision</text:p>", f"{note}<text:p>Revision {MARK}</text:p>".encode()
                )
            target.writestr(name, member)
    return written.getvalue()
