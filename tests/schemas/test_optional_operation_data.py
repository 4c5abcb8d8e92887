"""What an operation may say besides: more time for some, and what is suspicious across everything current."""

import datetime as dt

import pytest

from flows.operations import load_operation
from schemas.across import Across, Copies, Jumps
from schemas.mistakes import OperationError
from schemas.operation import Extension
from schemas.operation_files import parse_operation
from small_operation import SMALL_ID, small_operation, write_small_operation

EXTENSIONS = """\
task_force,month,until,why,granted_by
ID,2031-12,2032-01-20,New records system,Program manager
WA-COAST,2031-12,2032-01-31,Flooded office,Program manager
"""
ACROSS = """
[across.months_of_a_task_force_differ]
figures_above_zero = 4

[across.months_are_in_proportion]
measures = ["tips", "phones"]
size_power = 0.5
times = 20
least_ratio = 2
least_size = 10
least_compared = 40
"""


def parsed(**texts):
    return parse_operation(SMALL_ID, small_operation() | {"extensions.csv": EXTENSIONS} | texts)


def mistakes(**texts):
    with pytest.raises(OperationError) as refusal:
        parsed(**texts)
    return [str(mistake) for mistake in refusal.value.mistakes]


def test_extensions_move_deadlines():
    operation = parsed()
    flooded = Extension(
        task_force="WA-COAST",
        month="2031-12",
        until=dt.date(2032, 1, 31),
        why="Flooded office",
        granted_by="Program manager",
    )
    assert operation.extension_of("WA-COAST", "2031-12") == flooded
    assert operation.deadline_of("WA-COAST", "2031-12") == dt.date(2032, 1, 31)
    assert operation.deadline_of("WA-COAST", "2032-01") == dt.date(2032, 2, 10)
    assert operation.deadline_of("OR", "2031-12") == dt.date(2032, 1, 10)


def test_no_verdict_depends_on_extensions_so_neither_does_the_digest():
    assert parsed().digest == parse_operation(SMALL_ID, small_operation()).digest


def test_the_file_need_not_be_there_and_is_read_where_it_is(tmp_path):
    folder = write_small_operation(tmp_path)
    assert load_operation(folder).extensions == ()
    (folder / "extensions.csv").write_text(EXTENSIONS, encoding="utf-8")
    assert load_operation(folder) == parsed()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("task_force,month", "who,month", "found a fault of syntax (line 1 is \"who,month,until,why,granted_by\"); "
         "expected CSV with the columns task_force,month,until,why,granted_by"),
        ("ID,2031-12", "AL,2031-12",
         'line 2, column task_force: found "AL"; expected the id of a task force of the roster'),
        ("ID,2031-12", "id,2031-12", 'line 2, column task_force: found "id"; expected an id such as CA-FRESNO'),
        ("ID,2031-12", "ID,2032-02", 'line 2, column month: found "2032-02"; expected a month of the operation'),
        ("ID,2031-12", "ID,December", 'line 2, column month: found "December"; expected a month, such as 2018-03'),
        ("2032-01-20", "2032-01-10",
         'line 2, column until: found "2032-01-10"; expected a day after 2032-01-10, the deadline of the month'),
        ("2032-01-20", "soon", 'line 2, column until: found "soon"; expected a date, such as 2018-03-31'),
        ("New records system", "", "line 2, column why: found nothing; expected a value"),
        ("Flooded office,Program manager", "Flooded office", "line 3: found 4 cells; expected 5 cells"),
        ("WA-COAST,2031-12", "ID,2031-12", 'line 3: found "ID"; expected another task force or month than in line 2'),
    ],
)  # fmt: skip
def test_a_mistake_in_an_extension_is_named(old, new, said):
    assert mistakes(**{"extensions.csv": EXTENSIONS.replace(old, new, 1)}) == [f"extensions.csv: {said}"]


def with_across(old="", new=""):
    return {"operation.toml": small_operation()["operation.toml"] + ACROSS.replace(old, new, 1)}


def test_what_is_suspicious_is_read():
    assert parsed(**with_across()).across == Across(
        months_of_a_task_force_differ=Copies(4),
        months_are_in_proportion=Jumps(
            ("tips", "phones"), size_power=0.5, times=20, least_ratio=2, least_size=10, least_compared=40
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("figures_above_zero = 4", "figures_above_zero = 0",
         "months_of_a_task_force_differ.figures_above_zero: found 0; expected a whole number from 1"),
        ("0.5", "1.5", "months_are_in_proportion.size_power: found 1.5; expected a number from 0 to 1"),
        ("times = 20\n", "", "months_are_in_proportion.times: found nothing; expected a value"),
        ("months_of_a", "weeks_of_a", 'weeks_of_a_task_force_differ: found a table; expected no such key'),
        ('"phones"', '"examiners"', 'months_are_in_proportion.measures: found "examiners"; '
         "expected the id of a measure asked in Counts and summed over months"),
        ('"tips", "phones"', "", "months_are_in_proportion.measures: found nothing; expected measures, each once"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_is_suspicious_is_named(old, new, said):
    assert mistakes(**with_across(old, new)) == [f"operation.toml: across.{said}"]
