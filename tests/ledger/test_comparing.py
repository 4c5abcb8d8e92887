"""Two operations in one ledger: the figures of one beside those of the other, as a warning and nothing else."""

import shutil
import sqlite3

import pytest

from flows.cli.main import main
from flows.operations import load_operation
from ledger.one_night import NEXT, one_night, snapshot_of_night, tree
from sample_workbook import AS_OF, OPERATION, SAMPLE, changed, put
from schemas.submission import Verdict

pytestmark = pytest.mark.slow

EARLIER, TITLE = "quiet-heart-2018", "Operation Quiet Heart 2018"
STATES = [state for state, own in OPERATION.roster.by_state.items() if len(own) == 1][:24]
OHIO = {"C5": 2930, "C6": 2100, "C7": 4750}


def ten_times_the_complaints(workbook):
    for cell, value in OHIO.items():
        put("Counts", cell, value)(workbook)


def renamed(workbook):
    """Make a workbook the other operation's, in all that it says."""
    put("Submission", "B4", EARLIER)(workbook)
    workbook.properties.title = workbook.properties.title.replace(OPERATION.title, TITLE)
    for sheet in workbook.worksheets:
        sheet.oddFooter.left.text = sheet.oddFooter.left.text.replace(OPERATION.title, TITLE)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "s"):
            cell.value = cell.value.replace(OPERATION.title, TITLE)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """Give the ledger of another operation, after its night."""
    root = tmp_path_factory.mktemp("earlier")
    files = SAMPLE.parent.parent / "schemas" / "operations" / OPERATION.id
    folder = shutil.copytree(files, root / EARLIER)
    text = (folder / "operation.toml").read_text("utf-8")
    text = text.replace(OPERATION.id, EARLIER).replace(OPERATION.title, TITLE)
    (folder / "operation.toml").write_text(text, "utf-8")
    (root / "inbox").mkdir()
    for state in {*STATES, "OH"}:
        (root / "inbox" / f"{state}.xlsx").write_bytes(changed(state, renamed))
    snapshot = snapshot_of_night(root / "inbox", root / "out", AS_OF, operation=load_operation(folder))
    assert {submission.verdict for submission in snapshot.submissions.values()} == {Verdict.ACCEPTED}
    return root / "out" / "ledger.sqlite"


@pytest.fixture
def inbox(tmp_path):
    """Give this operation's workbooks: as before, but that Ohio has ten times the complaints."""
    (tmp_path / "inbox").mkdir()
    for state in STATES:
        shutil.copyfile(SAMPLE / f"{state}.xlsx", tmp_path / "inbox" / f"{state}.xlsx")
    (tmp_path / "inbox" / "OH.xlsx").write_bytes(changed("OH", ten_times_the_complaints))
    return tmp_path / "inbox"


def test_a_task_force_unlike_itself_in_another_operation_is_warned_of_and_counts(earlier, inbox, url, tmp_path, capsys):
    out, ledger = tmp_path / "out", ["--ledger", url]
    first = one_night(inbox, out, AS_OF, url)
    assert "operations_are_in_proportion" not in {finding.code for finding in first.snapshot.across}
    assert main(["ledger", "compare-with", str(earlier), *ledger]) == 0
    assert capsys.readouterr().out == ("Compared from the next run on: Operation Quiet Heart 2018, 25 task forces\n")
    second = one_night(inbox, out, NEXT, url)
    (finding,) = set(second.snapshot.across) - set(first.snapshot.across)
    assert finding.message == (
        "The file: Complaints investigated of OH (3,260 a month) are far above those of Operation Quiet Heart 2018 "
        "(about 326 a month)."
    )
    assert second.snapshot.submissions == first.snapshot.submissions
    assert second.snapshot.totals.equals(first.snapshot.totals)
    assert "far above those of Operation Quiet Heart 2018" in (second.outputs / "findings.csv").read_text("utf-8")
    for day, run in (("2018-06-08", first), ("2018-06-09", second)):
        assert main(["replay", "--as-of", day, "--out", str(tmp_path / "again"), *ledger]) == 0
        assert tree(tmp_path / "again" / "current") == tree(run.outputs)


@pytest.mark.parametrize(
    ("other", "line"),
    [
        ("own/ledger.sqlite", "the other ledger is that of broken-heart-2018 too; name another operation's."),
        ("nowhere", "there is no ledger {place}; name the ledger of another operation."),
        ("text", "{place} is no ledger, or it is damaged; name the ledger of another operation."),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(other, line, inbox, tmp_path, capsys):
    snapshot_of_night(inbox, tmp_path / "own", AS_OF)
    snapshot_of_night(inbox, tmp_path / "out", AS_OF)
    (tmp_path / "text").write_text("something that is longer than the head of a database", "utf-8")
    place = tmp_path / other
    assert main(["ledger", "compare-with", str(place), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == f"rollup: {line.format(place=place)}\n"


def test_where_nobody_reported_every_month_there_is_nothing_to_compare(earlier, inbox, tmp_path, capsys):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF)
    other = shutil.copyfile(earlier, tmp_path / "other.sqlite")
    with sqlite3.connect(other) as ledger:
        ledger.execute("DELETE FROM counts WHERE month = '2018-05'")
    assert main(["ledger", "compare-with", str(other), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == (
        f"rollup: nothing that broken-heart-2018 compares was reported for every month of {EARLIER}.\n"
    )


def test_a_backup_of_before_there_was_anything_to_compare_is_restored(inbox, tmp_path):
    run = one_night(inbox, tmp_path / "out", AS_OF)
    backup = tmp_path / "backup"
    assert main(["ledger", "backup", str(backup), "--out", str(tmp_path / "out")]) == 0
    with sqlite3.connect(backup) as earlier_version:
        earlier_version.execute("DROP TABLE histories")
        earlier_version.execute("UPDATE backup_of SET schema = '0002'")
    assert main(["ledger", "restore", str(backup), "--out", str(tmp_path / "new")]) == 0
    assert one_night(inbox, tmp_path / "new", AS_OF).snapshot.id == run.snapshot.id
