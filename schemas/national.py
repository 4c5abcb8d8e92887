"""Contracts for what we publish: totals of the nation and of the states, over the operation and by month.

In all of them `value` is null where there is no figure, and `status` says why. Zero is a figure.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.contracts import StrictModel, rule
from schemas.phrased import Phrased


class TotalStatus(Phrased):
    """How much of what a total should hold is in it."""

    COMPLETE = "complete", "complete"
    TO_DATE = "to_date", "all that is due is in; more is to come"
    INCOMPLETE = "incomplete", "incomplete"
    NOT_RECEIVED = "not_received", "nothing received"
    NOT_DUE = "not_due", "not due yet"
    NOT_APPLICABLE = "not_applicable", "not applicable"


_WITHOUT_FIGURE = [TotalStatus.NOT_RECEIVED.value, TotalStatus.NOT_DUE.value, TotalStatus.NOT_APPLICABLE.value]


class _Totals(StrictModel):
    """What every table of totals has."""

    measure: Series[str]
    label: Series[str]
    unit: Series[str]
    value: Series[pd.Int64Dtype] = pa.Field(nullable=True, ge=0)
    task_forces_reporting: Series[int] = pa.Field(ge=0)
    task_forces_expected: Series[int] = pa.Field(ge=1)
    status: Series[str] = pa.Field(isin=[status.value for status in TotalStatus])

    @rule
    def task_forces_reporting_are_among_those_expected(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return totals["task_forces_reporting"] <= totals["task_forces_expected"]

    @rule
    def value_is_null_exactly_where_there_is_no_figure(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        """Zero, not applicable, not due and not received are different things."""
        return totals["value"].isna() == totals["status"].isin(_WITHOUT_FIGURE)

    @rule
    def complete_totals_hold_everybody(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        everybody = totals["task_forces_reporting"] == totals["task_forces_expected"]
        return everybody | ~totals["status"].isin([TotalStatus.COMPLETE.value])


class _NationWide(_Totals):
    """What every table of national totals has."""

    states_reporting: Series[int] = pa.Field(ge=0)
    states_expected: Series[int] = pa.Field(ge=1)

    @rule
    def states_reporting_are_among_those_expected(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return totals["states_reporting"] <= totals["states_expected"]


class NationalTotals(_NationWide):
    """One row is a measure over the operation."""

    @rule
    def measure_has_one_row(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return ~totals.duplicated(["measure"])


class MonthlyTotals(_NationWide):
    """One row is a measure in a month, such as `2018-03`. Measures asked without a month are not in it."""

    month: Series[str] = pa.Field(str_matches=r"^\d{4}-\d{2}$")

    @rule
    def measure_and_month_have_one_row(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return ~totals.duplicated(["measure", "month"])


class StateTotals(_Totals):
    """One row is a state and measure over the operation. It belongs to the state's task force commander."""

    state: Series[str]
    state_name: Series[str]

    @rule
    def state_and_measure_have_one_row(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return ~totals.duplicated(["state", "measure"])


class StateMonthlyTotals(_Totals):
    """One row is a state and measure in a month."""

    state: Series[str]
    state_name: Series[str]
    month: Series[str] = pa.Field(str_matches=r"^\d{4}-\d{2}$")

    @rule
    def state_measure_and_month_have_one_row(cls, totals: pd.DataFrame) -> "pd.Series[bool]":
        return ~totals.duplicated(["state", "measure", "month"])


class Agreement(StrictModel):
    """One row is a measure: its total beside what the other tables make of it, null where that does not apply.

    Months add up only for flows, parts only where they are disjoint and nobody says N/A.
    """

    measure: Series[str]
    total: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    sum_of_states: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    sum_of_months: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    sum_of_parts: Series[pd.Int64Dtype] = pa.Field(nullable=True)

    @rule
    def totals_equal_the_sum_of_states(cls, agreement: pd.DataFrame) -> "pd.Series[bool]":
        return (agreement["total"] == agreement["sum_of_states"]).fillna(True).astype(bool)

    @rule
    def totals_equal_the_sum_of_months(cls, agreement: pd.DataFrame) -> "pd.Series[bool]":
        return (agreement["total"] == agreement["sum_of_months"]).fillna(True).astype(bool)

    @rule
    def wholes_equal_their_parts(cls, agreement: pd.DataFrame) -> "pd.Series[bool]":
        return (agreement["total"] == agreement["sum_of_parts"]).fillna(True).astype(bool)
