"""Months as people write them."""

import datetime as dt

import pytest

from schemas.months import last_day, month_label, months_between, parse_month


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2018-03", "2018-03"),
        ("2018-3", "2018-03"),
        ("March 2018", "2018-03"),
        (" march,  2018 ", "2018-03"),
        ("Mar. 2018", "2018-03"),
        ("2018-13", None),
        ("2018-00", None),
        ("Marhc 2018", None),
        ("March", None),
        ("3/2018", None),
        ("", None),
    ],
)
def test_a_month_is_read_only_where_it_is_beyond_doubt(text, month):
    assert parse_month(text) == month


def test_months_run_over_the_end_of_a_year():
    assert months_between(dt.date(2031, 12, 15), dt.date(2032, 2, 1)) == ("2031-12", "2032-01", "2032-02")
    assert last_day("2032-02") == dt.date(2032, 2, 29)
    assert month_label("2032-02") == "February 2032"
