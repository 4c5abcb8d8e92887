"""What can go wrong with the ledger, in one line each: where, what, and what to do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

RESTORE = "`rollup ledger restore` puts a backup in its place"
_DAMAGED = {"SQLITE_NOTADB": "it is no ledger, or it is damaged", "SQLITE_CORRUPT": "it is damaged"}
_SQLITE = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it may not be written to",
    "SQLITE_BUSY": "another program has locked it",
    "SQLITE_LOCKED": "another program has locked it",
    "SQLITE_CANTOPEN": "it cannot be opened",
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


class LedgerDamagedError(LedgerError):
    """The ledger's file is damaged, emptied, or no ledger at all."""


class LedgerRefusedError(Exception):
    """The ledger is whole, but what was asked of it cannot be done. Its text says what and why, in one line."""


@contextmanager
def faults_told(name: str) -> Iterator[None]:
    """Turn what the database or the disk says into a `LedgerError` that names the ledger as it is shown."""
    try:
        yield
    except DBAPIError as error:
        damage = _named(error.orig, "sqlite_errorname", _DAMAGED)
        if damage:
            raise LedgerDamagedError(f"the ledger {name} cannot be used: {damage}; {RESTORE}.") from None
        if (reason := _reason(error)) is None:
            raise
        raise LedgerError(f"the ledger {name} cannot be used: {reason}.") from None
    except OSError as error:
        raise LedgerError(f"the ledger {name} cannot be used: {error.filename or name}: {error.strerror}.") from None


def _reason(error: DBAPIError) -> str | None:
    """Return why a database refused, in our words; None where that is a bug of ours."""
    reason = _named(error.orig, "sqlite_errorname", _SQLITE) or _named(error.orig, "sqlstate", _POSTGRESQL)
    return reason or ("the database does not answer" if isinstance(error, OperationalError) else None)


def _named(error: object, attribute: str, words: Mapping[str, str]) -> str | None:
    """Return the words for what a database's error has in an attribute."""
    code = getattr(error, attribute, None) or ""
    return next((said for start, said in words.items() if code.startswith(start)), None)
