"""What looks like a person or a case, and what never does."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_workbook import OPERATION
from schemas.form_words import own_words
from schemas.private import is_private_day, kind_of_private_text, shown_name
from schemas.vocabulary import Vocabulary

YEAR = Vocabulary(OPERATION).first_private_year
HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Victim", "a label that asks for a person"),
        ("Victim's name:", "a label that asks for a person"),
        ("Names of the victims", "a label that asks for a person"),
        ("First name", "a label that asks for a person"),
        ("Suspect age", "a label that asks for a person"),
        ("D.O.B.", "a label that asks for a date of birth"),
        ("Date of birth (if known)", "a label that asks for a date of birth"),
        ("Home address", "a label that asks for an address"),
        ("Phone #", "a label that asks for a telephone number"),
        ("E-mail", "a label that asks for an e-mail address"),
        ("SSN", "a label that asks for a Social Security number"),
        ("Case No.", "a label that asks for a case number"),
        ("CyberTip number", "a label that asks for a case number"),
        ("pat@example.invalid", "an e-mail address"),
        ("ask (202) 555-0142 for it", "a telephone number"),
        ("555-0142", "a telephone number"),
        ("078-05-1120", "a Social Security number"),
        ("192.0.2.17", "an IP address"),
        ("7/4/2004", "a date of birth"),
        ("2004-07-04", "a date of birth"),
        ("see case 18-0231", "a case number"),
        ("docket #CR-77", "a case number"),
        ("4929123412341234", "a long number"),
        ("4929 1234 1234 1234", "a long number"),
    ],
)
def test_a_label_or_value_of_somebody_is_named_by_its_kind(text, kind):
    assert kind_of_private_text(text, YEAR) == kind


@pytest.mark.parametrize(
    "text",
    [
        "12,700",
        "390,000",
        "12700",
        "390000",
        "99999999",
        "1,234,567",
        "12.5",
        "5-7",
        "over 400",
        "2018-03",
        "3/31/2018",
        "2018-06-08",
        "Victims identified",
        "Suspects arrested",
        "Number of cases",
        "Cases opened",
        "Children identified",
        "Task force name",
        "Agency name",
        "Version 1.2.3",
        "Notes",
        "counted twice?",
        "FY 2018-2019",
        "10:30",
        "N/A",
        "ab1234567890",
        "Names of agencies",
        "Phones examined",
    ],
)
def test_counts_and_what_is_usual_around_them_are_nobodys(text):
    assert kind_of_private_text(text, YEAR) is None


@given(st.integers(0, 99_999_999), st.sampled_from(["{}", "{:,}", " {} ", "over {}", "{} arrests", "about {:,}"]))
def test_no_count_is_private_however_it_is_written(count, written):
    assert kind_of_private_text(written.format(count), YEAR) is None


def test_the_forms_own_words_are_nobodys():
    measures = [text for m in OPERATION.measures for text in (m.label, m.header, m.definition, m.unit)]
    agencies = [text for t in OPERATION.roster.task_forces for text in (t.id, t.name, t.lead_agency)]
    assert [text for text in (*own_words(OPERATION), *measures, *agencies) if kind_of_private_text(text, YEAR)] == []


def test_a_date_long_before_the_operation_may_be_of_birth():
    assert is_private_day(dt.date(2004, 7, 4), YEAR)
    assert not is_private_day(dt.date(2018, 3, 1), YEAR)
    assert not is_private_day(dt.date(1900, 1, 12), YEAR)  # 12, formatted as a date


@pytest.mark.parametrize(
    "name",
    ["Victim Pat Doe.xlsx", "078-05-1120.xlsx", "case_18-0231.xlsx", "pat@example.invalid.xlsx", "DOB list.xlsx"],
)
def test_a_file_name_that_looks_private_is_shown_as_its_hash(name):
    assert shown_name(name, HASH) == "sha256-0123456789ab"


def test_other_file_names_are_shown_and_long_ones_cut():
    for name in ("AL.xlsx", "CA-parts-do-not-add-up.xlsx", "Alabama 2018-06-07 rev 2.xlsx", "suspects.csv.xlsx"):
        assert shown_name(name, HASH) == name
    assert shown_name("x" * 250 + ".xlsx", HASH) == "x" * 97 + "..."
