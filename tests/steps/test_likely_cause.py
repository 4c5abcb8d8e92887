"""Which mistake the numbers around a wrong sum show, if they show one: a good table with one thing changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.steps.validate.likely_cause import Numbers, Sum, cause_of_jump, cause_of_sum
from schemas.workbook import position

GOOD = {
    5: {"C": 301, "D": 60, "E": 14, "F": 21, "G": 12, "H": 9, "I": 4, "J": 3},
    6: {"C": 320, "D": 74, "E": 22, "F": 16, "G": 8, "H": 13, "I": 15, "J": 5},
    7: {"C": 344, "D": 91, "E": 17, "F": 35, "G": 16, "H": 11, "I": 12, "J": 4},
    8: {"C": 965, "D": 225, "E": 53, "F": 72, "G": 36, "H": 33, "I": 31, "J": 12},
}
"""A task force's three months and their control total. D is the sum of E to I."""


def numbers(**changes: int) -> Numbers:
    """Return the good table with other numbers in some cells."""
    cells = {f"{column}{row}": value for row, values in GOOD.items() for column, value in values.items()} | changes
    return Numbers({position(cell): value for cell, value in cells.items()}, ((5, 6, 7),))


def whole(row: int = 6, last: str = "I", *, overlapping: bool = False) -> Sum:
    parts = tuple(position(f"{column}{row}") for column in "EFGHI"[: "EFGHI".index(last) + 1])
    return Sum(position(f"D{row}"), parts, overlapping=overlapping)


def control_total(column: str) -> Sum:
    return Sum(position(f"{column}8"), tuple(position(f"{column}{row}") for row in (5, 6, 7)), is_along_a_row=False)


@pytest.mark.parametrize(
    ("changes", "wrong", "cause"),
    [
        ({"D6": 47}, whole(), "Two digits of D6 may be swapped: 47 for 74."),
        ({"H6": 31}, whole(), "Two digits of H6 may be swapped: 31 for 13."),
        ({"E8": 35}, control_total("E"), "Two digits of E8 may be swapped: 35 for 53."),
        ({"D6": 740}, whole(), "D6 may be 10 times too large: 740 for 74."),
        ({"F6": 16_000}, whole(), "F6 may be 1,000 times too large: 16,000 for 16."),
        ({"G6": 800}, whole(), "G6 may be 100 times too large: 800 for 8."),
        ({"C8": 965_000}, control_total("C"), "C8 may be 1,000 times too large: 965,000 for 965."),
        ({"C7": 3_440}, control_total("C"), "C7 may be 10 times too large: 3,440 for 344."),
        ({"H6": 0, "H5": 0}, whole(), ""),
        ({"H6": 0}, whole(), "H6 may have been left at 0: the sum lacks 13, and the other months have 9, 11."),
        ({"J6": 0}, control_total("J"), "J6 may have been left at 0: the sum lacks 5, and the other months have 3, 4."),
        ({"H6": 0, "D6": 174}, whole(), ""),
        ({"D6": 59}, whole(), "D6 may leave out I6: it is the sum of the others."),
        ({"C8": 645}, control_total("C"), "C8 may leave out C6: it is the sum of the others."),
        ({"E6": 17, "F6": 35, "G6": 16, "H6": 11, "I6": 12, "D6": 85}, whole(), ""),
        (
            {"E6": 14, "F6": 21, "G6": 12, "H6": 9, "I6": 4},
            whole(),
            "E6:I6 may be the month before pasted again: the same figures stand in E5:I5.",
        ),
        (
            {f"{column}7": GOOD[6][column] for column in GOOD[6]},
            control_total("F"),
            "C7:J7 may be the month before pasted again: the same figures stand in C6:J6.",
        ),
        ({"D5": 99, "D6": 60, "D7": 74}, whole(), "D6 may belong to the row above: it is the sum of E5:I5."),
        ({"D5": 74, "D6": 91, "D7": 10}, whole(), "D6 may belong to the row below: it is the sum of E7:I7."),
        ({"E8": 72, "F8": 36}, control_total("E"), "E8 may belong to the column to the right: it is the sum of F5:F7."),
        (
            {"D6": 320, "E6": 74, "F6": 22, "G6": 16, "H6": 8, "I6": 13, "J6": 15},
            whole(),
            "The figures may stand one column too far to the right: those in E6:J6 add up.",
        ),
        ({"D6": 76}, whole(), ""),
        ({"D6": 1_000}, whole(), ""),
        ({"D6": 14, "E6": 41, "F6": 0, "G6": 0, "H6": 0, "I6": 0}, whole(), ""),
        ({"D6": 2, "E6": 20}, whole(last="F", overlapping=True), ""),
        ({"D6": 60}, whole(last="F", overlapping=True), ""),
        ({"D6": 40, "F6": 0}, whole(last="F", overlapping=True),
         "F6 may have been left at 0: the sum lacks 18, and the other months have 21, 35."),
        ({"E6": 14, "F6": 21}, whole(last="F", overlapping=True),
         "E6:F6 may be the month before pasted again: the same figures stand in E5:F5."),
    ],
)  # fmt: skip
def test_the_one_mistake_that_explains_a_wrong_sum_is_named(changes, wrong, cause):
    assert cause_of_sum(numbers(**changes), wrong) == cause


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"C6": 32_000}, "C6 may be 100 times too large: the other months have 301, 344."),
        ({"C6": 32}, "C6 may be 10 times too small: the other months have 301, 344."),
        ({"D6": 740}, "D6 may be 10 times too large: the other months have 60, 91."),
        ({"C6": 3, "D6": 74}, ""),
        ({"C6": 1, "D6": 7}, ""),
        ({"C6": 32_000, "C5": 0}, ""),
        ({"C6": 32_000, "C5": 32_000, "C7": 32_000}, ""),
    ],
)
def test_the_one_figure_that_jumps_by_a_power_of_ten_is_named(changes, cause):
    def is_usual(complaints: int, arrests: int) -> bool:
        return arrests <= complaints <= 10 * arrests

    assert cause_of_jump(numbers(**changes), (position("C6"), position("D6")), is_usual) == cause


COUNT = st.integers(min_value=0, max_value=2_000)


@given(st.lists(st.lists(COUNT, min_size=5, max_size=5), min_size=3, max_size=3), st.booleans())
def test_a_sum_that_is_right_has_no_cause(months, overlapping):
    parts = {f"{column}{row}": n for row, line in enumerate(months, 5) for column, n in zip("EFGHI", line, strict=True)}
    changes = parts | {"D6": sum(months[1])}
    assert cause_of_sum(numbers(**changes), whole(overlapping=overlapping)) == ""


def test_wrong_sums_drawn_at_random_seldom_get_a_cause():
    draw = random.Random(2018)
    named, wrong = 0, 0
    while wrong < 2_000:
        changes = {f"{column}{row}": draw.randint(0, 100) for row in (5, 6, 7) for column in "CDEFGHIJ"}
        wrong += changes["D6"] != sum(changes[f"{column}6"] for column in "EFGHI")
        named += cause_of_sum(numbers(**changes), whole()) != ""
    assert named / wrong < 0.01
