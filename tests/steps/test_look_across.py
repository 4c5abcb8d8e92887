"""Findings over all submissions of an inbox: whole, and none that changes a verdict."""

import datetime as dt

from flows.steps.look_across import look_across
from flows.steps.standing import settle
from schemas.decisions import Withdrawal
from schemas.findings import Severity
from schemas.inbox_rules import NONE_STANDS
from schemas.submission import Holding
from small_nation import AFTER, OPERATION, receipt

LATER, LATEST = AFTER + dt.timedelta(days=1), AFTER + dt.timedelta(days=2)
BOTH_TAKEN_BACK = Withdrawal("a", (), "Clerk", AFTER, "sent in error")
HIGHER_NUMBER = "Send the right counts as a new revision with a higher number."
NOTHING = "Nothing needs to be done."


def sent(sha256, revision=2, received=AFTER, content="usual", task_force="ID"):
    return Holding(sha256, task_force, revision, received, content)


def said(*holdings, repeated=(), withdrawals=()):
    findings = look_across(OPERATION, repeated, holdings, settle(holdings, withdrawals), withdrawals)
    return [(f.sha256, f.code, f.severity, f.task_force, f.message, f.remedy) for f in findings]


def test_an_inbox_without_repetition_has_no_findings():
    assert said(sent("a"), sent("b", revision=3), sent("c", task_force="OR")) == []


def test_the_same_file_under_two_names_is_noted():
    assert said(repeated=[receipt("a", "ID.xlsx"), receipt("a", "ID (1).xlsx")]) == [
        (
            "a",
            "file_is_sent_once",
            Severity.NOTE,
            "",
            "The file: the same file has arrived 2 times; it is one submission.",
            NOTHING,
        )
    ]


def test_the_same_counts_in_another_file_are_noted():
    assert said(sent("a"), sent("b", received=LATER)) == [
        (
            "b",
            "counts_are_sent_once",
            Severity.NOTE,
            "ID",
            "The file: revision 2 of ID has arrived before with the same counts; they count once.",
            NOTHING,
        )
    ]


def test_a_revision_that_conflicts_with_one_that_stands_is_warned_of():
    assert said(sent("a"), sent("b", received=LATER, content="other")) == [
        (
            "b",
            "revision_has_one_set_of_counts",
            Severity.WARNING,
            "ID",
            "The file: revision 2 of ID has arrived with different counts; the workbook received earlier stands.",
            HIGHER_NUMBER,
        )
    ]


def test_of_revisions_that_arrived_together_with_different_counts_each_is_warned_of():
    message = (
        "The file: revision 2 of ID has arrived with different counts; they arrived together, so none of them counts."
    )
    assert said(sent("a"), sent("b", content="other")) == [
        (name, "revision_has_one_set_of_counts", Severity.WARNING, "ID", message, HIGHER_NUMBER) for name in "ab"
    ]


def test_where_the_earlier_one_is_withdrawn_it_is_not_said_to_stand():
    together = sent("b", received=LATER, content="one"), sent("c", received=LATER, content="other")
    assert {message for *_, message, _ in said(sent("a"), *together, withdrawals=[BOTH_TAKEN_BACK])} == {
        f"The file: revision 2 of ID has arrived with different counts; {NONE_STANDS}."
    }


LATE = (
    "revisions_arrive_in_order",
    Severity.WARNING,
    "ID",
    "The file: revision 2 of ID came after revision 3; it does not count.",
    "If it should count, raise its revision above 3 and send it again.",
)


def test_a_lower_revision_that_comes_later_is_warned_of():
    assert said(sent("a", 3), sent("b", 2, LATER, "other")) == [("b", *LATE)]


def test_a_file_that_was_only_renamed_after_its_correction_is_not_late():
    again = [receipt("a", "ID.xlsx"), receipt("a", "ID again.xlsx", LATEST)]
    findings = said(sent("a", 2), sent("b", 3, LATER, "other"), repeated=again)
    assert [(sha256, code) for sha256, code, *_ in findings] == [("a", "file_is_sent_once")]


def test_a_lower_revision_is_none_too_late_if_it_came_together_or_something_higher_came_since():
    assert said(sent("a", 3), sent("b", 2, AFTER, "other")) == []
    assert said(sent("a", 3), sent("b", 2, LATER, "other"), sent("c", 4, LATEST, "third")) == []


def test_a_lower_revision_is_late_too_where_none_of_the_higher_ones_counts():
    together = sent("a", 3), sent("c", 3, content="third")
    assert ("b", *LATE) in said(*together, sent("b", 2, LATER, "other"))


TWICE = [receipt("a", "ID.xlsx"), receipt("a", "ID again.xlsx", LATER)]


def test_a_withdrawn_file_that_comes_again_is_told_that_it_does_not_count():
    assert said(sent("a"), repeated=TWICE, withdrawals=[BOTH_TAKEN_BACK]) == [
        (
            "a",
            "withdrawn_file_is_not_sent_again",
            Severity.WARNING,
            "ID",
            "The file: this file was withdrawn on 2032-02-12 by role: Clerk; its figures of ID do not count.",
            "To send these figures again, raise the revision.",
        )
    ]


def test_once_something_else_counts_that_came_since_a_withdrawn_file_is_told_no_more():
    assert said(sent("a"), sent("b", 3, LATEST), repeated=TWICE, withdrawals=[BOTH_TAKEN_BACK]) == []


def test_withdrawn_counts_that_count_again_in_another_file_are_warned_of():
    assert said(sent("a"), sent("b", received=LATER), withdrawals=[BOTH_TAKEN_BACK]) == [
        (
            "b",
            "withdrawn_counts_are_not_sent_again",
            Severity.WARNING,
            "ID",
            "The file: revision 2 of ID has the counts of the file that was withdrawn on 2032-02-12 by role: Clerk; "
            "they count again.",
            "If they are to count, send them with a higher revision; if not, withdraw this file too.",
        )
    ]


def test_withdrawn_counts_may_come_again_with_a_higher_revision_and_others_with_any():
    assert said(sent("a"), sent("b", 3, LATER), withdrawals=[BOTH_TAKEN_BACK]) == []
    assert said(sent("a"), sent("b", 2, LATER, "other"), withdrawals=[BOTH_TAKEN_BACK]) == []


def test_what_is_withdrawn_for_one_task_force_is_not_for_another():
    both = sent("a"), sent("a", task_force="OR")
    partly = Withdrawal("a", ("OR",), "Clerk", AFTER, "sent in error")
    assert [(code, who) for _, code, _, who, *_ in said(*both, repeated=TWICE, withdrawals=[partly])] == [
        ("withdrawn_file_is_not_sent_again", "OR")
    ]
