"""Decisions: what people say of what arrived, recorded once, with who and when."""

from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from flows.ledger.acts import Act, begin
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.tables import explanations, submissions, withdrawals
from schemas.decisions import Explanation, Withdrawal

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
