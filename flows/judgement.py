"""Judgement: a batch through door, read, parse, validate and judge, for the nightly run and `check` alike."""

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flows.door.intake import Refusal, admit
from flows.inbox import Arrival
from flows.steps.judge import verdict_of
from flows.steps.parse.workbook import parse_workbook
from flows.steps.read import read_workbook
from flows.steps.second_look import hidden_cells
from flows.steps.validate.batch import validate
from flows.steps.validate.contracts import Contracts, contracts_for
from flows.steps.validate.counts import counts_of
from schemas.findings import Finding
from schemas.operation import Operation
from schemas.parsed import ParsedWorkbook, Sight
from schemas.sheets import UnreadableWorkbookError
from schemas.submission import CellAccount, JudgedBatch, Submission, Verdict
from schemas.telling import Where, tell
from schemas.vocabulary import Vocabulary
from schemas.workbook import Field


def judge_batch(operation: Operation, arrivals: Sequence[Arrival], *, as_of: dt.datetime) -> JudgedBatch:
    """Judge many workbooks at once. The same bytes are judged once, however often they arrive.

    Args:
        operation: What they are submitted to.
        arrivals: The files.
        as_of: The run's clock, aware.
    """
    contracts, vocabulary = contracts_for(operation, as_of), Vocabulary(operation)
    distinct = {arrival.sha256: arrival for arrival in arrivals}
    with _collector_at_rest():
        results = {sha256: understand(a, vocabulary, contracts.months_ended) for sha256, a in distinct.items()}
        understood = {sha256: result for sha256, result in results.items() if isinstance(result, ParsedWorkbook)}
        validated = validate(tuple(understood.values()), tuple(understood), contracts)
    refused = {
        sha256: _refused(sha256, result, contracts) for sha256, result in results.items() if isinstance(result, Refusal)
    }
    judged = {
        sha256: _judged(sha256, workbook, findings, operation)
        for (sha256, workbook), findings in zip(understood.items(), validated.findings, strict=True)
    }
    submissions = tuple(judged.get(sha256) or refused[sha256] for sha256 in distinct)
    return JudgedBatch(submissions, read=counts_of(validated.cells, tuple(judged), operation))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let the garbage collector rest: a batch is many small objects without a cycle, which it would walk in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def understand(arrival: Arrival, vocabulary: Vocabulary, months_ended: frozenset[str]) -> ParsedWorkbook | Refusal:
    """Take one file through the door, read it and say what it means; looking twice where cells seem blank."""
    admission = admit(arrival.file, arrival.content)
    if isinstance(admission, Refusal):
        return admission
    try:
        cells = read_workbook(arrival.content)
        parsed = parse_workbook(cells, vocabulary, months_ended)
        if parsed.blanks or admission.has_percentages:
            hidden = hidden_cells(arrival.content)
            if any(hidden.values()):
                return parse_workbook(cells.revealing(hidden), vocabulary, months_ended)
    except UnreadableWorkbookError:
        return Refusal("file_is_readable")
    return parsed


def _judged(sha256: str, workbook: ParsedWorkbook, findings: tuple[Finding, ...], operation: Operation) -> Submission:
    named = {
        row.task_force.word for table in workbook.tables for row in table.rows if row.task_force.sight is Sight.KNOWN
    }
    fields = {field.field: field for field in workbook.fields}
    return Submission(
        sha256=sha256,
        state=workbook.state,
        revision=fields[Field.REVISION].number if Field.REVISION in fields else 0,
        certified_by=fields[Field.CERTIFIED_BY].word if Field.CERTIFIED_BY in fields else "",
        certified_on=fields[Field.CERTIFIED_ON].day if Field.CERTIFIED_ON in fields else None,
        verdict=verdict_of(findings),
        task_forces=tuple(task_force for task_force in operation.roster.by_id if task_force in named),
        findings=findings,
        cells=workbook.cells,
        responses=workbook.responses,
    )


def _refused(sha256: str, refusal: Refusal, contracts: Contracts) -> Submission:
    finding = tell(contracts.rules[refusal.code], sha256, Where(), {"found": refusal.found})
    return Submission(sha256, "", 0, "", None, Verdict.REJECTED, (), (finding,), CellAccount(0, 0, 0, 0))
