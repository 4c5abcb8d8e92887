"""The inbox: the only door to the files that arrive. It lists and reads them; it never changes them."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.private import shown_name
from schemas.submission import NotTaken

LARGEST_FILE = 50_000_000
"""In bytes: many times what any workbook of the form needs."""

_TAKEN_NEXT_TIME = "it was still being written; it is taken once that has ended"
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class InboxError(Exception):
    """The inbox cannot be used; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file in the inbox: where it is, its name as received, escaped, and its size in bytes."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file's bytes, its name as received and its sha256."""

    file: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of reading files: those that arrived, and those that could not be taken, which stop no other."""

    arrivals: tuple[Arrival, ...]
    not_taken: tuple[NotTaken, ...]


def find_workbooks(path: Path) -> tuple[InboxFile, ...]:
    """List what lies at a path: the file itself, or everything in a folder and the folders below it, by name.

    Hidden files (a name that begins with a dot) are no submissions and are left out. Links and whatever else is no
    plain file are listed, so that it can be said that they are not taken; so is a folder that cannot be listed.

    Raises:
        InboxError: There is nothing at the path, or it is a folder that cannot be listed.
    """
    try:
        if path.is_dir():
            os.scandir(path).close()
            return tuple(sorted(_files_below(path), key=lambda file: (file.name, file.path)))
        if path.exists():
            return (_listed(path.resolve(), path.name),)
    except OSError as error:
        raise InboxError(f"{path}: cannot be read ({error.strerror})") from error
    raise InboxError(f"{path}: there is no such file or folder")


def take(files: Sequence[InboxFile]) -> Taken:
    """Read files whole; say of each that cannot be read why."""
    results = [_take(file) for file in files]
    return Taken(
        tuple(result for result in results if isinstance(result, Arrival)),
        tuple(result for result in results if isinstance(result, NotTaken)),
    )


def escape_name(name: str) -> str:
    """Return a file name as it may be shown: control characters and undecodable bytes escaped, nothing else changed."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode() for char in name
    )


def _files_below(folder: Path) -> Iterator[InboxFile]:
    unlisted: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (_listed(Path(parent, name), name) for name in (*names, *links) if not name.startswith("."))
    yield from (_listed(path, path.name) for path in unlisted)


def _listed(path: Path, name: str) -> InboxFile:
    try:
        size = path.lstat().st_size
    except FileNotFoundError:
        size = 0
    return InboxFile(path, escape_name(name), size)


def _take(file: InboxFile) -> Arrival | NotTaken:
    try:
        with open(os.open(file.path, _OPEN), "rb") as opened:  # noqa: PTH123 - links must not be followed
            before = os.fstat(opened.fileno())
            if not stat.S_ISREG(before.st_mode):
                return _not_taken(file, "it is no file; remove it from the inbox")
            if before.st_size > LARGEST_FILE:
                return _not_taken(file, f"it is larger than {LARGEST_FILE:,} bytes; send the figures in the form")
            content = opened.read(LARGEST_FILE)
            after = os.fstat(opened.fileno())
    except OSError as error:
        return _not_taken(file, _why_not(error))
    if len(content) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return _not_taken(file, _TAKEN_NEXT_TIME)
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(shown_name(file.name, sha256), sha256, content)


def _not_taken(file: InboxFile, why: str) -> NotTaken:
    """Return that a file was not taken, under a name that may be shown."""
    return NotTaken(shown_name(file.name, hashlib.sha256(file.name.encode()).hexdigest()), why)


def _why_not(error: OSError) -> str:
    match error.errno:
        case errno.ELOOP:
            return "it is a link; put the file itself into the inbox"
        case errno.ENOENT:
            return "it was gone when it was to be read; put it back if it was to count"
        case errno.EISDIR:
            return "it is a folder that cannot be listed; make it readable"
        case errno.ENXIO:
            return "it is no file; remove it from the inbox"
        case _:
            return f"it cannot be read ({error.strerror}); make it readable"
