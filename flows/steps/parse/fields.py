"""The Submission sheet: labels wherever they stand, each with its value in the next column."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from flows.steps.parse.tally import Tally
from schemas.cells import CellValue, Hidden, describe_other, is_blank
from schemas.parsed import FieldValue, FormPart, PartKind, Sight
from schemas.private import is_private_day
from schemas.sheets import Place, SheetCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import FIELDS, SUBMISSION_SHEET, Field

LARGEST_NUMBER = 9_999
"""The largest revision or template version that is one."""

_SIGHT_OF_HIDDEN = {
    Hidden.ERROR_VALUE: Sight.ERROR_VALUE,
    Hidden.FORMULA_WITHOUT_RESULT: Sight.FORMULA_WITHOUT_RESULT,
    Hidden.PERCENTAGE: Sight.UNKNOWN,
    Hidden.SHOWN_OTHERWISE: Sight.UNKNOWN,
    Hidden.RAISED_OR_STRUCK: Sight.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class FieldsRead:
    """What the Submission sheet says: how often each label stands there, and each value."""

    parts: tuple[FormPart, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    blanks: tuple[tuple[str, int, int], ...] = ()


def read_fields(sheet: SheetCells, vocabulary: Vocabulary, tally: Tally) -> FieldsRead:
    """Find the labels of the Submission sheet and read their values, counting every cell of the sheet."""
    cells: dict[Place, CellValue] = {(row, column): value for row, column, value in sheet.filled()}
    labels: dict[Field, list[Place]] = {entry.field: [] for entry in FIELDS}
    for place, value in cells.items():
        if isinstance(value, str) and (field := vocabulary.field_label(value)):
            labels[field].append(place)
    first = {field: places[0] for field, places in labels.items() if places}
    fields = tuple(
        _field(field, row, column + 1, cells.get((row, column + 1), ""), vocabulary)
        for field, (row, column) in first.items()
    )
    parts = _parts(cells, labels, vocabulary)
    _count(cells, labels, fields, _told(parts), vocabulary, tally)
    return FieldsRead(
        parts=parts,
        fields=fields,
        blanks=tuple((SUBMISSION_SHEET, f.row, f.column) for f in fields if f.sight is Sight.BLANK),
    )


_ONE_OF_EACH = tuple(FormPart(PartKind.LABEL, SUBMISSION_SHEET, entry.label, times=1) for entry in FIELDS)


def _parts(
    cells: dict[Place, CellValue], labels: dict[Field, list[Place]], vocabulary: Vocabulary
) -> tuple[FormPart, ...]:
    if all(len(places) == 1 for places in labels.values()):
        return _ONE_OF_EACH
    close = {
        vocabulary.nearest_field(text): (place, len(text)) for place, text in cells.items() if isinstance(text, str)
    }
    return tuple(_part(entry.label, labels[entry.field], close.get(entry.field)) for entry in FIELDS)


def _part(label: str, places: list[Place], close: tuple[Place, int] | None) -> FormPart:
    if not places and close:
        (row, column), length = close
        return FormPart(PartKind.LABEL, SUBMISSION_SHEET, label, 0, row, column, close=length)
    row, column = places[1] if len(places) > 1 else (0, 0)
    return FormPart(PartKind.LABEL, SUBMISSION_SHEET, label, len(places), row, column)


def _told(parts: tuple[FormPart, ...]) -> set[Place]:
    """Return the cells that stand in place of a missing label and its value: a finding tells of them already."""
    return {(part.row, part.column + further) for part in parts if part.close for further in (0, 1)}


def _count(
    cells: dict[Place, CellValue],
    labels: dict[Field, list[Place]],
    fields: tuple[FieldValue, ...],
    told: set[Place],
    vocabulary: Vocabulary,
    tally: Tally,
) -> None:
    used = {place for places in labels.values() for place in places}
    tally.typed += len(fields)
    tally.refused += len(used) - len(fields)
    for field in fields:
        place = (field.row, field.column)
        if place in cells and place not in used:
            used.add(place)
            tally.add(understood=field.sight is Sight.KNOWN)
    for place in cells.keys() - used:
        if place in told:
            tally.ignored += 1
        else:
            tally.leave(SUBMISSION_SHEET, *place, cells[place], vocabulary)


@lru_cache(maxsize=4096, typed=True)
def _field(field: Field, row: int, column: int, value: CellValue, vocabulary: Vocabulary) -> FieldValue:
    """Read one value. Most workbooks of an operation say the same, so it is remembered; 1, 1.0 and TRUE apart."""
    if is_blank(value):
        return FieldValue(field, Sight.BLANK, row, column, found="nothing")
    if isinstance(value, Hidden):
        return FieldValue(field, _SIGHT_OF_HIDDEN[value], row, column, found=f"a {value.value}")
    word = _word(field, value, vocabulary) if isinstance(value, str) else ""
    number = _whole(value) if field in (Field.REVISION, Field.TEMPLATE_VERSION) else None
    day = _day(value) if field in (Field.PERIOD_START, Field.PERIOD_END, Field.CERTIFIED_ON) else None
    if day is not None and is_private_day(day, vocabulary.operation.first_private_year):
        return FieldValue(field, Sight.UNKNOWN, row, column, found=f"a day in {day.year}")
    if word or number is not None or day is not None:
        return FieldValue(field, Sight.KNOWN, row, column, word, number or 0, day)
    return FieldValue(field, Sight.UNKNOWN, row, column, found=describe_other(value))


def _word(field: Field, text: str, vocabulary: Vocabulary) -> str:
    """Return our own word for a text, empty where it is none."""
    match field:
        case Field.OPERATION:
            return vocabulary.operation.id if vocabulary.is_operation(text) else ""
        case Field.STATE:
            return vocabulary.state(text) or ""
        case Field.CERTIFIED_BY:
            return vocabulary.role(text) or ""
        case _:
            return ""


def _whole(value: CellValue) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        value = float(text) if text.isascii() and text.isdigit() and len(text) < 10 else ""
    if not isinstance(value, float | int) or not float(value).is_integer():
        return None
    return int(value) if 0 <= value <= LARGEST_NUMBER else None


def _day(value: CellValue) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
