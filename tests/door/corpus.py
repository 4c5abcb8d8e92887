"""Hostile, broken and private files, made by this program alone: at least one for every rule of the door.

Each starts from a good workbook and differs from it in one thing. The same bytes are made on any machine and any day.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import DataBarRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from flows.reports.xlsx import to_bytes
from sample_workbook import SAMPLE, put

GOOD = (SAMPLE / "AL.xlsx").read_bytes()
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COUNTS, SUBMISSION = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS = SAMPLE.parent / "needs-attention" / "OR-range-in-opendocument.ods"

Part = bytes | Callable[[bytes], bytes] | None


def repacked(content: bytes, parts: Mapping[str, Part], comment: bytes = b"") -> bytes:
    """Return a package with some parts added, changed (by a function of what they were) or left out (None)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        old = {name: source.read(name) for name in source.namelist()}
        for name in dict.fromkeys([*old, *parts]):
            part = parts.get(name, old.get(name))
            part = part(old[name]) if callable(part) else part
            if part is not None:
                target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
        target.comment = comment
    return packed.getvalue()


def swap(old: str, new: str, times: int = 1) -> Callable[[bytes], bytes]:
    """Return the change of one text in a part for another, which must be there."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part, old
        return part.replace(old.encode(), new.encode(), times)

    return change


def related(kind: str, target: str, mode: str = "") -> Callable[[bytes], bytes]:
    """Return the change that adds a relation to a part of relations."""
    tag = f'<Relationship Id="x{len(target)}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return swap("</Relationships>", f"{tag}</Relationships>")


def relations(*kinds_and_targets: tuple[str, str]) -> bytes:
    """Return a part of relations."""
    tags = (
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(kinds_and_targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(tags)}</Relationships>'.encode()


def with_entry(name: str, part: bytes, flags: int = 0, local_name: str = "") -> bytes:
    """Return the good workbook with one more entry, written by hand as no library would."""
    local_name = local_name or name
    local = struct.pack(
        "<4s5H3L2H", b"PK\3\4", 20, flags, 0, 0, 33, zlib.crc32(part), len(part), len(part), len(local_name), 0
    )
    end = GOOD.rindex(b"PK\5\6")
    _, _, _, _, number, _, start, _ = struct.unpack_from("<4s4H2LH", GOOD, end)
    entry = struct.pack(
        "<4s6H3L5H2L",
        b"PK\1\2",
        20,
        20,
        flags,
        0,
        0,
        33,
        zlib.crc32(part),
        len(part),
        len(part),
        len(name),
        0,
        0,
        0,
        0,
        0,
        start,
    )
    data = local + local_name.encode() + part
    directory = GOOD[start:end] + entry + name.encode()
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number + 1, number + 1, len(directory), start + len(data), 0)
    return GOOD[:start] + data + directory + tail


def as_cell(old: str, new: str) -> bytes:
    """Return the good workbook with something else in place of one cell of Counts."""
    return repacked(GOOD, {COUNTS: swap(old, new)})


def cell_of(place: str) -> str:
    """Return a cell of the good workbook's sheet Counts as its XML has it."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        xml = package.read(COUNTS).decode()
    start = xml.index(f'<c r="{place}"')
    return xml[start : xml.index("</c>", start) + 4]


def of_workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(GOOD))
    change(workbook)
    return to_bytes(workbook)


