"""The whole workbook: its fields, its tables, its responses, then the account of every cell."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from flows.steps.parse.fields import FieldsRead, read_fields
from flows.steps.parse.responses import read_responses
from flows.steps.parse.table import TableRead, read_table
from flows.steps.parse.tally import Tally
from schemas.parsed import FieldValue, FormPart, ParsedWorkbook, PartKind, Sight
from schemas.sheets import LARGEST_SPAN, SheetCells, WorkbookCells
from schemas.vocabulary import Vocabulary
from schemas.workbook import FINDINGS_SHEET, SUBMISSION_SHEET, Field


def parse_workbook(cells: WorkbookCells, vocabulary: Vocabulary, months_ended: Collection[str]) -> ParsedWorkbook:
    """Understand one workbook as far as it can be.

    Args:
        cells: Its form's sheets as read.
        vocabulary: The words of the operation's form.
        months_ended: The months that must be reported; blanks in other months are not due.
    """
    operation = vocabulary.operation
    asked = (SUBMISSION_SHEET, *(table.value for table in operation.tables))
    read = (*asked, FINDINGS_SHEET)
    sheets = {name: sheet for name in read if (sheet := cells.sheets.get(name)) and sheet.span <= LARGEST_SPAN}
    tally = Tally()
    fields = read_fields(sheets[SUBMISSION_SHEET], vocabulary, tally) if SUBMISSION_SHEET in sheets else FieldsRead()
    responses = read_responses(sheets[FINDINGS_SHEET], tally) if FINDINGS_SHEET in sheets else ()
    claimed = next((f.word for f in fields.fields if f.field is Field.STATE and f.word in operation.roster.states), "")
    tables, table_tally = _read_tables(sheets, vocabulary, claimed, months_ended)
    theirs = _state_of_rows(tables, vocabulary)
    if claimed and theirs and theirs != claimed:
        tables, table_tally = _read_tables(sheets, vocabulary, theirs, months_ended)
    together = tally.plus(table_tally)
    return ParsedWorkbook(
        state=theirs or claimed,
        parts=(*_sheet_parts(cells, asked), *fields.parts, *(part for table in tables for part in table.parts)),
        fields=tuple(_beside_rows(field, claimed, theirs) for field in fields.fields),
        tables=tuple(table.parsed for table in tables if table.parsed),
        responses=responses,
        cells=together.closed(sum(sheet.count_filled() for sheet in sheets.values())),
        blanks=(*fields.blanks, *(blank for table in tables for blank in table.blanks)),
        beside=tuple((sheet, kind, number) for (sheet, kind), number in together.beside.items()),
        remarks=tuple(together.private.values()),
    )


def _read_tables(
    sheets: Mapping[str, SheetCells], vocabulary: Vocabulary, state: str, months_ended: Collection[str]
) -> tuple[tuple[TableRead, ...], Tally]:
    tally = Tally()
    tables = tuple(
        read_table(sheets[table.value], table, vocabulary, state=state, months_ended=months_ended, tally=tally)
        for table in vocabulary.operation.tables
        if table.value in sheets
    )
    return tables, tally


def _state_of_rows(tables: tuple[TableRead, ...], vocabulary: Vocabulary) -> str:
    """Return the one state whose task forces the rows name; empty where there is none, or where some fit the claim."""
    keys = [row.task_force for table in tables if table.parsed for row in table.parsed.rows]
    named = {key.word for key in keys if key.sight is Sight.KNOWN} or {
        key.word for key in keys if key.sight is Sight.ELSEWHERE
    }
    states = {vocabulary.operation.roster.by_id[task_force].state for task_force in named if task_force}
    return states.pop() if len(states) == 1 else ""


def _beside_rows(field: FieldValue, claimed: str, theirs: str) -> FieldValue:
    """Set the state field beside the state of the rows' task forces, where that is known and another one."""
    if field.field is not Field.STATE or not theirs or field.word == theirs:
        return field
    return replace(field, sight=Sight.ELSEWHERE if claimed and field.word == claimed else field.sight, nearest=theirs)


def _sheet_parts(cells: WorkbookCells, asked: tuple[str, ...]) -> tuple[FormPart, ...]:
    return tuple(
        FormPart(
            PartKind.SHEET,
            sheet=name,
            label=name,
            times=cells.times.get(name, 0),
            cells=cells.sheets[name].span if name in cells.sheets else 0,
        )
        for name in asked
    )
