"""Intake: from bytes and name alone, may this file be read as a workbook? Decided before any parser sees it."""

import io
import re
import struct
import zipfile
import zlib
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
_HEAD = 1024
"""How many bytes from the start of a sheet are looked at for what it says of its extent."""
_EXTENT = re.compile(rb"""<(?:\w+:)?dimension\s+ref=["']([A-Za-z0-9:]+)["']""")
_FAR = re.compile(rb"[A-Z]{3}|\d{5}")
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["'](?:[A-Z]{3,}\d|[A-Z]+\d{5})""")
_BUILTIN_PERCENT_FORMAT = re.compile(rb"""numFmtId\s*=\s*["'](?:9|10)["']""")
_PERCENT_SIGN = re.compile(rb"%|&#0*37;|&#[xX]0*25;")
_ODS_PERCENTAGE = re.compile(rb"""value-type\s*=\s*["']percentage["']""")


_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` and unpacking raise for a package that is damaged, or packed in a way that no spreadsheet uses."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read: the rule it breaks, and what it is."""

    code: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    """That a file may be read, and whether any of its cells could be shown as a percentage."""

    has_percentages: bool


def admit(file: str, content: bytes) -> Admission | Refusal:
    """Say whether a file may be read, and why not.

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
            return _refuse_package(package, file, content) or Admission(_has_percentages(package, content))
    except _DAMAGE:
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


def _refuse_package(package: zipfile.ZipFile, file: str, content: bytes) -> Refusal | None:
    members = package.NameToInfo
    for name, member in members.items():
        if member.flag_bits & 1:
            return Refusal("file_is_not_encrypted")
        if name.endswith("vbaProject.bin"):
            return Refusal("file_has_no_macros")
    if PurePath(file).suffix.lower() == ".xlsm":
        return Refusal("file_has_no_macros")
    if "xl/workbook.xml" in members:
        return Refusal("cells_stand_near_the_form") if _has_far_cells(package, content) else None
    if "mimetype" in members and package.read("mimetype").strip() == _ODS_MEDIA_TYPE:
        return None
    kind = next((kind for name, kind in _KIND_OF_ZIP if name in members), "a zip archive")
    return Refusal("file_is_xlsx_or_ods", kind)


def _has_far_cells(package: zipfile.ZipFile, content: bytes) -> bool:
    """Tell whether a sheet has a cell beyond row 9,999 or column ZZ: the reader would allocate everything up to it.

    What a sheet says of its extent is believed where it says it; where it does not, its cells are searched.
    """
    for name, member in package.NameToInfo.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            extent = _EXTENT.search(_unpack(content, member, _HEAD))
            if _FAR.search(extent[1]) if extent else _FAR_CELL.search(package.read(name)):
                return True
    return False


def _has_percentages(package: zipfile.ZipFile, content: bytes) -> bool:
    if ods := package.NameToInfo.get("content.xml"):
        return bool(_ODS_PERCENTAGE.search(_unpack(content, ods)))
    if not (member := package.NameToInfo.get("xl/styles.xml")):
        return False
    styles = _unpack(content, member)
    start, end = styles.find(b"cellXfs"), styles.rfind(b"cellXfs")
    return bool(_PERCENT_SIGN.search(styles)) or bool(
        _BUILTIN_PERCENT_FORMAT.search(styles, max(start, 0), max(end, 0))
    )


def _unpack(content: bytes, member: zipfile.ZipInfo, at_most: int = 0) -> bytes:
    """Unpack a member, or its first bytes, without what `zipfile` does besides: this is done for every sheet."""
    name_length, extra_length = struct.unpack_from("<HH", content, member.header_offset + 26)
    start = member.header_offset + 30 + name_length + extra_length
    packed = memoryview(content)[start : start + (min(member.compress_size, at_most) or member.compress_size)]
    if member.compress_type == zipfile.ZIP_STORED:
        return bytes(packed)
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, at_most)
