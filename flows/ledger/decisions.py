"""Decisions: what people say of what arrived, recorded once, with who and when."""

import datetime as dt
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, select

from flows.ledger.acts import Act, begin, from_text
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.tables import acts, explanations, submissions, withdrawals
from schemas.decisions import Explanation, Question, Source, Withdrawal

_SHORTEST = 6
"""How many digits of a submission's sha256 name it, at least."""


def withdraw(connection: Connection, withdrawal: Withdrawal) -> None:
    """Record that a submission no longer counts."""
    act = begin(connection, Act.WITHDRAWAL, clock=withdrawal.at, role=withdrawal.role)
    row = {
        "act": act,
        "sha256": withdrawal.sha256,
        "task_forces": ";".join(withdrawal.task_forces),
        "reason": withdrawal.reason,
    }
    connection.execute(insert(withdrawals).values(row))


def explain(connection: Connection, explanation: Explanation) -> None:
    """Record why a warning stands."""
    act = begin(connection, Act.EXPLANATION, clock=explanation.at, role=explanation.role)
    given = {"act": act, "source": explanation.source, "reason": explanation.reason}
    row = given | asdict(explanation.question)
    connection.execute(insert(explanations).values(row))


def withdrawals_until(connection: Connection, act: int) -> tuple[Withdrawal, ...]:
    """Return the decisions up to an act that submissions no longer count, in their order."""
    return tuple(
        Withdrawal(row.sha256, tuple(filter(None, row.task_forces.split(";"))), row.role, _moment(row), row.reason)
        for row in connection.execute(_decided_until(withdrawals, act))
    )


def explanations_until(connection: Connection, act: int) -> tuple[Explanation, ...]:
    """Return the reasons recorded up to an act, in their order; those that submissions give are in their responses."""
    asked = [field.name for field in fields(Question)]
    return tuple(
        Explanation(
            Question(*(row._mapping[name] for name in asked)), row.role, _moment(row), row.reason, Source(row.source)
        )
        for row in connection.execute(_decided_until(explanations, act))
    )


def _decided_until(table: Table, act: int) -> Select[Any]:
    runs = acts.alias()
    is_later_run = (runs.c.kind == Act.RUN) & runs.c.id.between(table.c.act, act)
    counted = select(func.min(runs.c.clock)).where(is_later_run).scalar_subquery()
    columns = (table, acts.c.role, acts.c.clock, counted.label("counted"))
    return select(*columns).join(acts).where(table.c.act <= act).order_by(table.c.act)


def _moment(row: Row[Any]) -> dt.datetime:
    """Return when something was decided: no later than the run that counted it first, be its clock behind our own."""
    return from_text(min(row.clock, row.counted or row.clock))


def submission_named(connection: Connection, name: str) -> str:
    """Return the sha256 of the submission whose sha256 begins with a name.

    Raises:
        LedgerRefusedError: There is none, or there are several.
    """
    name = name.lower()
    if len(name) < _SHORTEST or not set(name) <= set("0123456789abcdef"):
        raise LedgerRefusedError(f"a submission is named by its sha256, or at least its first {_SHORTEST} digits.")
    query = select(submissions.c.sha256).where(submissions.c.sha256.startswith(name)).distinct().limit(2)
    match connection.scalars(query).all():
        case [sha256]:
            return str(sha256)
        case []:
            raise LedgerRefusedError(f"the ledger has no submission whose sha256 begins with {name}.")
        case _:
            raise LedgerRefusedError(f"several submissions begin with {name}; give more digits of the sha256.")
