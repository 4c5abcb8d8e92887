"""What needs a person, weighed by its effect on the national figures and the release."""

import datetime as dt
from dataclasses import replace

import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.effect import needs
from recorded import take_snapshot
from sample_workbook import AS_OF, SAMPLE
from sample_workbook import OPERATION as BROKEN_HEART
from schemas.findings import Finding, Severity
from schemas.submission import Receipt, Verdict
from small_nation import AFTER, JANUARY, OPERATION, cells_of, judged, receipt, submission

OREGON = (submission("b2", "OR", "OR"), cells_of("OR"))
WASHINGTON = (submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND"))
IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))


def rejected(sent, **changes):
    return replace(sent[0], verdict=Verdict.REJECTED, **changes), sent[1]


def needs_of(*sent, receipts=None):
    receipts = receipts or [receipt(one.sha256) for one, _ in sent]
    return needs(take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=AFTER))


def told(found):
    return [
        (need.state, need.is_out, need.measure and need.measure.id, need.value, round(need.share, 3))
        for need in found.states
    ]


def test_a_figure_that_two_warnings_ask_about_is_weighed_once():
    warnings = tuple(
        Finding("a1", code, Severity.WARNING, "Counts", "E6", "ID", JANUARY, "tips", "40", "fewer", "", "")
        for code in ("one_rule", "another_rule")
    )
    asks = replace(IDAHO[0], verdict=Verdict.ACCEPTED_WITH_WARNINGS, findings=warnings), IDAHO[1]
    assert told(needs_of(asks, OREGON, WASHINGTON)) == [("ID", False, "tips", 40, 0.5)]


def test_where_everybody_counts_nobody_is_needed():
    found = needs_of(IDAHO, OREGON, WASHINGTON)
    assert (found.states, found.missing) == ((), ())


def test_what_is_out_is_weighed_by_what_could_be_read_of_it_the_greatest_first():
    found = needs_of(rejected(IDAHO), OREGON, rejected(WASHINGTON))
    assert told(found) == [("WA", True, "devices", 240, 0.5), ("ID", True, "devices", 120, 0.25)]
    assert found.missing == ()


def test_a_claim_hangs_on_a_state_that_alone_keeps_it_from_being_true():
    (washington,) = needs_of(IDAHO, OREGON, rejected(WASHINGTON)).states
    assert [claim.id for claim in washington.claims] == ["devices", "tips", "examiners"]


def test_what_could_not_be_read_weighs_as_many_task_forces_as_it_keeps_out():
    unread = (submission("d4", "OR", revision=0, verdict=Verdict.REJECTED), {})
    unplaced = (submission("e5", "", revision=0, verdict=Verdict.REJECTED), {})
    found = needs_of(IDAHO, WASHINGTON, unread, unplaced)
    assert told(found) == [("OR", True, None, 0, 0.25), ("", True, None, 0, 0.25)]


def test_task_forces_of_which_nothing_came_are_named():
    assert needs_of(OREGON, rejected(WASHINGTON)).missing == ("ID",)


def test_a_question_comes_after_what_is_out_and_weighs_the_figure_it_asks_about():
    asked = Finding(
        "b2",
        "a_rule",
        Severity.WARNING,
        "Counts",
        "C5",
        "OR",
        JANUARY,
        "tips",
        "40",
        "at most 20",
        "Counts!C5: x.",
        "y",
    )
    questioned = replace(OREGON[0], verdict=Verdict.ACCEPTED_WITH_WARNINGS, findings=(asked,)), OREGON[1]
    found = needs_of(rejected(IDAHO), questioned, WASHINGTON)
    assert told(found) == [("ID", True, "devices", 120, 0.25), ("OR", False, "tips", 40, 0.5)]


def test_a_rejected_revision_of_a_state_that_counts_weighs_what_it_would_change():
    again = (
        submission("f6", "ID", "ID", revision=2, verdict=Verdict.REJECTED),
        cells_of("ID") | {("ID", JANUARY, "tips"): 30},
    )
    assert told(needs_of(IDAHO, OREGON, WASHINGTON, again)) == [("ID", False, "tips", 20, 0.2)]


