"""Copies: rows that are the same where they should differ, and only where that is no chance."""

from dataclasses import replace

import pytest

from flows.steps.copies import find_copies
from schemas.across import Across, Copies
from schemas.findings import Severity
from small_nation import DECEMBER, JANUARY, OPERATION, cells_of, counts_of

NEVER = Across()
OF_TASK_FORCES = Across(rows_of_task_forces_differ=Copies(5))
OF_MONTHS = Across(months_of_a_task_force_differ=Copies(5))
OTHER = {(t, m, "phones"): n for n, (t, m) in enumerate([("OR", DECEMBER), ("OR", JANUARY), ("ID", JANUARY)])}


def found(across, changes):
    cells = cells_of("ID") | cells_of("OR") | changes
    return find_copies(counts_of(cells), replace(OPERATION, across=across))


def said(across, changes=()):
    return [(f.task_force, f.month, f.cell, f.message) for f in found(across, dict(changes))]


def test_two_task_forces_with_the_same_row_are_both_warned_of():
    december = {("OR", DECEMBER, "phones"): 31}
    assert said(OF_TASK_FORCES, december) == [
        ("ID", JANUARY, "C5", "Counts!C5: all 5 figures of ID, January 2032 are also those of OR."),
        ("OR", JANUARY, "C5", "Counts!C5: all 5 figures of OR, January 2032 are also those of ID."),
    ]
    (one, _) = found(OF_TASK_FORCES, december)
    assert (one.severity, one.sha256, one.code) == (Severity.WARNING, "a" * 64, "rows_of_task_forces_differ")


def test_a_month_that_repeats_the_one_before_is_warned_of():
    assert said(OF_MONTHS, {("OR", JANUARY, "phones"): 31}) == [
        ("ID", JANUARY, "C5", "Counts!C5: all 5 figures of ID, January 2032 are also those of December 2031.")
    ]


@pytest.mark.parametrize("across", [OF_TASK_FORCES, OF_MONTHS])
@pytest.mark.parametrize(
    "changes",
    [OTHER, dict.fromkeys([(t, m, "tips_urgent") for t in ("ID", "OR") for m in (DECEMBER, JANUARY)], 0)],
    ids=["one figure differs", "too few are above 0"],
)
def test_rows_that_differ_or_say_little_are_no_copies(across, changes):
    assert said(across, changes) == []


def test_a_stock_tells_nothing():
    changes = {(t, m, "examiners"): n for n, t in enumerate(("ID", "OR")) for m in (DECEMBER, JANUARY)}
    assert len(said(OF_TASK_FORCES, changes)) == 4


def test_what_the_operation_does_not_ask_is_not_asked():
    assert said(NEVER) == []
