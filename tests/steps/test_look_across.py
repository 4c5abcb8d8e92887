"""Findings over all submissions of an inbox: whole, and none that changes a verdict."""

from flows.steps.look_across import look_across
from schemas.findings import Severity
from schemas.inbox_rules import NONE_STANDS
from schemas.submission import Standing
from small_nation import receipt

CURRENT, DUPLICATE, CONFLICTING = Standing.CURRENT, Standing.DUPLICATE, Standing.CONFLICTING
REVISIONS = dict.fromkeys("abc", 2)
HIGHER_NUMBER = "Send the right counts as a new revision with a higher number."


def said(*receipts, standings=()):
    findings = look_across(receipts, REVISIONS, dict(standings))
    return [(f.sha256, f.code, f.severity, f.task_force, f.message, f.remedy) for f in findings]


def test_an_inbox_without_repetition_has_no_findings():
    assert said(receipt("a"), receipt("b"), standings={("a", "ID"): CURRENT}.items()) == []


def test_the_same_file_under_two_names_is_noted():
    assert said(receipt("a", "ID.xlsx"), receipt("a", "ID (1).xlsx")) == [
        (
            "a",
            "file_is_sent_once",
            Severity.NOTE,
            "",
            "The file: the same file has arrived 2 times; it is one submission.",
            "Nothing needs to be done.",
        )
    ]


def test_the_same_counts_in_another_file_are_noted():
    standings = {("a", "ID"): CURRENT, ("b", "ID"): DUPLICATE}
    assert said(receipt("a"), receipt("b"), standings=standings.items()) == [
        (
            "b",
            "counts_are_sent_once",
            Severity.NOTE,
            "ID",
            "The file: revision 2 of ID has arrived before with the same counts; they count once.",
            "Nothing needs to be done.",
        )
    ]


def test_a_revision_that_conflicts_with_one_that_stands_is_warned_of():
    standings = {("a", "ID"): CURRENT, ("b", "ID"): CONFLICTING}
    assert said(receipt("a"), receipt("b"), standings=standings.items()) == [
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
    standings = {("a", "ID"): CONFLICTING, ("b", "ID"): CONFLICTING}
    message = (
        "The file: revision 2 of ID has arrived with different counts; they arrived together, so none of them counts."
    )
    assert said(receipt("a"), receipt("b"), standings=standings.items()) == [
        (name, "revision_has_one_set_of_counts", Severity.WARNING, "ID", message, HIGHER_NUMBER) for name in "ab"
    ]


def test_where_the_earlier_one_is_withdrawn_it_is_not_said_to_stand():
    standings = {("a", "ID"): Standing.WITHDRAWN, ("b", "ID"): CONFLICTING, ("c", "ID"): CONFLICTING}
    assert {message for *_, message, _ in said(standings=standings.items())} == {
        f"The file: revision 2 of ID has arrived with different counts; {NONE_STANDS}."
    }