def hidden(kind: str, key: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda workbook: setattr(getattr(workbook["Counts"], kind)[key], "hidden", True)


def other_sheet(*cells: object, state: str = "visible") -> Callable[[openpyxl.Workbook], object]:
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.create_sheet("Notes of ours")
        sheet.append(cells)
        sheet.sheet_state = state

    return change


def noted(text: str) -> Callable[[openpyxl.Workbook], object]:
    return lambda workbook: setattr(workbook["Counts"]["D5"], "comment", Comment(text, "somebody"))


def listing(workbook: openpyxl.Workbook) -> None:
    for row in range(5, 200):
        workbook["Counts"].cell(row, 1).value = "AL"
        workbook["Counts"].cell(row, 3).value = 1


def merged_over_values(workbook: openpyxl.Workbook) -> None:
    workbook["Counts"].merged_cells.add(openpyxl.worksheet.cell_range.CellRange("D5:E5"))


def with_styled_cell(**style: object) -> bytes:
    def change(workbook: openpyxl.Workbook) -> None:
        for name, value in style.items():
            setattr(workbook["Counts"]["D5"], name, value)

    return of_workbook(change)


def rich(*runs: tuple[str, str]) -> str:
    parts = "".join(f"<r><rPr>{look}</rPr><t>{text}</t></r>" for text, look in runs)
    return f'<c r="D5" t="inlineStr"><is>{parts}</is></c>'


@cache
def lying_dimension() -> bytes:
    far = f'{cell_of("S7")}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
    return repacked(GOOD, {COUNTS: lambda part: part.replace(cell_of("S7").encode(), far.encode())})


@cache
def crowded_rows() -> bytes:
    """A million rows of no cell, and one wide row: far apart without an address that says so."""
    wide = "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row/>" * 900_000 + "<row><c><v>1</v></c></row>"
    return repacked(GOOD, {COUNTS: swap("</sheetData>", f"{wide}</sheetData>")})


@cache
def bomb() -> bytes:
    return repacked(GOOD, {"xl/media/image1.png": b"\0" * (70 * 1024 * 1024)})


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XML = '<?xml version="1.0" encoding="UTF-8"?>'

Case = tuple[str, bytes, str, str]
"""File name, bytes, the rule unmet, and where: `Counts!D5`, a sheet, or nothing."""


def corpus() -> dict[str, Case]:
    """Return every case by what is wrong with it."""
    return {
        name: (file, content() if callable(content) else content, code, place)
        for name, (file, content, code, place) in {
            **_FOREIGN,
            **_PACKAGES,
            **_ACTIVE,
            **_PRIVATE,
            **_HIDDEN,
            **_LANGUAGES,
        }.items()
    }


_FOREIGN = {
    "an empty file": ("a.xlsx", b"", "file_is_not_empty", ""),
    "a text": ("a.csv", b"state,arrests\nAL,3\n", "file_is_xlsx_or_ods", ""),
    "a text of another encoding": ("a.xlsx", "state\tarrests".encode("utf-16"), "file_is_xlsx_or_ods", ""),
    "an old workbook": ("a.xlsx", OLE2 + b"\0" * 600, "file_is_xlsx_or_ods", ""),
    "a workbook of 1990": ("a.xls", b"\x09\x02\x06\x00\x00\x00\x10\x00", "file_is_xlsx_or_ods", ""),
    "a workbook with a password": (
        "a.xlsx",
        OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "file_is_not_encrypted",
        "",
    ),
    "an XML workbook of 2003": (
        "a.xml",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "file_is_xlsx_or_ods",
        "",
    ),
    "a web page": ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "file_is_xlsx_or_ods", ""),
    "a PDF": ("a.pdf", b"%PDF-1.7", "file_is_xlsx_or_ods", ""),
    "a picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n\0", "file_is_xlsx_or_ods", ""),
    "a program": ("a.xlsx", b"MZ\x90\0", "file_is_xlsx_or_ods", ""),
    "a lock file": ("~$a.xlsx", b"\x05owner" + b" " * 159, "file_is_xlsx_or_ods", ""),
    "a Numbers document": (
        "a.numbers",
        lambda: repacked(GOOD, {**dict.fromkeys(names_of(GOOD)), "Index/Document.iwa": b"x"}),
        "file_is_xlsx_or_ods",
        "",
    ),
    "a binary workbook": (
        "a.xlsb",
        lambda: repacked(GOOD, {WORKBOOK: None, "xl/workbook.bin": b"x"}),
        "file_is_xlsx_or_ods",
        "",
    ),
    "any archive": ("a.zip", lambda: repacked(GOOD, {WORKBOOK: None}), "file_is_xlsx_or_ods", ""),
    "noise": ("a.xlsx", b"\x01\x02\0\x03" * 50, "file_is_xlsx_or_ods", ""),
}


