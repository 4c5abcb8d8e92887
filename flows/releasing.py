"""Releasing: a snapshot is prepared by one role, approved by another, written once, and verified for ever after.

What belongs here: the order of things, and who may do what. What does not: what stands against publishing
(`steps/stand_against.py`), what may be published (`schemas/public.py`), Prefect, which `release.py` adds.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from flows.ledger.acts import Act, begin
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.ledger import Ledger
from flows.ledger.releases import approved_releases, prepared_last, record_approval, record_preparation
from flows.ledger.snapshots import Kept, find, newest
from flows.ledger.view import View
from flows.manuscript import read_manuscript
from flows.release_desk import check_text
from flows.release_folder import RELEASES, hashes, write_release
from flows.replaying import snapshot_of
from flows.reports.outputs import MANIFEST
from flows.reports.release_manifest import CHECKSUMS, checksums_of, faults_of, frozen, manifest_of
from flows.reports.release_public import public_files
from flows.snapshots import reckon
from flows.steps.disclose import disclose
from flows.steps.permit import approver_role, permit, still_holds
from flows.steps.stand_against import stand_against
from schemas.release import Approved, GivenAway, Matter, Prepared, ReleaseRefusedError, Signature
from schemas.release_basis import basis_of
from schemas.snapshot import Reckoning, Snapshot


@dataclass(frozen=True, slots=True)
class Released:
    """An approved release, and the folder that it was written to."""

    approved: Approved
    folder: Path


@dataclass(frozen=True, slots=True)
class Draft:
    """What a release is going to say: the bytes of its file, and the text in it."""

    content: bytes
    text: str


def draft_at(path: Path) -> Draft:
    """Read what a release is going to say.

    Raises:
        ManuscriptError: It cannot be read.
    """
    text = read_manuscript(path)
    return Draft(path.read_bytes(), text)


def prepare(ledger: Ledger, by: Signature, *, snapshot: str | None = None, draft: Draft | None = None) -> Prepared:
    """Freeze a snapshot for a release, the last one if none is named, and record what stands against publishing it.

    Raises:
        ReleaseRefusedError: It is released already.
        UnfitApprovalError: The role makes no releases.
        LedgerRefusedError: There is no such snapshot.
    """
    with ledger.writing() as connection:
        kept = _kept(connection, snapshot)
        by = replace(by, role=approver_role(kept.operation, by.role))
        released = approved_releases(connection)
        if any(approved.prepared.snapshot == kept.id for approved in released):
            raise ReleaseRefusedError(f"snapshot {kept.id} is released already; a release never changes.")
        now = snapshot_of(connection, kept)
        earlier = [_reckoned(connection, _kept(connection, approved.prepared.snapshot)) for approved in released]
        prepared = Prepared(
            act=begin(connection, Act.PREPARATION, clock=by.at, role=by.role),
            snapshot=kept.id,
            by=by,
            text=hashlib.sha256(draft.content).hexdigest() if draft else "",
            objections=stand_against(
                now,
                last=earlier[-1] if earlier else None,
                given_away=_given_away(earlier, now),
                figures=check_text(draft.text, now.operation, basis_of(now)) if draft else (),
            ),
            files=frozen(now),
        )
        record_preparation(connection, prepared)
    return prepared


def approve(
    ledger: Ledger,
    out: Path,
    by: Signature,
    *,
    snapshot: str | None = None,
    acknowledged: Collection[Matter] = (),
    reason: str = "",
) -> Released:
    """Approve what was prepared last and write the release; once more, where it is approved but was not written.

    All questions that were asked have to be acknowledged, with the reason why they do not stand against publishing.

    Raises:
        ReleaseRefusedError: Nothing is prepared, or something stands against it, or the same one has prepared it.
        UnfitApprovalError: The role makes no releases, or something is acknowledged that does not stand against it.
        OutboxError: The disk refused.
    """
    with ledger.writing() as connection:
        prepared = prepared_last(connection, snapshot)
        if prepared is None:
            raise ReleaseRefusedError("nothing is prepared to be approved; `rollup release prepare` comes first.")
        now = snapshot_of(connection, _kept(connection, prepared.snapshot))
        by = replace(by, role=approver_role(now.operation, by.role))
        if (folder := out / RELEASES / now.name).exists():
            raise ReleaseRefusedError(f"{folder} is there already, and a release never changes.")
        released = approved_releases(connection)
        approved = next((approved for approved in released if approved.prepared.snapshot == now.id), None)
        if approved is None:
            permit(now.operation, prepared, by, acknowledged=acknowledged, reason=reason)
            still_holds(prepared, now, _reckoned(connection, _kept(connection)), released)
            approved = _sign(connection, by, prepared, now, reason)
        _refuse_another(approved.prepared, now)
    files = {MANIFEST: manifest_of(now, approved), CHECKSUMS: checksums_of(approved), **public_files(now)}
    return Released(approved, write_release(out, now.name, files))


def verify(ledger: Ledger, folder: Path) -> tuple[str, ...]:
    """Say how a release's folder differs from what was approved; nothing where it is what it was.

    A release is known by the name of its folder, and where that was renamed by its manifest.

    Raises:
        OutboxError: The folder cannot be read.
    """
    found = hashes(folder)
    with ledger.reading() as connection:
        released = approved_releases(connection)
    by_manifest = (approved for approved in released if approved.manifest == found.get(MANIFEST))
    by_name = (approved for approved in released if folder.resolve().name.endswith(f"-{approved.prepared.snapshot}"))
    approved = next(by_name, None) or next(by_manifest, None)
    if approved is None:
        return (f"{MANIFEST}: the ledger {ledger.place} knows of no such release",)
    return faults_of(found, approved)


def _sign(connection: Connection, by: Signature, prepared: Prepared, now: Snapshot, reason: str) -> Approved:
    """Record an approval, with the hash of the manifest that names it."""
    act = begin(connection, Act.APPROVAL, clock=by.at, role=by.role)
    why = " ".join(reason.split()) if prepared.questions else ""
    unsealed = Approved(act, prepared, by, prepared.questions, why, manifest="")
    approved = replace(unsealed, manifest=hashlib.sha256(manifest_of(now, unsealed)).hexdigest())
    record_approval(connection, approved)
    return approved


def _kept(connection: Connection, snapshot: str | None = None) -> Kept:
    kept = find(connection, snapshot) if snapshot else newest(connection)
    if kept is None:
        none = (
            f"{snapshot}; the folders in `runs` end with the ids that it has"
            if snapshot
            else "yet; `rollup run` makes one"
        )
        raise LedgerRefusedError(f"the ledger has no snapshot {none}.")
    return kept


def _reckoned(connection: Connection, kept: Kept) -> Reckoning:
    return reckon(kept.operation, View(connection, kept.act), as_of=kept.as_of, versions=kept.versions)


def _given_away(earlier: Sequence[Reckoning], now: Snapshot) -> Sequence[GivenAway]:
    """Return what is given away beside any earlier release, each claim once, beside the latest that it is so with."""
    given = {given.claim.id: given for before in earlier for given in disclose(before, now)}
    return [given[claim.id] for claim in now.operation.claims if claim.id in given]


def _refuse_another(prepared: Prepared, now: Snapshot) -> None:
    files = frozen(now)
    if changed := sorted(path for path, _ in files.items() ^ prepared.files.items()):
        raise ReleaseRefusedError(
            f"{changed[0]} would not be what was prepared: this program or the ledger is another one; prepare again."
        )
