"""Snapshots for tests: receipts and judged batches, recorded in a ledger in memory and taken from there."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine
from sqlalchemy.pool import StaticPool

from flows.ledger.acts import Act, begin, keep_operation, last
from flows.ledger.database import settle_sqlite
from flows.ledger.decisions import explain
from flows.ledger.ledger import Ledger
from flows.ledger.place import Place
from flows.ledger.recording import Judging, receive, record, record_not_taken
from flows.ledger.tables import METADATA
from flows.ledger.view import View
from flows.snapshots import reckon, tell, versions_now
from schemas.decisions import Explanation
from schemas.operation import Operation
from schemas.snapshot import Snapshot
from schemas.submission import Holding, JudgedBatch, NotTaken, Receipt


@contextmanager
def ledger_in_memory() -> Iterator[Ledger]:
    """Give a ledger that nobody else sees."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    settle_sqlite(engine)
    ledger = Ledger(Place(URL.create("sqlite"), Path()), engine)
    with ledger.writing() as connection:
        METADATA.create_all(connection)
    yield ledger
    engine.dispose()


def record_all(
    ledger: Ledger,
    operation: Operation,
    receipts: Iterable[Receipt],
    batches: Iterable[JudgedBatch],
    as_of: dt.datetime,
    not_taken: Iterable[NotTaken] = (),
    explanations: Iterable[Explanation] = (),
) -> None:
    """Record everything in one act; a submission that is in two batches is recorded once."""
    with ledger.writing() as connection:
        act = begin(connection, Act.RUN, clock=as_of)
        keep_operation(connection, act, operation)
        receive(connection, act, receipts)
        record_not_taken(connection, act, not_taken)
        known: set[str] = set()
        for batch in batches:
            new = JudgedBatch(tuple(s for s in batch.submissions if s.sha256 not in known), batch.read)
            record(connection, Judging(act, operation, as_of), new)
            known.update(s.sha256 for s in new.submissions)
        for explanation in explanations:
            explain(connection, explanation)


def snapshot_of(ledger: Ledger, operation: Operation, as_of: dt.datetime) -> Snapshot:
    """Take the snapshot of everything that a ledger holds."""
    with ledger.reading() as connection:
        view = View(connection, last(connection))
        return tell(reckon(operation, view, as_of=as_of, versions=versions_now()), view)


def take_snapshot(
    operation: Operation,
    receipts: Sequence[Receipt],
    batches: Sequence[JudgedBatch],
    *,
    as_of: dt.datetime,
    not_taken: Sequence[NotTaken] = (),
    explanations: Sequence[Explanation] = (),
) -> Snapshot:
    """Record receipts and judged batches in a ledger of their own, and take the snapshot of it."""
    with ledger_in_memory() as ledger:
        record_all(ledger, operation, receipts, batches, as_of, not_taken, explanations)
        return snapshot_of(ledger, operation, as_of)


def holdings_of(operation: Operation, receipts: Sequence[Receipt], batches: Sequence[JudgedBatch]) -> list[Holding]:
    """Record receipts and judged batches in a ledger of their own, and return what the accepted submissions hold."""
    with ledger_in_memory() as ledger:
        record_all(ledger, operation, receipts, batches, receipts[0].received)
        with ledger.reading() as connection:
            return View(connection, last(connection)).holdings()