def names_of(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.namelist()


def spelled(new: str) -> Callable[[], bytes]:
    """Return the good workbook with the value of D5 spelled otherwise."""
    return lambda: as_cell(cell_of("D5"), new)


def in_counts(old: str, new: str) -> Callable[[], bytes]:
    """Return the good workbook with one text of the sheet Counts' XML exchanged."""
    return lambda: repacked(GOOD, {COUNTS: swap(old, new)})


_PACKAGES = {
    "half a workbook": ("a.xlsx", GOOD[: len(GOOD) // 2], "file_is_readable", ""),
    "a wrong checksum": ("a.xlsx", lambda: _with_wrong_checksum(), "file_is_readable", ""),
    "bytes after the end": ("a.xlsx", GOOD + b"more", "file_is_readable", ""),
    "bytes before the start": ("a.xlsx", b"PK\3\4" + GOOD, "file_is_readable", ""),
    "a style of no number": (
        "a.xlsx",
        lambda: repacked(GOOD, {"xl/styles.xml": swap('fontId="', 'fontId="x', -1)}),
        "file_is_readable",
        "",
    ),
    "XML that does not close": (
        "a.xlsx",
        lambda: repacked(GOOD, {WORKBOOK: b"<workbook><sheets>"}),
        "file_is_readable",
        "",
    ),
    "two parts of one name": (
        "a.xlsx",
        lambda: with_entry(COUNTS, b"<worksheet/>"),
        "file_is_built_plainly",
        "",
    ),
    "two parts but for case": (
        "a.xlsx",
        lambda: with_entry("xl/SharedStrings.xml", b"<sst/>"),
        "file_is_built_plainly",
        "",
    ),
    "a part of two names": (
        "a.xlsx",
        lambda: with_entry("xl/a.xml", b"<a/>", local_name="xl/b.xml"),
        "file_is_built_plainly",
        "",
    ),
    "an encrypted part": ("a.xlsx", lambda: with_entry("xl/a.xml", b"<a/>", flags=1), "file_is_not_encrypted", ""),
    "a path that leads out": ("a.xlsx", lambda: with_entry("../../a.xml", b"<a/>"), "file_is_built_plainly", ""),
    "a path from the root": ("a.xlsx", lambda: with_entry("/etc/a.xml", b"<a/>"), "file_is_built_plainly", ""),
    "a path of another system": ("a.xlsx", lambda: with_entry("xl\\a.xml", b"<a/>"), "file_is_built_plainly", ""),
    "a name with control characters": (
        "a.xlsx",
        lambda: with_entry("xl/\x07.xml", b"<a/>"),
        "file_is_built_plainly",
        "",
    ),
    "a bomb": ("a.xlsx", bomb, "file_is_of_a_forms_size", ""),
    "very many parts": (
        "a.xlsx",
        lambda: repacked(GOOD, {f"xl/{n}.xml": b"" for n in range(1001)}),
        "file_is_of_a_forms_size",
        "",
    ),
    "entities": (
        "a.xlsx",
        lambda: repacked(GOOD, {COUNTS: lambda part: DTD.encode() + part}),
        "file_declares_no_entities",
        "",
    ),
    "entities in UTF-16": (
        "a.xlsx",
        lambda: repacked(GOOD, {COUNTS: lambda part: (DTD + part.decode()).encode("utf-16")}),
        "file_is_built_plainly",
        "",
    ),
    "entities in an OpenDocument": (
        "a.ods",
        lambda: repacked(
            ODS.read_bytes(), {"content.xml": swap("<office:document-content", DTD + "<office:document-content")}
        ),
        "file_declares_no_entities",
        "",
    ),
    "a number in two pieces": ("a.xlsx", spelled('<c r="D5"><v>1<!-- -->2</v></c>'), "file_is_built_plainly", ""),
    "a number in a raw section": (
        "a.xlsx",
        spelled('<c r="D5"><v>1<![CDATA[2]]></v></c>'),
        "file_is_built_plainly",
        "",
    ),
    "a number around an instruction": ("a.xlsx", spelled('<c r="D5"><v>1<?x?>2</v></c>'), "file_is_built_plainly", ""),
    "another encoding": (
        "a.xlsx",
        lambda: repacked(GOOD, {COUNTS: lambda part: XML.replace("UTF-8", "ISO-8859-1").encode() + part}),
        "file_is_built_plainly",
        "",
    ),
    "the same cell twice": (
        "a.xlsx",
        spelled('<c r="D5"><v>2</v></c><c r="D5"><v>3</v></c>'),
        "file_is_built_plainly",
        "",
    ),
    "two values in a cell": ("a.xlsx", spelled('<c r="D5"><v>2</v><v>3</v></c>'), "file_is_built_plainly", ""),
    "a cell in another row": ("a.xlsx", spelled('<c r="D6"><v>2</v></c>'), "file_is_built_plainly", ""),
    "cells for other programs": (
        "a.xlsx",
        spelled(f'<m:Fallback xmlns:m="urn:m">{cell_of("D5")}</m:Fallback>'),
        "file_is_built_plainly",
        "",
    ),
    "a second table of cells": (
        "a.xlsx",
        lambda: repacked(
            GOOD, {COUNTS: swap("</sheetData>", f'</sheetData><sheetData><row r="5">{cell_of("D5")}</row></sheetData>')}
        ),
        "file_is_built_plainly",
        "",
    ),
    "all cells of a row in another row": (
        "a.xlsx",
        lambda: repacked(GOOD, {COUNTS: lambda part: re.sub(rb'(<c r="[A-Z]+)7"', rb'\g<1>9"', part)}),
        "file_is_built_plainly",
        "",
    ),
    "a cell of a foreign language": (
        "a.xlsx",
        spelled('<c r="D5"><v>2</v></c><x:c xmlns:x="urn:x" r="D5"><x:v>3</x:v></x:c>'),
        "file_is_built_plainly",
        "",
    ),
    "another workbook for other programs": (
        "a.xlsx",
        lambda: repacked(
            GOOD, {"_rels/.rels": swap('"xl/workbook.xml"', '"xl/other.xml"'), "xl/other.xml": b"<workbook/>"}
        ),
        "file_is_built_plainly",
        "",
    ),
    "sheets that other programs do not find": (
        "a.xlsx",
        lambda: repacked(GOOD, {WORKBOOK: swap(f'xmlns:r="{OFFICE}"', 'xmlns:r="urn:x"')}),
        "file_is_built_plainly",
        "",
    ),
    "an instruction before all": (
        "a.xlsx",
        lambda: repacked(GOOD, {COUNTS: lambda part: b"<?x?>" + part}),
        "file_is_built_plainly",
        "",
    ),
    "texts for other programs": (
        "a.xlsx",
        lambda: repacked(GOOD, {RELATIONS: related("sharedStrings", "other.xml"), "xl/other.xml": b"<sst/>"}),
        "file_is_built_plainly",
        "",
    ),
    "a sheet that is missing": ("a.xlsx", lambda: repacked(GOOD, {COUNTS: None}), "listed_sheets_are_there", ""),
    "no sheet at all": ("a.xlsx", lambda: repacked(GOOD, {WORKBOOK: _without_sheets}), "listed_sheets_are_there", ""),
    "a cell far away": ("a.xlsx", lambda: of_workbook(put("Counts", "XFD1048576", 1)), "cells_stand_near_the_form", ""),
    "a far cell, and a lie about it": ("a.xlsx", lying_dimension, "cells_stand_near_the_form", ""),
    "a far cell in an OpenDocument": (
        "a.ods",
        lambda: repacked(ODS.read_bytes(), {"content.xml": _with_far_cell}),
        "cells_stand_near_the_form",
        "",
    ),
    "far rows that do not say so": ("a.xlsx", crowded_rows, "file_is_read_in_memory", ""),
}


def _with_wrong_checksum() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        checksum = package.getinfo("xl/theme/theme1.xml").CRC.to_bytes(4, "little")
    return GOOD.replace(checksum, bytes([checksum[0] ^ 1]) + checksum[1:])


def _without_sheets(part: bytes) -> bytes:
    start, end = part.index(b"<sheets>"), part.index(b"</sheets>")
    return part[: start + len(b"<sheets>")] + part[end:]


def _with_far_cell(part: bytes) -> bytes:
    cell = b'<table:table-cell office:value-type="float" office:value="1"/>'
    row = b'<table:table-row table:number-rows-repeated="1000000">' + cell + b"</table:table-row>"
    return part.replace(b"</table:table>", row + b"</table:table>", 1)


def _with_prefixed_merge(part: bytes) -> bytes:
    main = b' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return part.replace(b"<worksheet", b"<worksheet" + main, 1).replace(b"mergeCell", b"x:mergeCell")


_ACTIVE = {
    "macros": ("a.xlsx", lambda: repacked(GOOD, {"xl/vbaProject.bin": OLE2}), "file_has_no_macros", ""),
    "macros by another name": (
        "a.xlsx",
        lambda: repacked(GOOD, {RELATIONS: related("vbaProject", "notes.txt"), "xl/notes.txt": OLE2}),
        "file_has_no_macros",
        "",
    ),
    "an Excel 4 macro sheet": (
        "a.xlsx",
        lambda: repacked(
            GOOD, {RELATIONS: related("xlMacrosheet", "macrosheets/sheet1.xml"), "xl/macrosheets/sheet1.xml": b"<a/>"}
        ),
        "file_has_no_macros",
        "",
    ),
    "macros in an OpenDocument": (
        "a.ods",
        lambda: repacked(ODS.read_bytes(), {"Basic/Standard/Module1.xml": b"<script/>"}),
        "file_has_no_macros",
        "",
    ),
    "an ActiveX control": (
        "a.xlsx",
        lambda: repacked(GOOD, {"xl/activeX/activeX1.xml": b"<a/>"}),
        "file_has_no_active_content",
        "",
    ),
    "an embedded object": (
        "a.xlsx",
        lambda: repacked(
            GOOD, {"xl/worksheets/_rels/sheet3.xml.rels": relations(("oleObject", "../embeddings/o.bin"))}
        ),
        "file_has_no_active_content",
        "",
    ),
    "a data connection": (
        "a.xlsx",
        lambda: repacked(GOOD, {RELATIONS: related("connections", "connections.xml"), "xl/connections.xml": b"<a/>"}),
        "file_has_no_active_content",
        "",
    ),
    "a DDE link": (
        "a.xlsx",
        lambda: repacked(
            GOOD, {RELATIONS: related("externalLink", "l.xml"), "xl/l.xml": b"<externalLink><ddeLink/></externalLink>"}
        ),
        "file_has_no_active_content",
        "",
    ),
    "a DDE formula": (
        "a.xlsx",
        spelled("""<c r="D5"><f>cmd|'/c calc'!A0</f><v>2</v></c>"""),
        "file_has_no_active_content",
        "",
    ),
    "a formula that asks the net": (
        "a.xlsx",
        spelled('<c r="D5"><f>WEBSERVICE("https://example.invalid")</f><v>2</v></c>'),
        "file_has_no_active_content",
        "",
    ),
}

_NAMED_RANGE = '<definedName name="ours" comment="SSN 078-05-1120">Counts!$A$1</definedName>'
_FOOTER = (
    '<style:footer xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<text:p>by pat@example.invalid</text:p></style:footer>"
)

_PRIVATE = {
    "a column of names": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "T4", "Victim name")),
        "no_label_asks_for_a_person",
        "Counts!T4",
    ),
    "a column of dates of birth": (
        "a.xlsx",
        lambda: of_workbook(put("Agencies", "F4", "DOB")),
        "no_label_asks_for_a_person",
        "Agencies!F4",
    ),
    "a field for a case number": (
        "a.xlsx",
        lambda: of_workbook(put("Submission", "A20", "Docket No.")),
        "no_label_asks_for_a_person",
        "Submission!A20",
    ),
    "a Social Security number": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "D5", "078-05-1120")),
        "no_value_tells_of_a_person",
        "Counts!D5",
    ),
    "a telephone number": (
        "a.xlsx",
        lambda: of_workbook(put("Submission", "C14", "call (202) 555-0142")),
        "no_value_tells_of_a_person",
        "Submission!C14",
    ),
    "an e-mail address": (
        "a.xlsx",
        lambda: of_workbook(put("Submission", "B10", "pat@example.invalid")),
        "no_value_tells_of_a_person",
        "Submission!B10",
    ),
    "an IP address": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "E6", "192.0.2.17")),
        "no_value_tells_of_a_person",
        "Counts!E6",
    ),
    "a date of birth": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "U6", "born 04/02/2004")),
        "no_value_tells_of_a_person",
        "Counts!U6",
    ),
    "a long number": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "U6", 123456789012)),
        "no_value_tells_of_a_person",
        "Counts!U6",
    ),
    "a case number": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "C5", "see case #18-0231")),
        "no_value_tells_of_a_person",
        "Counts!C5",
    ),
    "a number in a note": ("a.xlsx", lambda: of_workbook(noted("078-05-1120")), "no_value_tells_of_a_person", ""),
    "a name on a hidden sheet": (
        "a.xlsx",
        lambda: of_workbook(other_sheet("Suspect", state="veryHidden")),
        "no_label_asks_for_a_person",
        "",
    ),
    "an address among the instructions": (
        "a.xlsx",
        lambda: of_workbook(put("Instructions", "B80", "pat@example.invalid")),
        "no_value_tells_of_a_person",
        "",
    ),
    "an address in a footer": (
        "a.xlsx",
        lambda: of_workbook(
            lambda workbook: setattr(workbook["Counts"].oddFooter.right, "text", "by pat@example.invalid")
        ),
        "no_value_tells_of_a_person",
        "",
    ),
    "a number in a defined name": (
        "a.xlsx",
        lambda: repacked(GOOD, {WORKBOOK: swap("</definedNames>", _NAMED_RANGE + "</definedNames>")}),
        "no_value_tells_of_a_person",
        "",
    ),
    "a number for the name of a sheet": (
        "a.xlsx",
        lambda: of_workbook(lambda workbook: workbook.create_sheet("078-05-1120")),
        "no_value_tells_of_a_person",
        "",
    ),
    "an address in a footer of an OpenDocument": (
        "a.ods",
        lambda: repacked(ODS.read_bytes(), {"styles.xml": _ods_styles(_FOOTER)}),
        "no_value_tells_of_a_person",
        "",
    ),
    "a number in a name of an OpenDocument": (
        "a.ods",
        lambda: repacked(
            ODS.read_bytes(),
            {"content.xml": swap("</table:table>", '<table:named-range table:name="n078-05-1120"/></table:table>', 3)},
        ),
        "no_value_tells_of_a_person",
        "",
    ),
    "a list of single cases": ("a.xlsx", lambda: of_workbook(listing), "no_table_lists_single_cases", "Counts"),
    "a number in a note of an OpenDocument": (
        "a.ods",
        lambda: repacked(
            ODS.read_bytes(),
            {
                "content.xml": swap(
                    "<text:p>Revision</text:p>",
                    "<office:annotation><text:p>078-05-1120</text:p></office:annotation><text:p>Revision</text:p>",
                )
            },
        ),
        "no_value_tells_of_a_person",
        "",
    ),
}

