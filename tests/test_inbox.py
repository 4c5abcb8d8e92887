"""The inbox: every file in it is taken, or it is said that one cannot be, and that stops no other."""

import datetime as dt
import errno
import hashlib
import os
import re

import pytest

from flows import inbox
from flows.batches import batches
from flows.inbox import InboxError, InboxFile, find_workbooks, look, take
from schemas.submission import NotTaken


def not_taken(folder):
    """Take a folder's files, of which AL.xlsx is a good one; return those that could not be taken."""
    (folder / "AL.xlsx").write_bytes(b"counts")
    taken = take(find_workbooks(folder))
    assert [arrival.content for arrival in taken.arrivals] == [b"counts"]
    return taken.not_taken


def test_files_of_all_folders_are_found_in_the_order_of_their_names(tmp_path):
    for name in ("b/AL.xlsx", "a/WY.xlsx", "AK.xlsx", ".hidden.xlsx", ".git/AR.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in find_workbooks(tmp_path)] == ["AK.xlsx", "AL.xlsx", "WY.xlsx"]


def test_a_link_to_a_file_or_a_folder_is_not_followed_and_told(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "WY.xlsx").touch()
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "inbox" / "WY.xlsx").symlink_to(tmp_path / "elsewhere" / "WY.xlsx")
    (tmp_path / "inbox" / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    why = "it is a link; put the file itself into the inbox"
    expected = tuple(NotTaken(name, why) for name in ("WY.xlsx", "gone.xlsx", "linked"))
    assert not_taken(tmp_path / "inbox") == expected


def test_a_file_that_is_named_itself_may_be_reached_by_a_link(tmp_path):
    (tmp_path / "AL.xlsx").write_bytes(b"counts")
    (tmp_path / "latest.xlsx").symlink_to(tmp_path / "AL.xlsx")
    assert [arrival.file for arrival in take(find_workbooks(tmp_path / "latest.xlsx")).arrivals] == ["latest.xlsx"]


def test_the_name_of_what_is_not_taken_is_hidden_where_it_looks_private(tmp_path):
    (tmp_path / "suspect 123-45-6789.xlsx").symlink_to(tmp_path / "nowhere")
    (told,) = not_taken(tmp_path)
    assert re.fullmatch(r"sha256-[0-9a-f]{12} was not taken: it is a link; .*", told.sentence)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "WY.xlsx")
    assert not_taken(tmp_path) == (NotTaken("WY.xlsx", "it is no file; remove it from the inbox"),)


def test_a_file_that_may_not_be_read_stops_no_other(tmp_path, monkeypatch):
    # Root may read anything, so the fault is raised where the system would raise it.
    (tmp_path / "WY.xlsx").touch()
    really_open = os.open

    def refuse(path, *more):
        if os.fspath(path).endswith("WY.xlsx"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return really_open(path, *more)

    monkeypatch.setattr(os, "open", refuse)
    why = "it cannot be read (Permission denied); make it readable"
    assert not_taken(tmp_path) == (NotTaken("WY.xlsx", why),)


def test_a_file_that_has_gone_since_it_was_listed_stops_no_other(tmp_path):
    (tmp_path / "WY.xlsx").touch()
    listed = find_workbooks(tmp_path)
    (tmp_path / "WY.xlsx").unlink()
    why = "it was gone when it was to be read; put it back if it was to count"
    assert take(listed).not_taken == (NotTaken("WY.xlsx", why),)


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_time(tmp_path, monkeypatch):
    growing = tmp_path / "WY.xlsx"
    growing.write_bytes(b"half")
    really_stat, seen = os.fstat, []

    def grow_between_two_looks(descriptor):
        result = really_stat(descriptor)
        if result.st_ino == growing.stat().st_ino and not seen:
            seen.append(result)
            growing.write_bytes(b"half and half")
        return result

    monkeypatch.setattr(os, "fstat", grow_between_two_looks)
    why = "it was still being written; it is taken once that has ended"
    assert not_taken(tmp_path) == (NotTaken("WY.xlsx", why),)


def test_a_file_far_too_large_for_the_form_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr(inbox, "LARGEST_FILE", 10)
    (tmp_path / "WY.xlsx").write_bytes(b"12345678901")
    (told,) = not_taken(tmp_path)
    assert told.sentence == "WY.xlsx was not taken: it is larger than 10 bytes; send the figures in the form."


def test_a_folder_that_cannot_be_listed_is_never_passed_over(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def scandir(path):
        if os.fspath(path) == os.fspath(closed):
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [file.file for file in not_taken(tmp_path)] == ["closed"]
    with pytest.raises(InboxError, match="Permission denied"):
        find_workbooks(closed)


def test_a_batch_holds_few_large_files_or_many_small_ones(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.batches.BATCH_SIZE", 3)
    monkeypatch.setattr("flows.batches.BATCH_BYTES", 100)
    files = [InboxFile(tmp_path, "", size) for size in (1, 1, 1, 1, 99, 1, 500, 2)]
    assert [[file.size for file in batch] for batch in batches(files)] == [[1, 1, 1], [1, 99], [1], [500], [2]]
    assert list(batches([])) == []


def test_a_date_in_a_name_is_shown_only_where_the_operation_is_known_and_it_can_be_nobodys_birth(tmp_path):
    for name in ("AL 2018-06-05.xlsx", "Doe 2004-07-04.xlsx"):
        (tmp_path / name).write_text(name)
    listed = find_workbooks(tmp_path)
    by_hash = [f"sha256-{hashlib.sha256(name.encode()).hexdigest()[:12]}" for name in (listed[0].name, listed[1].name)]
    assert [arrival.file for arrival in take(listed).arrivals] == by_hash
    assert [arrival.file for arrival in take(listed, 2017).arrivals] == ["AL 2018-06-05.xlsx", by_hash[1]]
    seen = look(listed, {}, dt.datetime.now(dt.UTC), 2017)
    assert [name for _, name, _ in seen.files] == ["AL 2018-06-05.xlsx", by_hash[1]]
