"""A ledger that is gone while what it published still stands: no run begins another in its place unseen."""

import shutil
import sqlite3
import sys

import pytest

from flows.cli.main import main
from flows.ledger.faults import LedgerError, LedgerRefusedError
from flows.ledger.place import place_of
from flows.ledger.tables import METADATA
from ledger.one_night import NEXT, one_night, snapshot_of_night, tree
from sample_workbook import AS_OF


@pytest.fixture
def out(inbox, tmp_path):
    """Publish one night, and release something; back the ledger up."""
    out = tmp_path / "out"
    one_night(inbox, out, AS_OF)
    (out / "releases" / "2018-06-08-1").mkdir(parents=True)
    assert main(["ledger", "backup", str(tmp_path / "backup"), "--out", str(out)]) == 0
    return out


def said_of(out):
    return (
        f"{out} holds the outputs of a ledger that is no longer there ({out}/ledger.sqlite); "
        "`rollup ledger restore` puts a backup in its place, another --out begins another."
    )


def removed(ledger):
    ledger.unlink()


def emptied(ledger):
    with sqlite3.connect(ledger) as rows:
        for table in reversed(METADATA.sorted_tables):
            rows.execute(f"DELETE FROM {table.name}")


@pytest.mark.parametrize("lose", [removed, emptied])
@pytest.mark.parametrize("left", ["runs", "originals", "releases"])
def test_a_run_is_refused_where_anything_of_a_lost_ledger_is_left_until_a_backup_is_restored(
    lose, left, inbox, out, tmp_path
):
    for other in {"runs", "originals", "releases"} - {left}:
        shutil.rmtree(out / other)
    lose(out / "ledger.sqlite")
    before = tree(out)
    with pytest.raises(LedgerError) as told:
        one_night(inbox, out, NEXT)
    assert str(told.value) == said_of(out)
    assert tree(out) == before
    assert main(["ledger", "restore", str(tmp_path / "backup"), "--out", str(out)]) == 0
    assert snapshot_of_night(inbox, out, NEXT).coverage.task_forces_reporting > 0


def test_a_ledger_that_is_asked_for_elsewhere_may_be_new(inbox, out, tmp_path):
    (out / "ledger.sqlite").unlink()
    snapshot_of_night(inbox, out, NEXT, str(tmp_path / "other.sqlite"))
    assert (tmp_path / "other.sqlite").exists()


def test_the_default_ledger_is_missed_when_it_is_named_too(inbox, out):
    (out / "ledger.sqlite").unlink()
    with pytest.raises(LedgerError, match="is no longer there"):
        one_night(inbox, out, NEXT, str(out / "ledger.sqlite"))


@pytest.mark.slow
def test_rollup_run_ends_with_code_3_where_a_ledger_was_lost(inbox, out, server, capsys):
    (out / "ledger.sqlite").unlink()
    capsys.readouterr()
    assert main(["run", "--inbox", str(inbox), "--out", str(out)]) == 3
    assert capsys.readouterr().err.endswith(f"rollup: {said_of(out)}\n")


def test_a_ledger_on_a_server_takes_an_extra_which_is_named_where_it_is_not_installed(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = (
        "--ledger names a PostgreSQL database, and what reaches one is not installed; "
        '`pip install ".[postgresql]"` installs it.'
    )
    with pytest.raises(LedgerRefusedError) as told:
        place_of("postgresql://user@host/database", tmp_path)
    assert str(told.value) == said
    assert main(["run", "--out", str(tmp_path), "--ledger", "postgresql://user@host/database"]) == 2
    assert capsys.readouterr().err == f"rollup: {said}\n"
