"""Figures of prose: how they are found, hedged and bound, sentence by sentence."""

from dataclasses import replace

import pytest

from flows.steps.prose.bind import mentions
from flows.steps.prose.find import find_figures
from flows.steps.prose.numbers import value_of
from sample_workbook import OPERATION
from schemas.operation import Hedge
from schemas.prose import FigureVerdict

EXACT, MORE, NEARLY, ABOUT = Hedge.EXACT, Hedge.MORE_THAN, Hedge.NEARLY, Hedge.ABOUT


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2,347", 2_347),
        ("2347", 2_347),
        ("390,614", 390_614),
        ("1.5 million", 1_500_000),
        ("390 thousand", 390_000),
        ("390K", 390_000),
        ("61", 61),
        ("sixty-one", 61),
        ("Sixty one", 61),
        ("nine", 9),
        ("zero", 0),
        ("two dozen", 24),
        ("a dozen", 12),
        ("three hundred and eighty-three", 383),
        ("two thousand three hundred", 2_300),
        ("twenty-five thousand two hundred", 25_200),
        ("one million", 1_000_000),
        ("2.5", None),
        ("23,00", None),
        ("2,3000", None),
        ("1" * 40, None),
    ],
)
def test_a_number_is_read_in_digits_words_or_both(written, value):
    assert value_of(written) == value
    assert [found.text for found in find_figures(f"There were {written} of them.", ())] == [written]


def test_thousands_may_be_set_apart_by_a_thin_blank_or_an_apostrophe_but_not_by_a_plain_blank():
    written = ["2\u202f347", "2\u00a0347", "2'347", "2 347", "２,347"]
    assert [[f.value for f in find_figures(text, ())] for text in written] == [[2347], [2347], [2347], [2, 347], [2347]]


FORMS = {
    "a date": ["June 12, 2018", "12 June 2018", "2018-06-12", "6/12/2018", "May 31", "March 2018", "Sept. 3"],
    "a year": ["1998", "the 1990s", "2017-18", "FY 2018"],
    "the number of a law": [
        "18 U.S.C. 2251",
        "18 U.S.C. §§ 2251, 2252 and 2252A",
        "34 U.S.C. § 21112",
        "18 USC 2422(b)",
        "28 CFR Part 22",
        "Public Law 110-401",
        "Section 508",
        "Title 18",
    ],
    "a telephone number": ["(202) 307-5911", "202-307-5911", "1-800-THE-LOST"],
    "a time of day": ["10 a.m.", "2:30", "24/7"],
    "an ordinal": ["21st"],
    "a footnote": ["[1]", "[^2]"],
    "part of an address": ["https://example.org/2018/61", "icac2018@example.org"],
    "part of a name": ["COVID-19", "G7"],
    "an amount of money": ["$1.2 million", "$300", "40 dollars"],
    "a percentage": ["12 percent", "12.5%", "Twelve percent"],
    "an age": ["12-year-old", "18 years of age", "18 to 80 years old", "ages 12 to 17"],
    "a share": ["half", "two-thirds"],
    "a ratio": ["twice", "Doubled", "tenfold"],
    "a range": ["Between 2,300 and 2,400", "2,300 to 2,400", "2,300–2,400", "between 2,300 and 2,400"],
    "a size without a number": ["Dozens", "thousands"],
}
UNBACKED = {
    "an amount of money", "a percentage", "an age", "a share", "a ratio", "a range", "a size without a number",
}  # fmt: skip


@pytest.mark.parametrize(("what", "written"), [(what, text) for what, texts in FORMS.items() for text in texts])
def test_a_figure_whose_form_says_what_it_is_is_no_count(what, written):
    text = f"They spoke of {written}, and left."
    figures = mentions(text, OPERATION)
    assert [(m.settled, m.reason) for m in figures] == [
        (FigureVerdict.UNBACKED, f"It is {what}; the operation claims none.")
        if what in UNBACKED
        else (FigureVerdict.NOT_A_CLAIM, f"It is {what}.")
    ]
    assert figures[0].found.text in written


