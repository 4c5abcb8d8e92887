"""Outputs that go elsewhere: a snapshot's files under an fsspec URL, whole or not listed.

What belongs here: the order of writing, and what is immutable. What does not: what the files say.
"""

from collections.abc import Iterator
from itertools import islice

from flows.outbox import CURRENT, OutboxError, folder_name
from flows.reports.outputs import MANIFEST, outputs
from flows.storage import StorageError, exists, read_stored, write_stored
from schemas.snapshot import Snapshot

_AT_ONCE = 200
"""How many files are written at the same time."""


def publish_elsewhere(out: str, snapshot: Snapshot, before: Snapshot | None = None) -> str:
    """Write the outputs of a snapshot below a URL, name its folder in the object `current` there, and return its URL.

    The manifest is written last: where there is one, all is there, and nothing is written again. The ledger is held
    meanwhile, so that nobody else writes.

    Raises:
        OutboxError: The storage refused, or what is there is not what was written then.
    """
    name = folder_name(snapshot)
    folder = f"{out}/{name}"
    try:
        _write_whole(folder, outputs(snapshot, before))
        write_stored(out, {CURRENT: f"{name}\n".encode()})
    except StorageError as error:
        raise OutboxError(f"cannot write outputs: {error}") from error
    return folder


def _write_whole(folder: str, files: Iterator[tuple[str, bytes]]) -> None:
    manifest = f"{folder}/{MANIFEST}"
    if exists(manifest):
        *_, (_, content) = ((path, content if path == MANIFEST else b"") for path, content in files)
        if read_stored(manifest) != content:
            raise OutboxError(f"{manifest} is not as it was written; move {folder} away and run again")
        return
    while some := dict(islice(files, _AT_ONCE)):
        last = some.pop(MANIFEST, None)
        write_stored(folder, some)
        if last is not None:
            write_stored(folder, {MANIFEST: last})
