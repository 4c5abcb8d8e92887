"""`rollup serve`: by the clock and by hand, one run at a time, and nothing that goes wrong goes unsaid."""

import csv
import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from sample_workbook import SAMPLE
from services import Server, prefect_server, receiver, service, wait_for

pytestmark = pytest.mark.slow

OPERATION = "broken-heart-2018"
NIGHTLY, RUN_NOW = f"{OPERATION}-nightly", f"{OPERATION}-run-now"
TITLE = "Operation Broken Heart 2018"
ROOT = Path(__file__).parent.parent
WRONG = SAMPLE.parent / "needs-attention" / "CA-parts-do-not-add-up.xlsx"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
TABLES = {"national-totals": "national_totals.csv", "release-check": "release_check.csv"}


@pytest.fixture(scope="module")
def sample_service(tmp_path_factory):
    """The service as a fresh clone has it: no argument, the sample, a server of its own."""
    folder = tmp_path_factory.mktemp("service")
    with service(folder) as server:
        yield server, folder


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with prefect_server(tmp_path_factory.mktemp("prefect")) as server:
        yield server


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def assert_equal_to_the_files(
    server: Server, run: str, folder: Path, coverage: str = "61 of 61 task forces, 50 of 50 states"
) -> None:
    ended = server.ended(run)
    outputs = (folder / "out" / "current").resolve()
    said = f"{coverage}. Outputs: runs/{outputs.name}"
    assert (ended["state_type"], ended["state"]["message"]) == ("COMPLETED", said)
    for key, file in TABLES.items():
        assert server.table(key, run) == rows_of(outputs / file)


def test_a_run_asked_for_through_the_api_ends_with_tables_equal_to_the_files(sample_service):
    server, folder = sample_service
    some = server.trigger(RUN_NOW, only_states=["CA", "TX"])
    assert_equal_to_the_files(server, some, folder, "8 of 61 task forces, 2 of 50 states")
    assert_equal_to_the_files(server, server.trigger(RUN_NOW), folder)


def test_a_second_run_at_the_same_time_is_refused_and_says_so(sample_service):
    server, _ = sample_service
    first, second = server.trigger(RUN_NOW), server.trigger(NIGHTLY)
    ends = sorted((ended["state_type"], ended["state"]["message"]) for ended in map(server.ended, (first, second)))
    assert ends[0] == ("CANCELLED", "Deployment concurrency limit reached.")
    assert ends[1][0] == "COMPLETED"


@pytest.mark.parametrize(
    "parameters",
    [{"inbox": "/etc"}, {"operation": "Jane Doe"}, {"only_states": ["Jane Doe"]}, {"as_of": "tonight"}],
)
def test_a_parameter_is_a_choice_or_a_moment_and_never_free_text(sample_service, parameters):
    server, _ = sample_service
    identity = server.deployment(RUN_NOW)["id"]
    answer = httpx.post(f"{server.api}/deployments/{identity}/create_flow_run", json={"parameters": parameters})
    assert answer.status_code == 409


@pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium: apt-get install chromium")
def test_the_web_form_offers_labels_help_and_choices_and_starts_the_same_run(sample_service, tmp_path):
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs pip install axe-playwright-python")
    server, folder = sample_service
    server.ended(server.trigger(RUN_NOW))
    before = {run["id"] for run in server.runs(RUN_NOW)}
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        identity = server.deployment(RUN_NOW)["id"]
        page.goto(f"{server.api.removesuffix('/api')}/deployments/deployment/{identity}/run")
        for words in ("Operation", "Inbox", "As of", "Only these states", "Where the workbooks are taken from."):
            page.get_by_text(words).first.wait_for()
        page.get_by_text("No items selected").click()
        page.keyboard.press("ArrowDown")
        page.get_by_role("option", name="CA", exact=True).click()
        page.get_by_text("Judge new workbooks of these states only").click(force=True)
        page.screenshot(path=tmp_path / "form.png", full_page=True)
        page.get_by_role("button", name="Submit").click()
        (run,) = wait_for(lambda: {run["id"] for run in server.runs(RUN_NOW)} - before, "the run that the form starts")
        browser.close()
    assert server.ended(run)["parameters"]["only_states"] == ["CA"]
    assert_equal_to_the_files(server, run, folder)


def test_judging_again_and_reminding_are_there_by_hand(sample_service):
    server, _ = sample_service
    server.ended(server.trigger(RUN_NOW))
    messages = [
        server.ended(server.trigger(f"{OPERATION}-{kind}"))["state"]["message"] for kind in ("re-judge", "reminders")
    ]
    assert messages == ["0 verdicts of 0 would be or are others.", "0 task forces to be reminded."]


