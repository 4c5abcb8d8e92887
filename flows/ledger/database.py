"""The database under a ledger: how it is reached, which migration its tables stand at, and how they are renewed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text

from flows.ledger.place import Place

_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = 10
"""How many seconds a transaction waits for another one's end."""


@contextmanager
def engine_at(place: Place) -> Iterator[Engine]:
    """Give what connects to the database at a place; what it reads in a transaction is of one moment."""
    settings = {"connect_args": {"timeout": _PATIENCE}} if place.file else {"isolation_level": "REPEATABLE READ"}
    engine = create_engine(place.url, hide_parameters=True, **settings)
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


def schema_of(connection: Connection) -> str:
    """Return the migration that the tables stand at; empty where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def migrate(connection: Connection) -> None:
    """Make the tables, or bring them up to date."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
