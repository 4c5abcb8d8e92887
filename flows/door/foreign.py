"""Foreign files: what a file is that is no workbook we read, told from its first bytes."""

from collections.abc import Mapping

from schemas.remarks import Remark

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLD_EXCEL = "an old Excel workbook (.xls)"

_KIND_OF_START = (
    (_OLE2, _OLD_EXCEL),
    (b"\x09\x00\x04\x00", _OLD_EXCEL),
    (b"\x09\x02\x06\x00", _OLD_EXCEL),
    (b"\x09\x04\x06\x00", _OLD_EXCEL),
    (b"\x09\x08", _OLD_EXCEL),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body")
_LOCK_FILE_SIZE, _LONGEST_USER = 165, 54
_MAIL_STARTS = (b"mime-version:", b"from:", b"received:", b"return-path:")

_KIND_OF_PART = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint file"),
    ("Index/Document.iwa", "a Numbers document"),
    ("Index.zip", "a Numbers document"),
)


def refuse_foreign(content: bytes) -> Remark:
    """Say what a file is that is no zip archive.

    Args:
        content: Its bytes; the same ones are the same file, whatever its name.
    """
    if len(content) == _LOCK_FILE_SIZE and content[0] <= _LONGEST_USER:
        return _not_read("the lock file of an open workbook, not the workbook itself")
    if content.startswith(_OLE2) and _ENCRYPTED_STREAM in content:
        return Remark("file_is_not_encrypted")
    for start, kind in _KIND_OF_START:
        if content.startswith(start):
            return _not_read(kind)
    return _not_read(_kind_of_text(content))


def refuse_archive(parts: Mapping[str, bytes]) -> Remark:
    """Say what a zip archive is that is neither .xlsx nor .ods."""
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in parts):
        return _not_read("a Numbers document")
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        return _not_read("an OpenDocument file, but no workbook")
    return _not_read(next((kind for name, kind in _KIND_OF_PART if name in parts), "a zip archive"))


def _kind_of_text(content: bytes) -> str:
    head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = content[2:2000].replace(b"\0", b"").lstrip().lower()
    elif b"\0" in content[:4096]:
        return "no workbook that we know"
    if head.startswith(_WEB_PAGE):
        return "a web page (.html)"
    if head.startswith(b"<?xml"):
        return "an XML workbook of 2003" if b"office:spreadsheet" in head else "an XML file"
    if head.startswith(_MAIL_STARTS):
        return "a mail message"
    return "a text file"


def _not_read(kind: str) -> Remark:
    return Remark("file_is_xlsx_or_ods", kind)
