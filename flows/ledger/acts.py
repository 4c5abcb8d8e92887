"""Acts: what was done, one after the other. Everything recorded belongs to one, and the last one is a moment."""

import datetime as dt
import json
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from flows.ledger.faults import LedgerRefusedError
from flows.ledger.tables import acts, operations
from schemas.operation import Operation


class Act(StrEnum):
    """What can be done."""

    RUN = "run"
    WITHDRAWAL = "withdrawal"
    EXPLANATION = "explanation"
    REJUDGEMENT = "rejudgement"
    INCREMENT = "increment"
    HISTORY = "history"
    PREPARATION = "preparation"
    APPROVAL = "approval"


def begin(connection: Connection, act: Act, *, clock: dt.datetime, role: str = "") -> int:
    """Record that something is done and return its number.

    Args:
        connection: To write with.
        act: What.
        clock: When, aware.
        role: Who decided it; empty for a run.
    """
    number = last(connection) + 1
    connection.execute(insert(acts).values(id=number, kind=act, clock=to_text(clock), role=role))
    return number


def last(connection: Connection) -> int:
    """Return the number of the last act; 0 where nothing was done yet."""
    return connection.scalar(select(func.max(acts.c.id))) or 0


def last_run(connection: Connection) -> dt.datetime | None:
    """Return the latest clock of any run; None where there was none."""
    clock = connection.scalar(select(func.max(acts.c.clock)).where(acts.c.kind == Act.RUN))
    return from_text(clock) if clock else None


def keep_operation(connection: Connection, act: int, operation: Operation) -> None:
    """Record an operation's files, if they are not those of an earlier act.

    Raises:
        LedgerRefusedError: The ledger is another operation's.
    """
    refuse_another(connection, operation)
    known = connection.scalar(select(operations.c.id).where(operations.c.edition == operation.edition))
    if not known:
        files = json.dumps(dict(operation.files))
        row = {"act": act, "edition": operation.edition, "id": operation.id, "files": files}
        connection.execute(insert(operations).values(row))


def refuse_another(connection: Connection, operation: Operation) -> None:
    """Refuse an operation that is not the ledger's.

    Raises:
        LedgerRefusedError: The ledger is another operation's.
    """
    bound = connection.scalar(select(operations.c.id).limit(1))
    if bound not in (None, operation.id):
        raise LedgerRefusedError(
            f"the ledger is that of {bound}, not of {operation.id}; choose another --out or another --ledger."
        )


def to_text(moment: dt.datetime) -> str:
    """Return an aware moment as the ledger keeps it, so that texts sort as moments do."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def from_text(moment: str) -> dt.datetime:
    """Return a moment that the ledger kept."""
    return dt.datetime.fromisoformat(moment)
