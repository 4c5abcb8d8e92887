"""What published totals must be: each named check lets a good table through and refuses one thing changed."""

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from flows.steps.roll_up import roll_up
from schemas.national import Agreement, MonthlyTotals, NationalTotals, StateMonthlyTotals, StateTotals, TotalStatus
from small_nation import AFTER, OPERATION, counts_of, national_cells

ROLLED = roll_up(counts_of(national_cells()), OPERATION, as_of=AFTER)
TABLES = {
    NationalTotals: ROLLED.totals,
    MonthlyTotals: ROLLED.by_month,
    StateTotals: ROLLED.by_state,
    StateMonthlyTotals: ROLLED.by_state_and_month,
}


def checks_failed(contract, frame) -> set[str]:
    try:
        contract.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return {str(error.check.name) for error in errors.schema_errors}
    return set()


def changed(frame: pd.DataFrame, **values) -> pd.DataFrame:
    frame = frame.copy()
    for column, value in values.items():
        frame.loc[0, column] = value
    return frame


@pytest.mark.parametrize(("contract", "frame"), TABLES.items(), ids=lambda what: getattr(what, "__name__", ""))
def test_what_is_rolled_up_keeps_its_contract(contract, frame):
    assert checks_failed(contract, frame) == set()


@pytest.mark.parametrize(
    ("contract", "change", "check"),
    [
        (NationalTotals, {"task_forces_reporting": 5}, "task_forces_reporting_are_among_those_expected"),
        (MonthlyTotals, {"states_reporting": 4}, "states_reporting_are_among_those_expected"),
        (StateTotals, {"value": None}, "value_is_null_exactly_where_there_is_no_figure"),
        (NationalTotals, {"status": "not_due"}, "value_is_null_exactly_where_there_is_no_figure"),
        (StateTotals, {"task_forces_reporting": 0}, "complete_totals_hold_everybody"),
        (NationalTotals, {"measure": "partners"}, "measure_has_one_row"),
        (MonthlyTotals, {"month": "2032-01"}, "measure_and_month_have_one_row"),
        (StateTotals, {"measure": "partners"}, "state_and_measure_have_one_row"),
        (StateMonthlyTotals, {"month": "2032-01"}, "state_measure_and_month_have_one_row"),
        (NationalTotals, {"status": "fine"}, "isin"),
        (NationalTotals, {"value": -1}, "greater_than_or_equal_to"),
    ],
)
def test_one_thing_wrong_fails_its_check(contract, change, check):
    assert check in checks_failed(contract, changed(TABLES[contract], **change))


@pytest.mark.parametrize(
    ("column", "check"),
    [
        ("sum_of_states", "totals_equal_the_sum_of_states"),
        ("sum_of_months", "totals_equal_the_sum_of_months"),
        ("sum_of_parts", "wholes_equal_their_parts"),
    ],
)
def test_tables_that_disagree_fail_their_check(column, check):
    sums = dict.fromkeys(["total", "sum_of_states", "sum_of_months", "sum_of_parts"], 480)
    agreement = pd.DataFrame({"measure": ["devices"], **{n: pd.array([v], "Int64") for n, v in sums.items()}})
    assert checks_failed(Agreement, agreement) == set()
    assert checks_failed(Agreement, changed(agreement, **{column: None})) == set()
    assert checks_failed(Agreement, changed(agreement, **{column: 481})) == {check}


def test_every_status_reads_as_words():
    assert [status.phrase for status in TotalStatus] == [
        "complete",
        "all that is due is in; more is to come",
        "incomplete",
        "nothing received",
        "not due yet",
        "not applicable",
    ]
