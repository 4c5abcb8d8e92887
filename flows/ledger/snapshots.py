"""Snapshots as the ledger keeps them: by reference to the act that they are of, and to the one before."""

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from flows.ledger.acts import from_text, to_text
from flows.ledger.tables import acts, conclusions, operations, snapshots
from schemas.operation import Operation
from schemas.operation_files import parse_operation
from schemas.snapshot import Reckoning


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot in the ledger: which, everything up to which act, at which clock, for which operation.

    Attributes:
        versions: Of the rule set and of the program that it is of.
        compared_with: The id of the snapshot before it; None of the first.
    """

    id: str
    act: int
    as_of: dt.datetime
    operation: Operation
    versions: tuple[str, str]
    compared_with: str | None


def keep(connection: Connection, act: int, reckoning: Reckoning) -> Kept:
    """Record a snapshot, if it is a new one, to be compared with the last one that was published.

    Returns:
        The snapshot as it was recorded first: the same content has the clock of the first run that led to it.
    """
    if not (kept := find(connection, reckoning.id)):
        before = connection.scalar(select(conclusions.c.snapshot).order_by(conclusions.c.act.desc()).limit(1))
        row = {
            "act": act,
            "id": reckoning.id,
            "as_of": to_text(reckoning.as_of),
            "operation": reckoning.operation.edition,
            "rules_version": reckoning.rules_version,
            "program_version": reckoning.program_version,
            "compared_with": before,
        }
        connection.execute(insert(snapshots).values(row))
        versions = (reckoning.rules_version, reckoning.program_version)
        kept = Kept(reckoning.id, act, reckoning.as_of, reckoning.operation, versions, before)
    return kept


def conclude_with(connection: Connection, act: int, kept: Kept) -> None:
    """Record that a run came to its end, and the snapshot that it published."""
    connection.execute(insert(conclusions).values(act=act, snapshot=kept.id))


def last_concluded(connection: Connection) -> dt.datetime | None:
    """Return the clock of the last run that came to its end; None where there was none."""
    query = select(acts.c.clock).join(conclusions).order_by(conclusions.c.act.desc()).limit(1)
    clock = connection.scalar(query)
    return from_text(clock) if clock else None


def find(connection: Connection, snapshot: str) -> Kept | None:
    """Return a snapshot by its id; None where there is none."""
    row = connection.execute(
        select(snapshots, operations.c.id.label("name"), operations.c.files)
        .join(operations, operations.c.edition == snapshots.c.operation)
        .where(snapshots.c.id == snapshot)
    ).one_or_none()
    if row is None:
        return None
    operation = parse_operation(row.name, json.loads(row.files))
    versions = (row.rules_version, row.program_version)
    return Kept(row.id, row.act, from_text(row.as_of), operation, versions, row.compared_with)


def named(connection: Connection, start: str) -> list[str]:
    """Return the ids that begin with some digits, in order."""
    query = select(snapshots.c.id).where(snapshots.c.id.startswith(start, autoescape=True))
    return sorted(connection.scalars(query.order_by(snapshots.c.id)))


def first(connection: Connection) -> Kept | None:
    """Return the first snapshot that a run came to its end with; None where there is none."""
    snapshot = connection.scalar(select(conclusions.c.snapshot).order_by(conclusions.c.act).limit(1))
    return find(connection, snapshot) if snapshot else None


def newest(connection: Connection, as_of: dt.datetime | None = None) -> Kept | None:
    """Return the snapshot of the last run, or of the last one at or before a moment; None where there is none."""
    query = select(snapshots.c.id).join(conclusions).order_by(conclusions.c.act.desc()).limit(1)
    if as_of:
        query = query.where(snapshots.c.as_of <= to_text(as_of))
    snapshot = connection.scalar(query)
    return find(connection, snapshot) if snapshot else None
