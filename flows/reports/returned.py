"""The returned workbook: a fresh form with what could be read of a submission, and what is asked about it marked.

Nothing of the submitted file passes through but counts, revision, role and day. Corrected, with a higher revision, it
is the next submission.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from flows.reports import form_style as style
from flows.reports.explanations import explanation_in_words
from flows.reports.filled_form import FilledForm, Mark
from flows.reports.form_findings import PlacedFinding, write_findings
from flows.reports.form_layout import table_layouts
from flows.reports.form_places import places_of
from flows.reports.template import build_workbook
from flows.reports.xlsx import to_bytes
from schemas.decisions import Explained
from schemas.findings import Finding, Severity
from schemas.instructions import notice
from schemas.operation import Operation
from schemas.submission import Submission
from schemas.workbook import FINDINGS_SHEET, NOT_APPLICABLE_TEXT, address

_ROW_WITHOUT_A_TASK_FORCE = frozenset({"row_names_its_task_force", "task_force_is_in_the_roster"})


def returned_workbook(
    operation: Operation,
    submission: Submission,
    read: pd.DataFrame,
    findings: Sequence[Finding] = (),
    *,
    next_revision: int = 0,
    explained: Mapping[str, Explained] | None = None,
) -> bytes:
    """Return the workbook that answers a submission whose state is known, as .xlsx bytes.

    Args:
        operation: Whose form it is.
        submission: What was sent.
        read: `schemas.counts.Counts` of this submission, among those of others or not.
        findings: What to answer, where that is more than its own findings: those of rules over the inbox.
        next_revision: The least that the next revision may have, where that is more than one more.
        explained: Warnings that are explained, or were and are open again, by the finding's id.
    """
    asked = [finding for finding in findings or submission.findings if finding.severity is not Severity.NOTE]
    counts = _counts(read[read["sha256"] == submission.sha256])
    task_forces = () if _ROW_WITHOUT_A_TASK_FORCE & {finding.code for finding in asked} else submission.task_forces
    layouts = table_layouts(operation, submission.state, task_forces)
    placed = [
        PlacedFinding(
            finding, places_of(finding, operation, layouts, counts), *_explanation(finding, operation, explained)
        )
        for finding in asked
    ]
    still_asked = [entry for entry in placed if not entry.holds]
    least_revision = next_revision or submission.revision + 1
    filled = FilledForm(
        submission.revision,
        submission.certified_by,
        submission.certified_on,
        counts,
        task_forces,
        _marks(still_asked),
        least_revision=least_revision,
        notice=_notice(submission, [entry.finding for entry in still_asked], least_revision),
    )
    workbook = build_workbook(operation, submission.state, filled=filled)
    sheet = workbook.create_sheet(FINDINGS_SHEET, 1)
    write_findings(sheet, placed)
    style.finish(sheet, footer=workbook.properties.title or "")
    return to_bytes(workbook)


def _explanation(finding: Finding, operation: Operation, explained: Mapping[str, Explained] | None) -> tuple[str, bool]:
    of_it = (explained or {}).get(finding.id)
    return (explanation_in_words(operation, of_it, internal=False), of_it.holds) if of_it else ("", False)


def _counts(read: pd.DataFrame) -> dict[tuple[str, str, str], int | str]:
    keys = zip(read["task_force"], read["month"], read["measure"], strict=True)
    values = read["value"].astype(object).where(read["value"].notna(), NOT_APPLICABLE_TEXT)
    return dict(zip(keys, values, strict=True))


def _marks(placed: Sequence[PlacedFinding]) -> dict[tuple[str, str], Mark]:
    """Say at each cell what its findings say, the gravest first."""
    asked: dict[tuple[str, str], list[Finding]] = {}
    for entry in sorted(placed, key=lambda entry: entry.finding.severity is not Severity.ERROR):
        for place in entry.places:
            asked.setdefault((entry.finding.sheet, address(*place)), []).append(entry.finding)
    return {
        cell: Mark(findings[0].severity, " ".join(_in_short(finding) for finding in findings))
        for cell, findings in asked.items()
    }


def _in_short(finding: Finding) -> str:
    return " ".join(filter(None, (finding.sentence, finding.likely_cause, finding.remedy)))


def _notice(submission: Submission, asked: Sequence[Finding], least_revision: int) -> str:
    severities = [finding.severity for finding in asked]
    found = {severity: severities.count(severity) for severity in (Severity.ERROR, Severity.WARNING)}
    return notice(found, least_revision, counts=submission.verdict.counts)
