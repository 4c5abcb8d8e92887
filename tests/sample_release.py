"""The sample's draft of the release, and what it is held to: the whole sample, or the sample without some states."""

import hashlib
import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.release_desk import check_text
from flows.reports.basis import BASIS, write_basis
from flows.reports.outputs import MANIFEST
from recorded import take_snapshot
from sample_workbook import AS_OF, OPERATION, SAMPLE
from schemas.prose import JudgedFigure
from schemas.release_basis import ReleaseBasis, basis_of
from schemas.submission import Receipt

DRAFT_FILE: Path = SAMPLE.parent / "release-2018.md"
DRAFT = DRAFT_FILE.read_text("utf-8")


@cache
def sample_basis(*without: str) -> ReleaseBasis:
    """Return what the sample comes to, without the workbooks of some states."""
    arrivals = [arrival for arrival in take(find_workbooks(SAMPLE)).arrivals if arrival.file[:2] not in without]
    receipts = [Receipt(arrival.file, arrival.sha256, AS_OF) for arrival in arrivals]
    judged = judge_batch(OPERATION, arrivals, as_of=AS_OF)
    return basis_of(take_snapshot(OPERATION, receipts, [judged], as_of=AS_OF))


def checked(text: str, without: Collection[str] = ()) -> tuple[JudgedFigure, ...]:
    """Return the figures of a text, judged by the sample."""
    return check_text(text, OPERATION, sample_basis(*without))


def publish(folder: Path, *without: str) -> Path:
    """Write what a release is held to, as a run writes it."""
    folder.mkdir()
    content = write_basis(sample_basis(*without))
    (folder / BASIS).write_bytes(content)
    files = [{"path": BASIS, "sha256": hashlib.sha256(content).hexdigest()}]
    (folder / MANIFEST).write_text(json.dumps({"files": files}), "utf-8")
    return folder
