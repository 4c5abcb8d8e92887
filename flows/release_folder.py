"""The only door through which a release reaches the disk: whole and read-only, and how it is looked at again.

What belongs here: folders, renaming, permissions, hashes of what is there. What does not: what the files say.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flows.outbox import OutboxError, remove_unfinished, write_aside
from flows.permissions import make_folder
from flows.reports.release_manifest import CHECKSUMS

RELEASES = "releases"
_READ_ONLY = 0o555


def write_release(out: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write a release to `releases/<name>/` in `out`: aside, then renamed; nobody may write to it from then on.

    Raises:
        OutboxError: The disk refused, or there is such a folder already.
    """
    folder = out / RELEASES / name
    with _disk_faults_told(folder):
        make_folder(folder.parent)
        remove_unfinished(folder.parent)
        aside = write_aside(folder.parent, files.items())
        for path in files:
            _protect(aside / path)
        aside.rename(folder)
        # Only now: what a killed run left must stay removable.
        for below in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            _protect(below)
    return folder


def _protect(path: Path) -> None:
    path.chmod(path.stat().st_mode & _READ_ONLY)


def is_release(folder: Path) -> bool:
    """Tell whether a folder is one that a release was written to, by where it lies or by what it holds."""
    return folder.is_dir() and (folder.resolve().parent.name == RELEASES or (folder / CHECKSUMS).is_file())


def hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of everything in a folder, by path; empty for what is neither a file nor a folder with files.

    Raises:
        OutboxError: It cannot be read.
    """
    with _disk_faults_told(folder):
        return dict(_hashes(folder, ""))


def _hashes(folder: Path, path: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    if not found:
        yield path, ""
    for entry in found:
        below = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _hashes(Path(entry.path), below)
        elif entry.is_file(follow_symlinks=False):
            with Path(entry.path).open("rb") as file:
                yield below, hashlib.file_digest(file, "sha256").hexdigest()
        else:
            yield below, ""


@contextmanager
def _disk_faults_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutboxError(f"{error.filename or folder}: {error.strerror or type(error).__name__}") from error
