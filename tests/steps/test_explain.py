"""Explanations: quiet while value and rules stay, open again when one changes, and never for an error."""

import datetime as dt
from dataclasses import replace

import pytest

from flows.steps.explain import explain, explanations_in, questions
from schemas.decisions import Explained, Explanation, Question, Source
from schemas.findings import Finding, Severity
from schemas.responses import Answer, Reason, Response
from schemas.submission import Verdict
from small_nation import AFTER, DECEMBER, JANUARY, cells_of, counts_of, receipt, submission

LATER = AFTER + dt.timedelta(days=1)
FIRST = submission("a", "ID", "ID", verdict=Verdict.ACCEPTED_WITH_WARNINGS)
WARNING = Finding(
    "a",
    "urgent_tips_are_few",
    Severity.WARNING,
    "Counts",
    "D5",
    "ID",
    JANUARY,
    "tips_urgent",
    "12",
    "at most 10",
    "",
    "",
)
ROW = replace(WARNING, code="row_is_not_all_zeros", measure="", found="", expected="", cell="A5")
WHOLE = replace(WARNING, code="certified", task_force="", month="", measure="", found="2032-01-20", expected="later")
READ = counts_of(cells_of("ID") | {("ID", JANUARY, "examiners"): None}, "a")
QUESTION = Question("1", "urgent_tips_are_few", "ID", "ID", JANUARY, "tips_urgent", "12; at most 10")
SAID = Explanation(QUESTION, "Clerk", AFTER, "checked against our records", Source.RESPONSE)


def asked(*findings, version="1"):
    return questions(findings, {"a": FIRST, "b": replace(FIRST, sha256="b")}, READ, version)


def test_a_warning_asks_about_its_figure_its_row_or_its_workbook():
    assert asked(WARNING, ROW, WHOLE) == {
        WARNING.id: QUESTION,
        ROW.id: replace(QUESTION, code="row_is_not_all_zeros", measure="", value="; ; 30; N/A; 30; 10; 8; 4"),
        WHOLE.id: replace(QUESTION, code="certified", task_force="", month="", measure="", value="2032-01-20; later"),
    }


def test_neither_an_error_nor_a_note_asks_anything():
    assert asked(replace(WARNING, severity=Severity.ERROR), replace(WARNING, severity=Severity.NOTE)) == {}


AGAIN = replace(WARNING, sha256="b", cell="D7")


@pytest.mark.parametrize(
    ("finding", "version", "holds"),
    [
        (AGAIN, "1", True),
        (replace(AGAIN, found="13"), "1", False),
        (replace(AGAIN, expected="at most 11"), "1", False),
        (AGAIN, "2", False),
    ],
    ids=["the same in another submission", "another value", "another limit", "other rules"],
)
def test_an_explanation_holds_while_value_and_rules_are_the_same(finding, version, holds):
    assert explain(asked(finding, version=version), [SAID]) == {finding.id: Explained(SAID, holds)}


@pytest.mark.parametrize(
    "change",
    [{"month": DECEMBER}, {"measure": "tips"}, {"task_force": "OR"}, {"code": "another_rule"}],
    ids=["month", "measure", "task force", "rule"],
)
def test_an_explanation_says_nothing_of_another(change):
    assert explain(asked(replace(WARNING, **change)), [SAID]) == {}


def test_of_several_explanations_the_latest_stands_in_whichever_order_they_come():
    later = replace(SAID, at=LATER, reason="counted twice by hand", role="Analyst", source=Source.EXPLAIN)
    for given in ([SAID, later], [later, SAID]):
        assert explain(asked(WARNING), given) == {WARNING.id: Explained(later, holds=True)}


def test_an_older_explanation_of_just_this_value_holds_before_a_later_one_of_another():
    other = replace(SAID, question=replace(QUESTION, value="13; at most 10"), at=LATER)
    assert explain(asked(WARNING), [SAID, other]) == {WARNING.id: Explained(SAID, holds=True)}


def said_by(response, **changes):
    second = replace(FIRST, sha256="b", revision=2, responses=(response,), certified_by="Harbor master", **changes)
    receipts = [receipt("a"), receipt("b", received=LATER), receipt("b", "again", LATER + dt.timedelta(days=1))]
    return explanations_in({"a": FIRST, "b": second}, receipts, asked(WARNING))


def test_a_response_with_a_reason_is_an_explanation_by_the_certifier_when_it_first_arrived():
    said = said_by(Response(WARNING.id, Answer.CONFIRMED, Reason.UNUSUAL))
    assert said == (Explanation(QUESTION, "Harbor master", LATER, "it was an unusual month", Source.RESPONSE),)


@pytest.mark.parametrize(
    ("response", "changes"),
    [
        (Response(WARNING.id, Answer.CORRECTED, Reason.CHECKED), {}),
        (Response(WARNING.id, Answer.CONFIRMED, None), {}),
        (Response(WARNING.id, Answer.CANNOT_FIX, Reason.NOT_KNOWN_YET), {}),
        (Response(WARNING.id, Answer.CONFIRMED, Reason.ASK_US), {}),
        (Response("0" * 12, Answer.CONFIRMED, Reason.CHECKED), {}),
        (Response(WARNING.id, Answer.CONFIRMED, Reason.CHECKED), {"state": "OR"}),
        (Response(WARNING.id, Answer.CONFIRMED, Reason.CHECKED), {"verdict": Verdict.REJECTED}),
    ],
    ids=["corrected", "no reason", "not known yet", "ask us", "unknown finding", "another state", "rejected"],
)
def test_a_response_that_gives_no_reason_of_its_own_state_explains_nothing(response, changes):
    assert said_by(response, **changes) == ()
