"""The only door through which a snapshot's outputs reach the disk: whole, or not at all.

What belongs here: folders, renaming, pointing. What does not: what the files say.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from flows.reports.outputs import outputs
from flows.reports.previous import MANIFEST, READ_BACK, Previous, read_back
from schemas.snapshot import Snapshot

RUNS, CURRENT, INTERNAL = "runs", "current", "internal"
_UNFINISHED = ".unfinished-"
_PRIVATE, _SHARED = 0o700, 0o755


class OutboxError(Exception):
    """The outputs could not be written. Its text says where and why, in one line."""


def publish(out: Path, snapshot: Snapshot) -> Path:
    """Write the outputs of a snapshot and point `current` at them; the same content is written once.

    The files are written aside and renamed to `runs/<as-of date>-<snapshot id>/` when all are there. What a killed run
    left unfinished is removed.

    Args:
        out: Where outputs go; made if it is not there.
        snapshot: What to publish.

    Returns:
        The snapshot's folder.

    Raises:
        OutboxError: The disk refused.
    """
    day = snapshot.operation.day_of(snapshot.as_of).isoformat()
    with _disk_faults_told(out):
        runs = out / RUNS
        runs.mkdir(parents=True, exist_ok=True)
        _remove_unfinished(out, runs)
        folder = runs / f"{day}-{snapshot.id}"
        if not folder.exists():
            _write_whole(folder, outputs(snapshot, last_published(out, snapshot.operation.id)))
        _point(out, folder)
    return folder


def last_published(out: Path, operation: str) -> Previous | None:
    """Return what `current` tells of an operation; None where there is nothing, or nothing that can be compared.

    Args:
        out: Where outputs go.
        operation: The operation's id.
    """
    try:
        previous = read_back({name: (out / CURRENT / name).read_bytes() for name in READ_BACK})
    except (FileNotFoundError, KeyError, ValueError):
        # There is none, or an earlier version of this program wrote it otherwise.
        return None
    return previous if previous.operation == operation else None


@contextmanager
def _disk_faults_told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutboxError(f"cannot write outputs to {error.filename or out}: {reason}") from error


def _remove_unfinished(*folders: Path) -> None:
    for folder in folders:
        for leftover in folder.glob(f"{_UNFINISHED}*"):
            if leftover.is_symlink() or leftover.is_file():
                leftover.unlink()
            else:
                shutil.rmtree(leftover)


def _write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    aside = _aside(folder.parent)
    for path, content in files.items():
        target = aside.joinpath(*PurePosixPath(path).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if (aside / INTERNAL).exists():
        (aside / INTERNAL).chmod(_PRIVATE)
    aside.rename(folder)


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
    """Make a folder whose content is not finished yet, with the permissions of the finished one."""
    aside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=parent))
    aside.chmod(_SHARED)
    return aside
