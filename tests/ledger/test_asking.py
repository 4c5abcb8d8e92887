"""What one may ask of a ledger on the command line: traces, withdrawals, replays, new judgements, backups."""

import datetime as dt
import json
import re
import shutil
import sqlite3

import openpyxl
import pandas as pd
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from flows import rejudging
from flows.cli.main import main
from flows.ledger.database import schema_of
from flows.ledger.ledger import ledger_to_read, ledger_to_write
from flows.ledger.originals import original
from flows.ledger.place import place_of
from flows.ledger.tables import METADATA, SCHEMA
from flows.operations import load_operation
from flows.replaying import newest_snapshot
from flows.steps.trace import cells_of_total
from ledger.one_night import NEXT, one_night, snapshot_of_night, tree
from sample_workbook import AS_OF, OPERATION, SAMPLE, changed, put
from schemas.findings import Severity
from schemas.submission import Standing


@pytest.fixture(scope="module")
def sample_night(tmp_path_factory):
    """The sample, after one night."""
    out = tmp_path_factory.mktemp("sample") / "out"
    snapshot_of_night(SAMPLE, out, AS_OF)
    return out


def asked(capsys, *arguments):
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys, *arguments):
    assert main([*map(str, arguments)]) == 2
    return capsys.readouterr().err


def test_the_sample_s_arrests_are_183_cells_that_hold_what_they_say(sample_night, capsys):
    traced = asked(capsys, "trace", "arrests", "--out", sample_night)
    cells = traced["cells"]
    assert len(cells) == 61 * 3 == 183
    assert sum(cell["value"] for cell in cells) == traced["total"] == 2347
    assert {(cell["task_force"], cell["month"]) for cell in cells} == {
        (task_force, month) for task_force in OPERATION.roster.by_id for month in OPERATION.months
    }
    for cell in (cells[0], cells[91], cells[182]):
        workbook = openpyxl.load_workbook(SAMPLE / cell["file"])
        assert workbook[cell["sheet"]][cell["cell"]].value == cell["value"]
        assert original(sample_night / "originals", cell["sha256"]) == (SAMPLE / cell["file"]).read_bytes()


def test_the_cells_of_every_measure_sum_to_its_total_in_the_nation_and_in_a_state(sample_night):
    with ledger_to_read(place_of(None, sample_night)) as ledger:
        snapshot = newest_snapshot(ledger)
    for measure, total in snapshot.totals.set_index("measure")["value"].items():
        assert sum(cell.value for cell in cells_of_total(snapshot, measure)) == total
    for row in snapshot.by_state[snapshot.by_state["state"] == "CA"].itertuples():
        assert sum(cell.value for cell in cells_of_total(snapshot, row.measure, row.state)) == row.value


def test_a_trace_is_a_table_whose_every_line_leads_to_a_cell(sample_night, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["trace", "arrests", "--state", "ak", "--out", str(sample_night)]) == 0
    assert capsys.readouterr().out == (
        "Arrests of Alaska: 5, the sum of 3 cells\n"
        "\n"
        "Task force  Month    Value  Cell       Rev.  Received    File\n"
        "AK          2018-03      2  Counts!D5     1  2018-06-08  AK.xlsx fffc2d42d32c\n"
        "AK          2018-04      1  Counts!D6     1  2018-06-08  AK.xlsx fffc2d42d32c\n"
        "AK          2018-05      2  Counts!D7     1  2018-06-08  AK.xlsx fffc2d42d32c\n"
    )