@pytest.mark.parametrize(
    ("text", "enumerators"),
    [
        ("1. one thing\n2. another\n3) a third", ["1", "2", "3"]),
        ("They (1) found and (2) helped children.", ["1", "2"]),
        ("In all there were\n383. That is many.", []),
        ("The task forces (61) and arrests (2) rose.", []),
        ("3. begins at three", []),
    ],
)
def test_enumerators_count_up_from_one(text, enumerators):
    found = find_figures(text, OPERATION.months)
    assert [figure.text for figure in found if figure.reason == "an enumerator"] == enumerators


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("March, April and May 2018", "2018-03 2018-04 2018-05"),
        ("March, April, and May", "2018-03 2018-04 2018-05"),
        ("from March through May 2018", "2018-03 2018-04 2018-05"),
        ("March–May 2018", "2018-03 2018-04 2018-05"),
        ("between March and May 2018", "2018-03 2018-04 2018-05"),
        ("March and May 2018", "2018-03 2018-05"),
        ("MARCH TO JUNE", ""),
        ("MARCH to JUNE", "2018-03 2018-04 2018-05 2018-06"),
        ("December 2017 to March 2018", "2017-12 2018-01 2018-02 2018-03"),
        ("March 1 to May 31, 2018", "2018-03 2018-04 2018-05"),
        ("March 1, 2018, and May 30, 2018", ""),
        ("May 2018 to March 2018", ""),
    ],
)
def test_months_listed_or_as_a_range_are_a_set_of_months(text, months):
    assert " ".join(m for f in find_figures(f"It ran {text}.", OPERATION.months) for m in f.months) == months


HEDGES = {
    "2,347 arrests": [(EXACT, 2_347, 1)],
    "a total of 2,347 arrests": [(EXACT, 2_347, 1)],
    "more than 2,300 arrests": [(MORE, 2_300, 100)],
    "Over 2,300 arrests": [(MORE, 2_300, 100)],
    "arrests in excess of 2,300": [(MORE, 2_300, 100)],
    "nearly 2,400 arrests": [(NEARLY, 2_400, 100)],
    "Almost 2,400 arrests": [(NEARLY, 2_400, 100)],
    "fewer than 2,400 arrests": [(NEARLY, 2_400, 100)],
    "some 2,300 arrests": [(ABOUT, 2_300, 100)],
    "approximately 2,300 arrests": [(ABOUT, 2_300, 100)],
    "an estimated 2,300 arrests": [(ABOUT, 2_300, 100)],
    "2,300 or so arrests": [(ABOUT, 2_300, 100)],
    "at least 2,300 arrests": [(MORE, 2_300, 100), (EXACT, 2_300, 1)],
    "2,300 or more arrests": [(MORE, 2_300, 100), (EXACT, 2_300, 1)],
    "2,300+ arrests": [(MORE, 2_300, 100), (EXACT, 2_300, 1)],
    "no more than 2,400 arrests": [(NEARLY, 2_400, 100), (EXACT, 2_400, 1)],
    "up to 2,400 arrests": [(NEARLY, 2_400, 100), (EXACT, 2_400, 1)],
    "**more than** *2,300* arrests": [(MORE, 2_300, 100)],
}


@pytest.mark.parametrize("text", HEDGES)
def test_a_hedge_is_taken_for_what_it_means(text):
    (mention,) = mentions(text, OPERATION)
    assert mention.claim == "arrests"
    assert [(claim.hedge, claim.value, claim.grain) for claim in mention.claims] == HEDGES[text]


