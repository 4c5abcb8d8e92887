"""Files that come from elsewhere, and outputs that go there: byte for byte what a folder of this machine gives."""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from fsspec import filesystem

from flows.inbox import InboxError, find_workbooks, take
from flows.outbox import OutboxError
from flows.settling import settled_workbooks
from flows.storage import StorageError, address_of
from ledger.one_night import one_night, tree
from sample_workbook import AS_OF, SAMPLE
from schemas.submission import NotTaken

WRITING = "it was still being written; it is taken once that has ended"


@pytest.fixture
def elsewhere():
    """A file system in memory, reached by its URL."""
    files = filesystem("memory")
    yield files
    files.rm("/", recursive=True)


@pytest.fixture(scope="module")
def bucket():
    """A bucket on a real S3 server, on loopback."""
    moto = pytest.importorskip("moto.server", reason="needs pip install 'moto[server]' s3fs")
    s3fs = pytest.importorskip("s3fs", reason="needs pip install s3fs")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    before = dict(os.environ)
    os.environ.update(settings)
    files = s3fs.S3FileSystem(skip_instance_cache=True)
    files.mkdir("rollup")
    yield files
    os.environ.clear()
    os.environ.update(before)
    server.stop()


@pytest.mark.slow
def test_an_inbox_and_outputs_in_s3_equal_those_of_a_folder_byte_for_byte(bucket, tmp_path):
    inbox = tmp_path / "inbox"
    for folder in (SAMPLE, SAMPLE.parent / "needs-attention"):
        shutil.copytree(folder, inbox / folder.name)
    bucket.put(f"{inbox}/", "rollup/inbox/", recursive=True)
    here = one_night(inbox, tmp_path / "out", AS_OF, str(tmp_path / "here.sqlite"))
    there = one_night("s3://rollup/inbox", "s3://rollup/out", AS_OF, str(tmp_path / "there.sqlite"))
    folder = str(there.outputs).removeprefix("s3://")
    written = {path.removeprefix(f"{folder}/"): bucket.cat_file(path) for path in bucket.find(folder)}
    assert written == tree(Path(here.outputs))
    assert bucket.cat_file("rollup/out/current") == f"runs/{Path(here.outputs).name}\n".encode()


def test_what_is_published_elsewhere_is_never_written_over(elsewhere, tmp_path):
    inbox = "memory://inbox"
    elsewhere.put(f"{SAMPLE}/AL.xlsx", "/inbox/AL.xlsx")
    run = one_night(inbox, "memory://out", AS_OF, str(tmp_path / "ledger.sqlite"))
    folder = str(run.outputs).removeprefix("memory:/")
    times = {path: elsewhere.modified(path) for path in elsewhere.find(folder)}
    assert one_night(inbox, "memory://out", AS_OF, str(tmp_path / "again.sqlite")).outputs == run.outputs
    assert {path: elsewhere.modified(path) for path in elsewhere.find(folder)} == times
    elsewhere.pipe_file(f"{folder}/manifest.json", b"{}")
    with pytest.raises(OutboxError, match="is not as it was written"):
        one_night(inbox, "memory://out", AS_OF, str(tmp_path / "once-more.sqlite"))


def test_hidden_files_elsewhere_are_left_out_and_the_others_come_in_the_order_of_their_names(elsewhere):
    for name in ("b/AL.xlsx", "a/WY.xlsx", "AK.xlsx", ".hidden.xlsx", ".git/AR.xlsx"):
        elsewhere.pipe_file(f"/inbox/{name}", b"counts")
    assert [file.name for file in find_workbooks("memory://inbox")] == ["AK.xlsx", "AL.xlsx", "WY.xlsx"]


def test_what_is_gone_or_changed_elsewhere_stops_no_other(elsewhere):
    for name in ("AL", "AK", "WY"):
        elsewhere.pipe_file(f"/inbox/{name}.xlsx", b"counts")
    listed = find_workbooks("memory://inbox")
    elsewhere.rm("/inbox/WY.xlsx")
    elsewhere.pipe_file("/inbox/AK.xlsx", b"more counts")
    taken = take(listed)
    assert [arrival.file for arrival in taken.arrivals] == ["AL.xlsx"]
    gone = NotTaken("WY.xlsx", "it cannot be read; make it readable")
    assert taken.not_taken == (NotTaken("AK.xlsx", WRITING), gone)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("memory://nowhere", "memory://nowhere: there is no such file or folder"),
        ("carrier-pigeon://inbox", "carrier-pigeon://inbox: carrier-pigeon is no storage that we know"),
    ],
)
def test_an_inbox_elsewhere_that_cannot_be_used_is_named_in_one_line(url, why):
    with pytest.raises(InboxError) as told:
        find_workbooks(url)
    assert str(told.value) == why


def test_an_address_with_a_password_is_refused_and_not_repeated():
    with pytest.raises(StorageError) as told:
        address_of("s3://user:secret@bucket/inbox")
    assert "secret" not in str(told.value)


def test_a_file_that_has_rested_is_taken_without_waiting(tmp_path):
    (tmp_path / "AL.xlsx").write_bytes(b"counts")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    settled, unsettled = settled_workbooks(tmp_path, 2017, now=later, wait=lambda _: pytest.fail("it waited"))
    assert ([file.name for file in settled], unsettled) == (["AL.xlsx"], ())


def test_a_file_that_still_grows_is_left_for_the_next_time(tmp_path):
    for name in ("AL", "WY"):
        (tmp_path / f"{name}.xlsx").write_bytes(b"half")

    def wait(_seconds: float) -> None:
        (tmp_path / "WY.xlsx").write_bytes(b"half and half")
        (tmp_path / "AK.xlsx").write_bytes(b"begun")

    settled, unsettled = settled_workbooks(tmp_path, 2017, now=dt.datetime.now(dt.UTC), wait=wait)
    assert [file.name for file in settled] == ["AL.xlsx"]
    assert unsettled == (NotTaken("AK.xlsx", WRITING), NotTaken("WY.xlsx", WRITING))
