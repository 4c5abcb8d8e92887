"""Timeliness: on time to the last day, late from the next, missing where nothing that came counts."""

import datetime as dt
from dataclasses import replace

import pytest

from flows.steps.timeliness import timeliness
from recorded import take_snapshot
from schemas.operation import Extension
from schemas.submission import Verdict
from schemas.timeliness import Expected, Timing
from small_nation import DECEMBER, IN_DECEMBER, JANUARY, OPERATION, cells_of, judged, receipt, submission

DAY_AFTER = dt.timedelta(days=1)
DEADLINE = dt.datetime(2032, 1, 10, 20, tzinfo=dt.UTC)
LONG_AFTER = dt.datetime(2032, 3, 1, 20, tzinfo=dt.UTC)
MORE_TIME = Extension(
    task_force="ID", month=DECEMBER, until=dt.date(2032, 1, 20), why="New records system", granted_by="Program manager"
)
IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))
REJECTED = (replace(IDAHO[0], verdict=Verdict.REJECTED), IDAHO[1])


def expected_of(*sent, as_of=LONG_AFTER, operation=OPERATION):
    """Return what is expected of Idaho; submissions are given with the time they were received."""
    batch = judged(*(one for one, _ in sent))
    receipts = [receipt(one.sha256, received=received) for (one, _), received in sent]
    taken = take_snapshot(operation, receipts, [batch], as_of=as_of)
    told = timeliness(operation, receipts, taken.submissions, taken.read, taken.counts, as_of=as_of)
    assert [(e.task_force, e.month) for e in told] == [(t, m) for t in OPERATION.roster.by_id for m in OPERATION.months]
    return told[:2]


def timings(*sent, **others):
    return [expected.timing for expected in expected_of(*sent, **others)]


ON_TIME, LATE, MISSING, DUE, NOT_DUE = Timing


def test_a_task_force_and_month_has_its_deadline_and_the_days_on_which_figures_came():
    assert expected_of((IDAHO, DEADLINE + DAY_AFTER)) == (
        Expected("ID", "ID", DECEMBER, dt.date(2032, 1, 10), None, dt.date(2032, 1, 11), dt.date(2032, 1, 11), LATE),
        Expected("ID", "ID", JANUARY, dt.date(2032, 2, 10), None, dt.date(2032, 1, 11), dt.date(2032, 1, 11), ON_TIME),
    )


@pytest.mark.parametrize(
    ("sent", "december"),
    [
        ([(IDAHO, DEADLINE)], ON_TIME),
        ([(IDAHO, DEADLINE + DAY_AFTER)], LATE),
        ([(REJECTED, DEADLINE)], MISSING),
        ([], MISSING),
    ],
    ids=["on the last day", "a day later", "rejected", "nothing"],
)
def test_the_deadline_is_the_last_day_on_which_figures_are_on_time(sent, december):
    assert timings(*sent)[0] is december


def test_a_day_ends_in_the_zone_of_the_operation():
    still_the_tenth = dt.datetime(2032, 1, 11, 7, 59, tzinfo=dt.UTC)
    assert timings((IDAHO, still_the_tenth))[0] is ON_TIME
    assert timings((IDAHO, still_the_tenth + dt.timedelta(minutes=1)))[0] is LATE


def test_who_corrects_after_the_deadline_is_not_late_for_it():
    again = (submission("b2", "ID", "ID", revision=2), cells_of("ID") | {("ID", JANUARY, "phones"): 31})
    assert timings((IDAHO, DEADLINE), (again, DEADLINE + DAY_AFTER))[0] is ON_TIME


def test_what_was_rejected_on_time_and_accepted_later_is_late():
    rejected = (replace(REJECTED[0], sha256="c3"), REJECTED[1])
    (december, _) = expected_of((rejected, DEADLINE), (IDAHO, DEADLINE + DAY_AFTER))
    assert (december.received, december.accepted) == (dt.date(2032, 1, 10), dt.date(2032, 1, 11))
    assert december.timing is LATE


def test_of_two_that_conflict_neither_is_accepted():
    other = (submission("d4", "ID", "ID"), cells_of("ID") | {("ID", JANUARY, "phones"): 31})
    (december, _) = expected_of((IDAHO, DEADLINE), (other, DEADLINE))
    assert (december.received, december.accepted, december.timing) == (dt.date(2032, 1, 10), None, MISSING)


def test_before_the_deadline_figures_are_due_and_before_the_months_end_they_are_not():
    assert timings(as_of=DEADLINE) == [DUE, NOT_DUE]
    assert timings(as_of=DEADLINE + DAY_AFTER) == [MISSING, NOT_DUE]
    assert timings((IDAHO, IN_DECEMBER), as_of=IN_DECEMBER) == [NOT_DUE, NOT_DUE]


def test_an_extension_moves_the_deadline_of_one_task_force_and_month():
    operation = replace(OPERATION, extensions=(MORE_TIME,))
    (december, january) = expected_of((IDAHO, DEADLINE + DAY_AFTER), operation=operation)
    assert (december.deadline, december.extension, december.timing) == (dt.date(2032, 1, 20), MORE_TIME, ON_TIME)
    assert (january.deadline, january.extension) == (dt.date(2032, 2, 10), None)
    assert timings(as_of=DEADLINE + DAY_AFTER, operation=operation)[0] is DUE
