"""Releases as the ledger keeps them: what was prepared, and what was approved."""

import json
from dataclasses import astuple

from sqlalchemy import Connection, Row, insert, select

from flows.ledger.acts import from_text
from flows.ledger.tables import acts, approvals, preparations
from schemas.release import Approved, Matter, Objection, Prepared, Signature


def record_preparation(connection: Connection, prepared: Prepared) -> None:
    """Record a release as it was prepared, in the act that it names."""
    row = {
        "act": prepared.act,
        "snapshot": prepared.snapshot,
        "account": prepared.by.account,
        "text": prepared.text,
        "objections": json.dumps([astuple(objection) for objection in prepared.objections]),
        "files": json.dumps(dict(prepared.files)),
    }
    connection.execute(insert(preparations).values(row))


def record_approval(connection: Connection, approved: Approved) -> None:
    """Record that a release was approved, in the act that it names."""
    row = {
        "act": approved.act,
        "preparation": approved.prepared.act,
        "account": approved.by.account,
        "acknowledged": json.dumps(approved.acknowledged),
        "reason": approved.reason,
        "manifest": approved.manifest,
    }
    connection.execute(insert(approvals).values(row))


def prepared_last(connection: Connection, snapshot: str | None = None) -> Prepared | None:
    """Return what was prepared last, of a snapshot or of any; None where nothing was."""
    query = select(preparations, acts.c.role, acts.c.clock).join(acts).order_by(preparations.c.act.desc()).limit(1)
    if snapshot:
        query = query.where(preparations.c.snapshot == snapshot)
    row = connection.execute(query).one_or_none()
    return _prepared(row) if row else None


def approved_releases(connection: Connection) -> tuple[Approved, ...]:
    """Return everything that was approved, in order."""
    query = select(preparations, acts.c.role, acts.c.clock).join(acts)
    by_act = {row.act: _prepared(row) for row in connection.execute(query)}
    rows = connection.execute(select(approvals, acts.c.role, acts.c.clock).join(acts).order_by(approvals.c.act))
    return tuple(
        Approved(
            act=row.act,
            prepared=by_act[row.preparation],
            by=Signature(row.role, row.account, from_text(row.clock)),
            acknowledged=tuple(Matter(matter) for matter in json.loads(row.acknowledged)),
            reason=row.reason,
            manifest=row.manifest,
        )
        for row in rows
    )


def _prepared(row: Row[tuple[object, ...]]) -> Prepared:
    return Prepared(
        act=row.act,
        snapshot=row.snapshot,
        by=Signature(row.role, row.account, from_text(row.clock)),
        text=row.text,
        objections=tuple(Objection(Matter(matter), *words) for matter, *words in json.loads(row.objections)),
        files=json.loads(row.files),
    )