def test_from_a_cell_the_figures_and_claims_that_it_moves(sample_night, capsys):
    agencies = asked(capsys, "trace", "--cell", "fffc2d42d32c", "agencies!d5", "--out", sample_night)
    assert (agencies["measure"], agencies["task_force"], agencies["month"]) == ("agencies_local", "AK", "")
    assert [(moved["measure"], moved["claims"]) for moved in agencies["moves"]] == [
        ("agencies_local", []),
        ("agencies", ["agencies"]),
    ]
    assert main(["trace", "--cell", "fffc2d42d32c", "Counts!D6", "--out", str(sample_night)]) == 0
    assert capsys.readouterr().out == (
        "Counts!D6: Arrests of AK, April 2018: 1\n"
        "adds to Arrests, 2,347\n"
        "  of which the release says 'more than 2,300 arrests'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["trace"], "say either a measure, such as arrests, or with --cell a submission and a cell."),
        (["trace", "murders"], "broken-heart-2018 has no measure of this id; it has complaints_investigated, "),
        (["trace", "arrests", "--state", "ZZ"], "the roster of broken-heart-2018 has no state ZZ; it has AK, AL, AR, "),
        (["trace", "--cell", "0000000", "Counts!D5"], "no submission begins with this sha256."),
        (["trace", "--cell", "fffc2d42d32c", "Counts!A1"], "no count was read in this cell of this submission."),
        (["trace", "--cell", "fffc2d42d32c", "D"], "the cell must be given with its sheet, such as Counts!D5."),
        (["withdraw", "ab", "--reason", "x", "--by", "Analyst"], "a submission is named by its sha256, or at least "),
        (["withdraw", "abcdef", "--reason", "x", "--by", "Analyst"], "the ledger has no submission whose sha256 "),
        (["withdraw", "fffc2d42d32c", "--reason", "x", "--by", "Jane Doe"], "--by must be a role: Task force "),
        (["withdraw", "fffc2d42d32c", "--reason", " ", "--by", "Analyst"], "this reason cannot be kept: it is blank."),
        (
            ["withdraw", "fffc2d42d32c", "--reason", "see case 18-04711", "--by", "Analyst"],
            "this reason cannot be kept: it holds what looks like a case number.",
        ),
        (
            ["withdraw", "fffc2d42d32c", "--reason", "x", "--by", "Analyst", "--task-force", "DC"],
            "the roster of broken-heart-2018 has no task force DC.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_asked_is_said_in_one_line(arguments, line, sample_night, capsys):
    said = refused(capsys, *arguments, "--out", sample_night)
    assert said.startswith(f"rollup: {line}")
    assert said.count("\n") == 1
    assert not {"Jane", "04711"} & set(said.replace("-", " ").split())


def test_without_a_ledger_there_is_nothing_to_ask(tmp_path, capsys):
    for arguments in (["trace", "arrests"], ["withdraw", "abcdef", "--reason", "x", "--by", "Analyst"], ["rejudge"]):
        line = f"rollup: there is no ledger {tmp_path}/ledger.sqlite; `rollup run` makes one.\n"
        assert refused(capsys, *arguments, "--out", tmp_path) == line
    assert list(tmp_path.iterdir()) == []


def test_what_is_withdrawn_leaves_the_totals_with_the_next_night_and_nothing_else_is_lost(inbox, url, tmp_path, capsys):
    out = tmp_path / "out"
    before = snapshot_of_night(inbox, out, AS_OF, url)
    sha256 = next(s.sha256 for s in before.submissions.values() if s.state == "AL")
    said = main(["withdraw", sha256[:8], "--reason", "sent in error", "--by", "analyst", "--ledger", url])
    assert said == 0
    assert capsys.readouterr().out == f"Withdrawn: {sha256}. The next run leaves it out of the totals.\n"
    after = snapshot_of_night(inbox, out, NEXT, url)
    assert after.standings == before.standings | {(sha256, "AL"): Standing.WITHDRAWN}
    assert after.submissions == before.submissions
    assert after.coverage.task_forces_reporting == before.coverage.task_forces_reporting - 1
    (withdrawal,) = after.withdrawals
    assert (withdrawal.sha256, withdrawal.role, withdrawal.reason) == (sha256, "Analyst", "sent in error")


def test_a_decision_is_dated_no_later_than_the_run_that_counts_it_first(inbox, url, tmp_path, capsys):
    out, noon = tmp_path / "out", dt.datetime(2018, 6, 8, 16, tzinfo=dt.UTC)
    before = snapshot_of_night(inbox, out, AS_OF, url)
    for state, when in (("AL", []), ("AK", ["--as-of", "2018-06-08T12:00"])):
        sha256 = next(s.sha256 for s in before.submissions.values() if s.state == state)
        said = ["withdraw", sha256, "--reason", "sent in error", "--by", "analyst", "--ledger", url, *when]
        assert main(said) == 0
    runs = [one_night(inbox, out, moment, url) for moment in (NEXT, NEXT + dt.timedelta(days=1))]
    for day, run in zip(("2018-06-09", "2018-06-10"), runs, strict=True):
        assert [withdrawal.at for withdrawal in run.snapshot.withdrawals] == [NEXT, noon]
        standings = {standing for (_, who), standing in run.snapshot.standings.items() if who in ("AK", "AL")}
        assert standings == {Standing.WITHDRAWN}
        assert main(["replay", "--as-of", day, "--ledger", url, "--out", str(tmp_path / day)]) == 0
        assert tree(tmp_path / day / "current") == tree(run.outputs)


def test_of_two_explanations_that_one_run_counts_first_the_second_stands(inbox, tmp_path):
    out = tmp_path / "out"
    (inbox / "AL.xlsx").write_bytes(changed("AL", put("Counts", "S5", 90_000)))
    (warning, *_) = snapshot_of_night(inbox, out, AS_OF).findings
    for reason in ("we are still asking", "a stadium event"):
        words = ["explain", warning.id, "--reason", reason, "--by", "national office", "--out", str(out)]
        assert main(words) == 0
    explanation = snapshot_of_night(inbox, out, NEXT).explained[warning.id].explanation
    assert (explanation.reason, explanation.at) == ("a stadium event", NEXT)


def another_count_as_revision_2(workbook):
    put("Counts", "S5", 91_000)(workbook)
    put("Submission", "B9", 2)(workbook)


def test_an_explained_warning_asks_no_more_until_its_value_changes(inbox, url, tmp_path, capsys):
    out = tmp_path / "out"
    (inbox / "AL.xlsx").write_bytes(changed("AL", put("Counts", "S5", 90_000)))
    before = snapshot_of_night(inbox, out, AS_OF, url)
    warnings = [finding for finding in before.findings if finding.severity is Severity.WARNING]
    for warning in warnings:
        words = ["explain", warning.id.upper(), "--reason", "a stadium event", "--by", "national office"]
        assert main([*words, "--ledger", url]) == 0
    assert "asks no more, until its value changes" in capsys.readouterr().out
    after = snapshot_of_night(inbox, out, NEXT, url)
    assert {w.code for w in warnings} >= {"attendees_per_presentation_are_usual"}
    assert [after.asks(warning) for warning in warnings] == [False] * len(warnings)
    assert after.submissions == before.submissions
    (inbox / "AL-2.xlsx").write_bytes(changed("AL", another_count_as_revision_2))
    last = snapshot_of_night(inbox, out, NEXT + dt.timedelta(days=1), url)
    (newest,) = (s.sha256 for s in last.submissions.values() if s.state == "AL" and s.revision == 2)
    reopened = [f for f in last.findings if f.sha256 == newest and f.code == "attendees_per_presentation_are_usual"]
    assert [(last.asks(f), last.explained[f.id].explanation.reason) for f in reopened] == [(True, "a stadium event")]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["explain", "0123456789ab", "--reason", "x", "--by", "Analyst"],
            "the last snapshot has no finding of this id",
        ),
        (
            ["bridge", "2018-06-07", "2018-06-08"],
            "the ledger {out}/ledger.sqlite has no snapshot as of June 7, 2018, 23:59 EDT or before; its first is as "
            "of June 8, 2018, 02:00 EDT.",
        ),
        (
            ["bridge", "2018-06-08", "yesterday"],
            "'yesterday' is neither how the id of a snapshot in the ledger {out}/ledger.sqlite begins, nor a day such ",
        ),
    ],
    ids=["no finding", "no snapshot that early", "no day"],
)
def test_what_cannot_be_explained_or_bridged_is_said_in_one_line(arguments, line, sample_night, capsys):
    said = refused(capsys, *arguments, "--out", sample_night)
    assert said.startswith(f"rollup: {line.format(out=sample_night)}")
    assert said.count("\n") == 1


