"""What may fail around a ledger is said in one line, and what was published before still stands."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.cli.main import main
from flows.ledger.faults import LedgerError, LedgerRefusedError
from flows.ledger.ledger import ledger_to_write
from flows.ledger.place import place_of
from ledger.one_night import NEXT, SCRIPT, one_night, tree
from sample_workbook import AS_OF, SAMPLE

pytestmark = pytest.mark.slow


@pytest.fixture
def published(inbox, tmp_path):
    """Publish one night; give what must still stand afterwards."""
    out = tmp_path / "out"
    outputs = one_night(inbox, out, AS_OF).outputs
    expected = tree(outputs)
    yield out
    assert (out / "current").resolve() == outputs.resolve()
    assert tree(out / "current") == expected


def night(inbox, out, as_of, **options):
    command = [sys.executable, SCRIPT, inbox, out, as_of.isoformat(), out / "ledger.sqlite"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    return ran.returncode, ran.stderr


def test_a_ledger_that_another_program_has_locked(inbox, published, monkeypatch):
    monkeypatch.setattr("flows.ledger.database._PATIENCE", 0.1)
    other = sqlite3.connect(published / "ledger.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LedgerError) as told:
        one_night(inbox, published, NEXT)
    other.close()
    file = published / "ledger.sqlite"
    assert str(told.value) == f"the ledger {file} cannot be used: another program has locked it."


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("", "{out}/ledger.sqlite.lock: Read-only file system"),
        ("ledger.sqlite", "it may not be written to"),
    ],
    ids=["folder", "file"],
)
def test_a_ledger_that_may_not_be_written_to(inbox, published, what, reason):
    with read_only(published / what):
        assert night(inbox, published, NEXT) == (
            3,
            f"the ledger {published}/ledger.sqlite cannot be used: {reason.format(out=published)}.\n",
        )


@contextmanager
def read_only(folder: Path):
    """Make a folder or file read-only, for root too."""
    if os.geteuid() != 0 or subprocess.run(["mount", "--bind", folder, folder], check=False).returncode:
        pytest.skip("only root may make a folder read-only for itself: run as root, where mount is allowed")
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def small_disk(folder: Path, size: str):
    """Put a small disk at a folder."""
    folder.mkdir(exist_ok=True)
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(mounted, check=False).returncode:
        pytest.skip("only root may make a small disk: run as root, where mount is allowed")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_at_any_point(inbox, tmp_path):
    """The disk is full after ever more kilobytes: first the ledger cannot be written, at last the outputs cannot."""
    said = set()
    shutil.copyfile(SAMPLE / "TX.xlsx", inbox / "TX.xlsx")
    with small_disk(tmp_path / "disk", "64m"):
        out = tmp_path / "disk" / "out"
        first = tree(one_night(inbox, out, AS_OF).outputs)
        shutil.copyfile(SAMPLE / "WY.xlsx", inbox / "WY.xlsx")
        for room in range(0, 2_500, 60):
            free = shutil.disk_usage(out).free
            (tmp_path / "disk" / "filler").write_bytes(bytes(max(0, free - 1024 * room)))
            code, message = night(inbox, out, NEXT)
            assert code in (0, 3)
            assert message.count("\n") == (code == 3)
            said.add(message.replace(str(out), "OUT"))
            (tmp_path / "disk" / "filler").unlink()
            if code == 0:
                break
            assert tree(out / "current") == first
        else:
            pytest.fail("the night never ended well")
        expected = one_night(inbox, tmp_path / "expected", AS_OF)
    assert said == {
        "the ledger OUT/ledger.sqlite cannot be used: the disk is full.\n",
        "cannot write outputs to OUT: No space left on device\n",
        "",
    }
    assert expected.snapshot.coverage.task_forces_reporting == 11


def test_a_file_that_may_not_grow(inbox, published):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    shutil.copyfile(SAMPLE / "WY.xlsx", inbox / "WY.xlsx")
    code, said = night(inbox, published, NEXT, preexec_fn=limit)
    assert code == 3
    assert said.startswith(f"the ledger {published}/")


NO_LEDGER = {
    "another file": (b"no database at all, whatever its name says" * 100, "it is no ledger, or it is damaged"),
    "emptied": (b"", "it is empty"),
    "another database": (None, "it is another program's database"),
}


@pytest.fixture(params=NO_LEDGER.values(), ids=NO_LEDGER)
def broken(request, published, tmp_path):
    """Back a ledger up, then put something else in its place; give where, what it holds, and what is said of it."""
    assert main(["ledger", "backup", str(tmp_path / "backup"), "--out", str(published)]) == 0
    content, reason = request.param
    ledger = published / "ledger.sqlite"
    ledger.write_bytes(content or b"")
    if content is None:
        with sqlite3.connect(ledger) as other:
            other.execute("CREATE TABLE songs (title TEXT)")
    return ledger, ledger.read_bytes(), reason


def test_what_is_no_ledger_is_said_to_be_none_and_no_run_begins_another_in_its_place(broken, inbox, capsys):
    ledger, content, reason = broken
    said = f"the ledger {ledger} cannot be used: {reason}; `rollup ledger restore` puts a backup in its place."
    capsys.readouterr()
    assert main(["trace", "arrests", "--out", str(ledger.parent)]) == 3
    assert capsys.readouterr().err == f"rollup: {said}\n"
    assert night(inbox, ledger.parent, NEXT) == (3, f"{said}\n")
    assert ledger.read_bytes() == content


def test_a_backup_takes_the_place_of_a_damaged_ledger_which_is_moved_away_and_named(broken, inbox, tmp_path, capsys):
    ledger, content, _ = broken
    ledger.with_name("ledger.sqlite-journal").write_bytes(b"of the damaged one")
    capsys.readouterr()
    assert main(["ledger", "restore", str(tmp_path / "backup"), "--out", str(ledger.parent)]) == 0
    moved = ledger.with_name("ledger.sqlite.damaged-1")
    assert capsys.readouterr().out == f"The damaged ledger was moved to {moved}\nRestored: {ledger}\n"
    assert moved.read_bytes() == content
    assert not ledger.with_name("ledger.sqlite-journal").exists()
    assert night(inbox, ledger.parent, AS_OF) == (0, "")


def test_a_ledger_with_a_damaged_page_gives_way_too(published, tmp_path):
    ledger = published / "ledger.sqlite"
    assert main(["ledger", "backup", str(tmp_path / "backup"), "--out", str(published)]) == 0
    content = bytearray(ledger.read_bytes())
    content[-20_000:-10_000] = bytes(10_000)
    ledger.write_bytes(content)
    assert main(["ledger", "restore", str(tmp_path / "backup"), "--out", str(published)]) == 0
    assert (published / "ledger.sqlite.damaged-1").read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, None], ids=["empty", "a text", "a ledger"])
def test_a_file_that_is_no_backup_is_said_to_be_none(content, published, tmp_path, capsys):
    file = published / "ledger.sqlite"
    if content is not None:
        file = tmp_path / "file"
        file.write_bytes(content)
    assert main(["ledger", "restore", str(file), "--out", str(tmp_path / "new")]) == 2
    assert capsys.readouterr().err == (f"rollup: {file} is no backup of a ledger; `rollup ledger backup` writes one.\n")
    assert not (tmp_path / "new" / "ledger.sqlite").exists()


def test_a_backup_that_is_cut_off_restores_nothing(published, tmp_path, capsys):
    backup = tmp_path / "backup"
    assert main(["ledger", "backup", str(backup), "--out", str(published)]) == 0
    backup.write_bytes(backup.read_bytes()[:40_000])
    capsys.readouterr()
    assert main(["ledger", "restore", str(backup), "--out", str(tmp_path / "new")]) == 3
    assert capsys.readouterr().err == f"rollup: the backup {backup} is damaged; nothing was restored.\n"
    assert not (tmp_path / "new" / "ledger.sqlite").exists()


def test_a_ledger_of_a_newer_version_is_refused(inbox, published):
    with sqlite3.connect(published / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerRefusedError, match="was made by a newer version of this program"):
        one_night(inbox, published, NEXT)


def test_a_server_that_does_not_answer(tmp_path):
    place = place_of("postgresql://rollup:secret@127.0.0.1:9/ledger", tmp_path)
    with pytest.raises(LedgerError) as told, ledger_to_write(place, may_be_made=True):
        pass
    assert str(told.value) == (
        "the ledger postgresql+psycopg://rollup:***@127.0.0.1:9/ledger cannot be used: the database does not answer."
    )


def test_a_held_ledger_ends_a_decision_with_code_3(published, capsys):
    with ledger_to_write(place_of(None, published)):
        arguments = ["withdraw", "abcdef", "--reason", "sent twice", "--by", "Analyst", "--out", str(published)]
        assert main(arguments) == 3
    assert capsys.readouterr().err == (
        f"rollup: another run holds the ledger {published}/ledger.sqlite; wait until it has ended.\n"
    )


def test_only_the_owner_may_look_into_ledger_and_originals(published):
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in published.iterdir() if path.name != "current"}
    assert modes == {
        ".lock": "600", "ledger.sqlite": "600", "ledger.sqlite.lock": "600", "originals": "700", "runs": "711",
    }  # fmt: skip
    originals = {file for file in (published / "originals").rglob("*") if file.is_file()}
    assert {oct(original.stat().st_mode)[-3:] for original in originals} == {"400"}
