"""Explanations: which warnings have been explained, and whether the explanation still holds.

An explanation answers one question: a rule about a value at a place. While rule set and value are the same, the
warning is quiet, in whichever submission it comes back; when one of them changes, it is open again. An error asks
nothing, it refuses; so it can never be explained.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Mapping

import pandas as pd

from schemas.decisions import Explained, Explanation, Question, Source, can_be_explained
from schemas.findings import Finding
from schemas.responses import Answer, Reason
from schemas.submission import Receipt, Submission
from schemas.workbook import NOT_APPLICABLE_TEXT

Questions = Mapping[str, Question]
"""By the id of the finding that asks."""

_REASONS = frozenset({Reason.CHECKED, Reason.UNUSUAL, Reason.COUNTED_OTHERWISE})
"""Those that say why a figure stays; the others ask for a person, or for time."""


def questions(
    findings: Iterable[Finding], submissions: Mapping[str, Submission], read: pd.DataFrame, rules_version: str
) -> dict[str, Question]:
    """Return what the warnings among some findings ask, by the finding's id.

    Args:
        findings: Of submissions and of rules over all of them.
        submissions: By sha256.
        read: `schemas.counts.Counts` of these submissions; a warning about a row asks about all its figures.
        rules_version: The rule set that found them.
    """
    warnings = list(filter(can_be_explained, findings))
    of_rows = {warning.sha256 for warning in warnings if warning.task_force and not warning.measure}
    rows = read[read["sha256"].isin(of_rows)].astype({"sha256": str, "task_force": str, "month": str, "measure": str})
    figures = dict(iter(rows.groupby(["sha256", "task_force"])))
    return {
        warning.id: Question(
            rules_version=rules_version,
            code=warning.code,
            state=submissions[warning.sha256].state,
            task_force=warning.task_force,
            month=warning.month,
            measure=warning.measure,
            value=_value(warning, figures),
        )
        for warning in warnings
    }


def explanations_in(
    submissions: Mapping[str, Submission], receipts: Iterable[Receipt], asked: Questions
) -> tuple[Explanation, ...]:
    """Return what accepted submissions explain by their responses to findings of their own state.

    Args:
        submissions: By sha256.
        receipts: When each arrived; the first counts.
        asked: What the findings that they may answer ask.
    """
    received: dict[str, dt.datetime] = {}
    for receipt in receipts:
        received[receipt.sha256] = min(receipt.received, received.get(receipt.sha256, receipt.received))
    return tuple(
        explanation
        for sha256 in sorted(submissions, key=lambda sha256: (received[sha256], sha256))
        if submissions[sha256].verdict.counts
        for explanation in _answers(submissions[sha256], received[sha256], asked)
    )


def explain(asked: Questions, explanations: Iterable[Explanation]) -> dict[str, Explained]:
    """Return which findings are explained, or were and are open again; those that never were are not in it.

    Args:
        asked: What the findings ask.
        explanations: All that were ever given; of several the latest stands, of those at one moment the last in order.
    """
    given: dict[Question | tuple[str, ...], Explanation] = {}
    for explanation in sorted(explanations, key=lambda e: (e.at, e.source)):
        given[explanation.question] = given[explanation.question.place] = explanation
    return {
        finding: Explained(given.get(question) or given[question.place], holds=question in given)
        for finding, question in asked.items()
        if question.place in given
    }


def _value(warning: Finding, figures: Mapping[tuple[Hashable, ...], pd.DataFrame]) -> str:
    """Return the figures that a warning asks about, with what it expected: a change of either asks anew."""
    told = f"{warning.found}; {warning.expected}"
    own = figures.get((warning.sha256, warning.task_force))
    if warning.measure or own is None:
        return told
    here = own[own["month"] == warning.month] if warning.month else own
    values = here.sort_values(["month", "measure"])["value"]
    return "; ".join([told, *(NOT_APPLICABLE_TEXT if pd.isna(value) else f"{value}" for value in values)])


def _answers(submission: Submission, at: dt.datetime, asked: Questions) -> Iterator[Explanation]:
    for response in submission.responses:
        question = asked.get(response.finding)
        if (
            question
            and question.state == submission.state
            and response.answer is not Answer.CORRECTED
            and response.reason in _REASONS
        ):
            yield Explanation(question, submission.certified_by, at, str(response.reason), Source.RESPONSE)
