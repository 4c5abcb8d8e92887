"""What counts as a count, cell by cell."""

import datetime as dt
import math

import pytest

from schemas.cells import COUNTED, Hidden, Kind, all_counts, describe, kind_of

NUMBERS = [
    (0.0, Kind.NUMBER, 0),
    (12.0, Kind.NUMBER, 12),
    (999_999_999.0, Kind.NUMBER, 999_999_999),
    ("1,234", Kind.NUMBER_AS_TEXT, 1234),
    (" 12 ", Kind.NUMBER_AS_TEXT, 12),
    ("12.0", Kind.NUMBER_AS_TEXT, 12),
    ("1,234.000", Kind.NUMBER_AS_TEXT, 1234),
    ("1.00", Kind.NUMBER_AS_TEXT, 1),
    ("1,234,567", Kind.NUMBER_AS_TEXT, 1_234_567),
    ("\u00a012\u00a0", Kind.NUMBER_AS_TEXT, 12),
]

REFUSED = [
    (-1.0, Kind.NEGATIVE, "-1"),
    (1.5, Kind.FRACTION, "1.5"),
    (0.1 + 0.2, Kind.FRACTION, "0.3"),
    (1_000_000_000.0, Kind.TOO_LARGE, "1,000,000,000"),
    (math.inf, Kind.TOO_LARGE, "inf"),
    (True, Kind.BOOLEAN, "TRUE or FALSE"),
    (False, Kind.BOOLEAN, "TRUE or FALSE"),
    (dt.date(2018, 3, 1), Kind.DATE, "a date or time"),
    (dt.datetime(2018, 3, 1, 5), Kind.DATE, "a date or time"),  # noqa: DTZ001 - cells have no zone
    (dt.timedelta(hours=5), Kind.DATE, "a date or time"),
    (dt.time(5), Kind.DATE, "a date or time"),
    (Hidden.ERROR_VALUE, Kind.ERROR_VALUE, "an error value of the spreadsheet"),
    (Hidden.FORMULA_WITHOUT_RESULT, Kind.FORMULA_WITHOUT_RESULT, "a formula without a stored result"),
    (Hidden.PERCENTAGE, Kind.PERCENTAGE, "a percentage"),
    ("", Kind.BLANK, "nothing"),
    ("  \n", Kind.BLANK, "nothing"),
    ("-5", Kind.NEGATIVE, "a negative number, 2 characters"),
    ("\u22125", Kind.NEGATIVE, "a negative number, 2 characters"),
    ("(5)", Kind.NEGATIVE, "a negative number, 3 characters"),
    ("1.5", Kind.FRACTION, "1.5"),
    ("1.000", Kind.AMBIGUOUS, "a number with a point before three digits, which may be thousands, 5 characters"),
    ("+12.345", Kind.AMBIGUOUS, "a number with a point before three digits, which may be thousands, 7 characters"),
    ("0.125", Kind.FRACTION, "0.125"),
    ("50%", Kind.PERCENTAGE, "a percentage, 3 characters"),
    ("TRUE", Kind.BOOLEAN, "TRUE or FALSE, 4 characters"),
    ("2018-03-01", Kind.DATE, "a date or time, 10 characters"),
    ("3/1/2018", Kind.DATE, "a date or time, 8 characters"),
    ("#REF!", Kind.ERROR_VALUE, "an error value of the spreadsheet, 5 characters"),
    ("Err:502", Kind.ERROR_VALUE, "an error value of the spreadsheet, 7 characters"),
    ("over 400", Kind.HEDGED, "a hedged number, 8 characters"),
    ("more than nine", Kind.HEDGED, "a hedged number, 14 characters"),
    ("~12", Kind.HEDGED, "a hedged number, 3 characters"),
    ("400+", Kind.HEDGED, "a hedged number, 4 characters"),
    ("<10", Kind.HEDGED, "a hedged number, 3 characters"),
    ("approx. 40", Kind.HEDGED, "a hedged number, 10 characters"),
    ("nine", Kind.NUMBER_WORD, "a number word, 4 characters"),
    ("Twenty-five", Kind.NUMBER_WORD, "a number word, 11 characters"),
    ("three hundred and two", Kind.NUMBER_WORD, "a number word, 21 characters"),
    ("12 arrests", Kind.NUMBER_WITH_WORDS, "a number with words or other signs, 10 characters"),
    ("six presentations", Kind.NUMBER_WITH_WORDS, "a number with words or other signs, 17 characters"),
    ("1e5", Kind.NUMBER_WITH_WORDS, "a number with words or other signs, 3 characters"),
    ("1,23", Kind.NUMBER_WITH_WORDS, "a number with words or other signs, 4 characters"),
    ("5-7", Kind.RANGE, "a range of numbers, 3 characters"),
    ("5 to 7", Kind.RANGE, "a range of numbers, 6 characters"),
    ("5\u20137", Kind.RANGE, "a range of numbers, 3 characters"),
    ("12\u00b2", Kind.NUMBER_WITH_WORDS, "a number with words or other signs, 3 characters"),
    ("\u2460\u2461", Kind.NUMBER_WITH_WORDS, "a number with words or other signs, 2 characters"),
    (math.nan, Kind.TOO_LARGE, "a number without a value"),
    ("see note", Kind.TEXT, "text, 8 characters"),
    ("-", Kind.TEXT, "text, 1 character"),
    ("NA", Kind.TEXT, "text, 2 characters"),
]


@pytest.mark.parametrize(("value", "kind", "number"), NUMBERS)
def test_a_whole_number_counts_also_when_stored_as_text(value, kind, number):
    assert kind_of(value)[:2] == (kind, number)
    assert kind in COUNTED


@pytest.mark.parametrize("text", ["N/A", "n/a", " N/A "])
def test_not_applicable_is_no_number_and_never_zero(text):
    kind, number, _ = kind_of(text)
    assert kind is Kind.NOT_APPLICABLE
    assert math.isnan(number)


@pytest.mark.parametrize(("value", "kind", "description"), REFUSED)
def test_anything_else_is_refused_by_kind_and_described_without_its_text(value, kind, description):
    found, number, length = kind_of(value)
    assert (found, describe(found, number, length)) == (kind, description)
    assert kind not in COUNTED


def test_the_quick_look_at_a_whole_row_agrees_with_the_look_at_each_cell():
    for value in (0.0, -1.0, 1.5, True, "4", 1e9, "", math.inf):
        values = [3.0, value]
        assert all_counts(values) == all(kind_of(value)[0] is Kind.NUMBER for value in values)
