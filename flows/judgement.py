"""Judgement: a batch through door, read, parse, validate and judge, for the nightly run and `check` alike."""

import datetime as dt
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from flows.door.reading import Understood
from flows.door.workers import Readers, shared_readers
from flows.inbox import Arrival
from flows.steps.judge import verdict_of
from flows.steps.validate.batch import validate
from flows.steps.validate.contracts import Contracts, contracts_for
from flows.steps.validate.counts import counts_of
from schemas.findings import Finding
from schemas.operation import Operation
from schemas.parsed import ParsedWorkbook, Sight
from schemas.remarks import Remark, TurnedAway
from schemas.submission import CellAccount, JudgedBatch, Submission, Verdict
from schemas.telling import Where, tell
from schemas.workbook import Field, address


def judge_batch(
    operation: Operation, arrivals: Sequence[Arrival], *, as_of: dt.datetime, readers: Readers | None = None
) -> JudgedBatch:
    """Judge many workbooks at once. The same bytes are judged once, however often they arrive.

    They are read by the processes that all batches share, if no others are given.
    """
    return judge_read(operation, read_batch(operation, arrivals, as_of=as_of, readers=readers), as_of=as_of)


def read_batch(
    operation: Operation, arrivals: Sequence[Arrival], *, as_of: dt.datetime, readers: Readers | None = None
) -> Mapping[str, Understood]:
    """Read many workbooks, each once, to what was understood of it, by sha256. Our own process only waits for it."""
    content = {arrival.sha256: arrival.content for arrival in arrivals}
    months_ended = frozenset(operation.months_ended(as_of))
    read = (readers or shared_readers()).read(operation, months_ended, list(content.values()))
    return dict(zip(content, read, strict=True))


def judge_read(operation: Operation, results: Mapping[str, Understood], *, as_of: dt.datetime) -> JudgedBatch:
    """Judge what was understood of many workbooks, by sha256, at the clock that they were read by."""
    contracts = contracts_for(operation, as_of)
    with _collector_at_rest():
        understood = {sha256: result for sha256, result in results.items() if isinstance(result, ParsedWorkbook)}
        validated = validate(tuple(understood.values()), tuple(understood), contracts)
    turned_away = {
        sha256: _turned_away(sha256, result, contracts)
        for sha256, result in results.items()
        if isinstance(result, TurnedAway)
    }
    judged = {
        sha256: _judged(sha256, workbook, findings, contracts)
        for (sha256, workbook), findings in zip(understood.items(), validated.findings, strict=True)
    }
    submissions = tuple(judged.get(sha256) or turned_away[sha256] for sha256 in results)
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


def _judged(sha256: str, workbook: ParsedWorkbook, unmet: tuple[Finding, ...], contracts: Contracts) -> Submission:
    named = {
        row.task_force.word for table in workbook.tables for row in table.rows if row.task_force.sight is Sight.KNOWN
    }
    fields = {field.field: field for field in workbook.fields}
    findings = (*_told(sha256, workbook.remarks, contracts), *unmet)
    return Submission(
        sha256=sha256,
        state=workbook.state,
        revision=fields[Field.REVISION].number if Field.REVISION in fields else 0,
        certified_by=fields[Field.CERTIFIED_BY].word if Field.CERTIFIED_BY in fields else "",
        certified_on=fields[Field.CERTIFIED_ON].day if Field.CERTIFIED_ON in fields else None,
        verdict=verdict_of(findings),
        task_forces=tuple(task_force for task_force in contracts.operation.roster.by_id if task_force in named),
        findings=findings,
        cells=workbook.cells,
        responses=workbook.responses,
        beyond_form=workbook.beyond_form,
    )


def _turned_away(sha256: str, away: TurnedAway, contracts: Contracts) -> Submission:
    """Judge a workbook that was not read, or of which nothing may be kept but its hash and what is wrong with it."""
    verdict = Verdict.QUARANTINED if away.is_private else Verdict.REJECTED
    findings = _told(sha256, away.remarks, contracts)
    nothing = CellAccount(0, 0, 0, 0)
    return Submission(sha256, "", 0, "", None, verdict, (), findings, nothing, beyond_form=True)


def _told(sha256: str, remarks: Sequence[Remark], contracts: Contracts) -> tuple[Finding, ...]:
    return tuple(
        tell(
            contracts.rules[remark.code],
            sha256,
            Where(remark.sheet, address(remark.row, remark.column)),
            {"found": remark.found, "label": remark.sheet},
        )
        for remark in remarks
    )
