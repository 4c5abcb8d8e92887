"""Judging again what other rules, or another state of the operation's files, judged: as a preview, or for good."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

import pandas as pd
from sqlalchemy import Connection

from flows.batches import BATCH_SIZE, batches
from flows.examining import examine_arrivals
from flows.inbox import Arrival, InboxFile, take
from flows.ledger.acts import Act, begin, keep_operation, last, refuse_another
from flows.ledger.ledger import Ledger
from flows.ledger.originals import keep_originals, original
from flows.ledger.recording import Judging, held_by, record
from flows.ledger.view import View
from flows.reports.failure import InternalError, without_cell_text
from flows.snapshots import reckon, versions_now
from schemas.operation import Operation
from schemas.rejudgement import Rejudged, Rejudgement
from schemas.submission import Holding, JudgedBatch, Receipt

Judged = list[tuple[dt.datetime, JudgedBatch]]
"""Batches with the clocks that they were judged at."""


def rejudge(
    ledger: Ledger, operation: Operation, inbox: Sequence[InboxFile], *, as_of: dt.datetime, for_good: bool
) -> Rejudgement:
    """Judge again, by an operation's files as they are now, each submission at the clock it was judged at before.

    Bytes that the ledger does not keep are looked for in the inbox. The ledger is not touched meanwhile; only where it
    is `for_good` is anything recorded at the end, and only then need the ledger be held.
    """
    with ledger.reading() as connection:
        refuse_another(connection, operation)
        act = last(connection)
        view = View(connection, act)
        pending = view.judged_otherwise(versions_now()[0], operation.digest)
        first: dict[str, Receipt] = {}
        for receipt in view.receipts():
            if receipt.sha256 in pending:
                first.setdefault(receipt.sha256, receipt)
        was = _totals(operation, view, as_of)
    received = {sha256: receipt.received for sha256, receipt in first.items()}
    judged: Judged = []
    for arrivals in _contents(ledger, list(first), inbox):
        with without_cell_text():
            examined = examine_arrivals(operation, arrivals, received)
        if examined.broken:
            raise InternalError(". ".join(broken.sentence for broken in examined.broken))
        judged += examined.judged
        if for_good:
            keep_originals(ledger.place, examined.originals)
    with ledger.reading() as connection:
        is_now = _totals(operation, _JudgedAgain(connection, act, judged), as_of)
    if for_good:
        _record(ledger, operation, as_of, judged)
    now = {submission.sha256: submission.verdict for _, batch in judged for submission in batch.submissions}
    return Rejudgement(
        tuple(Rejudged(receipt, pending[sha256], now.get(sha256)) for sha256, receipt in first.items()),
        {measure: (was[measure], is_now[measure]) for measure in was if was[measure] != is_now[measure]},
    )


class _JudgedAgain(View):
    """What the ledger would hold, had it recorded some judgements: as far as totals depend on it."""

    def __init__(self, connection: Connection, act: int, judged: Judged) -> None:
        super().__init__(connection, act)
        self._again = judged
        self._sha256s = {submission.sha256 for _, batch in judged for submission in batch.submissions}

    def holdings(self) -> list[Holding]:
        """Return what the accepted submissions hold."""
        again = (holding for clock, batch in self._again for holding in held_by(batch, clock))
        return [*(h for h in super().holdings() if h.sha256 not in self._sha256s), *again]

    def counts_of(self, sha256s: Collection[str]) -> pd.DataFrame:
        """Return the `schemas.counts.Counts` of some submissions."""
        again = [batch.read[batch.read["sha256"].isin(sha256s)] for _, batch in self._again]
        return pd.concat([super().counts_of(set(sha256s) - self._sha256s), *again], ignore_index=True)


def _record(ledger: Ledger, operation: Operation, as_of: dt.datetime, judged: Judged) -> None:
    with ledger.writing() as connection:
        act = begin(connection, Act.REJUDGEMENT, clock=as_of)
        keep_operation(connection, act, operation)
        for clock, batch in judged:
            record(connection, Judging(act, operation, clock), batch)


def _contents(ledger: Ledger, sha256s: Sequence[str], inbox: Sequence[InboxFile]) -> Iterator[list[Arrival]]:
    """Yield the bytes of submissions, as many at a time as make a batch: those that are kept, then from the inbox."""
    missing: set[str] = set()
    for start in range(0, len(sha256s), BATCH_SIZE):
        kept = {s: original(ledger.place.originals, s) for s in sha256s[start : start + BATCH_SIZE]}
        missing |= {sha256 for sha256, content in kept.items() if content is None}
        yield [Arrival("", sha256, content) for sha256, content in kept.items() if content is not None]
    for batch in batches(inbox if missing else ()):
        found = {arrival.sha256: arrival for arrival in take(batch).arrivals if arrival.sha256 in missing}
        missing -= found.keys()
        yield list(found.values())


def _totals(operation: Operation, view: View, as_of: dt.datetime) -> dict[str, int | None]:
    totals = reckon(operation, view, as_of=as_of, versions=versions_now()).totals
    return {m: None if pd.isna(v) else int(v) for m, v in zip(totals["measure"], totals["value"], strict=True)}