_ROW_6 = ("values_are_in_sight", "Counts!A6")

_D5_SHOWN = ("count_is_shown_as_stored", "Counts!D5")


def conditional(number_format: str = "", font: Font | None = None) -> Callable[[], bytes]:
    """Return the good workbook with a style that a condition puts on D5."""
    code = NumberFormat(numFmtId=200, formatCode=number_format) if number_format else None
    rule = Rule(type="expression", dxf=DifferentialStyle(numFmt=code, font=font), formula=["D5>0"])
    return lambda: of_workbook(lambda workbook: workbook["Counts"].conditional_formatting.add("D1:D5 B9", rule))


_LATER_CONDITION = """<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">
<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">
<x14:cfRule type="expression"><xm:f>1</xm:f><x14:dxf><numFmt numFmtId="200" formatCode="0,"/></x14:dxf></x14:cfRule>
<xm:sqref>D5</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"""

_LOW_ROW = (
    '<style:style style:name="low" style:family="table-row"><style:table-row-properties style:row-height="0cm"/>'
    "</style:style>"
)
_SCALED = (
    '<number:number-style style:name="N"><number:number number:display-factor="1000"/></number:number-style>'
    '<style:style style:name="x" style:family="table-cell" style:data-style-name="N"/>'
    '<style:style style:name="y" style:family="table-cell" style:parent-style-name="x"/>'
)
_FIRST_ROW = (
    b'<table:table-row><table:table-cell office:value-type="string"><text:p>OR</text:p></table:table-cell>'
    b'<table:table-cell office:value-type="date" office:date-value="2018-03-01"/>'
)


