"""What a run records: that files arrived, then what they were judged to be."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from operator import itemgetter

import pandas as pd
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from flows.ledger.acts import to_text
from flows.ledger.tables import counts, findings, holdings, looked_at, not_taken, receipts, submissions
from schemas.findings import Finding
from schemas.operation import Operation
from schemas.private import name_by_hash
from schemas.rules import RULES_VERSION
from schemas.submission import Holding, JudgedBatch, NotTaken, Receipt, Submission, Verdict

_Row = tuple[str, str, str, int | None, str, int, int]
"""Task force, month, measure, value, sheet, row, column."""

_QUARANTINED = select(submissions.c.sha256).where(submissions.c.verdict == Verdict.QUARANTINED)
_FINDING = [field.name for field in fields(Finding)]
_AT_ONCE = 100
"""How many judgements are written at once: as rows, their counts take many times the memory of a frame."""


@dataclass(frozen=True, slots=True)
class Judging:
    """How submissions come to be judged: in which act, for which operation, at which clock."""

    act: int
    operation: Operation
    clock: dt.datetime


def looked_at_before(connection: Connection) -> dict[str, str]:
    """Return the sha256 of the files that need not be read again, by signature."""
    return dict(connection.execute(select(looked_at.c.signature, looked_at.c.sha256)).tuples().all())


def remember(connection: Connection, signatures: Mapping[str, str]) -> None:
    """Remember which files need not be read again: these, and no others."""
    before = looked_at_before(connection)
    if gone := [{"gone": signature} for signature in before.keys() - signatures.keys()]:
        connection.execute(delete(looked_at).where(looked_at.c.signature == bindparam("gone")), gone)
    if new := [{"signature": s, "sha256": signatures[s]} for s in signatures.keys() - before.keys()]:
        connection.execute(insert(looked_at), new)


def receive(connection: Connection, act: int, arrived: Iterable[Receipt]) -> None:
    """Record the receipts that are not recorded yet, but no second one of a quarantined file."""
    known = set(connection.execute(select(receipts.c.sha256, receipts.c.file)))
    nameless = set(connection.scalars(_QUARANTINED))
    new = {(r.sha256, r.file): r for r in arrived if (r.sha256, r.file) not in known and r.sha256 not in nameless}
    rows = [
        {"act": act, "sha256": sha256, "file": file, "received": to_text(receipt.received)}
        for (sha256, file), receipt in sorted(new.items())
    ]
    if rows:
        connection.execute(insert(receipts), rows)


def record_not_taken(connection: Connection, act: int, files: Iterable[NotTaken]) -> None:
    """Record what could not be taken."""
    if rows := [{"act": act, "file": file, "why": why} for file, why in sorted({(f.file, f.why) for f in files})]:
        connection.execute(insert(not_taken), rows)


def unjudged(connection: Connection) -> dict[str, str]:
    """Return when those bytes were received, by sha256, that arrived and were never judged."""
    query = (
        select(receipts.c.sha256, func.min(receipts.c.received))
        .where(receipts.c.sha256.not_in(select(submissions.c.sha256)))
        .group_by(receipts.c.sha256)
    )
    return dict(connection.execute(query).tuples().all())


def record(connection: Connection, judging: Judging, batch: JudgedBatch) -> None:
    """Record judgements, each with its findings and everything that was read; of a quarantined one nothing that was."""
    for start in range(0, len(batch.submissions), _AT_ONCE):
        some = batch.submissions[start : start + _AT_ONCE]
        _record(connection, judging, some, batch.read[batch.read["sha256"].isin([one.sha256 for one in some])])


def _record(connection: Connection, judging: Judging, some: Sequence[Submission], of_these: pd.DataFrame) -> None:
    first = (connection.scalar(select(func.max(submissions.c.id))) or 0) + 1
    read = _rows_by_submission(of_these)
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in ("submissions", "holdings", "counts", "findings")}
    for number, submission in enumerate(some, first):
        is_kept = submission.verdict is not Verdict.QUARANTINED
        own = read.get(submission.sha256, []) if is_kept else []
        rows["submissions"].append(_judgement(number, judging, submission, own))
        if submission.verdict.counts:
            rows["holdings"] += [{"submission": number, "task_force": t, "content": c} for t, c in _contents(own)]
        rows["counts"] += [
            {
                "submission": number, "position": position, "task_force": task_force, "month": month,
                "measure": measure, "value": value, "sheet": sheet, "row": row, "column": column,
            }
            for position, (task_force, month, measure, value, sheet, row, column) in enumerate(own)
        ]  # fmt: skip
        rows["findings"] += [
            {"submission": number, "position": position}
            | {name: getattr(finding, name) for name in _FINDING if name != "sha256"}
            for position, finding in enumerate(submission.findings)
        ]
    for table in (submissions, holdings, counts, findings):
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    _forget_names(connection)


def _forget_names(connection: Connection) -> None:
    """Keep no name of a quarantined file: one receipt, named by its hash, stands for all that it arrived under."""
    keys = (receipts.c.sha256, receipts.c.file)
    named = select(*keys).where(keys[0].in_(_QUARANTINED)).order_by(receipts.c.received, keys[1])
    seen: set[str] = set()
    for sha256, file in connection.execute(named).tuples().all():
        its = (keys[0] == sha256) & (keys[1] == file)
        if sha256 in seen:
            connection.execute(delete(receipts).where(its))
        elif file != name_by_hash(sha256):
            connection.execute(update(receipts).where(its).values(file=name_by_hash(sha256)))
        seen.add(sha256)


def held_by(batch: JudgedBatch, received: dt.datetime) -> Iterator[Holding]:
    """Yield what the accepted submissions hold of a batch that was received at one time."""
    read = _rows_by_submission(batch.read)
    for submission in batch.submissions:
        if submission.verdict.counts:
            for task_force, content in _contents(read.get(submission.sha256, [])):
                yield Holding(submission.sha256, task_force, submission.revision, received, content)


def _judgement(number: int, judging: Judging, submission: Submission, read: Sequence[_Row]) -> dict[str, object]:
    judged: dict[str, object] = {
        "sha256": submission.sha256,
        "state": submission.state,
        "revision": submission.revision,
        "certified_by": submission.certified_by,
        "certified_on": submission.certified_on.isoformat() if submission.certified_on else None,
        "verdict": submission.verdict,
        "task_forces": ";".join(submission.task_forces),
        **{f"cells_{what}": count for what, count in asdict(submission.cells).items()},
        "responses": json.dumps([[r.finding, r.answer, r.reason] for r in submission.responses]),
        "beyond_form": submission.beyond_form,
    }
    found = [astuple(finding) for finding in submission.findings]
    return judged | {
        "id": number,
        "act": judging.act,
        "rules_version": RULES_VERSION,
        "operation": judging.operation.digest,
        "clock": to_text(judging.clock),
        "digest": _hash([judged, found, sorted(read, key=itemgetter(0, 1, 2))]),
    }


def _rows_by_submission(read: pd.DataFrame) -> dict[str, list[_Row]]:
    columns = [read[name].astype(object).where(read[name].notna(), None).tolist() for name in read.columns]
    by_submission: dict[str, list[_Row]] = {}
    for sha256, *row in zip(*columns, strict=True):
        by_submission.setdefault(sha256, []).append((*row,))
    return by_submission


def _contents(read: Iterable[_Row]) -> list[tuple[str, str]]:
    """Return a hash of the counts of each task force: month, measure and value, wherever they stood."""
    by_task_force: dict[str, list[tuple[str, str, int | None]]] = {}
    for task_force, month, measure, value, *_ in read:
        by_task_force.setdefault(task_force, []).append((month, measure, value))
    return [(task_force, _hash(sorted(content))) for task_force, content in by_task_force.items()]


def _hash(content: object) -> str:
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
