"""Everything that is published of a snapshot, file by file, with a manifest of it all."""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
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


def outputs(snapshot: Snapshot, before: Snapshot | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a snapshot, by path, `/` between folders; the manifest, which lists all, comes last.

    One by one, since together they may be more than memory should hold. The same arguments give the same bytes. The
    morning page opens with the bridge from the snapshot before.
    """
    written: dict[str, str] = {}
    for path, content in _files(snapshot, before):
        written[path] = hashlib.sha256(content).hexdigest()
        yield path, content
    yield MANIFEST, _manifest(snapshot, before, written)


def _files(snapshot: Snapshot, before: Snapshot | None) -> Iterator[tuple[str, bytes]]:
    way = bridge(before, snapshot) if before else None
    yield from tables(snapshot).items()
    yield from public_files(snapshot).items()
    yield INDEX, morning_page(snapshot, way)
    yield BASIS, write_basis(basis_of(snapshot))
    yield "national_totals.xlsx", to_bytes(national_workbook(snapshot))
    for state, report in state_reports(snapshot):
        yield report_of(state), report
    yield from state_folders(snapshot)
    yield from reminders(snapshot).items()
    if way:
        yield "internal/bridge.csv", bridge_table(way)


def _manifest(snapshot: Snapshot, before: Snapshot | None, files: Mapping[str, str]) -> bytes:
    """Say what the outputs follow from, and what each must be by its sha256."""
    operation = snapshot.operation
    manifest = {
        "snapshot": snapshot.id,
        "compared_with": before.id if before else None,
        "operation": {"id": operation.id, "title": operation.title, "sha256": operation.digest},
        "as_of": snapshot.day.isoformat(),
        "rules_version": snapshot.rules_version,
        "program_version": snapshot.program_version,
        "verdicts_rest_on": [asdict(basis) for basis in snapshot.rests_on],
        "files": [{"path": path, "sha256": files[path]} for path in sorted(files)],
        "inputs": [{"file": receipt.file, "sha256": receipt.sha256} for receipt in snapshot.receipts],
        "not_taken": [asdict(file) for file in snapshot.not_taken],
    }
    # Of many files it is written piece by piece: all its pieces at once take several times its own memory.
    written = io.BytesIO()
    with io.TextIOWrapper(written, "utf-8", newline="\n") as text:
        json.dump(manifest, text, indent=2, ensure_ascii=False)
        text.write("\n")
        text.flush()
        return written.getvalue()
