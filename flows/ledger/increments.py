"""Additions to the program to date as the ledger keeps them, each in the act of the role that recorded it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from flows.ledger.acts import Act, begin
from flows.ledger.tables import increments
from schemas.program import Addition


def record_additions(connection: Connection, additions: Iterable[Addition], *, role: str, clock: dt.datetime) -> int:
    """Record additions in one act and return its number."""
    act = begin(connection, Act.INCREMENT, clock=clock, role=role)
    rows = [
        {"act": act, **asdict(a), "period_start": a.period_start.isoformat(), "period_end": a.period_end.isoformat()}
        for a in additions
    ]
    connection.execute(insert(increments).values(rows))
    return act


def additions_until(connection: Connection, act: int) -> tuple[Addition, ...]:
    """Return everything that was added up to an act, in the order in which it was recorded."""
    query = select(increments).where(increments.c.act <= act).order_by(increments.c.act, increments.c.series)
    day = dt.date.fromisoformat
    return tuple(
        Addition(row.series, day(row.period_start), day(row.period_end), row.value, row.source)
        for row in connection.execute(query)
    )
