"""What can go wrong with the ledger, in one line each: where, what, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

_SQLITE = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it may not be written to",
    "SQLITE_BUSY": "another program has locked it",
    "SQLITE_LOCKED": "another program has locked it",
    "SQLITE_CANTOPEN": "it cannot be opened",
    "SQLITE_NOTADB": "it is no ledger, or it is damaged; `rollup ledger restore` brings back a backup",
    "SQLITE_CORRUPT": "it is damaged; `rollup ledger restore` brings back a backup",
    "SQLITE_IOERR": "the disk cannot be read or written",
}
_POSTGRESQL = {
    "53100": "the disk is full",
    "25006": "it may not be written to",
    "28": "it does not let us in",
    "3D000": "there is no such database",
    "42501": "it may not be written to",
}


class LedgerError(Exception):
    """The ledger fails us. Its text says where and why, in one line."""


class LedgerRefusedError(Exception):
    """The ledger is whole, but what was asked of it cannot be done. Its text says what and why, in one line."""


@contextmanager
def faults_told(name: str) -> Iterator[None]:
    """Turn what the database or the disk says into a `LedgerError`.

    Args:
        name: The ledger, as it is shown.
    """
    try:
        yield
    except DBAPIError as error:
        if (reason := _reason(error)) is None:
            raise
        raise LedgerError(f"the ledger {name} cannot be used: {reason}.") from None
    except OSError as error:
        raise LedgerError(f"the ledger {name} cannot be used: {error.filename or name}: {error.strerror}.") from None


def _reason(error: DBAPIError) -> str | None:
    """Return why a database refused, in our words; None where that is a bug of ours."""
    code = getattr(error.orig, "sqlite_errorname", None) or ""
    for start, words in _SQLITE.items():
        if code.startswith(start):
            return words
    state = getattr(error.orig, "sqlstate", None) or ""
    for start, words in _POSTGRESQL.items():
        if state.startswith(start):
            return words
    return "the database does not answer" if isinstance(error, OperationalError) else None
