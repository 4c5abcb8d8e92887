"""The `rollup` command without a server: what each subcommand prints, writes and exits with."""

import hashlib
import json
import os
import re
import subprocess
import sys

import openpyxl
import pytest

from flows.cli.main import main
from sample_workbook import OPERATION, SAMPLE, changed, put
from schemas.register import register
from small_operation import write_small_operation

NEEDS_ATTENTION = SAMPLE.parent / "needs-attention"
COMMANDS = [
    "run",
    "check",
    "template",
    "rules",
    "trace",
    "bridge",
    "replay",
    "explain",
    "withdraw",
    "rejudge",
    "program-to-date",
    "ledger",
    "release",
    "release-check",
    "serve",
]
NOT_A_TIME = "--as-of must be a date or an ISO time, such as 2018-06-08 or 2018-06-08T02:00."
PROGRAM = "import sys; from flows.cli.main import main; sys.exit(main())"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert f"Usage: rollup {command} [OPTIONS]" in capsys.readouterr().out


def test_the_command_alone_lists_its_subcommands(capsys):
    assert main([]) == 2
    said = capsys.readouterr()
    assert [command for command in COMMANDS if f"│ {command} " in said.out] == COMMANDS
    assert said.err == ""


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["run", "--inbox", "nowhere"], "nowhere: there is no such file or folder"),
        (
            ["run", "--as-of", "yesterday"],
            NOT_A_TIME,
        ),
        (
            ["run", "--as-of", "2018-06-31"],
            NOT_A_TIME,
        ),
        (["run", "--out", "file"], "file cannot be made a folder: File exists; choose another --out."),
        (["run", "--out", "file/below"], "file/below cannot be made a folder: Not a directory; choose another --out."),
        (["run", "--speed", "9"], "No such option: --speed"),
        (
            ["run", "--ledger", "mysql://host/ledger"],
            "--ledger must be the path of a file, or a URL such as sqlite:///ledger.sqlite or "
            "postgresql://user@host/database.",
        ),
        (
            ["run", "--ledger", "empty"],
            "--ledger must be the path of a file, or a URL such as sqlite:///ledger.sqlite or "
            "postgresql://user@host/database.",
        ),
        (["check"], "Missing argument 'PATH...'."),
        (["check", "nowhere"], "nowhere: there is no such file or folder"),
        (["check", "empty"], "there are no workbooks in empty."),
        (["template"], "Missing option '--out'."),
        (
            ["template", "--out", "new", "--state", "ZZ"],
            f"the roster of broken-heart-2018 has no state ZZ; it has {', '.join(OPERATION.roster.states)}.",
        ),
        (["make-tea"], "No such command 'make-tea'."),
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_is_said_in_one_line(arguments, line, tmp_path, monkeypatch, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", f"rollup: {line}\n")


@pytest.mark.parametrize("command", [["run"], ["rules"], ["check", "."], ["template", "--out", "new"]], ids=" ".join)
def test_an_unknown_operation_is_said_with_those_there_are(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--operation", "sunny-day-2031"]) == 2
    assert "broken-heart-2018" in capsys.readouterr().err


def test_a_failure_of_our_own_is_named_by_kind_and_place_and_never_by_what_it_says(tmp_path):
    program = (
        "import sys, flows.inbox as inbox, flows.cli.main as cli\n"
        "def find_workbooks(path): raise ValueError('Jane Doe')\n"
        "inbox.find_workbooks = find_workbooks\n"
        "sys.exit(cli.main(['check', '.']))"
    )
    for debug in ("", "1"):
        failed = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "ROLLUP_DEBUG": debug},
        )
        assert failed.returncode == 3
        assert failed.stderr.startswith("rollup: a failure of our own: ValueError in flows/cli/check.py, line ")
        assert "Jane" not in failed.stderr
        assert (failed.stderr.count("\n") > 1) == bool(debug)


