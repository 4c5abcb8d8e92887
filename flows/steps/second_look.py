"""A second look at the file itself, for what the reader does not tell.

It gives error values and formulas without a stored result as blanks, and a percentage as a plain number. This reads
the raw XML of the form's sheets and names such cells. It is slow beside `read`, so it is taken only for a reason.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from schemas.cells import Hidden
from schemas.sheets import Place, UnreadableWorkbookError
from schemas.workbook import FORM_SHEETS, normalise, position

_FORM_NAME = {normalise(name): name for name in FORM_SHEETS}
_BUILTIN_PERCENT = {"9", "10"}

HiddenCells = Mapping[str, Mapping[Place, Hidden]]


def hidden_cells(content: bytes) -> HiddenCells:
    """Find the cells of the form's sheets whose value does not tell what they hold.

    Args:
        content: An .xlsx or .ods file that has been read without error.

    Returns:
        By the form's name of the sheet and by place, what is there.

    Raises:
        UnreadableWorkbookError: The file is damaged in a way that the reader did not notice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if "content.xml" in package.NameToInfo:
                return _of_ods(package)
            percent = _percent_styles(package)
            return {name: dict(_of_sheet(package, path, percent)) for name, path in _sheet_paths(package)}
    except (zipfile.BadZipFile, zlib.error, ET.ParseError, KeyError, EOFError, ValueError) as error:
        raise UnreadableWorkbookError from error


def _sheet_paths(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = {
        item.get("Id", ""): posixpath.normpath(posixpath.join("/xl", item.get("Target", "")))[1:]
        for item in ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    seen = set()
    for element in ET.fromstring(package.read("xl/workbook.xml")).iter():
        name = _FORM_NAME.get(normalise(element.get("name", ""))) if _local(element.tag) == "sheet" else None
        if name is None or name in seen:
            continue
        seen.add(name)
        target = next((value for key, value in element.attrib.items() if _local(key) == "id" and key != "id"), "")
        if (path := relations.get(target, "")) in package.NameToInfo:
            yield name, path


def _percent_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """Return the numbers of the cell styles that show a percentage."""
    if "xl/styles.xml" not in package.NameToInfo:
        return frozenset()
    root = ET.fromstring(package.read("xl/styles.xml"))
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter() if _local(e.tag) == "numFmt"}
    percent = {number for number, code in codes.items() if "%" in re.sub(r'"[^"]*"|\\.', "", code)} | _BUILTIN_PERCENT
    formats = next((list(element) for element in root if _local(element.tag) == "cellXfs"), [])
    return frozenset(str(n) for n, xf in enumerate(formats) if xf.get("numFmtId") in percent)


def _of_sheet(package: zipfile.ZipFile, path: str, percent: frozenset[str]) -> Iterator[tuple[Place, Hidden]]:
    with package.open(path) as stream:
        for _, element in ET.iterparse(stream):
            if _local(element.tag) != "c":
                continue
            if (place := position(element.get("r", ""))) != (0, 0) and (hidden := _hidden(element, percent)):
                yield place, hidden
            element.clear()


def _hidden(cell: ET.Element, percent: frozenset[str]) -> Hidden | None:
    children = {_local(child.tag): child for child in cell}
    has_value = "v" in children and bool(children["v"].text)
    if cell.get("t") == "e":
        return Hidden.ERROR_VALUE
    if "f" in children and not has_value and cell.get("t") != "str":
        return Hidden.FORMULA_WITHOUT_RESULT
    is_number = has_value and cell.get("t", "n") == "n"
    return Hidden.PERCENTAGE if is_number and cell.get("s", "0") in percent else None


def _of_ods(package: zipfile.ZipFile) -> HiddenCells:
    found: dict[str, dict[Place, Hidden]] = {}
    for table in ET.fromstring(package.read("content.xml")).iter():
        name = _FORM_NAME.get(normalise(_attribute(table, "name"))) if _local(table.tag) == "table" else None
        if name is not None and name not in found:
            found[name] = dict(_of_ods_table(table))
    return found


def _of_ods_table(table: ET.Element) -> Iterator[tuple[Place, Hidden]]:
    row = 1
    for line in (element for element in table.iter() if _local(element.tag) == "table-row"):
        column = 1
        for cell in line:
            if hidden := _hidden_in_ods(cell):
                yield (row, column), hidden
            column += int(_attribute(cell, "number-columns-repeated") or 1)
        row += int(_attribute(line, "number-rows-repeated") or 1)


def _hidden_in_ods(cell: ET.Element) -> Hidden | None:
    types = {value for key, value in cell.attrib.items() if _local(key) == "value-type"}
    if "error" in types:
        return Hidden.ERROR_VALUE
    if _attribute(cell, "formula") and not types:
        return Hidden.FORMULA_WITHOUT_RESULT
    return Hidden.PERCENTAGE if "percentage" in types else None


def _attribute(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
