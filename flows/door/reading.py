"""Reading: one file through the door, to what was understood of it. This is what worker processes do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from flows.door.contents import (
    ELSEWHERE,
    FOOTER,
    IN_A_FOOTER,
    IN_A_MESSAGE,
    IN_THE_PROPERTIES,
    OTHER_SHEET,
    Contents,
    texts_in,
)
from flows.door.intake import Admission, admit
from flows.door.limits import DEFAULT_LIMITS, Limits
from flows.door.sheet_xml import merged_cells
from flows.steps.look_for_persons import look_for_persons
from flows.steps.out_of_sight import out_of_sight
from flows.steps.parse.instructions import beside_instructions
from flows.steps.parse.workbook import parse_workbook
from flows.steps.read import read_workbook
from flows.steps.second_look import ods, xlsx
from flows.steps.second_look.xlsx_styles import NO_STYLES, Styles, read_styles
from schemas.cells import WORDS, Kind
from schemas.parsed import Beside, ParsedWorkbook, Sight
from schemas.private import ON_INSTRUCTIONS
from schemas.remarks import Remark, TurnedAway
from schemas.remembered import remembered
from schemas.sheets import Concealed, LookedAgain, TwoReadingsError, UnreadableWorkbookError, WorkbookCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import FINDINGS_SHEET, FORM_SHEETS, INSTRUCTIONS_SHEET

_READ = (*FORM_SHEETS, FINDINGS_SHEET)

Understood = ParsedWorkbook | TurnedAway


def understand(
    content: bytes, vocabulary: Vocabulary, months_ended: frozenset[str], limits: Limits = DEFAULT_LIMITS
) -> Understood:
    """Take one file through the door, read it and say what it means; looking twice where there is a reason.

    Args:
        content: Its bytes.
        vocabulary: The words of the operation's form.
        months_ended: The months that must be reported.
        limits: How much the file may ask of the machine.
    """
    admission = admit(content, limits)
    if isinstance(admission, Remark):
        return TurnedAway((admission,))
    try:
        cells = read_workbook(content)
        on_first_sheet = _beside_instructions(_first_sheet(content, admission), vocabulary)
        parsed = parse_workbook(cells, vocabulary, months_ended)
        looked: Mapping[str, LookedAgain] = {}
        is_xlsx = admission.styles and not admission.content
        styles = read_styles(admission.styles) if is_xlsx else NO_STYLES
        is_worth_it = parsed.blanks or admission.contents.looks_unusual or styles != NO_STYLES
        if is_worth_it or _has_counts_as_text(parsed):
            looked = _look_again(admission, styles)
            _require_same_values(cells, looked)
            if any(sheet.hidden for sheet in looked.values()):
                cells = cells.revealing({name: sheet.hidden for name, sheet in looked.items()})
                parsed = parse_workbook(cells, vocabulary, months_ended)
    except UnreadableWorkbookError:
        return TurnedAway((Remark("file_is_readable"),))
    except TwoReadingsError:
        return TurnedAway((Remark("file_is_built_plainly", "two programs could read two values in one cell"),))
    on_sheets = (*parsed.beside, *on_first_sheet)
    if private := look_for_persons(cells, parsed, admission.contents.typed, on_sheets, vocabulary):
        return TurnedAway(private, is_private=True)
    remarks = (*_hidden_sheets(admission.contents), *_hidden_values(cells, looked, admission.contents, vocabulary))
    said = _said_by_others(admission.contents.typed, vocabulary)
    footers = (ELSEWHERE, FOOTER, said[IN_A_FOOTER])
    beside = _beside((*admission.contents.beside, *on_sheets, footers))
    # What a sheet of findings says of a place we cannot tell from what somebody wrote there.
    has_words_of_others = FINDINGS_SHEET in cells.sheets or _has_foreign_words(parsed)
    return replace(
        parsed,
        remarks=(*remarks, *beside),
        beyond_form=bool(beside or said) or admission.contents.has_leftovers or has_words_of_others,
    )


def _has_counts_as_text(parsed: ParsedWorkbook) -> bool:
    return any(Kind.NUMBER_AS_TEXT in row.kinds for table in parsed.tables for row in table.rows)


def _look_again(admission: Admission, styles: Styles) -> Mapping[str, LookedAgain]:
    if admission.content:
        return ods.look_again(admission.content, admission.styles)
    contents, texts = admission.contents, admission.texts
    return {
        name: xlsx.look_again(sheet, styles, texts, is_to_be_computed=contents.is_to_be_computed)
        for name, sheet in contents.sheets.items()
    }


def _require_same_values(cells: WorkbookCells, looked: Mapping[str, LookedAgain]) -> None:
    """Refuse a workbook of which two readers read different values, or one of them reads none where the other does."""
    for name, sheet in looked.items():
        read = cells.sheets.get(name)
        if read is None or not read.rows:
            continue
        numbers = ((number, read.at(*place)) for place, number in sheet.numbers.items())
        texts = ((text, read.at(*place)) for place, text in sheet.texts.items())
        if any(value == "" or (isinstance(value, float) and value != number) for number, value in numbers):
            raise TwoReadingsError
        if any(isinstance(value, str) and "".join(text.split()) != "".join(value.split()) for text, value in texts):
            raise TwoReadingsError


def _hidden_sheets(contents: Contents) -> Iterator[Remark]:
    return (Remark("form_sheet_is_in_sight", sheet=name) for name in FORM_SHEETS if name in contents.hidden)


def _hidden_values(
    cells: WorkbookCells, looked: Mapping[str, LookedAgain], contents: Contents, vocabulary: Vocabulary
) -> Iterator[Remark]:
    for name in FORM_SHEETS:
        if name not in cells.sheets:
            continue
        concealed = looked[name].concealed if name in looked else Concealed(merged=merged_cells(contents.sheets[name]))
        yield from out_of_sight(cells.sheets[name], concealed, vocabulary)


@dataclass(frozen=True, slots=True)
class _FirstSheet:
    """The sheet Instructions, known by its XML and the texts this refers to, in the workbook it is read from."""

    xml: tuple[bytes, ...]
    content: bytes = field(compare=False)


def _first_sheet(content: bytes, admission: Admission) -> _FirstSheet:
    own = (xml for place, xml in admission.contents.typed if place == ON_INSTRUCTIONS)
    return _FirstSheet((admission.content,) if admission.content else (*own, admission.texts), content)


@lru_cache(maxsize=256)
def _beside_instructions(sheet: _FirstSheet, vocabulary: Vocabulary) -> tuple[Beside, ...]:
    """Count what is not ours on the sheet Instructions, which is the same in most workbooks of a state."""
    cells = read_workbook(sheet.content, (INSTRUCTIONS_SHEET,))
    found = Counter({(ELSEWHERE, OTHER_SHEET): cells.times.get(INSTRUCTIONS_SHEET, 1) - 1})
    if INSTRUCTIONS_SHEET in cells.sheets:
        kinds = beside_instructions(cells.sheets[INSTRUCTIONS_SHEET], vocabulary)
        found.update({(INSTRUCTIONS_SHEET, kind): number for kind, number in kinds.items()})
    return tuple((place, kind, number) for (place, kind), number in (+found).items())


def _said_by_others(typed: Iterable[tuple[str, bytes]], vocabulary: Vocabulary) -> Counter[str]:
    """Count by place what is said around the cells, or of the document, and is not ours."""
    said: Counter[str] = Counter()
    for place, xml in typed:
        if place in (IN_A_FOOTER, IN_A_MESSAGE, IN_THE_PROPERTIES):
            said[place] += _of_others(xml, vocabulary)
    return +said


@remembered
def _of_others(xml: bytes, vocabulary: Vocabulary) -> int:
    return sum(not vocabulary.is_of_form(text) for text in texts_in(xml))


def _beside(found: Iterable[Beside]) -> tuple[Remark, ...]:
    """Return one remark for each place where anything lies beside the form, counted by kind."""
    kinds: dict[str, Counter[str]] = {name: Counter() for name in (ELSEWHERE, INSTRUCTIONS_SHEET, *_READ)}
    for place, kind, number in found:
        kinds[place] += Counter({kind: number})
    return tuple(
        Remark("workbook_holds_the_form_alone", ", ".join(_counted(n, kind) for kind, n in by_kind.items()), place)
        for place, by_kind in kinds.items()
        if by_kind
    )


def _counted(number: int, kind: str) -> str:
    noun, _, rest = kind.partition(" with ")
    return f"{number:,} {noun}{'s' if number != 1 else ''}{' with ' if rest else ''}{rest}"


def _has_foreign_words(parsed: ParsedWorkbook) -> bool:
    """Tell whether anybody wrote words where the form asks for figures or for words of its own."""
    rows = [row for table in parsed.tables for row in table.rows]
    return (
        any(field.sight is Sight.UNKNOWN for field in parsed.fields)
        or any(part.close for part in parsed.parts)
        or any(Sight.UNKNOWN in (row.task_force.sight, row.month.sight) or row.repeats for row in rows)
        or any(Kind(kind) in WORDS for row in rows for kind in set(row.kinds))
    )
