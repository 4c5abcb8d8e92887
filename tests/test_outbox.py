"""How outputs reach the disk: whole, once, and with `current` leading to the newest."""

import datetime as dt
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from flows.outbox import OutboxError, publish
from flows.reports.outputs import outputs
from ledger.one_night import tree
from recorded import take_snapshot
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))
SNAPSHOT = take_snapshot(OPERATION, [receipt("a1")], [judged(IDAHO)], as_of=AFTER)
NEXT_DAY = take_snapshot(OPERATION, [receipt("a1")], [judged(IDAHO)], as_of=AFTER + dt.timedelta(days=1))


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_snapshot_is_a_folder_named_by_day_and_id(tmp_path):
    folder = publish(tmp_path / "new" / "out", SNAPSHOT)
    assert folder == tmp_path / "new" / "out" / "runs" / f"2032-02-12-{SNAPSHOT.id}"
    assert tree(folder) == dict(outputs(SNAPSHOT))


def test_current_leads_to_the_snapshot_published_last(tmp_path):
    publish(tmp_path, SNAPSHOT)
    newest = publish(tmp_path, NEXT_DAY)
    assert (tmp_path / "current").resolve() == newest
    assert (tmp_path / "current").readlink() == Path("runs") / newest.name
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".lock", "current", "runs"]


def test_a_folder_of_somebody_else_that_is_called_current_is_left_alone(tmp_path):
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "keep").touch()
    with pytest.raises(OutboxError, match="somebody else's"):
        publish(tmp_path, SNAPSHOT)
    assert (tmp_path / "current" / "keep").exists()


def test_the_same_content_is_written_once(tmp_path):
    folder = publish(tmp_path, SNAPSHOT)
    written = (folder / "manifest.json").stat().st_mtime_ns
    assert publish(tmp_path, SNAPSHOT) == folder
    assert (folder / "manifest.json").stat().st_mtime_ns == written
    assert len(list((tmp_path / "runs").iterdir())) == 1


@pytest.mark.parametrize("harm", ["changed", "added", "removed", "without a manifest"])
def test_a_folder_that_is_not_as_it_was_written_is_told_and_not_trusted(harm, tmp_path):
    folder = publish(tmp_path, SNAPSHOT)
    totals, file = folder / "national_totals.csv", "national_totals.csv"
    if harm == "changed":
        totals.write_bytes(totals.read_bytes().replace(b",20,", b",21,"))
    elif harm == "added":
        (folder / (file := "more.csv")).touch()
    elif harm == "removed":
        totals.unlink()
    else:
        (folder / (file := "manifest.json")).write_text("[]")
    with pytest.raises(OutboxError) as told:
        publish(tmp_path, SNAPSHOT)
    assert str(told.value) == f"{folder / file} is not as it was written; move {folder} away and run again"


def test_runs_that_publish_to_one_place_at_the_same_time_do_not_disturb_each_other(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        folders = list(pool.map(lambda snapshot: publish(tmp_path, snapshot), [SNAPSHOT, NEXT_DAY] * 4))
    assert {tree(folder)["manifest.json"] for folder in folders} == {
        tree(tmp_path / "runs" / folder.name)["manifest.json"] for folder in folders
    }
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_a_run_does_not_wait_for_ever_for_another_one(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.outbox._PATIENCE", 0.1)
    with FileLock(tmp_path / ".lock"), pytest.raises(OutboxError, match="another run has been writing there"):
        publish(tmp_path, SNAPSHOT)


def test_going_back_to_an_earlier_snapshot_points_current_at_it(tmp_path):
    first = publish(tmp_path, SNAPSHOT)
    publish(tmp_path, NEXT_DAY)
    publish(tmp_path, SNAPSHOT)
    assert (tmp_path / "current").resolve() == first


def test_what_a_killed_run_left_is_removed(tmp_path):
    left = tmp_path / "runs" / ".unfinished-x1"
    left.mkdir(parents=True)
    (left / "national_totals.csv").write_text("half a fi")
    folder = publish(tmp_path, SNAPSHOT)
    assert list((tmp_path / "runs").iterdir()) == [folder]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_only_public_is_open_to_others_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        folder = publish(tmp_path / "new" / "out", SNAPSHOT)
    finally:
        os.umask(before)
    ways = {tmp_path / "new", tmp_path / "new" / "out", folder.parent, folder}
    paths = {path for path in (tmp_path / "new", *(tmp_path / "new").rglob("*")) if not path.is_symlink()}
    public = {path for path in paths if path.is_relative_to(folder / "public")}
    assert {path.name for path in public} > {"public", "index.html"}
    assert [(kind, set(map(mode, some))) for kind, some in {
        "on the way": ways,
        "public folders": {path for path in public if path.is_dir()},
        "public files": {path for path in public if path.is_file()},
        "folders": {path for path in paths - ways - public if path.is_dir()},
        "files": {path for path in paths - public if path.is_file()},
    }.items()] == [
        ("on the way", {0o711}), ("public folders", {0o755}), ("public files", {0o644}),
        ("folders", {0o700}), ("files", {0o600}),
    ]  # fmt: skip


def test_where_there_are_no_links_current_is_a_copy(tmp_path, monkeypatch):
    def no_links(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr(os, "symlink", no_links)
    for snapshot in (SNAPSHOT, NEXT_DAY):
        folder = publish(tmp_path, snapshot)
        assert not (tmp_path / "current").is_symlink()
        assert tree(tmp_path / "current") == tree(folder)


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(OutboxError) as refusal:
        publish(tmp_path / "out", SNAPSHOT)
    assert str(refusal.value) == f"cannot write outputs to {tmp_path / 'out' / 'runs'}: Not a directory"


def test_a_snapshot_is_published_beside_the_one_before_it(tmp_path):
    folder = publish(tmp_path, NEXT_DAY, SNAPSHOT)
    assert tree(folder) == dict(outputs(NEXT_DAY, SNAPSHOT))