def test_an_error_cannot_be_explained(inbox, tmp_path, capsys):
    (inbox / "AL.xlsx").write_bytes(changed("AL", put("Counts", "S5", -1)))
    (error,) = snapshot_of_night(inbox, tmp_path / "out", AS_OF).findings
    arguments = ["explain", error.id, "--reason", "x", "--by", "Analyst", "--out", tmp_path / "out"]
    assert refused(capsys, *arguments).startswith("rollup: this finding (count_is_not_negative) cannot be explained")


def test_a_bridge_leads_from_one_snapshot_to_another_by_id_or_by_day(inbox, url, tmp_path, capsys):
    before = snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    (inbox / "WY.xlsx").write_bytes((SAMPLE / "WY.xlsx").read_bytes())
    now = snapshot_of_night(inbox, tmp_path / "out", NEXT, url)
    by_day = asked(capsys, "bridge", "2018-06-08", "2018-06-09", "--ledger", url)
    assert asked(capsys, "bridge", before.id[:8], now.id, "--ledger", url) == by_day
    moved = {figure["measure"]: figure for figure in by_day["figures"]}["arrests"]
    assert sum(step["difference"] for step in moved["steps"]) == moved["now"] - moved["before"] > 0
    assert {(step["cause"], step["state"]) for step in moved["steps"]} == {("newly_received", "WY")}


