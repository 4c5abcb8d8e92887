"""Nothing that somebody typed appears anywhere: a real run on workbooks full of planted text leaves no trace of it."""

import os
import sqlite3
import subprocess
import sys

import pytest

from flows.cli.main import main
from planted_text import MARK, places_of_mark, planted_inbox
from sample_workbook import SAMPLE, judged
from schemas.submission import Verdict

PROGRAM = "import sys; from flows.cli.main import main; sys.exit(main())"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, content in planted_inbox().items():
        (folder / name).write_bytes(content)
    return folder


def test_every_planted_workbook_holds_the_text():
    assert all(any(places_of_mark(name, content)) for name, content in planted_inbox().items())


def test_every_workbook_with_an_identifier_planted_is_quarantined_or_refused():
    identified = {name: content for name, content in planted_inbox().items() if "identified" in name}
    verdicts = {name: judged(content, name).verdict for name, content in identified.items()}
    assert len(verdicts) == 11
    assert {name for name, verdict in verdicts.items() if verdict is not Verdict.QUARANTINED} == set()


@pytest.mark.parametrize("format", [[], ["--json"]], ids=["text", "json"])
def test_a_check_repeats_nothing_typed(inbox, capsys, format):
    assert main(["check", str(inbox), "--as-of", "2018-06-08", *format]) == 1
    assert not list(places_of_mark("terminal", "".join(capsys.readouterr()).encode()))


@pytest.mark.slow
def test_a_run_leaves_nothing_typed_in_outputs_terminal_logs_or_prefects_database(inbox, tmp_path):
    (inbox / "AL-identified.xlsx").rename(inbox / f"{MARK}.xlsx")  # quarantined: its name is kept no more than it is
    home = tmp_path / "prefect"
    without_server = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, "run", "--inbox", inbox, "--out", tmp_path / "out", "--as-of", "2018-06-08"],
        capture_output=True,
        check=False,
        env={**without_server, "PREFECT_HOME": str(home), "PREFECT_LOGGING_LEVEL": "DEBUG", "ROLLUP_DEBUG": "1"},
    )
    assert run.returncode == 1
    database = home / "prefect.db"
    with sqlite3.connect(database) as prefect:
        rows = "\n".join(prefect.iterdump())
    assert "national_rollup" in rows
    assert [place for place in (str(tmp_path), str(SAMPLE.parent.parent)) if place in rows] == []
    written = {"terminal": run.stdout + run.stderr, "database": rows.encode()}
    written |= {str(file): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and inbox != file.parent}
    assert [place for name, content in written.items() for place in places_of_mark(name, content)] == []
