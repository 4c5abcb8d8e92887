"""The inbox: the only door to the files that arrive. It lists and reads them; it never changes them."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.private import shown_name


class InboxError(Exception):
    """The inbox cannot be used; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file in the inbox: where it is, and its name as received, escaped."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file's bytes, its name as received and its sha256."""

    file: str
    sha256: str
    content: bytes


def find_workbooks(path: Path) -> tuple[InboxFile, ...]:
    """List the files at a path: the file itself, or all files of a folder and the folders below it, by name.

    Hidden files (a name that begins with a dot) are no submissions and are left out.

    Raises:
        InboxError: There is nothing at the path, or it may not be read.
    """
    try:
        if path.is_dir():
            return tuple(sorted(_files_below(path), key=lambda file: (file.name, file.path)))
        if path.is_file():
            return (InboxFile(path, escape_name(path.name)),)
    except OSError as error:
        raise InboxError(f"{path}: cannot be read ({error.strerror})") from error
    raise InboxError(f"{path}: there is no such file or folder")


def take(files: Sequence[InboxFile]) -> tuple[Arrival, ...]:
    """Read files whole.

    Raises:
        InboxError: A file cannot be read.
    """
    return tuple(_take(file) for file in files)


def escape_name(name: str) -> str:
    """Return a file name as it may be shown: control characters and undecodable bytes escaped, nothing else changed."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode() for char in name
    )


def _files_below(folder: Path) -> Iterator[InboxFile]:
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if path.is_file() and not name.startswith("."):
                yield InboxFile(path, escape_name(name))


def _raise(error: OSError) -> None:
    """Raise what `os.walk` would pass over: what lies in a folder that cannot be listed would be lost in silence."""
    raise error


def _take(file: InboxFile) -> Arrival:
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise InboxError(f"{file.name}: cannot be read ({error.strerror})") from error
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrival(shown_name(file.name, sha256), sha256, content)
