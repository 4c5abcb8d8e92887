"""Contracts for figures that must agree: wholes with their parts, and control totals with what they add up.

The operation says which measures have parts; the checks are generated from that and named for what must be true.
"""

from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.contracts import StrictModel, row_rule, rule
from schemas.operation import Measure, Operation, PartsRelation, Table


@dataclass(frozen=True, slots=True)
class Relation:
    """A whole and its parts, all asked in one table, and the code of the rule between them."""

    code: str
    whole: Measure
    parts: tuple[Measure, ...]

    def holds(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Tell for each row whether the whole fits its parts; true where any of them is not a number."""
        least, most = self.bounds(rows)
        whole = rows[self.whole.id]
        return ((least <= whole) & (whole <= most)) | (least + most + whole).isna()

    def bounds(self, rows: pd.DataFrame) -> "tuple[pd.Series[float], pd.Series[float]]":
        """Return the least and the greatest whole that fits each row's parts; null where a part is not a number."""
        parts = rows[[part.id for part in self.parts]]
        most = parts.sum(axis=1, skipna=False)
        return (most if self.whole.relation is PartsRelation.DISJOINT else parts.max(axis=1, skipna=False)), most


def relations(operation: Operation, table: Table) -> tuple[Relation, ...]:
    """Return the relations between measures of one table, in the form's order."""
    return tuple(
        Relation(relation_code(measure), measure, tuple(operation.measure[part] for part in measure.parts))
        for measure in operation.asked_in(table)
        if measure.parts
    )


def relation_code(whole: Measure) -> str:
    """Return the rule's name, such as `arrests_equal_their_parts`."""
    verb = "equal" if whole.relation is PartsRelation.DISJOINT else "fit"
    return f"{whole.id}_{verb}_their_parts"


def relations_contract(operation: Operation, table: Table) -> pa.DataFrameSchema:
    """Return the contract of one table's rows, a column per measure; null where a cell is not a number, N/A as 0."""
    return pa.DataFrameSchema(
        {measure.id: pa.Column(float, nullable=True) for measure in operation.asked_in(table)},
        checks=[row_rule(relation.code, relation.holds) for relation in relations(operation, table)],
        name=f"{table.value} rows",
    )


class ControlTotals(StrictModel):
    """One row is a number in a control total's row, with the sum of what it stands for. Both are whole."""

    submission: Series[int]
    value: Series[float]
    sum: Series[float]

    @rule
    def control_total_is_the_sum(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return totals["value"] == totals["sum"]