def _ods_styles(styles: str) -> bytes:
    names = "".join(f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in _ODS_NAMES)
    return f"<office:document-styles{names}><office:styles>{styles}</office:styles></office:document-styles>".encode()


_ODS_NAMES = (("office", "office"), ("style", "style"), ("number", "datastyle"))


def _with_low_row(part: bytes) -> bytes:
    assert _FIRST_ROW in part
    return part.replace(_FIRST_ROW, _FIRST_ROW.replace(b"row", b'row table:style-name="low"', 1))


def _with_inherited_style(part: bytes) -> bytes:
    start = part.index(b'<table:table-cell office:value-type="float"', part.index(_FIRST_ROW))
    return part[:start] + part[start:].replace(b"cell ", b'cell table:style-name="y" ', 1)


_HIDDEN = {
    "a sheet of the form is hidden": (
        "a.xlsx",
        lambda: of_workbook(lambda workbook: setattr(workbook["Agencies"], "sheet_state", "hidden")),
        "form_sheet_is_in_sight",
        "Agencies",
    ),
    "a hidden row with values": (
        "a.xlsx",
        lambda: of_workbook(hidden("row_dimensions", 6)),
        "values_are_in_sight",
        "Counts!A6",
    ),
    "a hidden column with values": (
        "a.xlsx",
        lambda: of_workbook(hidden("column_dimensions", "E")),
        "values_are_in_sight",
        "Counts!E4",
    ),
    "a row too low to see": (
        "a.xlsx",
        lambda: of_workbook(lambda workbook: setattr(workbook["Counts"].row_dimensions[6], "height", 0.1)),
        "values_are_in_sight",
        "Counts!A6",
    ),
    "a row hidden in other quotes": ("a.xlsx", in_counts('<row r="6"', "<row hidden='1' r=\"6\""), *_ROW_6),
    "a row of no height in other quotes": ("a.xlsx", in_counts('6" ht="22"', "6\" ht = '0'"), *_ROW_6),
    "a row too low to be read": ("a.xlsx", in_counts('6" ht="22"', '6" ht="5"'), *_ROW_6),
    "a row of a height spelled oddly": ("a.xlsx", in_counts('6" ht="22"', '6" ht="1e-5"'), *_ROW_6),
    "a column too narrow to see": (
        "a.xlsx",
        in_counts('width="12.5" customWidth="1" min="5"', "width='.01' min='5'"),
        "values_are_in_sight",
        "Counts!E4",
    ),
    "rows of no height unless told": (
        "a.xlsx",
        lambda: repacked(
            GOOD, {COUNTS: lambda part: swap('Height="15"', 'Height="0.05"')(swap('6" ht="22"', '6"')(part))}
        ),
        *_ROW_6,
    ),
    "a row of no height in an OpenDocument": (
        "a.ods",
        lambda: repacked(ODS.read_bytes(), {"content.xml": _with_low_row, "styles.xml": _ods_styles(_LOW_ROW)}),
        "values_are_in_sight",
        "Counts!A5",
    ),
    "a value under merged cells": (
        "a.xlsx",
        lambda: of_workbook(merged_over_values),
        "values_are_in_sight",
        "Counts!E5",
    ),
    "a value under cells merged under a prefix": (
        "a.xlsx",
        lambda: repacked(of_workbook(merged_over_values), {COUNTS: _with_prefixed_merge}),
        "values_are_in_sight",
        "Counts!E5",
    ),
    **{
        f"a value under merged cells named {ref}": (
            "a.xlsx",
            lambda ref=ref: repacked(of_workbook(merged_over_values), {COUNTS: swap('"D5:E5"', f'"{ref}"')}),
            "values_are_in_sight",
            "Counts!E5",
        )
        for ref in ("d5:e5", "E5:D5")
    },
    "a condition on a cell in small letters": (
        "a.xlsx",
        lambda: repacked(
            conditional(number_format='"9"0')(), {COUNTS: lambda part: re.sub(rb"\bD1:D5\b", b"d1:d5", part)}
        ),
        *_D5_SHOWN,
    ),
    "another sheet": ("a.xlsx", lambda: of_workbook(other_sheet("a remark", 7)), "workbook_holds_the_form_alone", ""),
    "a hidden sheet": ("a.xlsx", lambda: of_workbook(other_sheet(state="hidden")), "workbook_holds_the_form_alone", ""),
    "a remark among the instructions": (
        "a.xlsx",
        lambda: of_workbook(put("Instructions", "F20", "as far as known")),
        "workbook_holds_the_form_alone",
        "Instructions",
    ),
    "a note": ("a.xlsx", lambda: of_workbook(noted("counted twice?")), "workbook_holds_the_form_alone", "Counts"),
    "a number above the headings": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "C2", 7)),
        "workbook_holds_the_form_alone",
        "Counts",
    ),
    "a remark below the table": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "A12", "as far as known")),
        "workbook_holds_the_form_alone",
        "Counts",
    ),
    "a remark beside the table": (
        "a.xlsx",
        lambda: of_workbook(put("Counts", "V5", "a remark")),
        "workbook_holds_the_form_alone",
        "Counts",
    ),
    "a remark beside the fields": (
        "a.xlsx",
        lambda: of_workbook(put("Submission", "D9", "a remark")),
        "workbook_holds_the_form_alone",
        "Submission",
    ),
    "a link out": (
        "a.xlsx",
        lambda: of_workbook(
            lambda workbook: setattr(workbook["Counts"]["D5"], "hyperlink", "https://example.invalid/")
        ),
        "workbook_holds_the_form_alone",
        "Counts",
    ),
    "thousands": ("a.xlsx", lambda: with_styled_cell(number_format="#,##0,"), "count_is_shown_as_stored", "Counts!D5"),
    "a number that shows another": (
        "a.xlsx",
        lambda: with_styled_cell(number_format='"12"'),
        "count_is_shown_as_stored",
        "Counts!D5",
    ),
    "a number behind another one": ("a.xlsx", lambda: with_styled_cell(number_format="[$1]0"), *_D5_SHOWN),
    "a number that shows nothing": (
        "a.xlsx",
        lambda: with_styled_cell(number_format=";;;"),
        "count_is_shown_as_stored",
        "Counts!D5",
    ),
    "a number with a point that may be thousands": (
        "a.xlsx",
        spelled('<c r="D5" t="inlineStr"><is><t>1.000</t></is></c>'),
        "count_is_one_number",
        "Counts!D5",
    ),
    "a condition that shows another number": ("a.xlsx", conditional(number_format='"9"0'), *_D5_SHOWN),
    "a condition that shows a percentage": (
        "a.xlsx",
        conditional(number_format="0%"),
        "count_is_not_a_percentage",
        "Counts!D5",
    ),
    "a condition that strikes out": (
        "a.xlsx",
        conditional(font=Font(strike=True)),
        "count_is_not_raised_or_struck_out",
        "Counts!D5",
    ),
    "a bar instead of the number": (
        "a.xlsx",
        lambda: of_workbook(
            lambda workbook: workbook["Counts"].conditional_formatting.add(
                "D5", DataBarRule("min", 0, "max", 9, "FF00FF00", showValue=False)
            )
        ),
        *_D5_SHOWN,
    ),
    "a condition of later years that shows another number": (
        "a.xlsx",
        in_counts("</worksheet>", _LATER_CONDITION + "</worksheet>"),
        *_D5_SHOWN,
    ),
    "thousands by a style that an OpenDocument inherits": (
        "a.ods",
        lambda: repacked(ODS.read_bytes(), {"content.xml": _with_inherited_style, "styles.xml": _ods_styles(_SCALED)}),
        "count_is_shown_as_stored",
        "Counts!C5",
    ),
    "a number struck out": (
        "a.xlsx",
        lambda: with_styled_cell(font=Font(strike=True)),
        "count_is_not_raised_or_struck_out",
        "Counts!D5",
    ),
    "a footnote mark": (
        "a.xlsx",
        spelled(rich(("2", ""), ("3", '<vertAlign val="superscript"/>'))),
        "count_is_not_raised_or_struck_out",
        "Counts!D5",
    ),
    "a digit struck out": (
        "a.xlsx",
        spelled(rich(("2", ""), ("3", "<strike/>"))),
        "count_is_not_raised_or_struck_out",
        "Counts!D5",
    ),
}

