"""What may be said of a figure, how much room that has, and what belongs beside it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.release_desk import say_truly
from sample_release import sample_basis
from sample_workbook import OPERATION
from schemas.claims import truth_of


def sayable(of, *without):
    (found,) = [one for one in say_truly(OPERATION, sample_basis(*without)) if one.claim.of == of]
    return found


def ways(one):
    return [(f"{p.claim.hedge.phrase}{p.claim.value:,}", p.fewer, p.more, p.is_release_wording) for p in one.phrasings]


def test_of_a_final_figure_every_phrasing_is_true_and_says_its_room_both_ways():
    assert ways(sayable("arrests")) == [
        ("more than 2,300", 46, 52, True),
        ("nearly 2,400", 46, 52, False),
        ("about 2,300", 97, 2, False),
        ("more than 2,340", 6, 2, False),
        ("nearly 2,350", 6, 2, False),
        ("about 2,350", 2, 7, False),
        ("2,347", 0, 0, False),
    ]


def test_what_two_claims_say_of_a_figure_is_marked_as_the_releases_words():
    own = [text for text, _, _, is_own in ways(sayable("complaints_investigated")) if is_own]
    assert own == ["more than 25,200", "about 25,200"]


def test_what_the_roster_counts_out_is_said_exactly():
    assert ways(sayable("task_forces")) == [("61", 0, 0, True)]
    assert ways(sayable("states")) == [("50", 0, 0, True)]


def test_months_are_named_and_not_phrased():
    assert "months" not in {one.claim.of for one in say_truly(OPERATION, sample_basis())}


def test_caveats_stand_beside_what_they_belong_to():
    assert sayable("arrests").caveats == ()
    assert sayable("agencies").caveats == ("An agency that belongs to two task forces is counted twice.",)
    assert sayable("arrests_since_1998").caveats == (
        "A baseline and increments; late revisions do not move it.",
        "Its last increment, 3,692, includes the operation, which may count 1,345 more at most.",
    )
    assert sayable("trained_since_1998").caveats == ("A baseline and increments; late revisions do not move it.",)


def test_while_somebody_is_outstanding_only_what_is_in_may_be_said_with_of_how_many():
    attendees = sayable("presentation_attendees", "MT", "WY")
    assert (attendees.is_final, attendees.figure) == (False, 387_269)
    assert attendees.so_far == "So far, 59 of 61 task forces report 387,269 presentation attendees."
    assert ways(attendees) == [("more than 390,000", -2_732, 3_730, True)]
    assert sayable("states", "MT", "WY").so_far == "So far, 48 of 50 states have reported."
    assert sayable("arrests_since_1998", "MT", "WY").so_far == ""


@given(st.sampled_from([claim for claim in OPERATION.claims if claim.of in OPERATION.measure]), st.integers(0, 10**6))
def test_whatever_the_figure_its_phrasings_are_true_and_turn_false_just_past_their_room(claim, figure):
    basis = sample_basis()
    totals = {**basis.totals, claim.of: replace(basis.totals[claim.of], value=figure, firm=figure)}
    said = [one for one in say_truly(OPERATION, replace(basis, totals=totals)) if one.claim.of == claim.of]
    for phrasing in said[0].phrasings:
        truth = truth_of(phrasing.claim)
        assert figure in truth
        assert (figure - phrasing.fewer, figure + phrasing.more) == (truth.least, truth.most)


@pytest.mark.parametrize("figure", [0, 5, 9])
def test_of_a_small_figure_only_the_number_is_said(figure):
    basis = sample_basis()
    totals = {**basis.totals, "offenders_identified": replace(basis.totals["offenders_identified"], value=figure)}
    said = [
        one for one in say_truly(OPERATION, replace(basis, totals=totals)) if one.claim.of == "offenders_identified"
    ]
    assert ways(said[0]) == [(str(figure), 0, 0, False)]
