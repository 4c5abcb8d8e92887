"""Who was expected, who counts, who is outstanding."""

from flows.steps.cover import cover
from schemas.snapshot import Coverage
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

EVERYBODY = ("ID", "OR", "WA-COAST", "WA-INLAND")


def coverage_of(cells, as_of=AFTER) -> Coverage:
    return cover(counts_of(cells), OPERATION, as_of=as_of)


def test_coverage_is_complete_when_every_task_force_has_every_month():
    coverage = coverage_of(national_cells())
    assert coverage == Coverage(4, 4, 3, 3, (), (), (DECEMBER, JANUARY))
    assert coverage.is_complete
    assert coverage.phrase == "4 of 4 task forces, 3 of 3 states"


def test_who_sent_nothing_is_outstanding():
    assert coverage_of(national_cells(without=["OR"])) == Coverage(3, 4, 2, 3, ("OR",), ("OR",), ())


def test_a_state_is_reporting_when_one_of_its_task_forces_is():
    coverage = coverage_of(national_cells(without=["WA-COAST"]))
    assert coverage == Coverage(3, 4, 3, 3, ("WA-COAST",), ("WA-COAST",), ())


def test_who_lacks_a_month_is_reporting_and_outstanding():
    cells = national_cells(without=["ID"]) | cells_of("ID", [JANUARY])
    assert coverage_of(cells) == Coverage(4, 4, 3, 3, ("ID",), ("ID",), (JANUARY,))


def test_who_lacks_the_table_without_months_is_outstanding():
    cells = national_cells()
    del cells["WA-INLAND", "", "partners"]
    coverage = coverage_of(cells)
    assert coverage == Coverage(4, 4, 3, 3, ("WA-INLAND",), ("WA-INLAND",), (DECEMBER, JANUARY))


def test_not_applicable_is_reported():
    cells = national_cells() | {("ID", month, "examiners"): None for month in (DECEMBER, JANUARY)}
    assert coverage_of(cells).is_complete


def test_while_months_are_to_come_everybody_is_outstanding_and_nobody_overdue():
    coverage = coverage_of(national_cells(months=[DECEMBER]), IN_JANUARY)
    assert coverage == Coverage(4, 4, 3, 3, EVERYBODY, (), (DECEMBER,))


def test_figures_of_a_month_that_goes_on_do_not_cover_it():
    assert coverage_of(national_cells(), IN_JANUARY) == Coverage(4, 4, 3, 3, EVERYBODY, (), (DECEMBER,))


def test_before_the_first_month_has_ended_nothing_is_overdue():
    assert coverage_of({}, IN_DECEMBER) == Coverage(0, 4, 0, 3, EVERYBODY, (), ())


def test_an_empty_inbox_after_the_end_leaves_everybody_overdue():
    assert coverage_of({}) == Coverage(0, 4, 0, 3, EVERYBODY, EVERYBODY, ())
