"""One run at a time: who holds a ledger, until its process ends in whatever way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from flows.ledger.faults import LedgerError
from flows.ledger.place import Place

_KEY = 0x524F4C4C5550  # "ROLLUP": PostgreSQL's advisory locks have numbers for names
_OWNER_ALONE = 0o600


@contextmanager
def held(place: Place, engine: Engine) -> Iterator[None]:
    """Hold a ledger against other runs.

    Raises:
        LedgerError: Another one holds it.
    """
    file = place.file
    with _file_locked(file.with_name(f"{file.name}.lock")) if file else _server_locked(engine) as is_ours:
        if not is_ours:
            raise LedgerError(f"another run holds the ledger {place}; wait until it has ended.")
        yield


@contextmanager
def _file_locked(path: Path) -> Iterator[bool]:
    """Lock a file beside the ledger. The system lets go of it when the process dies."""
    try:
        with FileLock(path, timeout=0, mode=_OWNER_ALONE):
            yield True
    except Timeout:
        yield False


@contextmanager
def _server_locked(engine: Engine) -> Iterator[bool]:
    """Lock a number on the server. It lets go when the connection ends."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_ours = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}))
        try:
            yield is_ours
        finally:
            if is_ours:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
