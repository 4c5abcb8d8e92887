"""The nightly flow on a real Prefect server: what it leaves there equals what it leaves on disk."""

import csv
import datetime as dt
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect import flow
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_BATCH_INTERVAL,
    get_current_settings,
    temporary_settings,
)

from flows import nightly
from flows.cli.main import main
from flows.ledger.releases import approved_releases
from flows.operations import load_operation
from flows.release import release_approval
from flows.releasing import prepare, verify
from flows.reports.failure import InternalError
from flows.settings import Settings
from ledger.one_night import tree
from released import EDITOR, NATION, desk, night
from sample_workbook import SAMPLE
from schemas.release import ReleaseRefusedError
from small_operation import write_small_operation
from test_second_operation import form_of

pytestmark = pytest.mark.slow
national_rollup = flow(nightly.national_rollup)

AS_OF = dt.datetime(2018, 6, 8, 6, tzinfo=dt.UTC)
NEEDS_ATTENTION = SAMPLE.parent / "needs-attention"


def asked_of_the_server(path: str, **what: object) -> list[dict[str, Any]]:
    answer = httpx.post(f"{get_current_settings().api.url}/{path}/filter", json=what)
    answer.raise_for_status()
    return answer.json()


def table_on_the_server(key: str) -> list[dict[str, str]]:
    (newest,) = asked_of_the_server("artifacts/latest", artifacts={"key": {"any_": [key]}})
    return json.loads(newest["data"])


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_the_tables_on_the_server_are_those_of_the_output_files(server, tmp_path):
    run = national_rollup(NEEDS_ATTENTION, tmp_path, as_of=AS_OF)
    assert table_on_the_server("national-totals") == rows_of(run.outputs / "national_totals.csv")
    assert table_on_the_server("release-check") == rows_of(run.outputs / "release_check.csv")
    rejected = {row["file"] for row in rows_of(run.outputs / "submissions.csv") if row["verdict"] != "accepted"}
    assert {row["file"] for row in table_on_the_server("needs-attention")} == rejected


def test_the_sample_is_a_whole_nation_with_every_claim_supported(server, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["run", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["coverage"] == {
        "task_forces_reporting": 61,
        "task_forces_expected": 61,
        "states_reporting": 50,
        "states_expected": 50,
        "outstanding": [],
    }
    assert said["submissions"] == {"accepted": 50}
    assert said["needs_attention"] == []
    assert {claim["verdict"] for claim in said["claims"]} == {"supported"}


def test_a_run_says_what_it_does_and_nothing_of_prefect_then_gives_its_account(server, tmp_path):
    (tmp_path / "inbox").mkdir()
    for file in (SAMPLE / "AL.xlsx", NEEDS_ATTENTION / "AZ-negative-count.xlsx"):
        (tmp_path / "inbox" / file.name).write_bytes(file.read_bytes())
    address = get_current_settings().api.url
    program = "import sys; from flows.cli.main import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", program, "run", "--inbox", "inbox", "--as-of", "2018-06-08"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PREFECT_API_URL": address, "COLUMNS": "80"},
    )
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "Rolling up 2 workbooks in inbox",
        f"Using the Prefect server at {address}",
        "Looking at 2 workbooks",
        "Judged 2 of 2 new workbooks",
        "",
    ]
    lines = run.stdout.splitlines()
    assert lines[0] == "Operation Broken Heart 2018, as of June 8, 2018, 00:00 EDT"
    assert "2 submissions: 1 accepted, 1 rejected" in lines
    assert lines[-1] == f"Outputs: out/runs/{(tmp_path / 'out' / 'current').readlink().name}"


def test_an_empty_inbox_is_nobody_so_far_and_needs_a_person_only_after_the_deadline(server, tmp_path, capsys):
    (tmp_path / "inbox").mkdir()
    arguments = ["run", "--inbox", str(tmp_path / "inbox"), "--out", str(tmp_path / "out"), "--as-of"]
    assert main([*arguments, "2018-06-08"]) == 0
    assert "0 of 61 task forces, 0 of 50 states" in capsys.readouterr().out
    assert main([*arguments, "2018-06-09"]) == 1