BOUND = {
    "More than 2,300 suspected online child sex offenders were arrested.": "arrests",
    "The arrest of more than 2,300 suspects": "arrests",
    "Arrests: 2,347": "arrests",
    "Arrests made nationwide: 2,347.": "arrests",
    "| Arrests | 2,347 |": "arrests",
    "The presentations numbered 3,742.": "presentations",
    "They identified 195 offenders.": "offenders_identified",
    "They arrested 195 offenders.": "arrests",
    "They identified 195 offenders and arrested more than 2,300 offenders.": "offenders_identified arrests",
    "More than 2,300 arrests - 195 offenders identified.": "arrests offenders_identified",
    "195 offenders": "-",
    "383 children": "-",
    "25,200 cases led to 2,347 arrests.": "- arrests",
    "In 61 of the nation's task forces": "task_forces",
    "Of the 61 task forces, 50 states": "task_forces states",
    "4,561 federal, state, local, and tribal law enforcement agencies": "agencies",
    "Since 1998, more than 83,000 arrests; this spring, more than 2,300 arrests.": "- arrests_since_1998 arrests",
    "More than 2,300 arrests, which makes more than 83,000 arrests since 1998.": "arrests arrests_since_1998 -",
    "Since 1998, 195 offenders were identified.": "- -",
    "Since 1998, 61 task forces": "- task_forces",
    "Since 1998, 383 child victims": "- -",
    "More than 2,018 arrests, 2018 arrests, in 2018 task forces": "arrests arrests -",
    "No one was hurt.": "-",
    "All over the U.S. 2,347 arrests were made.": "arrests",
    "Arrests were many. 61 were women.": "-",
}


@pytest.mark.parametrize("text", BOUND)
def test_a_figure_is_bound_by_the_unit_beside_it_and_the_words_near_it(text):
    said = [mention.claim or "-" for mention in mentions(text, OPERATION)]
    assert " ".join(said) == BOUND[text]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("a three-month operation", "2018-03 2018-04 2018-05"),
        ("3 months", "2018-03 2018-04 2018-05"),
        ("a two-month effort", "2018-03 2018-04"),
        ("for four months", "2018-03 2018-04 2018-05 2018-06"),
    ],
)
def test_a_number_of_months_is_that_many_from_the_first(text, months):
    (mention,) = mentions(text, OPERATION)
    assert " ".join(mention.claims[0].months) == months


def test_months_with_a_hedge_and_months_that_nobody_claims_are_unbacked():
    without = [claim for claim in OPERATION.claims if claim.of != "months"]
    operation = replace(OPERATION, claims=tuple(without))
    said = [m.reason for m in (*mentions("about 3 months", OPERATION), *mentions("March to May", operation))]
    assert said == [
        "Months are counted exactly, without a hedge.",
        "No claim of the operation is about months.",
    ]


PARTS = {
    "In California, more than 2,300 arrests were made.": "California",
    "Texas task forces made more than 2,300 arrests.": "Texas",
    "More than 2,300 arrests were made in West Virginia.": "West Virginia",
    "More than 2,300 arrests were made in May.": "May 2018",
    "In May 2018, they made more than 2,300 arrests.": "May 2018",
    "They made more than 2,300 arrests, March alone.": "March 2018",
    "In 2017, more than 2,300 arrests were made.": "2017",
    "Since 1998, more than 83,000 arrests were made in Ohio.": "Ohio",
    "They made more than 2,300 arrests a week.": "a rate",
    "More than 2,300 arrests per task force": "a rate",
    "It was an increase of more than 2,300 arrests.": "a difference",
    "In 2018, more than 2,300 arrests were made.": "",
    "WASHINGTON - On June 12, 2018, we told of more than 2,300 arrests.": "",
    "WASHINGTON, June 12: more than 2,300 arrests.": "",
    "It was so in May; they made more than 2,300 arrests.": "",
}


@pytest.mark.parametrize("text", PARTS)
def test_a_figure_of_one_state_month_or_other_year_is_none_of_the_claims(text):
    (mention,) = [m for m in mentions(text, OPERATION) if m.settled is not FigureVerdict.NOT_A_CLAIM]
    part = PARTS[text]
    assert mention.reason == (part and f"Its sentence is about {part}; the operation's claim is about all of it.")


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("In May 30 arrests were made.", FigureVerdict.UNBACKED),
        ("On May 30 arrests were made.", FigureVerdict.NOT_A_CLAIM),
        ("In May 30 is a day.", FigureVerdict.NOT_A_CLAIM),
        ("In May 2018 arrests were made.", FigureVerdict.NOT_A_CLAIM),
    ],
)
def test_what_may_be_a_day_or_a_count_is_not_taken_for_a_day(text, settled):
    assert [mention.settled for mention in mentions(text, OPERATION)] == [settled]