def test_a_workbook_that_a_later_one_replaces_needs_nobody():
    first = rejected((submission("a0", "ID", "ID"), {}))
    assert needs_of(first, (replace(IDAHO[0], revision=2), IDAHO[1]), OREGON, WASHINGTON).states == ()


@pytest.fixture(scope="module")
def sample_without_california():
    files = [file for file in find_workbooks(SAMPLE) if file.name != "CA.xlsx"]
    files += find_workbooks(SAMPLE.parent / "needs-attention" / "CA-parts-do-not-add-up.xlsx")
    arrivals = take(files).arrivals
    batch = judge_batch(BROKEN_HEART, arrivals, as_of=AS_OF)
    receipts = [Receipt(arrival.file, arrival.sha256, AS_OF) for arrival in arrivals]
    return take_snapshot(BROKEN_HEART, receipts, [batch], as_of=AS_OF)


def test_of_the_sample_one_sum_that_is_off_by_two_keeps_a_fifth_of_the_children_out(sample_without_california):
    (california,) = needs(sample_without_california).states
    assert (california.state, california.measure.id, california.value) == ("CA", "children_identified", 78)
    assert round(california.share, 2) == 0.2
    assert [claim.phrase for claim in california.claims][:2] == ["more than 2,300 arrests", "195 offenders identified"]


@pytest.mark.parametrize("sha256", ["a0", "f0"])
def test_a_rejected_workbook_is_listed_though_one_with_the_same_revision_counts(sha256):
    again = (submission(sha256, "ID", "ID", verdict=Verdict.REJECTED), IDAHO[1])
    (need,) = needs_of(IDAHO, OREGON, WASHINGTON, again).states
    assert [concern.submission.sha256 for concern in need.concerns] == [sha256]
    assert (need.state, need.out) == ("ID", ())


def test_a_workbook_whose_revision_could_not_be_read_is_not_taken_for_an_earlier_one():
    unread = (submission("a0", "ID", "ID", revision=0, verdict=Verdict.REJECTED), {})
    assert [need.state for need in needs_of(unread, IDAHO, OREGON, WASHINGTON).states] == ["ID"]


def test_a_workbook_without_a_readable_row_may_be_about_any_task_force_of_its_state():
    unread = (submission("a0", "WA", verdict=Verdict.REJECTED), {})
    later = (submission("c4", "WA", "WA-COAST", revision=2), cells_of("WA-COAST"))
    assert [(need.state, need.out) for need in needs_of(unread, later, IDAHO, OREGON).states] == [
        ("WA", ("WA-INLAND",))
    ]


def test_of_a_state_that_counts_in_part_only_what_was_sent_is_out_and_the_rest_is_missing():
    inland = (submission("c4", "WA", "WA-INLAND", verdict=Verdict.REJECTED), cells_of("WA-INLAND"))
    found = needs_of(IDAHO, OREGON, inland)
    assert [need.out for need in found.states] == [("WA-INLAND",)]
    assert found.missing == ("WA-COAST",)


def test_workbooks_of_unknown_states_weigh_as_many_as_they_are():
    unplaced = [(submission(sha256, "", revision=0, verdict=Verdict.REJECTED), {}) for sha256 in ("e5", "e6")]
    assert told(needs_of(IDAHO, OREGON, WASHINGTON, *unplaced)) == [("", True, None, 0, 0.5)]


@pytest.mark.parametrize("hours", [0, 24], ids=["together", "the next day"])
def test_of_the_same_counts_sent_twice_only_those_that_count_ask_their_question(hours):
    asked, again = (
        replace(
            IDAHO[0],
            sha256=sha256,
            verdict=Verdict.ACCEPTED_WITH_WARNINGS,
            findings=(Finding(sha256, "a_rule", Severity.WARNING, "Counts", "C5", "ID", "", "", "", "", "", ""),),
        )
        for sha256 in ("a1", "a2")
    )
    received = {"a2": AFTER + dt.timedelta(hours=hours)}
    sent = [(asked, IDAHO[1]), (again, IDAHO[1]), OREGON, WASHINGTON]
    receipts = [receipt(one.sha256, received=received.get(one.sha256, AFTER)) for one, _ in sent]
    (need,) = needs_of(*sent, receipts=receipts).states
    assert [concern.submission.sha256 for concern in need.concerns] == ["a1"]
