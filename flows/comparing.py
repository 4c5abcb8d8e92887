"""Comparing with another operation: what its task forces reported, taken over from its ledger into this one."""

import datetime as dt

from flows.ledger.acts import Act, begin
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.histories import record_history
from flows.ledger.ledger import Ledger
from flows.replaying import operation_of
from flows.steps.proportions import history_in
from schemas.across import History
from schemas.snapshot import Snapshot


def compare_with(ledger: Ledger, other: Snapshot, *, clock: dt.datetime) -> History:
    """Record the figures of another operation's last snapshot; the next run holds its own figures to them.

    Raises:
        LedgerRefusedError: The ledger had no run, both are of one operation, or nothing in them can be compared.
    """
    operation = operation_of(ledger)
    if other.operation.id == operation.id:
        raise LedgerRefusedError(f"the other ledger is that of {operation.id} too; name another operation's.")
    history = history_in(other.operation, other.counts, other.awaited)
    rule = operation.across.operations_are_in_proportion
    if not rule or not {measure for _, measure in history.totals} & set(rule.measures):
        raise LedgerRefusedError(
            f"nothing that {operation.id} compares was reported for every month of {other.operation.id}."
        )
    with ledger.writing() as connection:
        record_history(connection, begin(connection, Act.HISTORY, clock=clock), history)
    return history
