"""The only door through which a snapshot's outputs reach the disk: whole, or not at all.

What belongs here: folders, renaming, pointing. What does not: what the files say, and who may look (`permissions.py`).
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from flows.permissions import ON_THE_WAY, OWNER_FILE, make_folder, write_output
from flows.reports.outputs import MANIFEST, outputs
from schemas.snapshot import Snapshot

CURRENT = "current"
_RUNS, _UNFINISHED, _LOCK = "runs", ".unfinished-", ".lock"
_PATIENCE = 120
"""In seconds: how long a run waits for another one that writes to the same place."""


class OutboxError(Exception):
    """The outputs could not be written. Its text says where and why, in one line."""


def publish(out: Path, snapshot: Snapshot, before: Snapshot | None = None) -> Path:
    """Write the outputs of a snapshot and point `current` at them; the same content is written once.

    The files are written aside and renamed to `runs/<as-of date>-<snapshot id>/` when all are there. What a killed run
    left unfinished is removed. Who writes to the same place at the same time waits. The snapshot's folder is returned.

    Raises:
        OutboxError: The disk refused, or the snapshot's folder is there but is not what was written then.
    """
    with _disk_faults_told(out):
        runs = out / _RUNS
        make_folder(runs)
        with FileLock(out / _LOCK, timeout=_PATIENCE, mode=OWNER_FILE):
            remove_unfinished(out)
            remove_unfinished(runs)
            folder = out / folder_name(snapshot)
            if folder.exists():
                _make_sure_it_is_whole(folder)
            else:
                write_aside(runs, outputs(snapshot, before)).rename(folder)
            _point(out, folder)
    return folder


def folder_name(snapshot: Snapshot) -> str:
    """Return where a snapshot's folder is, seen from where outputs go."""
    return f"{_RUNS}/{snapshot.name}"


@contextmanager
def _disk_faults_told(out: Path) -> Iterator[None]:
    try:
        yield
    except Timeout as error:
        raise OutboxError(f"cannot write outputs to {out}: another run has been writing there for too long") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutboxError(f"cannot write outputs to {error.filename or out}: {reason}") from error


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed run left in a folder."""
    for leftover in folder.glob(f"{_UNFINISHED}*"):
        if leftover.is_symlink() or leftover.is_file():
            leftover.unlink()
        else:
            shutil.rmtree(leftover)


def write_aside(parent: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write files, by their paths, into a folder that is not finished until it is renamed to its own name."""
    aside = _aside(parent)
    for path, content in files:
        write_output(aside, path, content)
    aside.chmod(ON_THE_WAY)
    return aside


def _make_sure_it_is_whole(folder: Path) -> None:
    """Make sure that an earlier run's folder still holds what its manifest lists; what is published never changes."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["files"]
        written = {entry["path"]: entry["sha256"] for entry in listed}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        written = {}
    found = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }
    found.pop(MANIFEST, None)
    if not written or found != written:
        changed = min(dict(found.items() ^ written.items())) if written else MANIFEST
        raise OutboxError(f"{folder / changed} is not as it was written; move {folder} away and run again")


def _point(out: Path, folder: Path) -> None:
    """Make `current` lead to a folder: by a link that replaces the old one at once, or a copy where there are none."""
    current, aside = out / CURRENT, _aside(out)
    link = aside / CURRENT
    try:
        link.symlink_to(folder.relative_to(out), target_is_directory=True)
    except (NotImplementedError, OSError):
        shutil.copytree(folder, link)
    if current.is_dir() and not current.is_symlink():
        if not (current / MANIFEST).is_file():
            shutil.rmtree(aside)
            raise OutboxError(f"{current} is a folder of somebody else's; move it away, or choose another --out")
        shutil.rmtree(current)
    link.replace(current)
    aside.rmdir()


def _aside(parent: Path) -> Path:
    """Make a folder whose content is not finished yet, for its owner alone."""
    return Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=parent))
