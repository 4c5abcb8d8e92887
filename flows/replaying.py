"""Replaying: a snapshot again, from the ledger alone."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from flows.ledger.faults import LedgerRefusedError
from flows.ledger.ledger import Ledger
from flows.ledger.snapshots import Kept, find, first, named, newest
from flows.ledger.view import View
from flows.outbox import publish
from flows.reports.words import moment_in_words
from flows.snapshots import reckon, tell
from schemas.operation import Operation
from schemas.snapshot import Snapshot


def snapshot_of(connection: Connection, kept: Kept) -> Snapshot:
    """Take a snapshot again, as it was."""
    view = View(connection, kept.act)
    return tell(reckon(kept.operation, view, as_of=kept.as_of, versions=kept.versions), view)


def snapshot_before(connection: Connection, kept: Kept) -> Snapshot | None:
    """Take the snapshot again that was there before another one; None where that was the first."""
    before = find(connection, kept.compared_with) if kept.compared_with else None
    return snapshot_of(connection, before) if before else None


def operation_of(ledger: Ledger) -> Operation:
    """Return the operation of a ledger, as its last run had it.

    Raises:
        LedgerRefusedError: There was no run.
    """
    with ledger.reading() as connection:
        return _newest(ledger, connection, None).operation


def newest_snapshot(ledger: Ledger, as_of: dt.datetime | None = None) -> Snapshot:
    """Take the last snapshot again; at another clock, if one is given: then other months may have ended.

    Raises:
        LedgerRefusedError: There is none.
    """
    with ledger.reading() as connection:
        kept = _newest(ledger, connection, None)
        return snapshot_of(connection, replace(kept, as_of=as_of or kept.as_of))


def snapshot_named(ledger: Ledger, name: str) -> Snapshot:
    """Take a snapshot again that is named by its id, by how that begins, or by a day: the last one then or before.

    Raises:
        LedgerRefusedError: There is none, or there are several.
    """
    with ledger.reading() as connection:
        ids = named(connection, name)
        if len(ids) > 1:
            raise LedgerRefusedError(f"several snapshots begin with {name}: {', '.join(ids)}.")
        if ids and (kept := find(connection, ids[0])):
            return snapshot_of(connection, kept)
        if not (end := end_of_day(_newest(ledger, connection, None).operation, name)):
            raise LedgerRefusedError(
                f"'{name}' is neither how the id of a snapshot in the ledger {ledger.place} begins, nor a day such as "
                "2018-06-08."
            )
        return snapshot_of(connection, _newest(ledger, connection, end))


def end_of_day(operation: Operation, day: str) -> dt.datetime | None:
    """Return the last moment of a day in an operation's zone: a day stands for all of it; None where it is no day."""
    try:
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time.max, ZoneInfo(operation.timezone))
    except ValueError:
        return None


def replay(ledger: Ledger, out: Path, as_of: dt.datetime) -> tuple[Path, Snapshot]:
    """Write the outputs of the last snapshot at or before a moment again.

    Raises:
        LedgerRefusedError: There is none.
        OutboxError: The disk refused.
    """
    with ledger.reading() as connection:
        kept = _newest(ledger, connection, as_of)
        snapshot, before = snapshot_of(connection, kept), snapshot_before(connection, kept)
    return publish(out, snapshot, before), snapshot


def _newest(ledger: Ledger, connection: Connection, as_of: dt.datetime | None) -> Kept:
    if kept := newest(connection, as_of):
        return kept
    if not (as_of and (earliest := first(connection))):
        raise LedgerRefusedError(f"the ledger {ledger.place} has no snapshot yet.")
    then, earlier = (moment_in_words(earliest.operation, moment) for moment in (earliest.as_of, as_of))
    raise LedgerRefusedError(
        f"the ledger {ledger.place} has no snapshot as of {earlier} or before; its first is as of {then}."
    )
