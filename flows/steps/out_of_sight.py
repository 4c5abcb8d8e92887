"""Out of sight: values of the form that nobody who opens the workbook sees, in hidden rows or under merged cells."""

from collections.abc import Iterable, Iterator

from schemas.cells import is_blank
from schemas.remarks import Remark
from schemas.sheets import Concealed, Place, SheetCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import corners

CODE = "values_are_in_sight"
_LAST = 1 << 20

Range = tuple[Place, Place]
"""First and last cell of a rectangle."""


def out_of_sight(sheet: SheetCells, concealed: Concealed, vocabulary: Vocabulary) -> Iterator[Remark]:
    """Yield a remark for each way in which a sheet of the form hides values, at the first that is not its own word."""
    rows = (((row, 1), (row, _LAST)) for row in concealed.rows)
    columns = (((1, first), (_LAST, last)) for first, last in concealed.columns)
    yield from _remark(sheet, "in hidden rows", _filled(sheet, rows, vocabulary))
    yield from _remark(sheet, "in hidden columns", _filled(sheet, columns, vocabulary))
    merged = [corners(cells) for cells in concealed.merged]
    seen = {first for first, _ in merged}
    yield from _remark(sheet, "under merged cells", (at for at in _filled(sheet, merged, vocabulary) if at not in seen))


def _remark(sheet: SheetCells, way: str, found: Iterable[Place]) -> Iterator[Remark]:
    if places := sorted(set(found)):
        values = "value" if len(places) == 1 else "values"
        yield Remark(CODE, f"{len(places):,} {values} {way}", sheet.name, *places[0])


def _filled(sheet: SheetCells, ranges: Iterable[Range], vocabulary: Vocabulary) -> Iterator[Place]:
    """Yield the places in some rectangles that hold anything."""
    for (top, left), (bottom, right) in ranges:
        first, start = max(top - sheet.top, 0), max(left - sheet.left, 0)
        for row, values in enumerate(sheet.rows[first : max(bottom - sheet.top + 1, 0)], sheet.top + first):
            inside = values[start : max(right - sheet.left + 1, 0)]
            if inside.count("") == len(inside):
                continue
            for column, value in enumerate(inside, sheet.left + start):
                if not is_blank(value) and not (isinstance(value, str) and vocabulary.is_own(value)):
                    yield row, column
