"""A whole batch against all contracts: shape, fields, rows, cells, relations, control totals, plausibility."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from flows.steps.validate import frames
from flows.steps.validate.contracts import Contracts
from flows.steps.validate.control_totals import control_totals
from flows.steps.validate.describe import Told
from flows.steps.validate.frames import Framed, PlaceT, TableCells
from schemas.contracts import Contract, unmet
from schemas.counts import COUNT_CELLS
from schemas.findings import Finding
from schemas.form import ExpectedRows, FormParts, FormRows
from schemas.parsed import ParsedWorkbook
from schemas.plausibility import ratios_of
from schemas.relations import ControlTotals, Relation, relations
from schemas.telling import tell
from schemas.workbook import FORM_SHEETS, position

_MONTH_RULES = frozenset({"month_is_readable", "month_is_in_the_operation"})

Figure = tuple[int, str]
"""A line of a table's cells, and a measure's id."""

Unmet = tuple[str, int, Told]
"""A rule's code, the submission's position in the batch, and the place described."""


@dataclass(frozen=True, slots=True)
class Validated:
    """A batch after validation: each submission's findings, in the form's order, and the typed cells of each table."""

    findings: tuple[tuple[Finding, ...], ...]
    cells: tuple[TableCells, ...]


def validate(parsed: Sequence[ParsedWorkbook], sha256s: Sequence[str], contracts: Contracts) -> Validated:
    """Ask every contract once about all workbooks of a batch, given with the bytes of each."""
    cells = tuple(frames.table_cells(parsed, contracts.operation, table) for table in contracts.operation.tables)
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
    misplaced = list(_rows_unmet(parsed, contracts))
    yield from misplaced
    unsettled = {(submission, where.sheet) for _, submission, (where, _) in misplaced}
    for table in cells:
        yield from _cells_unmet(table, contracts)
        wide = frames.wide_frame(table, contracts.operation, contracts.months_ended)
        doubtful = list(_relations_unmet(table, wide, contracts))
        yield from (found for found, _ in doubtful)
        doubted = {figure for _, figures in doubtful for figure in figures}
        yield from _totals_unmet(table, contracts, doubted, unsettled)
        yield from _plausibility_unmet(table, wide, contracts, doubted)


def _parts_unmet(parsed: Sequence[ParsedWorkbook], contracts: Contracts) -> Iterator[Unmet]:
    for code, (n, part) in _each_unmet(FormParts, frames.part_frame(parsed)):
        yield code, n, contracts.describer.part(part)
    for code, (n, field) in _each_unmet(contracts.fields, frames.field_frame(parsed, contracts.months_ended)):
        yield code, n, contracts.describer.field(field, frames.reported_until(parsed[n], contracts.months_ended))


def _rows_unmet(parsed: Sequence[ParsedWorkbook], contracts: Contracts) -> Iterator[Unmet]:
    describer = contracts.describer
    for code, place in _each_unmet(FormRows, frames.row_frame(parsed)):
        is_of_month, state = code in _MONTH_RULES, parsed[place.submission].state
        told = describer.month_key(place) if is_of_month else describer.task_force_key(place, state)
        yield code, place.submission, told
    for code, expected in _each_unmet(ExpectedRows, frames.expected_frame(parsed, contracts.months_ended)):
        yield code, expected.submission, describer.expected_row(expected)


def _cells_unmet(cells: TableCells, contracts: Contracts) -> Iterator[Unmet]:
    measures = cells.kinds.shape[1]
    for code, positions in unmet(COUNT_CELLS, frames.cell_frame(cells)):
        for line, n in (divmod(int(at), measures) for at in positions):
            place = cells.rows[line]
            yield code, place.submission, contracts.describer.cell(place, n)


def _relations_unmet(
    cells: TableCells, wide: Framed[int], contracts: Contracts
) -> Iterator[tuple[Unmet, frozenset[Figure]]]:
    """Yield the wholes that do not fit their parts, each with the figures that this puts in doubt."""
    by_code: dict[str, Relation] = {r.code: r for r in relations(contracts.operation, cells.table)}
    for code, rows in unmet(contracts.relations[cells.table], wide.frame):
        relation = by_code[code]
        least, most = relation.bounds(wide.frame)
        for row in rows:
            line = wide.places[row]
            place = cells.rows[line]
            told = contracts.describer.relation(place, relation, (least[row], most[row]))
            figures = frozenset((line, measure.id) for measure in (relation.whole, *relation.parts))
            yield (code, place.submission, told), figures


def _totals_unmet(
    cells: TableCells, contracts: Contracts, doubted: Set[Figure], unsettled: Set[tuple[int, str]]
) -> Iterator[Unmet]:
    """Yield wrong control totals, but not those that follow from a missing row or a figure in doubt."""
    columns_in_doubt = {(cells.rows[line].submission, measure) for line, measure in doubted}
    for code, total in _each_unmet(ControlTotals, control_totals(cells, contracts.operation)):
        submission = total.at.submission
        if (submission, total.measure.id) in columns_in_doubt or (submission, cells.table.value) in unsettled:
            continue
        yield code, submission, contracts.describer.total(total)


def _plausibility_unmet(
    cells: TableCells, wide: Framed[int], contracts: Contracts, doubted: Set[Figure]
) -> Iterator[Unmet]:
    """Yield what is unusual, but no ratio of a figure that is in doubt already."""
    describer = contracts.describer
    ratios = {ratio.id: ratio for ratio in ratios_of(contracts.operation, cells.table)}
    for code, line in _each_unmet(contracts.plausibility[cells.table], wide):
        place, ratio = cells.rows[line], ratios.get(code)
        if ratio is None:
            told = describer.month_of_row(place) if code == "month_has_ended" else describer.row(place)
        elif {(line, ratio.numerator), (line, ratio.denominator)} & doubted:
            continue
        else:
            told = describer.ratio(place, ratio)
        yield code, place.submission, told


def _each_unmet(contract: Contract, framed: Framed[PlaceT]) -> Iterator[tuple[str, PlaceT]]:
    """Yield each rule that a frame does not meet, with the place where it does not."""
    for code, rows in unmet(contract, framed.frame):
        for row in rows:
            yield code, framed.places[row]
