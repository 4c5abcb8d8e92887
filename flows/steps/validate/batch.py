"""A whole batch against all contracts: shape, fields, rows, cells, relations, control totals, plausibility."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.steps.validate.contracts import Contracts
from flows.steps.validate.control_totals import control_totals
from flows.steps.validate.describe import Told
from flows.steps.validate.frames import (
    Framed,
    TableCells,
    cell_frame,
    expected_frame,
    field_frame,
    part_frame,
    reported_until,
    row_frame,
    table_cells,
    wide_frame,
)
from flows.steps.validate.tell import tell
from schemas.contracts import unmet
from schemas.counts import CountCells
from schemas.findings import Finding
from schemas.form import ExpectedRows, FormParts, FormRows
from schemas.parsed import ParsedWorkbook
from schemas.plausibility import ratios_of
from schemas.relations import ControlTotals, Relation, relations
from schemas.workbook import FORM_SHEETS, position

_MONTH_RULES = frozenset({"month_is_readable", "month_is_in_the_operation"})

Unmet = tuple[str, int, Told]
"""A rule's code, the submission's position in the batch, and the place described."""


@dataclass(frozen=True, slots=True)
class Validated:
    """A batch after validation: each submission's findings, in the form's order, and the typed cells of each table."""

    findings: tuple[tuple[Finding, ...], ...]
    cells: tuple[TableCells, ...]


def validate(parsed: Sequence[ParsedWorkbook], sha256s: Sequence[str], contracts: Contracts) -> Validated:
    """Ask every contract once about all workbooks of a batch.

    Args:
        parsed: The workbooks.
        sha256s: The bytes of each.
        contracts: What they are judged by.
    """
    cells = tuple(table_cells(parsed, contracts.operation, table) for table in contracts.operation.tables)
    found: list[list[Finding]] = [[] for _ in parsed]
    for code, submission, (where, blanks) in _all_unmet(parsed, cells, contracts):
        found[submission].append(tell(contracts.rules[code], sha256s[submission], where, blanks))
    order = {code: n for n, code in enumerate(contracts.rules)}
    return Validated(tuple(tuple(sorted(findings, key=lambda f: _order(f, order))) for findings in found), cells)


def _order(finding: Finding, rules: Mapping[str, int]) -> tuple[int, int, int, str, str, int]:
    """Return where a finding comes when the form is read from its first sheet on, row by row."""
    sheet = FORM_SHEETS.index(finding.sheet) if finding.sheet in FORM_SHEETS else -1
    return (sheet, *position(finding.cell), finding.task_force, finding.month, rules[finding.code])


def _all_unmet(parsed: Sequence[ParsedWorkbook], cells: Sequence[TableCells], contracts: Contracts) -> Iterator[Unmet]:
    yield from _parts_unmet(parsed, contracts)
    yield from _fields_unmet(parsed, contracts)
    yield from _rows_unmet(parsed, contracts)
    yield from _expected_unmet(parsed, contracts)
    for table in cells:
        yield from _cells_unmet(table, contracts)
        wide = wide_frame(table, contracts.operation, contracts.months_ended)
        doubtful: set[tuple[int, str]] = set()
        yield from _relations_unmet(table, wide, contracts, doubtful)
        yield from _totals_unmet(table, contracts, doubtful)
        yield from _plausibility_unmet(table, wide, contracts)


def _parts_unmet(parsed: Sequence[ParsedWorkbook], contracts: Contracts) -> Iterator[Unmet]:
    framed = part_frame(parsed)
    for code, rows in unmet(FormParts, framed.frame):
        for n, part in (framed.places[row] for row in rows):
            yield code, n, contracts.describer.part(part)


def _fields_unmet(parsed: Sequence[ParsedWorkbook], contracts: Contracts) -> Iterator[Unmet]:
    framed = field_frame(parsed)
    for code, rows in unmet(contracts.fields, framed.frame):
        for n, field in (framed.places[row] for row in rows):
            yield code, n, contracts.describer.field(field, reported_until(parsed[n]))


def _rows_unmet(parsed: Sequence[ParsedWorkbook], contracts: Contracts) -> Iterator[Unmet]:
    framed = row_frame(parsed)
    describer = contracts.describer
    for code, rows in unmet(FormRows, framed.frame):
        for place in (framed.places[row] for row in rows):
            told = (
                describer.month_key(place)
                if code in _MONTH_RULES
                else describer.task_force_key(place, parsed[place.submission].state)
            )
            yield code, place.submission, told


def _expected_unmet(parsed: Sequence[ParsedWorkbook], contracts: Contracts) -> Iterator[Unmet]:
    framed = expected_frame(parsed, contracts.months_ended)
    for code, rows in unmet(ExpectedRows, framed.frame):
        for place in (framed.places[row] for row in rows):
            yield code, place.submission, contracts.describer.expected_row(place)


def _cells_unmet(cells: TableCells, contracts: Contracts) -> Iterator[Unmet]:
    measures = cells.kinds.shape[1]
    for code, positions in unmet(CountCells, cell_frame(cells)):
        for line, n in (divmod(int(at), measures) for at in positions):
            place = cells.rows[line]
            yield code, place.submission, contracts.describer.cell(place, n)


def _relations_unmet(
    cells: TableCells, wide: Framed[int], contracts: Contracts, doubtful: set[tuple[int, str]]
) -> Iterator[Unmet]:
    """Yield the wholes that do not fit their parts, noting all of these figures as doubtful."""
    by_code: dict[str, Relation] = {r.code: r for r in relations(contracts.operation, cells.table)}
    for code, rows in unmet(contracts.relations[cells.table], wide.frame):
        relation = by_code[code]
        least, most = relation.bounds(wide.frame)
        for row in rows:
            place = cells.rows[wide.places[row]]
            doubtful.update((place.submission, measure.id) for measure in (relation.whole, *relation.parts))
            yield code, place.submission, contracts.describer.relation(place, relation, (least[row], most[row]))


def _totals_unmet(cells: TableCells, contracts: Contracts, doubtful: set[tuple[int, str]]) -> Iterator[Unmet]:
    framed = control_totals(cells, contracts.operation, doubtful)
    for code, rows in unmet(ControlTotals, framed.frame):
        for total in (framed.places[row] for row in rows):
            yield code, total.at.submission, contracts.describer.total(total)


def _plausibility_unmet(cells: TableCells, wide: Framed[int], contracts: Contracts) -> Iterator[Unmet]:
    describer = contracts.describer
    ratios = {ratio.id: ratio for ratio in ratios_of(contracts.operation, cells.table)}
    for code, rows in unmet(contracts.plausibility[cells.table], wide.frame):
        for place in (cells.rows[wide.places[row]] for row in rows):
            if code in ratios:
                told = describer.ratio(place, ratios[code])
            else:
                told = describer.month_of_row(place) if code == "month_has_ended" else describer.row(place)
            yield code, place.submission, told
