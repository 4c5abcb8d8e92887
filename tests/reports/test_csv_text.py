"""CSV that every program reads alike and no spreadsheet program runs."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reports.csv_text import frame_to_csv, to_csv


def test_a_table_is_utf8_with_line_feeds_and_quotes_where_they_are_needed():
    table = to_csv(["file", "reason"], [["Año.xlsx", 'so far 2,290; "late"'], ["b", "two\nlines"]])
    assert table.decode() == 'file,reason\nAño.xlsx,"so far 2,290; ""late"""\nb,"two\nlines"\n'


def test_a_carriage_return_does_not_end_a_row():
    assert to_csv(["file"], [["a\rb"], ["\r=c"]]) == b"file\na b\n' =c\n"


def test_null_is_empty_and_whole_numbers_have_no_decimals():
    frame = pd.DataFrame({"measure": ["arrests", "tips"], "value": pd.array([2347, None], dtype="Int64")})
    assert frame_to_csv(frame) == b"measure,value\narrests,2347\ntips,\n"


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", " =x", "-5+A1", "=-5"])
def test_what_a_spreadsheet_could_take_for_a_formula_becomes_text(text):
    (row,) = list(csv.reader(io.StringIO(to_csv(["file"], [[text]]).decode(), newline="")))[1:]
    assert row == [f"'{text}"]


@pytest.mark.parametrize("text", ["-5", "-1,234", "-1.5", "2,347", "AL.xlsx", "a-b", ""])
def test_numbers_and_other_texts_stay_as_they_are(text):
    assert list(csv.reader(io.StringIO(to_csv(["file", "n"], [[text, 1]]).decode())))[1:] == [[text, "1"]]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=2, max_size=2)))
def test_what_is_written_is_read_again(rows):
    read = list(csv.reader(io.StringIO(to_csv(["a", "b"], rows).decode(), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
