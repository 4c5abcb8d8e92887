"""From a place on the form to the numbers around it, and to what these show to be the likely cause of a finding."""

from collections.abc import Iterable, Sequence

from flows.steps.validate.control_totals import NUMBERS, TotalPlace
from flows.steps.validate.frames import RowPlace
from flows.steps.validate.likely_cause import Numbers, Place, Sum, cause_of_jump, cause_of_sum
from schemas.operation import Measure, PartsRelation, PlausibleRatio
from schemas.parsed import FormRow, ParsedTable
from schemas.relations import Relation

_MOST_ROWS = 200
"""No form has as many rows. A sheet that does may have thousands of wrong totals, which nobody needs explained."""


def cause_of_relation(place: RowPlace, relation: Relation, asked: Sequence[Measure]) -> str:
    """Return the likely cause of a whole that does not fit its parts, given the measures asked in its table."""
    whole, *parts = (_place(place, measure, asked) for measure in (relation.whole, *relation.parts))
    overlapping = relation.whole.relation is PartsRelation.OVERLAPPING
    return cause_of_sum(_numbers(place.table, _placed(place)), Sum(whole, tuple(parts), overlapping=overlapping))


def cause_of_total(total: TotalPlace) -> str:
    """Return the likely cause of a control total that is not the sum of its rows."""
    if len(total.at.table.rows) > _MOST_ROWS:
        return ""
    own = total.at.row
    addends = tuple((row.row, total.column) for row in total.addends)
    numbers = _numbers(total.at.table, (*total.placed, own))
    return cause_of_sum(numbers, Sum((own.row, total.column), addends, is_along_a_row=False))


def cause_of_ratio(place: RowPlace, ratio: PlausibleRatio, asked: Sequence[Measure]) -> str:
    """Return the likely cause of a figure that is unusual beside another one, given the measures asked there."""
    ids = {measure.id: measure for measure in asked}
    pair = _place(place, ids[ratio.numerator], asked), _place(place, ids[ratio.denominator], asked)
    return cause_of_jump(_numbers(place.table, _placed(place)), pair, ratio.is_usual)


def _placed(place: RowPlace) -> list[FormRow]:
    return [row for row in place.table.rows if row.is_placed]


def _place(place: RowPlace, measure: Measure, asked: Sequence[Measure]) -> Place:
    return place.row.row, place.table.columns[asked.index(measure)]


def _numbers(table: ParsedTable, rows: Iterable[FormRow]) -> Numbers:
    """Gather the numbers of some rows; those of each task force are its history."""
    in_order = sorted(rows, key=lambda row: row.month.word)
    placed = [row for row in in_order if row.is_placed]
    task_forces = dict.fromkeys(row.task_force.word for row in placed)
    return Numbers(
        {
            (row.row, column): int(value)
            for row in in_order
            for column, kind, value in zip(table.columns, row.kinds, row.values, strict=True)
            if kind in NUMBERS
        },
        tuple(tuple(row.row for row in placed if row.task_force.word == task_force) for task_force in task_forces),
    )
