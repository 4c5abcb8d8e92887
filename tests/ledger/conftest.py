"""The inbox of the ledger's tests."""

import shutil

import pytest

from sample_workbook import SAMPLE


@pytest.fixture
def inbox(tmp_path):
    """Put the good workbooks of three states into a folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for state in ("AK", "AL", "CA"):
        shutil.copyfile(SAMPLE / f"{state}.xlsx", folder / f"{state}.xlsx")
    return folder