_PLAINLY = ("file_is_built_plainly", "")
_STYLES, _TYPES = "xl/styles.xml", "[Content_Types].xml"


def with_texts(texts: str) -> Callable[[], bytes]:
    """Return the good workbook with shared texts, the first of which stands in D5."""
    part = (
        f'<sst xmlns="{_MAIN}" xmlns:x="urn:x" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{texts}</sst>"
    )
    cell = swap(cell_of("D5"), '<c r="D5" t="s"><v>0</v></c>')
    changes = {COUNTS: cell, RELATIONS: related("sharedStrings", "sharedStrings.xml"), "xl/sharedStrings.xml": part}
    return lambda: repacked(GOOD, {n: part.encode() if isinstance(part, str) else part for n, part in changes.items()})


def with_relation(spelled: Callable[[str], str], part: str = RELATIONS) -> Callable[[], bytes]:
    """Return the good workbook with one more relation, made of the one that leads to the sheet Counts."""

    def change(xml: bytes) -> bytes:
        own = re.search(rb"<Relationship [^>]*sheet3.xml[^>]*>", xml)
        assert own
        more = spelled(own[0].decode().replace("sheet3.xml", "sheet4.xml"))
        return xml.replace(b"</Relationships>", f"{more}</Relationships>".encode())

    return lambda: repacked(GOOD, {part: change})


