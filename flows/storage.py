"""Storage elsewhere: what an fsspec URL such as s3://bucket/folder leads to.

What belongs here: listing, reading and writing there, and what can go wrong in one line. What does not: what it means.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fsspec.core import url_to_fs

_CHANGED = ("LastModified", "mtime", "last_modified", "updated", "created")
"""How the file systems name the time of an object's last change."""


class StorageError(Exception):
    """Storage elsewhere cannot be used; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object: its URL, its size in bytes, and what changes whenever it does, the time of that in ns at its end."""

    url: str
    size: int
    signature: str


def is_url(where: str | Path) -> bool:
    """Tell whether an address leads elsewhere and not to this machine's disk."""
    return "://" in str(where)


def address_of(where: str | Path) -> str | Path:
    """Return an address that somebody wrote as what it is: a URL, or a path.

    Raises:
        StorageError: It is a URL that holds a password.
    """
    if not is_url(where):
        return Path(where)
    if "@" in urlsplit(str(where)).netloc:
        raise StorageError("an address must hold no user and password; give them as the storage's own settings.")
    return str(where).rstrip("/")


def stored_below(url: str) -> list[Stored]:
    """List the objects below a URL; hidden ones are left out.

    Raises:
        StorageError: There is nothing there, or it cannot be listed.
    """
    with _faults_told(url, "listed"):
        files, root = url_to_fs(url)
        files.invalidate_cache()
        found = files.find(root, detail=True)
        if not found and not files.exists(root):
            raise FileNotFoundError
        return [
            _stored(files.unstrip_protocol(path), details)
            for path, details in sorted(found.items())
            if not any(part.startswith(".") for part in path.removeprefix(root).split("/")) and not path.endswith("/")
        ]


def read_stored(url: str) -> bytes:
    """Read an object whole.

    Raises:
        StorageError: It cannot be read.
    """
    with _faults_told(url, "read"):
        files, path = url_to_fs(url)
        content: bytes = files.cat_file(path)
        return content


def exists(url: str) -> bool:
    """Tell whether there is an object.

    Raises:
        StorageError: That cannot be told.
    """
    with _faults_told(url, "looked at"):
        files, path = url_to_fs(url)
        files.invalidate_cache()
        return bool(files.exists(path))


def write_stored(folder: str, contents: Mapping[str, bytes]) -> None:
    """Write objects below a URL by their paths there, each whole and in place of the one that was there.

    Raises:
        StorageError: They cannot be written.
    """
    with _faults_told(folder, "written"):
        files, root = url_to_fs(folder)
        files.pipe({f"{root}/{path}": content for path, content in contents.items()})


def _stored(url: str, details: dict[str, Any]) -> Stored:
    changed = next((details[name] for name in _CHANGED if details.get(name)), None)
    moment = changed.timestamp() if isinstance(changed, dt.datetime) else changed
    size = int(details["size"] or 0)
    signature = f"{url}:{size}:{details.get('ETag', '')}:{int(moment * 1e9)}" if moment is not None else ""
    return Stored(url, size, signature)


@contextmanager
def _faults_told(url: str, what: str) -> Iterator[None]:
    """Turn what the storage's library says into a `StorageError`; its words could hold anything."""
    scheme = url.partition("://")[0]
    try:
        yield
    except FileNotFoundError:
        raise StorageError(f"{url}: there is no such file or folder") from None
    except ImportError:
        raise StorageError(f"{url}: {scheme} is not installed; pip install 'icac-rollup[{scheme}]'") from None
    except ValueError as error:
        if "Protocol" not in str(error):
            raise
        raise StorageError(f"{url}: {scheme} is no storage that we know") from None
    except Exception as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise StorageError(f"{url}: cannot be {what} ({reason})") from None
