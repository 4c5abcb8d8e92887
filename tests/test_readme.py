"""The README is a transcript: what it says the commands print is what they print.

`REWRITE_README=1 python -m pytest tests/test_readme.py` writes the parts between its markers again.
"""

import io
import os
import re
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flows.cli.arguments import clock_of
from flows.cli.main import main
from flows.cli.terminal import output
from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.account import account
from ledger.one_night import one_night, snapshot_of_night
from recorded import take_snapshot
from sample_release import DRAFT, publish
from sample_workbook import OPERATION, SAMPLE
from schemas.submission import Receipt

README = Path(__file__).parent.parent / "README.md"
TRACE = "rollup trace arrests --state AK"
CHECK = "rollup check sample_inputs/needs-attention/CA-parts-do-not-add-up.xlsx --as-of 2018-06-08"

RELEASE = (
    ("LOGNAME=kim ", 'rollup release prepare --by "Release editor" --text sample_inputs/release-2018.md'),
    ("LOGNAME=kim ", 'rollup release approve --by "Program director"'),
    ("LOGNAME=lee ", 'rollup release approve --by "Program director"'),
)


def run_transcript() -> str:
    """Return the account of a run on the sample, as `rollup run` prints it, between fences."""
    as_of = clock_of(OPERATION, OPERATION.as_of)
    arrivals = take(find_workbooks(SAMPLE)).arrivals
    receipts = [Receipt(arrival.file, arrival.sha256, as_of) for arrival in arrivals]
    snapshot = take_snapshot(OPERATION, receipts, [judge_batch(OPERATION, arrivals, as_of=as_of)], as_of=as_of)
    with redirect_stdout(io.StringIO()) as printed:
        output().show(account(snapshot, Path(f"out/runs/{OPERATION.day_of(as_of)}-{snapshot.id}")))
    return f"```\n{printed.getvalue()}```\n"


def trace_transcript() -> str:
    """Return a `rollup trace` of the sample with what it prints, between fences."""
    with TemporaryDirectory() as out, redirect_stdout(io.StringIO()) as printed:
        snapshot_of_night(SAMPLE, Path(out), clock_of(OPERATION, OPERATION.as_of))
        main([*shlex.split(TRACE)[1:], "--out", out])
    return f"```\n$ {TRACE}\n{printed.getvalue()}```\n"


def check_transcript() -> str:
    """Return a `rollup check` with what it prints, between fences."""
    with redirect_stdout(io.StringIO()) as printed:
        main(shlex.split(CHECK)[1:])
    return f"```\n$ {CHECK}\n{printed.getvalue()}```\n"


def release_transcript() -> str:
    """Return the end of a `rollup release-check` of the sample's draft with two changes, between fences."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.md"
        draft.write_text(DRAFT.replace("All 61", "All 62").replace("more than 83,000", "nearly 83,000"), "utf-8")
        printed = _release_check(folder, "--text", str(draft))
    return f"```\n$ rollup release-check --text draft.md\n...\n{printed[printed.index('36 figures') :]}```\n"


def phrasings_transcript() -> str:
    """Return the beginning of `rollup release-check --phrasings`, between fences."""
    with TemporaryDirectory() as folder:
        printed = _release_check(folder, "--phrasings").split("\n\n")
    return f"```\n$ rollup release-check --phrasings\n...\n{printed[1]}\n...\n```\n"


def _release_check(folder: str, *arguments: str) -> str:
    outputs = publish(Path(folder) / "out")
    with redirect_stdout(io.StringIO()) as printed:
        main(["release-check", "--snapshot", str(outputs), *arguments])
    return printed.getvalue()


def desk_transcript() -> str:
    """Return a release of the sample from `prepare` to `verify`, with what each command prints, between fences."""
    as_of, shown = clock_of(OPERATION, OPERATION.as_of), io.StringIO()
    with TemporaryDirectory() as folder, chdir(folder), redirect_stdout(shown), redirect_stderr(shown):
        Path("sample_inputs").symlink_to(SAMPLE.parent)
        snapshot = one_night(SAMPLE, Path("out"), as_of).snapshot.id
        verify = f"rollup release verify out/releases/{OPERATION.day_of(as_of)}-{snapshot}"
        for account_name, command in (*RELEASE, ("", verify)):
            shown.write(f"{chr(10) if shown.tell() else ''}$ {account_name}{command}\n")
            with pytest.MonkeyPatch.context() as machine:
                machine.setenv("LOGNAME", account_name.strip().removeprefix("LOGNAME=") or "kim")
                main(shlex.split(command)[1:])
    return f"```\n{shown.getvalue()}```\n"


def rules() -> str:
    """Return the register of rules as `rollup rules --markdown` prints it."""
    with redirect_stdout(io.StringIO()) as printed:
        main(["rules", "--markdown"])
    return printed.getvalue()


PARTS = {
    "run": run_transcript,
    "trace": trace_transcript,
    "check": check_transcript,
    "release": release_transcript,
    "phrasings": phrasings_transcript,
    "desk": desk_transcript,
    "rules": rules,
}


def part(name: str, text: str) -> str:
    """Return what stands between a part's markers."""
    found = re.search(f"<!-- {name}:start -->\n(.*?)<!-- {name}:end -->", text, re.DOTALL)
    return found[1] if found else ""


def rewrite(name: str, transcript: str) -> None:
    """Write what stands between a part's markers again."""
    before, rest = README.read_text("utf-8").split(f"<!-- {name}:start -->\n")
    after = rest.split(f"<!-- {name}:end -->")[1]
    README.write_text(f"{before}<!-- {name}:start -->\n{transcript}<!-- {name}:end -->{after}", "utf-8")


@pytest.mark.parametrize("name", PARTS)
def test_the_readme_shows_what_the_commands_print(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(README.parent)
    if os.environ.get("REWRITE_README"):
        rewrite(name, PARTS[name]())
    assert part(name, README.read_text("utf-8")) == PARTS[name]()


def test_the_set_up_is_two_commands_of_one_line_each():
    text = README.read_text("utf-8")
    for heading in ("Run", "Test"):
        section = text.split(f"## {heading}\n", 1)[1].split("\n## ")[0]
        command = re.search(r"```\n(.*?)```", section, re.DOTALL)[1]
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
