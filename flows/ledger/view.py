"""What the ledger holds, as of one act: enough to reckon with, and on demand everything that reports tell.

What belongs here: reading. What does not: what follows from it.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import fields
from functools import cached_property
from sys import intern

import pandas as pd
from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from flows.ledger.acts import from_text
from flows.ledger.columns import COLUMNS, frame_of
from flows.ledger.decisions import explanations_until, withdrawals_until
from flows.ledger.histories import history_until
from flows.ledger.increments import additions_until
from flows.ledger.tables import counts, findings, holdings, not_taken, receipts, submissions
from schemas.across import History
from schemas.decisions import Explanation, Withdrawal
from schemas.findings import Finding, Severity
from schemas.program import Addition
from schemas.responses import Answer, Reason, Response
from schemas.submission import Basis, CellAccount, Holding, NotTaken, Receipt, Submission, Verdict

_COUNTING = [verdict.value for verdict in Verdict if verdict.counts]
_FINDING = [field.name for field in fields(Finding) if field.name not in ("sha256", "severity")]
_ROWS = 10_000
"""How many rows are asked for at once."""


class View:
    """Everything recorded by the acts up to one of them."""

    def __init__(self, connection: Connection, act: int) -> None:
        self._connection, self._act = connection, act

    @cached_property
    def arrivals(self) -> list[tuple[str, str, str]]:
        """Sha256, file and time received of every receipt that was judged."""
        query = select(receipts.c.sha256, receipts.c.file, receipts.c.received).where(receipts.c.act <= self._act)
        rows = self._connection.execute(query)
        return [(intern(s), file, intern(received)) for s, file, received in rows if s in self.judgements]

    @cached_property
    def not_taken(self) -> tuple[NotTaken, ...]:
        """What could not be taken, if the act is a run."""
        query = select(not_taken.c.file, not_taken.c.why).where(not_taken.c.act == self._act)
        return tuple(NotTaken(*row) for row in sorted(self._connection.execute(query)))

    @cached_property
    def judgements(self) -> dict[str, str]:
        """The digest of the judgement that stands, by sha256."""
        rows = self._connection.execute(select(self._latest.c.sha256, self._latest.c.digest))
        return {intern(sha256): digest for sha256, digest in rows}

    @cached_property
    def rests_on(self) -> tuple[Basis, ...]:
        """The rules and operation files that the judgements rest on."""
        basis = (self._latest.c.rules_version, self._latest.c.operation)
        rows = self._connection.execute(select(*basis, func.count()).group_by(*basis))
        return tuple(Basis(*row) for row in sorted(rows))

    @cached_property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """The decisions that submissions no longer count, in their order."""
        return withdrawals_until(self._connection, self._act)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """The reasons recorded for warnings, in their order."""
        return explanations_until(self._connection, self._act)

    @cached_property
    def additions(self) -> tuple[Addition, ...]:
        """What was added to the program to date, in the order in which it was recorded."""
        return additions_until(self._connection, self._act)

    @cached_property
    def history(self) -> History | None:
        """What was reported in another operation, to compare this one with; None where nothing is known."""
        return history_until(self._connection, self._act)

    def holdings(self) -> list[Holding]:
        """Return what the accepted submissions hold."""
        received: dict[str, str] = {}
        for sha256, _, moment in self.arrivals:
            received[sha256] = min(moment, received.get(sha256, moment))
        moments = {moment: from_text(moment) for moment in set(received.values())}
        latest = self._latest
        query = (
            select(latest.c.sha256, holdings.c.task_force, latest.c.revision, holdings.c.content)
            .join(holdings, holdings.c.submission == latest.c.id)
            .where(latest.c.verdict.in_(_COUNTING))
        )
        return [
            Holding(intern(sha256), intern(task_force), revision, moments[received[sha256]], content)
            for sha256, task_force, revision, content in self._connection.execute(query)
        ]

    def judged_otherwise(self, rules_version: str, operation_digest: str) -> dict[str, Verdict]:
        """Return the verdicts by other rules, or for another state of the operation's files, by sha256."""
        latest = self._latest
        is_own = (latest.c.rules_version == rules_version) & (latest.c.operation == operation_digest)
        rows = self._connection.execute(select(latest.c.sha256, latest.c.verdict).where(~is_own))
        return {sha256: Verdict(verdict) for sha256, verdict in rows}

    def repeated(self) -> list[Receipt]:
        """Return the receipts of bytes that arrived under several names."""
        seen: dict[str, int] = {}
        for sha256, _, _ in self.arrivals:
            seen[sha256] = seen.get(sha256, 0) + 1
        return [Receipt(file, sha256, from_text(when)) for sha256, file, when in self.arrivals if seen[sha256] > 1]

    def counts_of(self, sha256s: Collection[str]) -> pd.DataFrame:
        """Return the `schemas.counts.Counts` of some submissions."""
        return self._counts(self._latest.c.sha256.in_(sorted(sha256s)))

    def receipts(self) -> tuple[Receipt, ...]:
        """Return every file that arrived and was judged, by time received and name."""
        moments = {moment: from_text(moment) for moment in {when for _, _, when in self.arrivals}}
        everything = (Receipt(file, sha256, moments[when]) for sha256, file, when in self.arrivals)
        return tuple(sorted(everything, key=lambda receipt: (receipt.received, receipt.file, receipt.sha256)))

    def read(self) -> pd.DataFrame:
        """Return the `schemas.counts.Counts` of every submission."""
        return self._counts(self._latest.c.id.is_not(None))

    def submissions(self) -> dict[str, Submission]:
        """Return every judged workbook, by sha256."""
        latest = self._latest
        columns = [findings.c[name] for name in _FINDING]
        query = (
            select(latest.c.sha256, findings.c.severity, *columns)
            .join(findings, findings.c.submission == latest.c.id)
            .order_by(findings.c.submission, findings.c.position)
        )
        found: dict[str, list[Finding]] = {}
        for sha256, severity, *words in self._connection.execute(query):
            named = dict(zip(_FINDING, words, strict=True))
            found.setdefault(sha256, []).append(Finding(sha256=sha256, severity=Severity(severity), **named))
        rows = self._connection.execute(select(latest)).mappings()
        judged = (_submission(dict(row), found.get(row["sha256"], ())) for row in rows)
        return {submission.sha256: submission for submission in sorted(judged, key=lambda one: one.sha256)}

    @cached_property
    def _latest(self) -> FromClause:
        newest = select(func.max(submissions.c.id)).where(submissions.c.act <= self._act).group_by(submissions.c.sha256)
        return select(submissions).where(submissions.c.id.in_(newest)).subquery()

    def _counts(self, which: ColumnElement[bool]) -> pd.DataFrame:
        latest = self._latest
        query = (
            select(latest.c.sha256, *(counts.c[name] for name in COLUMNS[1:]))
            .join(counts, counts.c.submission == latest.c.id)
            .where(which)
            .order_by(counts.c.submission, counts.c.position)
        )
        return frame_of(self._connection.execute(query, execution_options={"yield_per": _ROWS}).partitions())


def _submission(row: dict[str, object], found: Iterable[Finding]) -> Submission:
    certified_on, task_forces = row["certified_on"], str(row["task_forces"])
    return Submission(
        sha256=intern(str(row["sha256"])),
        state=intern(str(row["state"])),
        revision=int(str(row["revision"])),
        certified_by=intern(str(row["certified_by"])),
        certified_on=dt.date.fromisoformat(str(certified_on)) if certified_on else None,
        verdict=Verdict(str(row["verdict"])),
        task_forces=tuple(map(intern, task_forces.split(";"))) if task_forces else (),
        findings=tuple(found),
        cells=CellAccount(*(int(str(row[f"cells_{what}"])) for what in ("read", "typed", "refused", "ignored"))),
        responses=tuple(
            Response(finding, Answer(answer), Reason(reason) if reason else None)
            for finding, answer, reason in json.loads(str(row["responses"]))
        ),
        beyond_form=bool(row["beyond_form"]),
    )
