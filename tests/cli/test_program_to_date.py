"""`rollup template --program-to-date` and `rollup program-to-date`: from the form to the ledger."""

import pytest
from openpyxl import load_workbook

from flows.cli.exits import Exit
from flows.cli.main import main
from released import NATION, desk, night
from small_operation import SMALL_ID, write_small_operation


@pytest.fixture
def out(tmp_path):
    with desk(tmp_path) as ledger:
        night(ledger, *NATION)
    return tmp_path


def filled(folder, addition):
    path = folder / f"{SMALL_ID}-program-to-date.xlsx"
    workbook = load_workbook(path)
    workbook.worksheets[0]["C5"], workbook.worksheets[0]["D5"] = "2032-06-30", addition
    workbook.save(path)
    return str(path)


def record(out, path, *, by="National office"):
    return main(
        ["program-to-date", path, "--source", "Yearbook", "--by", by, "--out", str(out), "--as-of", "2032-07-01"]
    )


def test_the_next_addition_comes_as_a_workbook(out, tmp_path, capsys):
    operation = write_small_operation(tmp_path / "operations")
    forms = tmp_path / "forms"
    assert main(["template", "--program-to-date", "--operation", str(operation), "--out", str(forms)]) == Exit.CLEAN
    assert capsys.readouterr().out == f"{SMALL_ID}-program-to-date.xlsx in {forms}\n"
    assert record(out, filled(forms, "about 150")) == Exit.UNUSABLE
    assert capsys.readouterr().err == (
        "rollup: Program to date!D5: found a hedged number, 9 characters; expected a whole number from 0\n"
    )
    assert record(out, filled(forms, 150), by="Somebody") == Exit.UNUSABLE
    assert "--by must be a role" in capsys.readouterr().err
    assert record(out, filled(forms, 150)) == Exit.CLEAN
    assert capsys.readouterr().out == (
        "Recorded: devices_since_2029, 2032-02-01 to 2032-06-30: 150. The next run counts it.\n"
    )
    assert record(out, filled(forms, 150)) == Exit.UNUSABLE
    assert 'From: found "2032-02-01"; expected 2032-07-01, the day after the line before' in capsys.readouterr().err


def test_a_folder_or_nothing_is_no_form(out, capsys):
    assert record(out, str(out / "nowhere")) == Exit.UNUSABLE
    assert "nowhere" in capsys.readouterr().err
