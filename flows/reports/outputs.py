"""Everything that is published of a snapshot, as bytes by path, with a manifest of it all."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from flows.reports.basis import BASIS, write_basis
from flows.reports.bridge import bridge_table
from flows.reports.filing import INDEX, report_of
from flows.reports.national_workbook import national_workbook
from flows.reports.pages.index import morning_page
from flows.reports.pages.state import state_reports
from flows.reports.release_public import public_files
from flows.reports.reminders import reminders
from flows.reports.state_folders import state_folders
from flows.reports.tables import tables
from flows.reports.xlsx import to_bytes
from flows.steps.bridge import bridge
from schemas.release_basis import basis_of
from schemas.snapshot import Snapshot

MANIFEST = "manifest.json"


def outputs(snapshot: Snapshot, before: Snapshot | None = None) -> dict[str, bytes]:
    """Return the files of a snapshot by their path, `/` between folders. The same arguments give the same bytes.

    The morning page opens with the bridge from the snapshot before.
    """
    way = bridge(before, snapshot) if before else None
    files = {
        **tables(snapshot),
        **public_files(snapshot),
        INDEX: morning_page(snapshot, way),
        BASIS: write_basis(basis_of(snapshot)),
        "national_totals.xlsx": to_bytes(national_workbook(snapshot)),
        **{report_of(state): report for state, report in state_reports(snapshot).items()},
        **state_folders(snapshot),
        **reminders(snapshot),
    }
    if way:
        files["internal/bridge.csv"] = bridge_table(way)
    return files | {MANIFEST: _manifest(snapshot, before, files)}


def _manifest(snapshot: Snapshot, before: Snapshot | None, files: Mapping[str, bytes]) -> bytes:
    """Say what the outputs follow from, and what each must be."""
    operation = snapshot.operation
    manifest = {
        "snapshot": snapshot.id,
        "compared_with": before.id if before else None,
        "operation": {"id": operation.id, "title": operation.title, "sha256": operation.digest},
        "as_of": operation.day_of(snapshot.as_of).isoformat(),
        "rules_version": snapshot.rules_version,
        "program_version": snapshot.program_version,
        "verdicts_rest_on": [asdict(basis) for basis in snapshot.rests_on],
        "files": [{"path": path, "sha256": hashlib.sha256(files[path]).hexdigest()} for path in sorted(files)],
        "inputs": [{"file": receipt.file, "sha256": receipt.sha256} for receipt in snapshot.receipts],
        "not_taken": [asdict(file) for file in snapshot.not_taken],
    }
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
