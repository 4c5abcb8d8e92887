"""How our workbooks are written down: the same content, the same bytes; text stays text."""

import io
import time
from zipfile import ZipFile

import openpyxl
import pytest

from flows.reports.xlsx import to_bytes, write_text


def workbook_saying(text: str) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    write_text(workbook.active["A1"], text)
    return workbook


def test_the_same_content_gives_the_same_bytes_at_another_time_in_another_zone(monkeypatch):
    before = to_bytes(workbook_saying("Arrests"))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        later = workbook_saying("Arrests")
        later.properties.creator = "somebody"
        assert to_bytes(later) == before
    finally:
        monkeypatch.undo()
        time.tzset()


def test_no_clock_and_no_name_is_written():
    with ZipFile(io.BytesIO(to_bytes(workbook_saying("Arrests")))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(to_bytes(workbook_saying("Arrests")))).properties
    assert (properties.creator, properties.lastModifiedBy) == (None, None)
    assert properties.created == properties.modified
    assert properties.modified.isoformat() == "1980-01-01T00:00:00"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "Arrests"])
def test_text_stays_text(text):
    cell = openpyxl.load_workbook(io.BytesIO(to_bytes(workbook_saying(text)))).active["A1"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (text, "s", text != "Arrests")


def test_characters_no_workbook_can_hold_are_left_out():
    cell = openpyxl.load_workbook(io.BytesIO(to_bytes(workbook_saying("a\x00b\x1fc")))).active["A1"]
    assert cell.value == "abc"
