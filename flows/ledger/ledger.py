"""A ledger, opened: for one run at a time to write to, or for anybody to read.

What belongs here: connections and transactions. What does not: what is written and read.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

from flows.ledger.faults import LedgerRefusedError, faults_told
from flows.ledger.lock import held
from flows.ledger.place import Place
from flows.ledger.tables import SCHEMA

MIGRATIONS = Path(__file__).parent / "migrations"
_OWNER_ALONE = 0o600
_PATIENCE = 10
"""How many seconds a transaction waits for another one's end."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger."""

    place: Place
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with, in one transaction."""
        with faults_told(str(self.place)), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def reading_one_moment(self) -> Iterator[Connection]:
        """Give a connection to read with, that sees nothing of what others write meanwhile."""
        with self.reading() as connection:
            if not self.place.file:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write with; all of it is recorded at the end, or nothing."""
        engine = self.engine.execution_options(rollup_writes=True)
        with faults_told(str(self.place)), engine.begin() as connection:
            yield connection


@contextmanager
def ledger_to_write(place: Place, *, may_be_made: bool = False) -> Iterator[Ledger]:
    """Open a ledger for one run, decision or migration alone, and bring it up to date.

    Args:
        place: Where it is.
        may_be_made: Whether it is made if there is none.

    Raises:
        LedgerError: Another run holds it, or it fails us.
        LedgerRefusedError: There is none, or a newer program made it.
    """
    if not may_be_made:
        _refuse_absent(place)
    with ExitStack() as while_open:
        with faults_told(str(place)):
            if place.file:
                _make_file(place.file)
            ledger = Ledger(place, while_open.enter_context(_engine_at(place)))
            while_open.enter_context(held(place, ledger.engine))
            if (schema := schema_of(ledger)) != SCHEMA:
                _refuse_unknown(ledger, schema)
                _migrate(ledger)
        yield ledger


@contextmanager
def ledger_to_read(place: Place) -> Iterator[Ledger]:
    """Open a ledger that is there; whoever writes to it is not disturbed.

    Raises:
        LedgerError: It fails us.
        LedgerRefusedError: There is none, or another version of the program made it.
    """
    _refuse_absent(place)
    with _engine_at(place) as engine:
        ledger = Ledger(place, engine)
        if (schema := schema_of(ledger)) != SCHEMA:
            _refuse_unknown(ledger, schema)
            raise LedgerRefusedError(f"the ledger {place} is of an earlier version; `rollup ledger migrate` renews it.")
        yield ledger


def make_sure_it_answers(place: Place) -> None:
    """Make sure that a ledger that is there can be reached.

    Raises:
        LedgerError: It fails us.
    """
    if not place.file or place.file.exists():
        with faults_told(str(place)), _engine_at(place) as engine, engine.connect():
            pass


def schema_of(ledger: Ledger) -> str:
    """Return the migration that a ledger stands at; empty where it has no tables yet."""
    with ledger.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _make_file(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ALONE))


@contextmanager
def _engine_at(place: Place) -> Iterator[Engine]:
    arguments = {"timeout": _PATIENCE} if place.file else {}
    engine = create_engine(place.url, hide_parameters=True, connect_args=arguments)
    if place.file:
        settle_sqlite(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def settle_sqlite(engine: Engine) -> None:
    """Make SQLite keep its transactions whole, its references sound, and nothing of what was removed."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]
        connection.execute("PRAGMA secure_delete = ON")  # type: ignore[attr-defined]

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("rollup_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_absent(place: Place) -> None:
    if place.file and not place.file.is_file():
        raise LedgerRefusedError(f"there is no ledger {place}; `rollup run` makes one.")


def _refuse_unknown(ledger: Ledger, schema: str) -> None:
    if schema > SCHEMA:
        raise LedgerRefusedError(f"the ledger {ledger.place} was made by a newer version of this program.")


def _migrate(ledger: Ledger) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with ledger.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
