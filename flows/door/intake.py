"""Intake: from bytes and name alone, may this file be read as a workbook? Decided before any parser sees it."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ODS_MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_KIND_OF_ZIP = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint file"),
    ("Index/Document.iwa", "a Numbers document"),
)
_KIND_OF_START = (
    (_OLE2, "an old Excel workbook (.xls)"),
    (b"\x09\x08", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}\d+|[A-Za-z]+\d{5,})["']""")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read: the rule it breaks, and what it is."""

    code: str
    found: str = ""


def refuse(file: str, content: bytes) -> Refusal | None:
    """Say why a file may not be read, or None where it may.

    Args:
        file: Its name; only the ending is looked at.
        content: Its bytes.
    """
    if not content:
        return Refusal("file_is_not_empty")
    if not content.startswith(b"PK"):
        return _refuse_foreign(file, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _refuse_package(package, file)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return Refusal("file_is_readable")


def _refuse_foreign(file: str, content: bytes) -> Refusal:
    if content.startswith(_OLE2) and _ENCRYPTED_STREAM in content:
        return Refusal("file_is_not_encrypted")
    for start, kind in _KIND_OF_START:
        if content.startswith(start):
            return Refusal("file_is_xlsx_or_ods", kind)
    head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return Refusal("file_is_xlsx_or_ods", "a web page (.html)")
    if head.startswith(b"<?xml"):
        return Refusal("file_is_xlsx_or_ods", "an XML file")
    if b"\0" in content[:4096]:
        return Refusal("file_is_xlsx_or_ods", "no workbook that we know")
    ending = PurePath(file).suffix.lower()
    return Refusal("file_is_xlsx_or_ods", f"a text file{f' ({ending})' if ending in ('.csv', '.tsv', '.txt') else ''}")


def _refuse_package(package: zipfile.ZipFile, file: str) -> Refusal | None:
    members = package.NameToInfo
    if any(member.flag_bits & 1 for member in members.values()):
        return Refusal("file_is_not_encrypted")
    if any(name.endswith("vbaProject.bin") for name in members) or PurePath(file).suffix.lower() == ".xlsm":
        return Refusal("file_has_no_macros")
    if "xl/workbook.xml" in members:
        return _refuse_far_cells(package)
    if "mimetype" in members and package.read("mimetype").strip() == _ODS_MEDIA_TYPE:
        return None
    kind = next((kind for name, kind in _KIND_OF_ZIP if name in members), "a zip archive")
    return Refusal("file_is_xlsx_or_ods", kind)


def _refuse_far_cells(package: zipfile.ZipFile) -> Refusal | None:
    """Refuse a sheet with a cell beyond row 9,999 or column ZZ: the reader would allocate everything up to it."""
    for name in package.NameToInfo:
        if name.startswith("xl/worksheets/") and name.endswith(".xml") and _FAR_CELL.search(package.read(name)):
            return Refusal("cells_stand_near_the_form")
    return None
