"""The inbox: the only door to the files that arrive. It lists and reads them; it never changes them."""

import datetime as dt
import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.storage import StorageError, is_url, read_stored, stored_below
from schemas.private import shown_name
from schemas.submission import NotTaken

LARGEST_FILE = 50_000_000
"""In bytes: many times what any workbook of the form needs."""

_REST = dt.timedelta(seconds=3)
TAKEN_NEXT_TIME = "it was still being written; it is taken once that has ended"
_NO_FILE = "it is no file; remove it from the inbox"
_WHY_NOT: dict[int | None, str] = {
    errno.ELOOP: "it is a link; put the file itself into the inbox",
    errno.ENOENT: "it was gone when it was to be read; put it back if it was to count",
    errno.EISDIR: "it is a folder that cannot be listed; make it readable",
    errno.ENXIO: _NO_FILE,
}
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class InboxError(Exception):
    """The inbox cannot be used; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file in the inbox: its path or URL, its name as received, escaped, its size in bytes, and its `_signature`."""

    path: Path | str
    name: str
    size: int
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file's bytes, its name as received, its sha256, and the `_signature` it had while it was read."""

    file: str
    sha256: str
    content: bytes
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of reading files: those that arrived, and those that could not be taken, which stop no other."""

    arrivals: tuple[Arrival, ...]
    not_taken: tuple[NotTaken, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies in the inbox, told apart by content: files with their names as they may be shown and their sha256.

    The sha256 of those that need not be read again is `remembered`, by signature.
    """

    files: tuple[tuple[InboxFile, str, str], ...]
    not_taken: tuple[NotTaken, ...]
    remembered: Mapping[str, str]


def find_workbooks(path: Path | str) -> tuple[InboxFile, ...]:
    """List what lies at a path or URL: the file itself, or everything in a folder and the folders below it, by name.

    Hidden files (a name that begins with a dot) are no submissions and are left out. Links and whatever else is no
    plain file are listed, so that it can be said that they are not taken; so is a folder that cannot be listed.

    Raises:
        InboxError: There is nothing at the path, or it is a folder that cannot be listed.
    """
    if is_url(path):
        return _find_elsewhere(str(path))
    path = Path(path)
    try:
        if path.is_dir():
            os.scandir(path).close()
            return _by_name(_files_below(path))
        if path.exists():
            return (_listed(path.resolve(), path.name),)
    except OSError as error:
        raise InboxError(f"{path}: cannot be read ({error.strerror})") from error
    raise InboxError(f"{path}: there is no such file or folder")


def take(files: Sequence[InboxFile], first_year: int = dt.MAXYEAR) -> Taken:
    """Read files whole; say of each that cannot be read why. A name with a date before `first_year` is not shown."""
    results = [_take(file, first_year) for file in files]
    return Taken(
        tuple(result for result in results if isinstance(result, Arrival)),
        tuple(result for result in results if isinstance(result, NotTaken)),
    )


def look(files: Sequence[InboxFile], known: Mapping[str, str], now: dt.datetime, first_year: int = dt.MAXYEAR) -> Seen:
    """Tell files apart by content, reading only those that may have changed since they were read before.

    A file is what it was as long as its signature is the same: no program can write to it without the system noting the
    time of that. Within the grain of that time it could; so a file is remembered only once it has rested for a while by
    the machine's own time. A name with a date before `first_year` is not shown.
    """
    seen: list[tuple[InboxFile, str, str]] = []
    not_taken: list[NotTaken] = []
    remembered: dict[str, str] = {}
    rested = int((now - _REST).timestamp() * 1e9)
    for file in files:
        if sha256 := known.get(file.signature, ""):
            remembered[file.signature] = sha256
        else:
            result = _take(file, first_year)
            if isinstance(result, NotTaken):
                not_taken.append(result)
                continue
            sha256 = result.sha256
            if result.signature and int(result.signature.rpartition(":")[2]) < rested:
                remembered[result.signature] = sha256
        seen.append((file, shown_name(file.name, sha256, first_year), sha256))
    return Seen(tuple(seen), tuple(not_taken), remembered)


def escape_name(name: str) -> str:
    """Return a file name as it may be shown: control characters and undecodable bytes escaped, nothing else changed."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode() for char in name
    )


def _find_elsewhere(url: str) -> tuple[InboxFile, ...]:
    try:
        stored = stored_below(url)
    except StorageError as error:
        raise InboxError(str(error)) from error
    return _by_name(InboxFile(s.url, escape_name(s.url.rpartition("/")[2]), s.size, s.signature) for s in stored)


def _by_name(files: Iterable[InboxFile]) -> tuple[InboxFile, ...]:
    return tuple(sorted(files, key=lambda file: (file.name, str(file.path))))


def _files_below(folder: Path) -> Iterator[InboxFile]:
    unlisted: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (_listed(Path(parent, name), name) for name in (*names, *links) if not name.startswith("."))
    yield from (_listed(path, path.name) for path in unlisted)


def _listed(path: Path, name: str) -> InboxFile:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return InboxFile(path, escape_name(name), 0)
    return InboxFile(path, escape_name(name), status.st_size, _signature(status))


def _signature(status: os.stat_result) -> str:
    """Return what changes whenever a file does, the time of the last change of any kind at its end."""
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _take(file: InboxFile, first_year: int) -> Arrival | NotTaken:
    taken = _take_elsewhere(file, file.path) if isinstance(file.path, str) else _take_here(file.path)
    if isinstance(taken, str):
        return not_taken(file, taken, first_year)
    content, signature = taken
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(shown_name(file.name, sha256, first_year), sha256, content, signature)


def _take_elsewhere(file: InboxFile, url: str) -> tuple[bytes, str] | str:
    """Return the bytes and the signature of a file, or why it is not taken."""
    if file.size > LARGEST_FILE:
        return _too_large()
    try:
        content = read_stored(url)
    except StorageError:
        return "it cannot be read; make it readable"
    return (content, file.signature) if len(content) == file.size else TAKEN_NEXT_TIME


def _too_large() -> str:
    return f"it is larger than {LARGEST_FILE:,} bytes; send the figures in the form"


def _take_here(path: Path) -> tuple[bytes, str] | str:
    """Return the bytes of a file and its signature, empty where that changed meanwhile, or why it is not taken."""
    try:
        with open(os.open(path, _OPEN), "rb") as opened:  # noqa: PTH123 - links must not be followed
            before = os.fstat(opened.fileno())
            if not stat.S_ISREG(before.st_mode):
                return _NO_FILE
            if before.st_size > LARGEST_FILE:
                return _too_large()
            content = opened.read(LARGEST_FILE)
            after = os.fstat(opened.fileno())
    except OSError as error:
        return _WHY_NOT.get(error.errno, f"it cannot be read ({error.strerror}); make it readable")
    if len(content) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return TAKEN_NEXT_TIME
    return content, _signature(after) if _signature(before) == _signature(after) else ""


def not_taken(file: InboxFile, why: str, first_year: int) -> NotTaken:
    """Return that a file was not taken, under a name that may be shown."""
    return NotTaken(shown_name(file.name, hashlib.sha256(file.name.encode()).hexdigest(), first_year), why)
