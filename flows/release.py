"""Approving a release as a Prefect flow, for a deployment: a button with parameters. The ledger decides as ever."""

import datetime as dt
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.context import FlowRunContext

from flows.account import account
from flows.ledger.ledger import ledger_to_write
from flows.ledger.place import place_of
from flows.releasing import approve
from flows.settings import Settings
from schemas.release import Matter, Signature

SETTINGS = Settings()


@flow(name="release-approval", persist_result=False)
def release_approval(
    by: str,
    snapshot: str | None = None,
    acknowledge: list[Matter] | None = None,
    reason: str = "",
) -> Path:
    """Approve what another role has prepared, and write the release.

    Args:
        by: The role that approves, among the operation's approver_roles.
        snapshot: The id of what was prepared; what was prepared last if left out.
        acknowledge: The questions that were looked at.
        reason: Why these do not stand against publishing, without names or numbers.

    Returns:
        The folder of the release.
    """
    out = Path(SETTINGS.out)
    signature = Signature(by, _who_prefect_says(), dt.datetime.now(dt.UTC))
    with ledger_to_write(place_of(SETTINGS.ledger or None, out)) as opened:
        released = approve(opened, out, signature, snapshot=snapshot, acknowledged=acknowledge or (), reason=reason)
    row = {"snapshot": released.approved.prepared.snapshot, "approved by": released.approved.by.role}
    create_table_artifact(key="release", table=[row | {"folder": released.folder.relative_to(out).as_posix()}])
    return released.folder


def _who_prefect_says() -> str:
    """Return whom Prefect takes the caller for, where it says so, or else the account that the worker runs under."""
    context = FlowRunContext.get()
    creator = context.flow_run.created_by if context and context.flow_run else None
    return f"{creator.display_value} in Prefect" if creator and creator.display_value else account()
