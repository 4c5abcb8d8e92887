"""Totals of states and nation, over the operation and by month, against a model of ten lines."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.roll_up import roll_up
from schemas.snapshot import RollUp
from small_nation import (
    AFTER,
    DECEMBER,
    IN_DECEMBER,
    IN_JANUARY,
    JANUARY,
    OPERATION,
    cells_of,
    counts_of,
    national_cells,
)

WHOLE_NATION = national_cells()
ROSTER = OPERATION.roster.by_id


def rolled(cells, as_of=AFTER) -> RollUp:
    return roll_up(counts_of(cells), OPERATION, as_of=as_of)


def national(cells, measure, as_of=AFTER):
    """Return a measure's national value (None for null), task forces reporting, states reporting and status."""
    return _said(rolled(cells, as_of).totals, measure=measure)


def in_month(cells, measure, month, as_of=AFTER):
    return _said(rolled(cells, as_of).by_month, measure=measure, month=month)


def _said(totals: pd.DataFrame, **where):
    (row,) = totals.loc[(totals[list(where)] == pd.Series(where)).all(axis=1)].to_dict("records")
    value = None if pd.isna(row["value"]) else row["value"]
    return value, row["task_forces_reporting"], row["states_reporting"], row["status"]


def test_a_whole_nation_adds_up():
    totals = rolled(WHOLE_NATION).totals
    assert totals.drop(columns=["label", "unit"]).to_csv(index=False).splitlines() == [
        "measure,value,task_forces_reporting,task_forces_expected,states_reporting,states_expected,status",
        "tips,80,4,4,3,3,complete",
        "tips_urgent,32,4,4,3,3,complete",
        "tips_foreign,64,4,4,3,3,complete",
        "phones,240,4,4,3,3,complete",
        "computers,240,4,4,3,3,complete",
        "examiners,12,4,4,3,3,complete",
        "devices,480,4,4,3,3,complete",
        "partners,20,4,4,3,3,complete",
    ]


def test_months_have_totals_of_what_is_asked_by_month():
    by_month = rolled(WHOLE_NATION | {("OR", JANUARY, "phones"): 50}).by_month
    phones = by_month[by_month["measure"] == "phones"]
    assert phones[["label", "unit", "month", "value", "status"]].to_csv(index=False).splitlines() == [
        "label,unit,month,value,status",
        f"Phones examined,devices,{DECEMBER},120,complete",
        f"Phones examined,devices,{JANUARY},140,complete",
    ]
    assert "partners" not in set(by_month["measure"])


def test_a_state_has_the_sum_of_its_task_forces():
    by_state = rolled(national_cells(without=["WA-INLAND"])).by_state
    tips = by_state[by_state["measure"] == "tips"].drop(columns=["measure", "label", "unit"])
    assert tips.to_csv(index=False).splitlines() == [
        "state,state_name,value,task_forces_reporting,task_forces_expected,status",
        "ID,Idaho,20,1,1,complete",
        "OR,Oregon,20,1,1,complete",
        "WA,Washington,20,1,2,incomplete",
    ]


def test_a_state_without_a_submission_has_rows_that_say_so():
    by_state = rolled(national_cells(without=["OR"])).by_state
    oregon = by_state[by_state["state"] == "OR"]
    assert set(oregon["status"]) == {"not_received"}
    assert oregon["value"].isna().all()
    assert len(oregon) == len(OPERATION.measures)


def test_of_a_stock_the_latest_month_stands():
    assert national(WHOLE_NATION | {("ID", DECEMBER, "examiners"): 99}, "examiners") == (12, 4, 3, "complete")
    assert national(WHOLE_NATION | {("ID", JANUARY, "examiners"): 99}, "examiners") == (108, 4, 3, "complete")


def test_of_a_stock_the_latest_month_reported_stands_while_the_last_is_missing():
    cells = national_cells(without=["ID"]) | cells_of("ID", [DECEMBER])
    assert national(cells, "examiners") == (12, 4, 3, "incomplete")


def test_not_applicable_adds_nothing_and_is_reported():
    cells = WHOLE_NATION | {("ID", month, "examiners"): None for month in (DECEMBER, JANUARY)}
    assert national(cells, "examiners") == (9, 4, 3, "complete")


def test_what_is_not_applicable_to_everybody_has_no_total():
    cells = {cell: None if cell[2] == "examiners" else value for cell, value in WHOLE_NATION.items()}
    assert national(cells, "examiners") == (None, 4, 3, "not_applicable")


def test_zero_is_a_total():
    cells = {cell: 0 if cell[2] == "tips" else value for cell, value in WHOLE_NATION.items()}
    assert national(cells, "tips") == (0, 4, 3, "complete")


def test_a_measure_that_is_not_asked_is_the_sum_of_its_parts():
    assert national(WHOLE_NATION | {("ID", DECEMBER, "phones"): 0}, "devices") == (450, 4, 3, "complete")
    assert in_month(WHOLE_NATION | {("ID", DECEMBER, "phones"): 0}, "devices", DECEMBER) == (210, 4, 3, "complete")