def test_many_batches_leave_the_same_bytes_as_one_and_show_their_progress(server, tmp_path, monkeypatch):
    first = national_rollup(NEEDS_ATTENTION, tmp_path / "first", as_of=AS_OF)
    monkeypatch.setattr("flows.batches.BATCH_SIZE", 10)
    monkeypatch.setattr("flows.nightly.BATCH_SIZE", 10)
    second = national_rollup(NEEDS_ATTENTION, tmp_path / "second", as_of=AS_OF)
    assert tree(first.outputs) == tree(second.outputs)
    (progress,) = asked_of_the_server("artifacts/latest", artifacts={"key": {"any_": ["workbooks-judged"]}})
    assert progress["data"] == 100


def test_a_second_operation_runs_through_the_same_flow(server, tmp_path, capsys):
    folder = write_small_operation(tmp_path / "operations")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for state in ("ID", "OR", "WA"):
        (inbox / f"{state}.xlsx").write_bytes(form_of(load_operation(folder), state).content)
    out = tmp_path / "out"
    arguments = ["--operation", folder, "--inbox", inbox, "--out", out, "--as-of", "2032-02-12", "--json"]
    assert main(["run", *map(str, arguments)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["submissions"] == {"accepted": 3}
    assert {claim["phrase"]: claim["verdict"] for claim in said["claims"]} == {
        "nearly 500 devices examined": "supported",
        "about 80 tips": "supported",
        "12 examiners": "supported",
        "4 task forces": "supported",
        "December 2031, January 2032 (2 months)": "supported",
        "nearly 3,000 devices examined since 2029": "supported",
    }


def test_a_server_that_does_not_answer_is_named_in_one_line(tmp_path, capsys):
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        assert main(["run", "--out", str(tmp_path)]) == 3
    assert capsys.readouterr().err.splitlines()[-1] == (
        "rollup: the Prefect server at http://127.0.0.1:9/api does not answer."
    )


def test_a_bug_leaves_no_word_of_a_cell_on_the_server(server, tmp_path, monkeypatch):
    def judge_batch(*_args, **_options):
        raise ValueError("Jane Doe")

    monkeypatch.setattr("flows.examining.judge_batch", judge_batch)
    with pytest.raises(InternalError):
        national_rollup(SAMPLE, tmp_path, as_of=AS_OF)
    (newest,) = asked_of_the_server("flow_runs", sort="START_TIME_DESC", limit=1)
    assert newest["state_name"] == "Failed"
    time.sleep(PREFECT_LOGGING_TO_API_BATCH_INTERVAL.value() + 1)
    logs = asked_of_the_server("logs", logs={"flow_run_id": {"any_": [newest["id"]]}})
    words = "\n".join([newest["state"]["message"], *(log["message"] for log in logs)])
    assert "InternalError" in words
    assert "Jane" not in words


def test_a_release_is_approved_from_prefect_by_another_role_than_its_preparers(server, tmp_path, monkeypatch):
    with desk(tmp_path) as ledger:
        night(ledger, *NATION)
        prepared = prepare(ledger, EDITOR)
    monkeypatch.setenv("LOGNAME", "worker")
    monkeypatch.setattr("flows.release.SETTINGS", Settings(out=str(tmp_path)))
    with pytest.raises(ReleaseRefusedError, match="the Editor has prepared this release"):
        release_approval(by="Editor")
    folder = release_approval(by="Director")
    (row,) = table_on_the_server("release")
    assert row == {"snapshot": prepared.snapshot, "approved by": "Director", "folder": f"releases/{folder.name}"}
    with desk(tmp_path) as ledger, ledger.reading() as connection:
        assert verify(ledger, folder) == ()
        assert approved_releases(connection)[0].by.account == "worker"