def test_a_backup_restored_gives_the_same_bytes_wherever_it_is_restored(inbox, url, tmp_path, capsys):
    one_night(inbox, tmp_path / "out", AS_OF, url)
    (inbox / "AL-2.xlsx").write_bytes(changed("AL", put("Submission", "B9", 2)))
    one_night(inbox, tmp_path / "out", NEXT, url)
    written = tree(tmp_path / "out" / "runs")
    assert main(["ledger", "backup", str(tmp_path / "backup"), "--ledger", url, "--out", str(tmp_path / "out")]) == 0
    assert oct((tmp_path / "backup").stat().st_mode)[-3:] == "600"
    assert main(["ledger", "restore", str(tmp_path / "backup"), "--out", str(tmp_path / "new")]) == 0
    for day in ("2018-06-08", "2018-06-09"):
        ledger = str(tmp_path / "new" / "ledger.sqlite")
        assert main(["replay", "--as-of", day, "--ledger", ledger, "--out", str(tmp_path / "new")]) == 0
    assert tree(tmp_path / "new" / "runs") == written
    kept = [
        tree(folder / "originals") for folder in (place_of(url, tmp_path / "out").originals.parent, tmp_path / "new")
    ]
    assert kept[0] == kept[1]
    (inbox / "TX.xlsx").write_bytes((SAMPLE / "TX.xlsx").read_bytes())
    later = NEXT + dt.timedelta(days=1)
    runs = [one_night(inbox, tmp_path / out, later, at) for out, at in (("out", url), ("new", None))]
    assert tree(runs[0].outputs) == tree(runs[1].outputs)


def rows_of(file):
    with sqlite3.connect(file) as ledger:
        tables = [table.name for table in METADATA.sorted_tables]
        return {table: sorted(ledger.execute(f"SELECT * FROM {table}"), key=str) for table in tables}


@pytest.mark.slow
def test_a_backup_is_restored_on_a_server_and_comes_back_from_there(inbox, database, tmp_path):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF)
    steps = [
        ["backup", tmp_path / "first", "--out", tmp_path / "out"],
        ["restore", tmp_path / "first", "--out", tmp_path / "server", "--ledger", database],
        ["backup", tmp_path / "second", "--out", tmp_path / "server", "--ledger", database],
        ["restore", tmp_path / "second", "--out", tmp_path / "back"],
    ]
    for step in steps:
        assert main(["ledger", *map(str, step)]) == 0
    dumps = []
    for out in ("out", "back"):
        with sqlite3.connect(tmp_path / out / "ledger.sqlite") as ledger:
            dumps.append(
                {t.name: sorted(ledger.execute(f"SELECT * FROM {t.name}"), key=str) for t in METADATA.sorted_tables}
            )
    assert dumps[0] == dumps[1]


