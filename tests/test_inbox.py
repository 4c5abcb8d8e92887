"""The inbox: every file in it is taken, or it is said that one cannot be."""

import errno
import os

import pytest

from flows.inbox import InboxError, find_workbooks


def test_files_of_all_folders_are_found_in_the_order_of_their_names(tmp_path):
    for name in ("b/AL.xlsx", "a/WY.xlsx", "AK.xlsx", ".hidden.xlsx", ".git/AR.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in find_workbooks(tmp_path)] == ["AK.xlsx", "AL.xlsx", "WY.xlsx"]


def test_a_folder_that_cannot_be_listed_is_never_passed_over(tmp_path, monkeypatch):
    # Root may list anything, so the fault is raised where the system would raise it.
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def scandir(path):
        if os.fspath(path) == os.fspath(closed):
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(InboxError, match="Permission denied"):
        find_workbooks(tmp_path)
