"""What accompanies a release: a manifest of what it rests on, and checksums that any system can check."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flows.reports.outputs import MANIFEST
from flows.reports.release_public import public_files
from flows.reports.tables import tables
from schemas.release import Approved, Prepared, Signature
from schemas.snapshot import Reckoning, Snapshot

CHECKSUMS = "SHA256SUMS"
_PUBLIC = "public/"


def frozen(snapshot: Snapshot) -> dict[str, str]:
    """Return the sha256 of every file that is published, and of every table that it rests on, by path."""
    return {path: _sha256(content) for path, content in sorted((tables(snapshot) | public_files(snapshot)).items())}


def manifest_of(snapshot: Reckoning, approved: Approved) -> bytes:
    """Return the manifest of a release: what it rests on, and by which roles it was prepared and approved.

    Of the approval everything counts but its `manifest`.
    """
    operation, prepared = snapshot.operation, approved.prepared
    manifest = {
        "release": snapshot.name,
        "snapshot": snapshot.id,
        "operation": {"id": operation.id, "title": operation.title, "sha256": operation.digest},
        "as_of": snapshot.day.isoformat(),
        "rules_version": snapshot.rules_version,
        "program_version": snapshot.program_version,
        "prepared": _act(prepared.act, prepared.by),
        "approved": {**_act(approved.act, approved.by), "acknowledged": approved.acknowledged},
        "text": prepared.text or None,
        "files": _listed(published(prepared)),
        "rests_on": _listed({path: sha for path, sha in prepared.files.items() if not path.startswith(_PUBLIC)}),
    }
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def published(prepared: Prepared) -> dict[str, str]:
    """Return the sha256 of the files that are published, by path."""
    return {path: sha for path, sha in prepared.files.items() if path.startswith(_PUBLIC)}


def checksums_of(approved: Approved) -> bytes:
    """Return the checksums of a release, as `sha256sum --check` reads them."""
    files = {MANIFEST: approved.manifest, **published(approved.prepared)}
    return "".join(f"{sha256}  {path}\n" for path, sha256 in files.items()).encode()


def faults_of(found: Mapping[str, str], approved: Approved) -> tuple[str, ...]:
    """Say how a folder, by its files' sha256, is not what was approved, each in a line that starts with the file."""
    checksums = _sha256(checksums_of(approved))
    expected = {MANIFEST: approved.manifest, CHECKSUMS: checksums, **published(approved.prepared)}
    return tuple(
        f"{path}: {_fault(path in found, path in expected)}"
        for path in sorted(found.keys() | expected.keys())
        if found.get(path) != expected.get(path)
    )


def _fault(is_there: bool, belongs: bool) -> str:
    if is_there and belongs:
        return "is not as it was approved"
    return "is missing" if belongs else "was not part of the release"


def _act(act: int, by: Signature) -> dict[str, Any]:
    return {"act": act, "by": by.role, "at": by.at.isoformat(timespec="seconds")}


def _listed(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"path": path, "sha256": sha256} for path, sha256 in files.items()]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
