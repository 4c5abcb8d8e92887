"""Contracts of severity warning: figures that can be true but seldom are. A sender corrects or explains them."""

import pandas as pd
import pandera.pandas as pa

from schemas.contracts import RowCheck, row_rule
from schemas.operation import Operation, PlausibleRatio, Table


def plausibility_contract(operation: Operation, table: Table) -> pa.DataFrameSchema:
    """Return the contract of one table's rows.

    A row has a column per measure (null where a cell is not a number, N/A as 0) and `ended`, whether its month is over.
    """
    measures = [measure.id for measure in operation.asked_in(table)]
    checks = [row_rule(ratio.id, _within(ratio)) for ratio in ratios_of(operation, table)]
    if table is Table.COUNTS:
        checks.append(row_rule("row_is_not_all_zeros", lambda rows: rows[measures].ne(0).any(axis=1)))
        checks.append(row_rule("month_has_ended", lambda rows: rows["ended"]))
    columns = {measure: pa.Column(float, nullable=True) for measure in measures}
    return pa.DataFrameSchema({**columns, "ended": pa.Column(bool)}, checks=checks, name=f"usual {table.value} rows")


def ratios_of(operation: Operation, table: Table) -> tuple[PlausibleRatio, ...]:
    """Return the plausible ratios between measures of one table."""
    asked = {measure.id for measure in operation.asked_in(table)}
    return tuple(ratio for ratio in operation.plausible_ratios if {ratio.numerator, ratio.denominator} <= asked)


def _within(ratio: PlausibleRatio) -> RowCheck:
    """Return the check of one ratio; it is true where either side is not a number."""

    def is_usual(rows: pd.DataFrame) -> "pd.Series[bool]":
        numerator, denominator = rows[ratio.numerator], rows[ratio.denominator]
        usual = ~(numerator < denominator * (ratio.least or 0))
        return usual if ratio.most is None else usual & ~(numerator > denominator * ratio.most)

    return is_usual