def of_ods(cell: str, styles: str = "", before: str = "") -> Callable[[], bytes]:
    """Return the OpenDocument with another cell in C5, other styles, or something before the first sheet."""

    def change(part: bytes) -> bytes:
        start = part.index(b'<table:table-cell office:value-type="float"', part.index(_FIRST_ROW))
        end = part.index(b"</table:table-cell>", start) + len(b"</table:table-cell>")
        part = part[:start] + cell.encode() + part[end:]
        return part.replace(b"<table:table ", before.encode() + b"<table:table ", 1)

    changes: dict[str, Part] = {"content.xml": change, **({"styles.xml": _ods_styles(styles)} if styles else {})}
    return lambda: repacked(ODS.read_bytes(), changes)


def _with_foreign_rows(part: bytes) -> bytes:
    rows = part[part.index(b"<sheetData>") : part.index(b"</sheetData>") + 12]
    own = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", rows)
    start = f'<x:worksheet xmlns:x="{_MAIN}" xmlns="urn:x">'.encode()
    return start + rows + own + b"</x:worksheet>"


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FLOAT = 'office:value-type="float" office:value="2"'
_LANGUAGES = {
    "a sheet in a foreign language": ("a.xlsx", in_counts(_MAIN, "urn:x"), *_PLAINLY),
    "rows of a foreign language before the sheet's own": (
        "a.xlsx",
        lambda: repacked(GOOD, {COUNTS: _with_foreign_rows}),
        *_PLAINLY,
    ),
    "a cell with one attribute twice": (
        "a.xlsx",
        in_counts('<c r="D5" ', '<c r="D5" s="0" '),
        "file_is_readable",
        "",
    ),
    "a row with one attribute twice": (
        "a.xlsx",
        in_counts('<row r="6" ', '<row r="6" ht="9" '),
        "file_is_readable",
        "",
    ),
    "a relation in a foreign language": (
        "a.xlsx",
        with_relation(lambda own: own.replace("<Relationship", '<x:Relationship xmlns:x="urn:x"')),
        *_PLAINLY,
    ),
    "two relations under one name": ("a.xlsx", with_relation(str), *_PLAINLY),
    "content types in a foreign language": (
        "a.xlsx",
        lambda: repacked(GOOD, {_TYPES: swap("<Default ", '<x:a xmlns:x="urn:x"/><Default ')}),
        *_PLAINLY,
    ),
    "styles of cells in a foreign language": (
        "a.xlsx",
        lambda: repacked(GOOD, {_STYLES: swap("<cellXfs", '<x:cellXfs xmlns:x="urn:x"/><cellXfs')}),
        *_PLAINLY,
    ),
    "two lists of styles of cells": (
        "a.xlsx",
        lambda: repacked(GOOD, {_STYLES: swap("<cellXfs", "<cellXfs/><cellXfs")}),
        *_PLAINLY,
    ),
    "a number format in a foreign language": (
        "a.xlsx",
        lambda: repacked(GOOD, {_STYLES: swap("</numFmts>", '<x:numFmt xmlns:x="urn:x"/></numFmts>')}),
        *_PLAINLY,
    ),
    "styles of cells among what later programs add": (
        "a.xlsx",
        lambda: repacked(GOOD, {_STYLES: swap("</styleSheet>", "<extLst><ext><cellXfs/></ext></extLst></styleSheet>")}),
        *_PLAINLY,
    ),
    "a shared text in a foreign language": ("a.xlsx", with_texts("<x:si/><si><t>9</t></si>"), *_PLAINLY),
    "half a shared text in a foreign language": ("a.xlsx", with_texts("<si><x:t>2</x:t><t>9</t></si>"), *_PLAINLY),
    "a run of a shared text in a foreign language": (
        "a.xlsx",
        with_texts("<si><r><t>2</t></r><x:r><x:t>9</x:t></x:r></si>"),
        *_PLAINLY,
    ),
    "a shared text that two programs choose": (
        "a.xlsx",
        with_texts("<si><mc:AlternateContent><mc:Choice><t>2</t></mc:Choice></mc:AlternateContent></si>"),
        *_PLAINLY,
    ),
    "a shared text among what later programs add": (
        "a.xlsx",
        with_texts("<extLst><ext><si><t>2</t></si></ext></extLst><si><t>9</t></si>"),
        *_PLAINLY,
    ),
    "a shared text with a letter by its number": ("a.xlsx", with_texts("<si><t>1_x0032_</t></si>"), *_PLAINLY),
    "a text with a letter by its number": (
        "a.xlsx",
        spelled('<c r="D5" t="inlineStr"><is><t>1_x0032_</t></is></c>'),
        *_PLAINLY,
    ),
    "a number with a comma": ("a.xlsx", spelled('<c r="D5"><v>1,234</v></c>'), *_PLAINLY),
    **{
        f"a text in a cell said to hold another kind ({kind})": (
            "a.xlsx",
            spelled(f'<c r="D5"{kind}><is><t>2</t></is></c>'),
            *_PLAINLY,
        )
        for kind in ("", ' t="n"', ' t="str"', ' t="b"', ' t="e"', ' t="d"')
    },
    "merged cells named with dollars": (
        "a.xlsx",
        lambda: repacked(of_workbook(merged_over_values), {COUNTS: swap('"D5:E5"', '"$D$5:$E$5"')}),
        *_PLAINLY,
    ),
    "a cell of an OpenDocument under another prefix": (
        "a.ods",
        of_ods(f'<table:table-cell xmlns:office="urn:x" {_FLOAT}><text:p>2</text:p></table:table-cell>'),
        *_PLAINLY,
    ),
    "a foreign sheet before those of an OpenDocument": (
        "a.ods",
        of_ods(f"<table:table-cell {_FLOAT}/>", before='<x:table xmlns:x="urn:x" x:name="Counts"/>'),
        *_PLAINLY,
    ),
    "a foreign style of a cell of an OpenDocument": (
        "a.ods",
        of_ods(f'<table:table-cell xmlns:x="urn:x" x:style-name="x" table:style-name="y" {_FLOAT}/>'),
        *_PLAINLY,
    ),
    "a style of an OpenDocument in a foreign language": (
        "a.ods",
        of_ods(f"<table:table-cell {_FLOAT}/>", '<x:style xmlns:x="urn:x" x:family="table-cell" x:name="y"/>'),
        *_PLAINLY,
    ),
    "two styles of one name in an OpenDocument": (
        "a.ods",
        of_ods(f"<table:table-cell {_FLOAT}/>", '<style:style style:name="y" style:family="table-cell"/>' * 2),
        *_PLAINLY,
    ),
    "something beside the cells of a row of an OpenDocument": (
        "a.ods",
        of_ods(f"<text:p>2</text:p><table:table-cell {_FLOAT}/>"),
        *_PLAINLY,
    ),
    **{
        f"{what} in a cell of an OpenDocument": (
            "a.ods",
            of_ods(f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'),
            *_PLAINLY,
        )
        for what, inside in {
            "the title of the workbook": "<text:p><text:title>2</text:title></text:p>",
            "the name of the sheet": "<text:p><text:sheet-name>2</text:sheet-name></text:p>",
            "a foreign paragraph": '<text:p>9</text:p><x:p xmlns:x="urn:x">2</x:p>',
            "how a text sounds": "<text:p>2<text:ruby><text:ruby-base>3</text:ruby-base></text:ruby></text:p>",
        }.items()
    },
}
