"""Workbooks as OpenDocument, the way another spreadsheet program would save them: values only, the same bytes again."""

import datetime as dt
import io
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMESPACE}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def to_ods(workbook: Workbook) -> bytes:
    """Return the values of a workbook's form sheets as .ods; the instructions, all formulas, are left out."""
    tables = "".join(_table(sheet) for sheet in workbook.worksheets[1:])
    content = (
        f'<office:document-content xmlns:office="{_NAMESPACE}office:1.0" xmlns:table="{_NAMESPACE}table:1.0"'
        f' xmlns:text="{_NAMESPACE}text:1.0" office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr(ZipInfo("mimetype"), _MEDIA_TYPE, ZIP_STORED)
        package.writestr(ZipInfo("content.xml"), content, ZIP_DEFLATED)
        package.writestr(ZipInfo("META-INF/manifest.xml"), _MANIFEST, ZIP_DEFLATED)
    return packed.getvalue()


def _table(sheet: Worksheet) -> str:
    rows = "".join(
        f"<table:table-row>{''.join(_cell(value) for value in row)}</table:table-row>"
        for row in sheet.iter_rows(values_only=True)
    )
    return f"<table:table table:name={quoteattr(sheet.title)}>{rows}</table:table>"


def _cell(value: str | int | dt.date | None) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
