"""Backups: everything a ledger holds, its original bytes included, in one SQLite file to make any ledger of."""

import hashlib
import os
from collections.abc import Iterator
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

from flows.ledger.faults import LedgerError, LedgerRefusedError, faults_told
from flows.ledger.ledger import Ledger
from flows.ledger.originals import keep_original, original, originals
from flows.ledger.tables import METADATA, SCHEMA

_EXTRA = MetaData()
_SCHEMA = Table("backup_of", _EXTRA, Column("schema", Text, primary_key=True))
_ORIGINALS = Table(
    "originals", _EXTRA, Column("sha256", Text, primary_key=True), Column("content", LargeBinary, nullable=False)
)
_AT_ONCE = 5000
_OWNER_ALONE = 0o600


def back_up(ledger: Ledger, file: Path) -> None:
    """Write a backup. Who writes to the ledger meanwhile is not disturbed, and what they write is not in it.

    Args:
        ledger: Open.
        file: Where to; whole when it is there.

    Raises:
        LedgerRefusedError: There is a file already.
        LedgerError: The disk refused.
    """
    if file.exists():
        raise LedgerRefusedError(f"{file} is there already; a backup is never written over another file.")
    aside = file.with_name(f".unfinished-{file.name}")
    with faults_told(str(file)):
        aside.unlink(missing_ok=True)
        os.close(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
    engine = create_engine(URL.create("sqlite", database=str(aside)), hide_parameters=True)
    try:
        with faults_told(str(file)), ledger.reading_one_moment() as source, engine.begin() as target:
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
    with faults_told(str(file)):
        aside.rename(file)


def restore(ledger: Ledger, file: Path) -> None:
    """Fill a new ledger from a backup, each original proved by its hash.

    Args:
        ledger: Held, and empty.
        file: The backup.

    Raises:
        LedgerRefusedError: The ledger is not empty, or the file is no backup.
        LedgerError: The backup is damaged, or the disk refused.
    """
    engine = create_engine(URL.create("sqlite", database=f"file:{file.resolve()}", query={"mode": "ro", "uri": "true"}))
    try:
        with faults_told(str(file)), engine.connect() as source:
            if not inspect(source).has_table(_SCHEMA.name) or source.scalar(select(_SCHEMA.c.schema)) != SCHEMA:
                raise LedgerRefusedError(f"{file} is no backup that this version of the program can read.")
            with ledger.writing() as target:
                if any(target.execute(select(table).limit(1)).first() for table in METADATA.sorted_tables):
                    raise LedgerRefusedError(f"the ledger {ledger.place} is not empty; restore into a new one.")
                for sha256, content in source.execute(select(_ORIGINALS.c.sha256, _ORIGINALS.c.content)):
                    if hashlib.sha256(content).hexdigest() != sha256:
                        raise LedgerError(f"the backup {file} is damaged; nothing was restored.")
                    keep_original(ledger.place.originals, sha256, content)
                _copy(source, target)
    finally:
        engine.dispose()


def _copy(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        for rows in _in_parts(source, table):
            target.execute(insert(table), rows)


def _in_parts(source: Connection, table: Table) -> Iterator[list[dict[str, object]]]:
    # A snapshot refers to the one before it, which must be there first.
    order = [table.c.act, *table.primary_key] if "act" in table.c else list(table.primary_key)
    for part in source.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order)).partitions():
        yield [dict(row._mapping) for row in part]
