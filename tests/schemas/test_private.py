"""What looks like a person or a case, and what never does."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_workbook import OPERATION
from schemas.form_words import own_words, words_around
from schemas.instructions import instructions_words
from schemas.private import is_private_day, kind_of_private_text, shown_name

YEAR = OPERATION.first_private_year
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
        ("Victim\u2019s name", "a label that asks for a person"),
        ("VictimName", "a label that asks for a person"),
        ("victim_name", "a label that asks for a person"),
        ("Victim names", "a label that asks for a person"),
        ("Victim(s) - names", "a label that asks for a person"),
        ("V\u00edctim #1", "a label that asks for a person"),
        ("\uff36ictim n\u200bame", "a label that asks for a person"),
        ("Victim DOB", "a label that asks for a person"),
        ("Suspect/Defendant", "a label that asks for a person"),
        ("Juvenile victim", "a label that asks for a person"),
        ("Last, First", "a label that asks for a person"),
        ("Mother's name", "a label that asks for a person"),
        ("User name", "a label that asks for a person"),
        ("Phone/E-mail", "a label that asks for a telephone number"),
        ("Tel.", "a label that asks for a telephone number"),
        ("E mails", "a label that asks for an e-mail address"),
        ("IP addresses", "a label that asks for an IP address"),
        ("Zip", "a label that asks for an address"),
        ("S.S.N.", "a label that asks for a Social Security number"),
        ("Agency case number", "a label that asks for a case number"),
        ("CyberTipline report number", "a label that asks for a case number"),
        ("Case nos.", "a label that asks for a case number"),
        ("Driver\u2019s license", "a label that asks for a case number"),
        ("Narrative", "a label that asks for a narrative"),
        ("pat@example.invalid", "an e-mail address"),
        ("pat\uff20example.invalid", "an e-mail address"),
        ("pat @ example.invalid", "an e-mail address"),
        ("pat(at)example.invalid", "an e-mail address"),
        ("(202)5550142", "a telephone number"),
        ("202\u2013555\u20130142", "a telephone number"),
        ("+44 20 7946 0958", "a telephone number"),
        ("078\u201105\u20111120", "a Social Security number"),
        ("078\u00a005\u00a01120", "a Social Security number"),
        ("078 - 05 - 1120", "a Social Security number"),
        ("078_05_1120", "a Social Security number"),
        ("SSN078051120", "a long number"),
        ("it was 192.0.2.17.", "an IP address"),
        ("2001:db8::1", "an IP address"),
        ("2001:db8:0:0:0:0:2:1", "an IP address"),
        ("7/4/04", "a date of birth"),
        ("2004/07/04", "a date of birth"),
        ("July 4th, 2004", "a date of birth"),
        ("4-Jul-2004", "a date of birth"),
        ("cases 18-0231", "a case number"),
        ("tip1234567", "a case number"),
        ("NCMEC 12345678", "a case number"),
        ("2:18-cr-00123", "a case number"),
        ("CR-18-001234", "a case number"),
        ("123 Main Street", "an address"),
        ("P.O. Box 12", "an address"),
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
        "Victims",
        "Suspects/offenders identified",
        "Youth and adults",
        "200471",
        "20040704",
        "10:30:45",
        "4/30/18",
        "2018 2017 2016",
        "version 3.1.5.2",
        "tips: 12345",
        "cases 25200",
        "tip 2018-03",
        "12 @ 3.5",
        "+12",
        "12 Arrests",
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
    words = (*own_words(OPERATION), *instructions_words(OPERATION), *words_around(OPERATION))
    assert [text for text in (*words, *measures, *agencies) if kind_of_private_text(text, YEAR)] == []


def test_a_date_long_before_the_operation_may_be_of_birth():
    assert is_private_day(dt.date(2004, 7, 4), YEAR)
    assert not is_private_day(dt.date(2018, 3, 1), YEAR)
    assert not is_private_day(dt.date(1900, 1, 12), YEAR)  # 12, formatted as a date


@pytest.mark.parametrize(
    "name",
    [
        *("Victim Pat Doe.xlsx", "case_18-0231.xlsx", "pat@example.invalid.xlsx", "DOB list.xlsx"),
        *("521448817.xlsx", "521448817.csv.xlsx", "521448817", "AL 521448817.2.xlsx", "4929.1234.1234.1234.xlsx"),
        *(
            "2055550142.xlsx",
            "205.555.0142.xlsx",
            "078-05-1120.xlsx",
            "Doe_078.05.1120.xlsx",
            "10.1.2.3.xlsx",
            "10.1.2.3",
        ),
        *("Doe Jane 2004-07-04.xlsx", "Doe_Jane_7-4-2004.xlsx", "Doe.2004.07.04.xlsx", "2004_07_04.xlsx"),
    ],
)
def test_a_file_name_that_looks_private_is_shown_as_its_hash(name):
    assert shown_name(name, HASH, YEAR) == "sha256-0123456789ab"


def test_other_file_names_are_shown_and_long_ones_cut():
    for name in (
        *("AL.xlsx", "CA-parts-do-not-add-up.xlsx", "Alabama 2018-06-07 rev 2.xlsx", "suspects.csv.xlsx"),
        *(
            "AL 2018-06-05 rev 2.xlsx",
            "2018-03 counts.xlsx",
            "AL.2018.06.05.xlsx",
            "12.700 arrests.xlsx",
            "v1.2.3.xlsx",
        ),
        *("AL 20180605.xlsx", "broken-heart-2018-AL (2).xlsx", "CA_2018_03_2018_05.xlsx"),
    ):
        assert shown_name(name, HASH, YEAR) == name
    assert shown_name("x" * 250 + ".xlsx", HASH, YEAR) == "x" * 97 + "..."
