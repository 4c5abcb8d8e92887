"""What task forces reported in another operation, as the ledger keeps it to compare its own with."""

from sqlalchemy import Connection, func, insert, select

from flows.ledger.tables import histories
from schemas.across import History


def record_history(connection: Connection, act: int, history: History) -> None:
    """Record what is compared from an act on."""
    same = {"act": act, "title": history.title, "months": history.months}
    rows = [
        same | {"task_force": task_force, "measure": measure, "value": value}
        for (task_force, measure), value in sorted(history.totals.items())
    ]
    connection.execute(insert(histories), rows)


def history_until(connection: Connection, act: int) -> History | None:
    """Return what was recorded last up to an act; None where nothing was."""
    newest = select(func.max(histories.c.act)).where(histories.c.act <= act).scalar_subquery()
    rows = connection.execute(select(histories).where(histories.c.act == newest)).all()
    totals = {(row.task_force, row.measure): row.value for row in rows}
    return History(rows[0].title, rows[0].months, totals) if rows else None