def test_a_missing_task_force_makes_every_total_incomplete():
    without = rolled(national_cells(without=["OR"]))
    assert set(without.totals["status"]) == set(without.by_month["status"]) == {"incomplete"}
    assert national(national_cells(without=["OR"]), "tips") == (60, 3, 2, "incomplete")


def test_while_months_are_to_come_totals_are_to_date():
    cells = national_cells(months=[DECEMBER])
    assert national(cells, "tips", IN_JANUARY) == (40, 4, 3, "to_date")
    assert national(cells, "partners", IN_JANUARY) == (20, 4, 3, "to_date")
    assert in_month(cells, "tips", DECEMBER, IN_JANUARY) == (40, 4, 3, "complete")
    assert in_month(cells, "tips", JANUARY, IN_JANUARY) == (None, 0, 0, "not_due")


def test_nothing_received_is_not_due_before_a_month_has_ended_and_missing_after():
    assert set(rolled({}, IN_DECEMBER).totals["status"]) == {"not_due"}
    assert set(rolled({}, AFTER).totals["status"]) == {"not_received"}


def test_firm_is_what_cannot_fall():
    cells = national_cells(without=["ID"]) | cells_of("ID", [DECEMBER])
    assert rolled(cells).firm == {
        "tips": 70, "tips_urgent": 28, "tips_foreign": 56, "phones": 210, "computers": 210,
        "examiners": 9, "devices": 420, "partners": 15,
    }  # fmt: skip


VALUES = st.one_of(st.none(), st.integers(0, 1_000))
CELLS = st.lists(VALUES, min_size=len(WHOLE_NATION), max_size=len(WHOLE_NATION))
ASKED_AND_FREE = {"tips_urgent", "tips_foreign", "tips", "examiners", "partners", "phones", "computers"}


def by_the_model(cells, task_forces):
    totals = {}
    for measure in ASKED_AND_FREE:
        is_stock = measure in ("examiners", "partners")
        kept = {
            (tf, m if not is_stock else "z"): (m, v) for (tf, m, what), v in sorted(cells.items()) if what == measure
        }
        values = [
            value for (task_force, _), (_, value) in kept.items() if task_force in task_forces and value is not None
        ]
        totals[measure] = sum(values) if values else None
    parts = [total for part in ("phones", "computers") if (total := totals[part]) is not None]
    return totals | {"devices": sum(parts) if parts else None}


@given(CELLS, st.sets(st.sampled_from(sorted(ROSTER))))
def test_totals_are_those_of_the_model(values, without):
    cells = {c: v for c, v in zip(WHOLE_NATION, values, strict=True) if c[0] not in without}
    roll = rolled(cells)
    assert _values(roll.totals, ["measure"]) == by_the_model(cells, set(ROSTER))
    of_states = _values(roll.by_state, ["state", "measure"])
    for state, group in OPERATION.roster.by_state.items():
        expected = by_the_model(cells, {t.id for t in group})
        assert {measure: of_states[state, measure] for measure in expected} == expected


@pytest.mark.parametrize("cell", list(WHOLE_NATION)[::4], ids="/".join)
def test_one_count_changed_changes_exactly_its_totals(cell):
    task_force, month, measure = cell
    before, after = rolled(WHOLE_NATION), rolled(WHOLE_NATION | {cell: WHOLE_NATION[cell] + 1})
    state = ROSTER[task_force].state
    touched = {measure, "devices"} if measure in ("phones", "computers") else {measure}
    over_operation = touched if (measure, month) != ("examiners", DECEMBER) else set()
    of_month = touched if month else set()
    assert _changes(before.totals, after.totals, ["measure"]) == {(m,): 1 for m in over_operation}
    assert _changes(before.by_month, after.by_month, ["measure", "month"]) == {(m, month): 1 for m in of_month}
    assert _changes(before.by_state, after.by_state, ["state", "measure"]) == {(state, m): 1 for m in over_operation}
    keys = ["state", "measure", "month"]
    changes = _changes(before.by_state_and_month, after.by_state_and_month, keys)
    assert changes == {(state, m, month): 1 for m in of_month}


def _values(totals: pd.DataFrame, keys: list[str]):
    values = totals.set_index(keys)["value"]
    return {key: None if pd.isna(value) else int(value) for key, value in values.items()}


def _changes(before: pd.DataFrame, after: pd.DataFrame, keys: list[str]):
    pd.testing.assert_frame_equal(before.drop(columns="value"), after.drop(columns="value"))
    grown = after.assign(by=after["value"] - before["value"])
    return {tuple(row[key] for key in keys): row["by"] for row in grown.to_dict("records") if row["by"]}


def test_the_order_of_counts_changes_nothing():
    counts = counts_of(WHOLE_NATION | {("OR", JANUARY, "phones"): 50})
    forwards, backwards = (roll_up(c, OPERATION, as_of=AFTER) for c in (counts, counts.iloc[::-1]))
    pd.testing.assert_frame_equal(forwards.totals, backwards.totals)
    pd.testing.assert_frame_equal(forwards.by_state_and_month, backwards.by_state_and_month)
