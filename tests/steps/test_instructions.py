"""The sheet Instructions: what the form brings along is ours in every state, and whatever else stands there is told."""

import datetime as dt

import openpyxl
import pytest

from flows.reports.template import build_workbook
from flows.reports.xlsx import to_bytes
from returned_form import returned
from sample_workbook import OPERATION, changed, judged, put
from schemas.submission import Verdict
from schemas.vocabulary import Vocabulary

VOCABULARY = Vocabulary(OPERATION)


def not_ours(workbook):
    """Return the texts of the first sheet, formulas aside, that the reader would not know."""
    cells = (cell for row in workbook["Instructions"].iter_rows() for cell in row)
    return [c.value for c in cells if c.data_type == "s" and not VOCABULARY.is_of_form(c.value)]


def beside(workbook):
    submission = judged(to_bytes(workbook) if isinstance(workbook, openpyxl.Workbook) else workbook)
    told = [(f.sheet, f.found) for f in submission.findings if f.code == "workbook_holds_the_form_alone"]
    return told, submission.beyond_form


def test_the_first_sheet_of_every_states_form_holds_our_words_alone():
    assert {s: texts for s in OPERATION.roster.states if (texts := not_ours(build_workbook(OPERATION, s)))} == {}


@pytest.mark.parametrize(
    "change",
    [
        put("Counts", "D5", "over 400"),
        put("Counts", "S5", 90_000),
        lambda workbook: [put("Counts", cell, value)(workbook) for cell, value in (("C5", "x"), ("D5", -1), ("S5", 9))],
    ],
)
def test_so_does_that_of_a_returned_workbook(change):
    assert not_ours(returned(changed("AL", change))) == []


@pytest.mark.parametrize("state", ["AL", "CA"])
def test_a_blank_form_is_nothing_but_the_form(state):
    assert beside(build_workbook(OPERATION, state))[0] == []


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [
        ("B3", "Sergeant so-and-so filled this in", "1 cell with text"),
        ("F20", "see the second page", "1 cell with text"),
        ("A200", "as far as known", "1 cell with text"),
        ("H9", 12, "1 cell with a number or date"),
        ("A9", 12, "1 cell with a number or date"),
        ("D40", 12, "1 cell with a number or date"),
        ("D9", dt.date(2018, 4, 1), "1 cell with a number or date"),
        ("D9", True, "1 cell with a number or date"),
    ],
)
def test_what_somebody_adds_there_is_counted_and_the_bytes_are_not_kept(cell, value, found):
    assert beside(changed("AL", put("Instructions", cell, value))) == ([("Instructions", found)], True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("D9", 3),
        ("B6", "Ready to send: 1 problem"),
        ("B6", "Ready to send: 12 problems"),
        ("B6", "#REF!"),
        ("B3", None),
        ("B2", "  "),
    ],
)
def test_what_the_forms_own_formulas_give_and_what_is_deleted_is_no_addition(cell, value):
    submission = judged(changed("AL", put("Instructions", cell, value)))
    assert (submission.verdict, submission.findings) == (Verdict.ACCEPTED, ())


def test_a_second_sheet_of_the_same_name_is_another_sheet():
    def change(workbook):
        workbook.copy_worksheet(workbook["Instructions"]).title = "INSTRUCTIONS "

    assert beside(changed("AL", change)) == ([("", "1 other sheet")], True)
