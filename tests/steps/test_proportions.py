"""Jumps: figures far from their task force's own history, weighed by size, and none in the sample."""

from collections import Counter
from dataclasses import replace

import pytest

from flows.steps.copies import find_copies
from flows.steps.proportions import find_jumps, history_in
from sample_workbook import OPERATION
from schemas.across import Across, History
from schemas.operation import OverMonths, Table
from test_nation import whole

MAY, APRIL = "2018-05", "2018-04"


def with_value(task_force, month, measure, change):
    """Return the sample's counts with one value changed."""
    counts = whole().counts.copy()
    is_it = (counts["task_force"] == task_force) & (counts["month"] == month) & (counts["measure"] == measure)
    (before,) = counts.loc[is_it, "value"]
    counts.loc[is_it, "value"] = change(before)
    return counts


def told(counts, history=None, operation=OPERATION):
    return [
        (f.code, f.task_force, f.month, f.measure, f.found, f.expected) for f in find_jumps(counts, operation, history)
    ]


def test_the_sample_has_neither_jumps_nor_copies():
    assert told(whole().counts) == []
    assert find_copies(whole().counts, OPERATION) == ()


def test_a_figure_ten_times_too_large_is_found_at_its_cell():
    (finding,) = find_jumps(with_value("OH", MAY, "arrests", lambda n: 10 * n), OPERATION)
    assert finding.message == (
        f"Counts!{finding.cell}: Arrests of OH, May 2018 (520) are far above this task force's other months (about 25)."
    )
    assert (finding.sheet, finding.cell, finding.sha256) == ("Counts", "D7", current("OH"))


def current(task_force):
    return next(sha256 for (sha256, t) in whole().standings if t == task_force)


def test_a_figure_ten_times_too_small_is_found():
    counts = with_value("CA-LA", APRIL, "complaints_investigated", lambda n: n // 20)
    assert told(counts) == [("months_are_in_proportion", "CA-LA", APRIL, "complaints_investigated", "45", "about 927")]


def test_of_figures_ten_times_too_large_nine_in_ten_are_found_and_nothing_else_is():
    """Among those that are large enough to say anything; a figure of 3 may be 30 in a month."""
    counts = whole().counts
    measures = OPERATION.across.months_are_in_proportion.measures
    large = counts[counts["measure"].isin(measures) & (counts["value"] >= 10)].iloc[::7]
    outcomes = Counter()
    for one in large.itertuples():
        changed = counts.copy()
        changed.loc[one.Index, "value"] = 10 * one.value
        places = [(task_force, measure) for _, task_force, _, measure, *_ in told(changed)]
        outcomes["found" if places == [(one.task_force, one.measure)] else "else" if places else "missed"] += 1
    assert outcomes["else"] == 0
    assert outcomes["found"] >= 0.9 * sum(outcomes.values())


def test_small_figures_and_zeros_say_nothing():
    assert told(with_value("AK", MAY, "arrests", lambda _: 29)) == []
    assert told(with_value("CA-LA", MAY, "arrests", lambda _: 0)) == []


def test_where_all_task_forces_are_busier_nobody_jumps():
    counts = whole().counts.copy()
    in_may = counts["month"] == MAY
    counts.loc[in_may, "value"] = counts.loc[in_may, "value"] * 10
    assert told(counts) == []


def test_with_few_task_forces_there_is_no_telling():
    counts = with_value("OH", MAY, "arrests", lambda n: 10 * n)
    few = counts[counts["task_force"].isin(["OH", "AL", "GA"])]
    assert told(few) == []
    assert told(few.iloc[:0]) == []


@pytest.fixture(scope="module")
def history():
    """A year in which everybody reported about half, in six months."""
    sums = whole().contributions.groupby(["task_force", "measure"])["value"].sum()
    return History("Operation Broken Heart 2017", 6, {key: int(value) for key, value in sums.items()})


def test_an_operation_unlike_the_one_before_is_found(history):
    assert told(whole().counts, history) == []
    ten = replace(history, totals=history.totals | {("OH", "arrests"): 10 * history.totals["OH", "arrests"]})
    (finding,) = find_jumps(whole().counts, OPERATION, ten)
    assert finding.message == (
        "The file: Arrests of OH (34 a month) are far below those of Operation Broken Heart 2017 (about 170 a month)."
    )
    assert (finding.code, finding.task_force, finding.month, finding.measure) == (
        "operations_are_in_proportion",
        "OH",
        "",
        "arrests",
    )


def test_only_measures_that_both_operations_have_are_compared(history):
    renamed = {("OH", "detentions"): 10 * history.totals["OH", "arrests"]}
    others = {key: value for key, value in history.totals.items() if key[1] != "arrests"}
    assert told(whole().counts, replace(history, totals=others | renamed)) == []


def test_a_history_is_what_was_reported_for_every_month():
    counts = whole().counts
    counts = counts[(counts["task_force"] != "OH") | (counts["month"] != MAY)]
    history = history_in(OPERATION, counts, {("AL", MAY)})
    assert (history.title, history.months) == (OPERATION.title, 3)
    assert {task_force for task_force, _ in history.totals} == OPERATION.roster.by_id.keys() - {"OH", "AL"}
    arrests = counts[(counts["task_force"] == "CA-LA") & (counts["measure"] == "arrests")]["value"].sum()
    assert history.totals["CA-LA", "arrests"] == arrests
    assert {measure for _, measure in history.totals} == {
        m.id for m in OPERATION.measures if m.table is Table.COUNTS and m.over_months is OverMonths.SUM
    }


def test_what_the_operation_does_not_ask_is_not_asked(history):
    quiet = replace(OPERATION, across=Across())
    assert told(with_value("OH", MAY, "arrests", lambda n: 10 * n), history, quiet) == []
