"""The next addition to the program to date, from the form to the claims of a release; and each thing refused."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from flows.adding import add
from flows.inbox import Arrival
from flows.ledger.acts import last
from flows.ledger.increments import additions_until
from flows.releasing import prepare
from flows.reports.program_form import program_form
from released import EDITOR, NATION, desk, night
from schemas.mistakes import OperationError
from schemas.program import Addition, continued
from small_nation import AFTER, OPERATION

NOW = dt.datetime(2032, 7, 1, 12, tzinfo=dt.UTC)
FIRST = Addition("devices_since_2029", dt.date(2032, 2, 1), dt.date(2032, 6, 30), 150, "Yearbook")


def form(operation=OPERATION, **cells) -> Arrival:
    """Return the form filled in: with a good addition, and any other cells as given."""
    workbook = load_workbook(io.BytesIO(program_form(operation)))
    sheet = workbook.worksheets[0]
    for cell, value in {"C5": "2032-06-30", "D5": 150, **cells}.items():
        sheet[cell] = value
    written = io.BytesIO()
    workbook.save(written)
    return Arrival("form.xlsx", "f" * 64, written.getvalue())


@pytest.fixture
def ledger(tmp_path):
    with desk(tmp_path) as ledger:
        night(ledger, *NATION)
        yield ledger


def recorded(ledger, arrival, clock=NOW):
    return add(ledger, arrival, role="National office", source="Yearbook", clock=clock)


def refused(ledger, arrival, clock=NOW) -> str:
    with pytest.raises(OperationError) as refusal:
        recorded(ledger, arrival, clock)
    with ledger.reading() as connection:
        assert additions_until(connection, last(connection)) == ()
    return str(refusal.value)


def test_the_form_says_which_day_each_series_goes_on_from():
    sheet = load_workbook(io.BytesIO(program_form(OPERATION))).worksheets[0]
    assert [cell.value for cell in sheet[4]] == ["Series", "From", "To", "Addition", "What it counts"]
    assert [cell.value for cell in sheet[5]] == [
        "devices_since_2029", "2032-02-01", None, None, "Devices examined since 2029",
    ]  # fmt: skip
    assert program_form(OPERATION) == program_form(OPERATION)


def test_an_addition_is_recorded_with_its_source_and_counts_from_the_next_run_on(ledger):
    assert recorded(ledger, form()) == (FIRST,)
    with ledger.reading() as connection:
        assert additions_until(connection, last(connection)) == (FIRST,)
    night(ledger, as_of=AFTER + dt.timedelta(days=140))
    # 2,950 devices: still nearly 3,000, and the totals of the operation are what they were.
    assert prepare(ledger, EDITOR).objections == ()


def test_an_addition_changes_what_may_be_claimed_and_no_total_of_the_operation(ledger):
    recorded(ledger, form(D5=1_150))
    night(ledger, as_of=AFTER + dt.timedelta(days=140))
    (objection,) = prepare(ledger, EDITOR).objections
    assert objection.about == "devices_since_2029"
    assert "The figure is 3,950" in objection.sentence


def test_the_next_addition_goes_on_from_the_last(ledger):
    recorded(ledger, form())
    later = dt.datetime(2033, 1, 1, 12, tzinfo=dt.UTC)
    (second,) = recorded(ledger, form(continued(OPERATION, [FIRST]), C5=dt.date(2032, 12, 31), D5=0), later)
    assert (second.period_start, second.value) == (dt.date(2032, 7, 1), 0)
    with pytest.raises(OperationError, match="expected 2033-01-01, the day after the line before of its series"):
        recorded(ledger, form(), later)


AT, COUNT = "Program to date!", "expected a whole number from 0"
DUE = "expected 2032-02-01, the day after the line before of its series"
HEADINGS = "expected a row with Series, From, To, Addition"
REFUSED = {
    "a gap": ({"B5": "2032-03-01"}, f'{AT}row 5, From: found "2032-03-01"; {DUE}'),
    "an end before its beginning": (
        {"C5": "2032-01-31"},
        f'{AT}row 5, To: found "2032-01-31"; expected a day from 2032-02-01 on',
    ),
    "a hedged number": ({"D5": "over 150"}, f"{AT}D5: found a hedged number, 8 characters; {COUNT}"),
    "a series that falls": ({"D5": -150}, f"{AT}D5: found -150; {COUNT}"),
    "no number": ({"D5": None}, f"{AT}D5: found nothing; {COUNT}"),
    "a day in words": ({"C5": "end of June"}, f"{AT}C5: found text, 11 characters; expected a day, such as 2018-12-31"),
    "another series": ({"A5": "somebody"}, f"{AT}A5: found text, 8 characters; expected one of devices_since_2029"),
    "nothing at all": (
        {"C5": None, "D5": None},
        "Program to date: found no addition; expected at least one series with one",
    ),
    "other headings": ({"A4": "Row"}, f"Program to date: found no such sheet, or not its headings; {HEADINGS}"),
}


@pytest.mark.parametrize(("cells", "said"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_named_and_nothing_is_recorded(ledger, cells, said):
    assert refused(ledger, form(**cells)) == said


def test_an_addition_of_days_to_come_is_refused(ledger):
    too_early = dt.datetime(2032, 6, 30, 12, tzinfo=dt.UTC)
    assert refused(ledger, form(), too_early) == (
        "Program to date!row 5: found 2032-06-30; expected an end before 2032-06-30, the day on which it is recorded"
    )


def test_a_file_that_is_no_workbook_is_refused(ledger):
    arrival = replace(form(), file="form.csv", content=b"Series,From,To,Addition\n")
    assert refused(ledger, arrival).startswith("form.csv: found the file is a text file; only .xlsx and .ods")


def test_what_the_operations_own_file_covers_by_now_is_not_added_twice():
    longer = continued(OPERATION, [FIRST])
    assert continued(longer, [FIRST]) == longer
