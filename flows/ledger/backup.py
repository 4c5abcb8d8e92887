"""Backups: everything a ledger holds, its original bytes included, in one SQLite file to make any ledger of."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    URL,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    insert,
    inspect,
    select,
)

from flows.ledger.faults import LedgerDamagedError, LedgerError, LedgerRefusedError, faults_told
from flows.ledger.files import aside_of
from flows.ledger.ledger import Ledger, ledger_to_fill
from flows.ledger.originals import keep_original, original, originals
from flows.ledger.place import Place
from flows.ledger.tables import METADATA, SCHEMA

_EXTRA = MetaData()
_SCHEMA = Table("backup_of", _EXTRA, Column("schema", Text, primary_key=True))
_ORIGINALS = Table(
    "originals", _EXTRA, Column("sha256", Text, primary_key=True), Column("content", LargeBinary, nullable=False)
)
_AT_ONCE = 5000
_SQLITE = b"SQLite format 3\0"


def back_up(ledger: Ledger, file: Path) -> None:
    """Write a backup, whole once it is there. What others write to the ledger meanwhile is not in it.

    Raises:
        LedgerRefusedError: There is a file already, or no folder for it.
        LedgerError: The disk refused.
    """
    if file.exists():
        raise LedgerRefusedError(f"{file} is there already; a backup is never written over another file.")
    if not file.parent.is_dir():
        no_folder = f"there is no folder {file.parent}; make it, or choose another place"
        raise LedgerRefusedError(f"cannot write the backup to {file}: {no_folder}.")
    with aside_of(file) as aside:
        engine = create_engine(URL.create("sqlite", database=str(aside)), hide_parameters=True)
        try:
            with faults_told(str(file)), ledger.reading() as source, engine.begin() as target:
                METADATA.create_all(target)
                _EXTRA.create_all(target)
                target.execute(insert(_SCHEMA).values(schema=SCHEMA))
                _copy(source, target)
                for sha256 in originals(ledger.place.originals):
                    content = original(ledger.place.originals, sha256)
                    if content is not None:
                        target.execute(insert(_ORIGINALS).values(sha256=sha256, content=content))
        finally:
            engine.dispose()


def restore(place: Place, file: Path, say_moved: Callable[[Path], None]) -> None:
    """Make a new ledger of a backup, each original proved by its hash.

    Args:
        place: Where the ledger is to be.
        file: The backup.
        say_moved: Told where the file of a damaged ledger was moved, if there was one.

    Raises:
        LedgerRefusedError: There is a ledger that is not empty, or the file is no backup.
        LedgerError: The backup is damaged, or the disk refused.
    """
    with _backup_at(file) as source, ledger_to_fill(place, say_moved) as ledger, ledger.writing() as target:
        for sha256, content in source.execute(select(_ORIGINALS.c.sha256, _ORIGINALS.c.content)):
            if hashlib.sha256(content).hexdigest() != sha256:
                raise LedgerError(_damaged(file))
            keep_original(place.originals, sha256, content)
        _copy(source, target)


@contextmanager
def _backup_at(file: Path) -> Iterator[Connection]:
    """Give a connection to a backup that is whole."""
    url = URL.create("sqlite", database=f"file:{file.resolve()}", query={"mode": "ro", "uri": "true"})
    engine = create_engine(url, hide_parameters=True)
    try:
        with faults_told(str(file)), file.open("rb") as opened:
            is_database = opened.read(len(_SQLITE)) == _SQLITE
        with faults_told(str(file)), engine.connect() as source:
            if not is_database or not inspect(source).has_table(_SCHEMA.name):
                raise LedgerRefusedError(f"{file} is no backup of a ledger; `rollup ledger backup` writes one.")
            if str(source.scalar(select(_SCHEMA.c.schema))) > SCHEMA:
                raise LedgerRefusedError(f"the backup {file} was made by a newer version of this program.")
            if source.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
                raise LedgerError(_damaged(file))
            yield source
    except LedgerDamagedError:
        raise LedgerError(_damaged(file)) from None
    finally:
        engine.dispose()


def _damaged(file: Path) -> str:
    return f"the backup {file} is damaged; nothing was restored."


def _copy(source: Connection, target: Connection) -> None:
    # A backup of an earlier version lacks the tables that came later: they stay empty.
    there = set(inspect(source).get_table_names())
    for table in (table for table in METADATA.sorted_tables if table.name in there):
        for rows in _in_parts(source, table):
            target.execute(insert(table), rows)


def _in_parts(source: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    # A snapshot refers to the one before it, which must be there first.
    order = [table.c.act, *table.primary_key] if "act" in table.c else list(table.primary_key)
    for part in source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order)).partitions():
        yield [dict(row._mapping) for row in part]
