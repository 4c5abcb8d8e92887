"""Workbooks as bytes: the same workbook gives the same bytes, whenever and wherever it is written.

What belongs here: how a workbook of ours is written down. What does not: what stands in it.
"""

import datetime as dt
import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.writer.excel import ExcelWriter

_EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the first moment a zip can name; document properties carry no zone


def to_bytes(workbook: Workbook) -> bytes:
    """Return a workbook as .xlsx bytes that depend on its content alone.

    The time of day, which openpyxl and zip write into every file, is replaced by a fixed moment; author and last editor
    are left empty. The workbook's own properties are set so.
    """
    properties = workbook.properties
    properties.creator, properties.lastModifiedBy = "", None
    properties.created = properties.modified = _EPOCH
    written = io.BytesIO()
    ExcelWriter(workbook, ZipFile(written, "w", ZIP_STORED)).save()
    return _with_fixed_times(written)


def write_text(cell: Cell, text: str) -> None:
    """Write text into a cell so that it stays text, even where it begins like a formula.

    Characters no workbook can hold are left out.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _with_fixed_times(archive: io.BytesIO) -> bytes:
    fixed = io.BytesIO()
    with ZipFile(archive) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, _EPOCH.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16
            target.writestr(member, source.read(name))
    return fixed.getvalue()
