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


def said_of(out, left="runs", has="is not there"):
    return (
        f"{out}/{left} comes from a ledger, and {out}/ledger.sqlite {has}: if it comes from another, name that with "
        "--ledger; if this one is lost, `rollup ledger restore` puts a backup in its place; a run with another --out "
        "begins a new one."
    )


def removed(ledger):
    ledger.unlink()


def emptied(ledger):
    with sqlite3.connect(ledger) as rows:
        for table in reversed(METADATA.sorted_tables):
            rows.execute(f"DELETE FROM {table.name}")


@pytest.mark.parametrize(("lose", "has"), [(removed, "is not there"), (emptied, "has had no run")])
@pytest.mark.parametrize("left", ["runs", "originals", "releases"])
def test_a_run_is_refused_where_anything_of_a_lost_ledger_is_left_until_a_backup_is_restored(
    lose, has, left, inbox, out, tmp_path
):
    for other in {"runs", "originals", "releases"} - {left}:
        shutil.rmtree(out / other)
    lose(out / "ledger.sqlite")
    before = tree(out)
    with pytest.raises(LedgerError) as told:
        one_night(inbox, out, NEXT)
    assert str(told.value) == said_of(out, left, has)
    assert tree(out) == before
    assert main(["ledger", "restore", str(tmp_path / "backup"), "--out", str(out)]) == 0
    assert snapshot_of_night(inbox, out, NEXT).coverage.task_forces_reporting > 0


def test_a_ledger_that_is_asked_for_elsewhere_may_be_new(inbox, out, tmp_path):
    (out / "ledger.sqlite").unlink()
    snapshot_of_night(inbox, out, NEXT, str(tmp_path / "other.sqlite"))
    assert (tmp_path / "other.sqlite").exists()


def test_the_default_ledger_is_missed_when_it_is_named_too(inbox, out):
    (out / "ledger.sqlite").unlink()
    with pytest.raises(LedgerError, match="is not there"):
        one_night(inbox, out, NEXT, str(out / "ledger.sqlite"))


def replayed(inbox, out):
    one_night(inbox, out / "first", AS_OF)
    arguments = ["--ledger", str(out / "first" / "ledger.sqlite"), "--out", str(out / "second")]
    assert main(["replay", "--as-of", "2018-06-08", *arguments]) == 0


def published_from_elsewhere(inbox, out):
    one_night(inbox, out / "second", AS_OF, str(out / "elsewhere.sqlite"))


@pytest.mark.parametrize("publish", [replayed, published_from_elsewhere])
def test_where_the_outputs_of_another_ledger_lie_no_ledger_is_begun_and_none_is_said_to_be_lost(
    publish, inbox, tmp_path
):
    publish(inbox, tmp_path)
    with pytest.raises(LedgerError) as told:
        one_night(inbox, tmp_path / "second", NEXT)
    assert str(told.value) == said_of(tmp_path / "second")


@pytest.mark.parametrize(
    "command",
    [
        ["run", "--inbox", "{inbox}", "--out", "{out}"],
        ["trace", "arrests", "--out", "{out}"],
        ["bridge", "2018-06-08", "2018-06-09", "--out", "{out}"],
        ["rejudge", "--out", "{out}"],
        ["withdraw", "abcdef", "--reason", "x", "--by", "Analyst", "--out", "{out}"],
        ["replay", "--as-of", "2018-06-08", "--ledger", "{out}/ledger.sqlite", "--out", "{out}/again"],
        ["ledger", "migrate", "--out", "{out}"],
    ],
    ids=lambda command: command[0],
)
def test_every_command_says_of_a_lost_ledger_what_a_run_says_and_starts_no_server(command, inbox, out, capsys):
    (out / "ledger.sqlite").unlink()
    capsys.readouterr()
    assert main([word.format(inbox=inbox, out=out) for word in command]) == 3
    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == f"rollup: {said_of(out)}"
    assert "Prefect" not in said.err


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