def test_a_backup_is_never_restored_over_anything_and_never_written_over_anything(inbox, tmp_path, capsys):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF)
    arguments = ["--out", tmp_path / "out"]
    assert main(["ledger", "backup", str(tmp_path / "backup"), "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert "is there already" in refused(capsys, "ledger", "backup", tmp_path / "backup", *arguments)
    nowhere = tmp_path / "nowhere"
    assert refused(capsys, "ledger", "backup", nowhere / "b1", *arguments) == (
        f"rollup: cannot write the backup to {nowhere}/b1: "
        f"there is no folder {nowhere}; make it, or choose another place.\n"
    )
    assert "is not empty" in refused(capsys, "ledger", "restore", tmp_path / "backup", *arguments)
    assert "there is no file" in refused(capsys, "ledger", "restore", tmp_path / "nowhere", "--out", tmp_path)


def test_a_damaged_backup_restores_nothing(inbox, tmp_path, capsys):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF)
    assert main(["ledger", "backup", str(tmp_path / "backup"), "--out", str(tmp_path / "out")]) == 0
    with sqlite3.connect(tmp_path / "backup") as backup:
        backup.execute("UPDATE originals SET content = x'00' WHERE sha256 = (SELECT min(sha256) FROM originals)")
    capsys.readouterr()
    assert main(["ledger", "restore", str(tmp_path / "backup"), "--out", str(tmp_path / "new")]) == 3
    assert capsys.readouterr().err == f"rollup: the backup {tmp_path}/backup is damaged; nothing was restored.\n"
    assert not (tmp_path / "new" / "ledger.sqlite").exists()


def test_the_migrations_make_the_tables_that_the_program_reads(url, tmp_path, capsys):
    with ledger_to_write(place_of(url, tmp_path), may_be_made=True) as ledger, ledger.reading() as connection:
        assert schema_of(connection) == SCHEMA
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert main(["ledger", "migrate", "--ledger", url]) == 0
    assert capsys.readouterr().out.endswith(f", version {SCHEMA}\n")


def copy_of_operation(folder):
    return shutil.copytree(SAMPLE.parent.parent / "schemas" / "operations" / OPERATION.id, folder / OPERATION.id)


@pytest.fixture
def stricter(tmp_path):
    """Write the operation with one more rule: a warning where presentations are not many times the arrests."""
    folder = copy_of_operation(tmp_path / "stricter")
    with (folder / "operation.toml").open("a", encoding="utf-8") as text:
        text.write(
            "\n[plausible_ratios.presentations_are_many]\n"
            'numerator = "presentations"\ndenominator = "arrests"\nleast = 100\n'
        )
    return folder


def test_after_a_change_of_the_operation_old_verdicts_stand_until_they_are_judged_again(
    inbox, stricter, url, tmp_path, capsys
):
    out = tmp_path / "out"
    before = snapshot_of_night(inbox, out, AS_OF, url)
    (inbox / "TX.xlsx").write_bytes((SAMPLE / "TX.xlsx").read_bytes())
    changed_operation = load_operation(stricter)
    mixed = snapshot_of_night(inbox, out, NEXT, url, changed_operation)
    verdicts = {s.state: s.verdict.value for s in mixed.submissions.values()}
    assert verdicts == {"AK": "accepted", "AL": "accepted", "CA": "accepted", "TX": "accepted_with_warnings"}
    assert mixed.to_be_rejudged == set(before.submissions)
    assert sorted(basis.submissions for basis in mixed.rests_on) == [1, 3]
    arguments = ["rejudge", "--operation", stricter, "--ledger", url, "--out", out, "--as-of", "2018-06-09"]
    preview = asked(capsys, *arguments)
    assert [(one["file"], one["before"], one["now"]) for one in preview["submissions"]] == [
        (f"{state}.xlsx", "accepted", "accepted_with_warnings") for state in ("AK", "AL", "CA")
    ]
    assert (preview["is_done"], preview["totals"]) == (False, [])
    assert asked(capsys, *arguments) == preview
    assert asked(capsys, *arguments, "--yes") == preview | {"is_done": True}
    after = snapshot_of_night(inbox, out, NEXT + dt.timedelta(days=1), url, changed_operation)
    assert {s.verdict.value for s in after.submissions.values()} == {"accepted_with_warnings"}
    assert after.to_be_rejudged == frozenset()
    assert after.totals["value"].equals(mixed.totals["value"])


def test_a_preview_stands_in_no_night_s_way(inbox, stricter, url, tmp_path, monkeypatch, capsys):
    """A night holds the ledger, and writes to it while workbooks are judged again."""
    out = tmp_path / "out"
    snapshot_of_night(inbox, out, AS_OF, url)
    arguments = ["rejudge", "--operation", stricter, "--out", out, "--ledger", url]
    expected = asked(capsys, *arguments)
    judge = rejudging.examine_arrivals

    def during_a_night(*given):
        shutil.copyfile(SAMPLE / "TX.xlsx", inbox / "TX.xlsx")
        snapshot_of_night(inbox, out, NEXT, url)
        return judge(*given)

    with ledger_to_write(place_of(url, out)):
        assert asked(capsys, *arguments) == expected
    monkeypatch.setattr(rejudging, "examine_arrivals", during_a_night)
    assert asked(capsys, *arguments) == expected


def test_what_is_neither_kept_nor_in_the_inbox_cannot_be_judged_again(inbox, stricter, tmp_path, capsys):
    out = tmp_path / "out"
    (inbox / "TX.xlsx").write_bytes(changed("TX", put("Counts", "D5", -1)))
    (inbox / "WY.xlsx").write_bytes(changed("WY", put("Counts", "D5", -1)))
    snapshot_of_night(inbox, out, AS_OF)
    (inbox / "WY.xlsx").unlink()
    arguments = ["rejudge", "--operation", stricter, "--inbox", inbox, "--out", out]
    said = {one["file"]: one["now"] for one in asked(capsys, *arguments)["submissions"]}
    assert said == {
        "AK.xlsx": "accepted_with_warnings",
        "AL.xlsx": "accepted_with_warnings",
        "CA.xlsx": "accepted_with_warnings",
        "TX.xlsx": "rejected",
        "WY.xlsx": "not_re_judgeable",
    }
    assert main([*map(str, arguments)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "5 submissions judged by other rules or files than today's"
    assert lines[-2].startswith("WY.xlsx ")
    assert lines[-2].endswith(": rejected stays: not re-judgeable")
    assert lines[-1] == "Nothing was changed; --yes does it."


def test_a_verdict_that_changes_moves_the_totals_that_it_must(inbox, tmp_path, capsys):
    out = tmp_path / "out"
    first = snapshot_of_night(inbox, out, AS_OF)
    folder = copy_of_operation(tmp_path / "without")
    text = (folder / "operation.toml").read_text("utf-8")
    roles = re.compile(r"certifier_roles = \[.*?\]", re.DOTALL)
    (folder / "operation.toml").write_text(roles.sub('certifier_roles = ["Statistician"]', text), "utf-8")
    preview = asked(capsys, "rejudge", "--operation", folder, "--out", out)
    assert {one["now"] for one in preview["submissions"]} == {"rejected"}
    moved = {total["measure"]: (total["before"], total["now"]) for total in preview["totals"]}
    totals = {m: v for m, v in first.totals.set_index("measure")["value"].items() if not pd.isna(v)}
    assert moved == {m: (v, None) for m, v in totals.items()}
    assert asked(capsys, "rejudge", "--operation", folder, "--out", out, "--yes") == preview | {"is_done": True}
    nothing = snapshot_of_night(inbox, out, NEXT, operation=load_operation(folder))
    assert nothing.totals["value"].isna().all()
    back = asked(capsys, "rejudge", "--inbox", inbox, "--out", out)
    assert {total["measure"]: total["now"] for total in back["totals"]} == totals


def test_pages_say_who_withdrew_what_and_which_verdicts_are_to_be_given_again(inbox, stricter, tmp_path, capsys):
    out = tmp_path / "out"
    before = snapshot_of_night(inbox, out, AS_OF)
    sha256 = next(s.sha256 for s in before.submissions.values() if s.state == "AL")
    command = ["withdraw", sha256[:8], "--reason", "sent in error", "--by", "analyst", "--as-of", "2018-06-08"]
    assert main([*command, "--out", str(out)]) == 0
    outputs = one_night(inbox, out, NEXT, operation=load_operation(stricter)).outputs
    alabama = (outputs / "internal" / "states" / "AL" / "report.html").read_text("utf-8")
    assert "No figure of Alabama counts, because what it sent was withdrawn" in alabama
    assert "AL.xlsx was withdrawn on June 8, 2018 by role: Analyst. Reason: sent in error" in alabama
    assert "accepted</span> (re-judge pending)" in alabama
    index = (outputs / "index.html").read_text("utf-8")
    assert "3 verdicts are by earlier rules or files of the operation: re-judge pending." in index
    public = b"".join(file.read_bytes() for file in (outputs / "public").rglob("*") if file.is_file())
    assert b"sent in error" not in public + index.encode()