def test_a_good_workbook_is_checked_in_one_line_with_the_rules_that_need_more(capsys):
    assert main(["check", str(SAMPLE / "AL.xlsx"), "--as-of", "2018-06-08"]) == 0
    assert capsys.readouterr() == (
        "AL.xlsx: accepted\n"
        "\n"
        "Not evaluated, for want of the other submissions:\n"
        "revision_has_one_set_of_counts, counts_are_sent_once, revisions_arrive_in_order,\n"
        "withdrawn_file_is_not_sent_again, withdrawn_counts_are_not_sent_again,\n"
        "file_is_sent_once, rows_of_task_forces_differ, months_of_a_task_force_differ,\n"
        "months_are_in_proportion, operations_are_in_proportion\n",
        "Checking 1 workbook\nChecked 1 of 1 workbook\n",
    )


def test_findings_of_one_rule_stand_together_with_their_remedy(tmp_path, monkeypatch, capsys):
    def blanks(workbook):
        for cell in ("R5", "R6", "S7"):
            put("Counts", cell, None)(workbook)
        put("Submission", "B9", 0)(workbook)

    (tmp_path / "AL.xlsx").write_bytes(changed("AL", blanks))
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["check", str(tmp_path), "--as-of", "2018-06-08"]) == 1
    assert (
        capsys.readouterr().out
        == """\
AL.xlsx: rejected, 4 errors
  error      Submission!B9: the revision is 0, not a whole number from 1.
             Remedy: Enter 1 for the first workbook you send, 2 for the next,
             and so on.
  error      Counts!R5: Presentations of AL, March 2018 is blank.
             Counts!R6: Presentations of AL, April 2018 is blank.
             Counts!S7: Presentation attendees of AL, May 2018 is blank.
             Remedy: Enter the number; if there was nothing to count, enter 0.

Not evaluated, for want of the other submissions:
revision_has_one_set_of_counts, counts_are_sent_once, revisions_arrive_in_order,
withdrawn_file_is_not_sent_again, withdrawn_counts_are_not_sent_again,
file_is_sent_once, rows_of_task_forces_differ, months_of_a_task_force_differ,
months_are_in_proportion, operations_are_in_proportion
"""
    )


