"""A release desk for tests: a ledger on disk with nights in it, and people who prepare and approve."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.ledger.acts import last
from flows.ledger.ledger import Ledger, ledger_to_write
from flows.ledger.place import place_of
from flows.ledger.snapshots import conclude_with, keep
from flows.ledger.view import View
from flows.snapshots import reckon, versions_now
from recorded import record_all
from schemas.operation import Operation
from schemas.release import Signature
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

IDAHO = submission("a1", "ID", "ID"), cells_of("ID")
OREGON = submission("b2", "OR", "OR"), cells_of("OR")
WASHINGTON = submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND")
NATION = (IDAHO, OREGON, WASHINGTON)
NOON = AFTER + dt.timedelta(hours=6)
EDITOR, DIRECTOR = Signature("Editor", "one", NOON), Signature("Director", "other", NOON + dt.timedelta(hours=1))


@contextmanager
def desk(out: Path) -> Iterator[Ledger]:
    """Give the ledger of a folder of outputs, held."""
    with ledger_to_write(place_of(None, out), may_be_made=True) as ledger:
        yield ledger


def night(ledger: Ledger, *sent, as_of: dt.datetime = AFTER, operation: Operation = OPERATION) -> str:
    """Record what arrived of the small nation and conclude the night; return the snapshot's id."""
    record_all(ledger, operation, [receipt(one.sha256, received=as_of) for one, _ in sent], [judged(*sent)], as_of)
    with ledger.writing() as connection:
        act = last(connection)
        kept = keep(connection, act, reckon(operation, View(connection, act), as_of=as_of, versions=versions_now()))
        conclude_with(connection, act, kept)
    return kept.id
