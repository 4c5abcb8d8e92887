"""Comparing with another operation: what its task forces reported, taken over from its ledger into this one."""

import datetime as dt

from flows.ledger.acts import Act, begin
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.histories import record_history
from flows.ledger.ledger import Ledger
from flows.replaying import newest_snapshot, operation_of
from flows.steps.proportions import history_in
from schemas.across import History


def compare_with(ledger: Ledger, other: Ledger, *, clock: dt.datetime) -> History:
    """Record the current figures in another operation's ledger; the next run holds its own figures to them.

    Raises:
        LedgerRefusedError: One of them had no run, both are of one operation, or nothing in them can be compared.
    """
    operation, snapshot = operation_of(ledger), newest_snapshot(other)
    if snapshot.operation.id == operation.id:
        raise LedgerRefusedError(f"the ledger {other.place} is that of {operation.id} too; name another operation's.")
    history = history_in(snapshot.operation, snapshot.counts, snapshot.awaited)
    rule = operation.across.operations_are_in_proportion
    if not rule or not {measure for _, measure in history.totals} & set(rule.measures):
        raise LedgerRefusedError(
            f"nothing that {operation.id} compares was reported for every month of {snapshot.operation.id}."
        )
    with ledger.writing() as connection:
        record_history(connection, begin(connection, Act.HISTORY, clock=clock), history)
    return history