def test_an_inbox_that_cannot_be_listed_is_tried_again_and_then_told(server, tmp_path):
    with receiver() as (address, texts):
        arguments = ("--inbox", tmp_path / "nowhere", "--notify", address)
        with service(tmp_path, *arguments, api=server.api):
            failed = server.ended(server.trigger(RUN_NOW))
            wait_for(lambda: texts, "the notice of the failure")
    assert failed["state_type"] == "FAILED"
    runs = server.ask("task_runs/filter", flow_runs={"id": {"any_": [failed["id"]]}})
    assert {run["name"].rpartition("-")[0]: run["run_count"] for run in runs}["list_inbox"] == 4
    assert texts == [f"{TITLE}: the run {failed['name']} failed\ninbox: it cannot be listed"]
    (event,) = wait_for(lambda: server.events("rollup.run.failed"), "the event of the failure")
    assert event["payload"] == {"fault": "inbox: it cannot be listed"}


def test_the_schedule_fires_and_a_rejected_state_stops_nothing_and_is_told_once(server, tmp_path):
    inbox = tmp_path / "inbox"
    shutil.copytree(SAMPLE, inbox)
    shutil.copy(WRONG, inbox)
    soon = dt.datetime.now(ZoneInfo("America/New_York")) + dt.timedelta(seconds=120)
    with receiver() as (address, texts):
        arguments = ("--inbox", inbox, "--at", f"{soon:%H:%M}", "--timezone", "America/New_York", "--notify", address)
        with service(tmp_path, *arguments, api=server.api):
            before = {run["id"] for run in server.runs(NIGHTLY)}
            (night,) = wait_for(lambda: {run["id"] for run in server.runs(NIGHTLY)} - before, "the night")
            assert server.ended(night)["state_type"] == "COMPLETED"
            (rejected,) = wait_for(lambda: server.events("rollup.submission.rejected"), "the event of the rejection")
            (completed,) = wait_for(lambda: server.events("rollup.run.completed"), "the event of the completion")
            server.ended(server.trigger(RUN_NOW))
    (notice,) = texts
    subject, *sentences = notice.splitlines()
    assert subject.startswith(f"{TITLE}, as of ")
    assert sentences == ["CA: rejected (arrests_equal_their_parts)"]
    codes = {"arrests_equal_their_parts": 1}
    assert rejected["payload"] == {"state": "CA", "verdict": "rejected", "codes": codes}
    assert completed["payload"] == {"rejected": 1, "contradicted": 0, "not_taken": 0}


def test_those_with_work_pools_deploy_the_same_flows(server, tmp_path):
    environment = os.environ | {
        "PREFECT_API_URL": server.api,
        "PREFECT_HOME": str(tmp_path),
        "ROLLUP_HOME": str(ROOT),
        "ROLLUP_INBOX": str(tmp_path / "inbox"),
    }
    for command in ("work-pool create nightly --type process", "--no-prompt deploy --all"):
        prefect = [sys.executable, "-m", "prefect", *command.split()]
        subprocess.run(prefect, cwd=ROOT, env=environment, check=True, capture_output=True)
    for name in ("nightly", "run-now", "re-judge", "reminders"):
        deployment = server.deployment(name)
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    choice = server.deployment("run-now")["parameter_openapi_schema"]["properties"]["inbox"]["const"]
    assert choice == str(tmp_path / "inbox")


def test_nights_that_nobody_served_are_caught_up_once(server, tmp_path):
    arguments = ("--inbox", SAMPLE, "--out", tmp_path / "out")
    with service(tmp_path, *arguments, api=server.api):
        before = {run["id"] for run in server.runs(NIGHTLY)}
        identity = server.deployment(NIGHTLY)["id"]
    for days in (3, 2, 1):
        when = (dt.datetime.now(dt.UTC) - dt.timedelta(days=days)).isoformat()
        state = {"type": "SCHEDULED", "name": "Late", "state_details": {"scheduled_time": when}}
        server.ask(f"deployments/{identity}/create_flow_run", state=state)
    with service(tmp_path, *arguments, api=server.api):
        caught_up = wait_for(
            lambda: [run for run in server.runs(NIGHTLY) if run["name"] == "catch-up"], "the run that catches up"
        )
        server.ended(caught_up[0]["id"])
        ends = [
            (run["name"] == "catch-up", run["state_type"]) for run in server.runs(NIGHTLY) if run["id"] not in before
        ]
    assert sorted(ends) == [(False, "CANCELLED")] * 3 + [(True, "COMPLETED")]


def test_the_server_itself_tells_when_no_run_is_completed(server, tmp_path):
    arguments = ("--inbox", tmp_path / "inbox", "--silence", 0.003, "--notify")
    with receiver() as (address, texts), service(tmp_path, *arguments, address, api=server.api):
        wait_for(lambda: texts, "the notice of silence")
    assert texts[0].splitlines() == [
        f"{TITLE}: no run",
        "No nightly run has been completed for 0.003 hours. `systemctl status` and the runbook say what to do.",
    ]