def test_check_as_json_has_the_shape_that_programs_rely_on(capsys):
    workbook = NEEDS_ATTENTION / "AZ-negative-count.xlsx"
    assert main(["check", str(workbook), "--as-of", "2018-06-08", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert re.fullmatch("[0-9a-f]{12}", said["submissions"][0]["findings"][0].pop("id"))
    assert said == {
        "rules_version": "1",
        "not_evaluated": [
            "revision_has_one_set_of_counts",
            "counts_are_sent_once",
            "revisions_arrive_in_order",
            "withdrawn_file_is_not_sent_again",
            "withdrawn_counts_are_not_sent_again",
            "file_is_sent_once",
            "rows_of_task_forces_differ",
            "months_of_a_task_force_differ",
            "months_are_in_proportion",
            "operations_are_in_proportion",
        ],
        "submissions": [
            {
                "file": "AZ-negative-count.xlsx",
                "sha256": hashlib.sha256(workbook.read_bytes()).hexdigest(),
                "state": "AZ",
                "verdict": "rejected",
                "findings": [
                    {
                        "code": "count_is_not_negative",
                        "severity": "error",
                        "sheet": "Counts",
                        "cell": "H6",
                        "task_force": "AZ",
                        "month": "2018-04",
                        "measure": "arrests_travel",
                        "found": "-3",
                        "expected": "a whole number from 0",
                        "message": "Counts!H6: Arrests: travel across state lines or abroad of AZ, April 2018 is below "
                        "zero; found -3.",
                        "remedy": "Enter the month's own count; send corrections of earlier months as a new revision.",
                        "likely_cause": "",
                    }
                ],
            }
        ],
        "not_taken": [],
    }


def test_a_file_that_cannot_be_taken_is_told_and_stops_no_other(tmp_path, capsys):
    (tmp_path / "AL.xlsx").write_bytes((SAMPLE / "AL.xlsx").read_bytes())
    (tmp_path / "AK.xlsx").symlink_to(SAMPLE / "AK.xlsx")
    assert main(["check", str(tmp_path), "--as-of", "2018-06-08"]) == 1
    assert capsys.readouterr().out.splitlines()[:3] == [
        "AL.xlsx: accepted",
        "",
        "AK.xlsx was not taken: it is a link; put the file itself into the inbox.",
    ]
    assert main(["check", str(tmp_path), "--as-of", "2018-06-08", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["not_taken"] == [
        {"file": "AK.xlsx", "why": "it is a link; put the file itself into the inbox"}
    ]


def test_folders_are_checked_with_the_folders_below_them(tmp_path, capsys):
    (tmp_path / "below").mkdir()
    (tmp_path / "AL.xlsx").write_bytes((SAMPLE / "AL.xlsx").read_bytes())
    (tmp_path / "below" / "AK.xlsx").write_bytes((SAMPLE / "AK.xlsx").read_bytes())
    assert main(["check", str(tmp_path), str(SAMPLE / "WY.xlsx"), "--as-of", "2018-06-08", "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)["submissions"]
    assert [(one["file"], one["state"], one["verdict"]) for one in checked] == [
        ("AK.xlsx", "AK", "accepted"),
        ("AL.xlsx", "AL", "accepted"),
        ("WY.xlsx", "WY", "accepted"),
    ]


def test_blank_workbooks_are_written_for_the_states_named(tmp_path, capsys):
    assert main(["template", "--out", str(tmp_path / "new"), "--state", "CA", "--state", "al"]) == 0
    assert capsys.readouterr().out == f"2 blank workbooks in {tmp_path / 'new'}\n"
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["broken-heart-2018-AL.xlsx", "broken-heart-2018-CA.xlsx"]


def test_blank_workbooks_of_another_operation_are_written_for_its_whole_roster(tmp_path):
    operation = write_small_operation(tmp_path)
    assert main(["template", "--out", str(tmp_path / "new"), "--operation", str(operation)]) == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["quiet-harbor-2031-ID.xlsx", "quiet-harbor-2031-OR.xlsx", "quiet-harbor-2031-WA.xlsx"]


def test_a_form_that_somebody_filled_in_is_never_written_over(tmp_path, capsys):
    arguments = ["template", "--out", str(tmp_path), "--state", "AL"]
    form = tmp_path / "broken-heart-2018-AL.xlsx"
    assert main(arguments) == 0
    assert main(arguments) == 0
    workbook = openpyxl.load_workbook(form)
    workbook["Counts"]["C5"] = 12
    workbook.save(form)
    filled_in = form.read_bytes()
    capsys.readouterr()
    assert main(arguments) == 2
    assert form.read_bytes() == filled_in
    line = f"rollup: {form} is there already and is not a blank workbook; nothing was written over it.\n"
    assert capsys.readouterr().err == line


def test_rules_are_listed_with_weight_need_and_example(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Operation Broken Heart 2018: {len(register(OPERATION))} rules, version 1"
    assert lines[4:9] == [
        "error    file   file_is_not_empty",
        "                the file has no content",
        "",
        "error    file   file_is_xlsx_or_ods",
        "                the file is an old Excel workbook (.xls); only .xlsx and .ods",
    ]
    assert max(map(len, lines)) <= 80


def test_rules_as_json_name_every_code_once(capsys):
    assert main(["rules", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    codes = [rule["code"] for rule in listed["rules"]]
    assert listed["rules_version"] == "1"
    assert len(codes) == len(set(codes))
    assert {"arrests_equal_their_parts", "count_is_given"} <= set(codes)


def test_rules_are_also_a_page(capsys):
    assert main(["rules", "--html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    assert page.count('<tr role="row" id="') == len(register(OPERATION))


def test_outputs_are_never_written_where_the_next_run_would_take_them_for_workbooks(tmp_path, capsys):
    assert main(["run", "--inbox", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == (
        "rollup: --out lies inside --inbox: the outputs would be taken for workbooks the next time.\n"
    )


def test_a_reader_who_has_seen_enough_may_leave():
    left = subprocess.run(
        ["bash", "-c", f"{sys.executable} -c '{PROGRAM}' rules | head -1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (left.returncode, left.stdout.count("\n"), left.stderr) == (0, 1, "")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [(["--help"], {"pandas", "openpyxl", "pydantic", "prefect"}), (["check", str(SAMPLE / "AL.xlsx")], {"prefect"})],
    ids=["help", "check"],
)
def test_a_command_loads_only_what_it_needs(arguments, heavy):
    program = f"{PROGRAM.replace('sys.exit', '')}; print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(ran.stderr.split())
