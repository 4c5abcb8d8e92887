"""A service's settings, clock and words: what needs no server."""

import datetime as dt
from pathlib import Path

import pytest

from flows import notices, serving
from flows.cli.main import main
from flows.ledger.faults import LedgerError
from flows.notices import fault_of
from flows.serving import Watch, last_completed
from flows.settings import Settings
from ledger.one_night import one_night
from sample_workbook import AS_OF, SAMPLE

ROOT = Path(__file__).parent.parent
RUNBOOK = (ROOT / "flows" / "RUNBOOK.md").read_text(encoding="utf-8")
EASTERN = Watch(dt.time(2), "America/New_York", dt.timedelta(hours=26))


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2018-06-08T06:00", "2018-06-08T06:00"),
        ("2018-06-08T05:59", "2018-06-07T06:00"),
        ("2018-12-08T06:59", "2018-12-07T07:00"),
        ("2018-12-08T07:00", "2018-12-08T07:00"),
    ],
    ids=["summer, just due", "summer, not yet", "winter, not yet", "winter, just due"],
)
def test_the_last_night_was_due_at_its_time_of_day_in_its_zone(now, due):
    assert EASTERN.last_due(utc(now)) == utc(due)


def test_settings_come_out_of_the_environment_as_they_went_in(monkeypatch):
    settings = Settings(inbox="s3://bucket/in", other_inboxes=("/srv/late mail",), out="/srv/out", notify="slack/ops")
    for name, value in settings.to_environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings
    assert settings.inboxes == ("s3://bucket/in", "/srv/late mail")


def test_the_ledger_says_when_the_last_run_came_to_its_end(tmp_path):
    settings = Settings(out=str(tmp_path / "out"))
    assert last_completed(settings) is None
    one_night(SAMPLE / "AL.xlsx", tmp_path / "out", AS_OF, None)
    assert last_completed(settings) == AS_OF
    assert last_completed(settings.model_copy(update={"as_of": AS_OF.isoformat()})) is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "midnight"], "--at must be a time of day such as 02:00, --timezone a zone such as America/New_York."),
        (
            ["--timezone", "Nowhere/Town"],
            "--at must be a time of day such as 02:00, --timezone a zone such as America/New_York.",
        ),
        (
            ["--task-runner", "dask"],
            "--task-runner dask and --dask-address go together, such as tcp://scheduler:8786.",
        ),
        (
            ["--inbox", "s3://user:secret@bucket/in"],
            "an address must hold no user and password; give them as the storage's own settings.",
        ),
    ],
)
def test_a_service_that_cannot_be_started_says_why_in_one_line(arguments, said, tmp_path, capsys):
    assert main(["serve", "--out", str(tmp_path), *arguments]) == 2
    assert capsys.readouterr().err == f"rollup: {said}\n"


def test_a_failure_is_told_without_a_path():
    assert fault_of(LedgerError("the ledger /srv/secret cannot be used")) == (
        "ledger: it cannot be used, or another run holds it"
    )
    assert fault_of(KeyError("Jane Doe")) == "own failure: a bug"


@pytest.mark.parametrize(
    "words",
    [
        *(words.partition(";")[0] for words in notices._FAULTS.values()),
        *(notices.COMPLETED, notices.FAILED, notices.REJECTED, notices.CONTRADICTED),
        *(f"-{kind}" for kind in serving._DEPLOYMENTS if kind != "nightly"),
    ],
)
def test_the_runbook_knows_every_fault_event_and_deployment(words):
    assert words.split(" and was stopped")[0] in RUNBOOK
