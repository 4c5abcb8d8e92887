"""A ledger, opened: for one run at a time to write to, or for anybody to read.

What belongs here: connections and transactions, and when they are refused. What does not: what is written and read.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from flows.ledger.acts import last, last_run
from flows.ledger.database import engine_at, migrate, schema_of
from flows.ledger.faults import RESTORE, LedgerDamagedError, LedgerError, LedgerRefusedError, faults_told
from flows.ledger.files import aside_of, moved_away
from flows.ledger.lock import held
from flows.ledger.place import Place
from flows.ledger.tables import SCHEMA, acts
from flows.permissions import make_folder

RUN_MAKES_ONE = "`rollup run` makes one"


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger."""

    place: Place
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with, that sees nothing of what others write meanwhile."""
        with faults_told(str(self.place)), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection to write with; all of it is recorded at the end, or nothing."""
        engine = self.engine.execution_options(rollup_writes=True)
        with faults_told(str(self.place)), engine.begin() as connection:
            yield connection


@contextmanager
def ledger_to_write(place: Place, *, may_be_made: bool = False) -> Iterator[Ledger]:
    """Open a ledger for one run, decision or migration alone, and bring it up to date; made, if it may be.

    Raises:
        LedgerError: Another run holds it, it fails us, or it lost what it held.
        LedgerRefusedError: There is none, or a newer program made it.
    """
    if not may_be_made:
        _refuse_absent(place, RUN_MAKES_ONE)
    with _held(place) as ledger:
        if place.file and not place.file.exists():
            _refuse_lost(place)
            with _new_file(place, place.file):
                pass
        if not _is_up_to_date(ledger, "" if may_be_made else RUN_MAKES_ONE):
            _migrate(ledger)
        with ledger.reading() as connection:
            if last_run(connection) is None:
                _refuse_lost(place)
        yield ledger


@contextmanager
def ledger_to_fill(place: Place, say_moved: Callable[[Path], None]) -> Iterator[Ledger]:
    """Open a new ledger alone. One in a file is there once it is filled; what is damaged is moved away, and told of.

    Raises:
        LedgerError: Another run holds it, or the disk or the server fails us.
        LedgerRefusedError: There is one that holds something.
    """
    with _held(place) as ledger:
        if place.file:
            if place.file.exists():
                with suppress(LedgerDamagedError):
                    _refuse_filled(ledger)
            with _new_file(place, place.file, say_moved) as new:
                yield new
        else:
            if not _is_up_to_date(ledger, absent=""):
                _migrate(ledger)
            _refuse_filled(ledger)
            yield ledger


@contextmanager
def ledger_to_read(place: Place, absent: str = RUN_MAKES_ONE) -> Iterator[Ledger]:
    """Open a ledger that is there; whoever writes to it is not disturbed.

    Args:
        place: Where it is.
        absent: What to do where there is none.

    Raises:
        LedgerError: It fails us, or it is lost.
        LedgerRefusedError: There is none, or another version of the program made it.
    """
    _refuse_absent(place, absent)
    with engine_at(place) as engine:
        ledger = Ledger(place, engine)
        if not _is_up_to_date(ledger, absent):
            raise LedgerRefusedError(f"the ledger {place} is of an earlier version; `rollup ledger migrate` renews it.")
        yield ledger


def make_sure_it_answers(place: Place) -> None:
    """Make sure that a ledger that is there can be reached.

    Raises:
        LedgerError: It fails us.
    """
    if not place.file or place.file.exists():
        with faults_told(str(place)), engine_at(place) as engine, engine.connect():
            pass


@contextmanager
def _held(place: Place) -> Iterator[Ledger]:
    with ExitStack() as while_open:
        with faults_told(str(place)):
            if place.file:
                make_folder(place.file.parent)
            ledger = Ledger(place, while_open.enter_context(engine_at(place)))
            while_open.enter_context(held(place, ledger.engine))
        yield ledger


@contextmanager
def _new_file(place: Place, file: Path, say_moved: Callable[[Path], None] | None = None) -> Iterator[Ledger]:
    """Give a new ledger in a file that has its name once it is whole: so one without our tables was never ours."""
    with aside_of(file) as aside:
        with engine_at(replace(place, url=place.url.set(database=str(aside)))) as engine:
            ledger = Ledger(place, engine)
            _migrate(ledger)
            yield ledger
        with faults_told(str(place)):
            if (moved := moved_away(file)) and say_moved:
                say_moved(moved)


def _refuse_absent(place: Place, remedy: str) -> None:
    if place.file and not place.file.is_file():
        _refuse_lost(place)
        raise LedgerRefusedError(f"there is no ledger {place}; {remedy}.")


def _refuse_lost(place: Place) -> None:
    """Refuse a ledger that knows of no run, where things lie that some ledger has led to."""
    if left := place.left_there:
        has = "has had no run" if place.file and place.file.exists() else "is not there"
        raise LedgerError(
            f"{left} comes from a ledger, and {place} {has}: if it comes from another, name that with --ledger; "
            f"if this one is lost, {RESTORE}; a run with another --out begins a new one."
        )


def _refuse_filled(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        if ledger.place.file and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            return
        if inspect(connection).has_table(acts.name) and last(connection):
            raise LedgerRefusedError(f"the ledger {ledger.place} is not empty; restore into a new one.")


def _is_up_to_date(ledger: Ledger, absent: str) -> bool:
    """Tell whether the tables are of this version; where there are none, `absent` says what to do, if that is said."""
    place = ledger.place
    with ledger.reading() as connection:
        schema = schema_of(connection)
    if not schema and place.file:
        what = "another program's database" if place.file.stat().st_size else "empty"
        raise LedgerDamagedError(f"the ledger {place} cannot be used: it is {what}; {RESTORE}.")
    if not schema and absent:
        raise LedgerRefusedError(f"there is no ledger in {place}; {absent}.")
    if schema > SCHEMA:
        raise LedgerRefusedError(f"the ledger {place} was made by a newer version of this program.")
    return schema == SCHEMA


def _migrate(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        migrate(connection)
