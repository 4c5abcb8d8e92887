"""A run killed at any moment and begun again leaves the bytes of a run that was never killed; of two runs one waits.

The kills are real (SIGKILL to a real process), at random moments over the whole of its work, on the core of the night;
a few fall on `rollup run` with Prefect.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from ledger.one_night import NEXT, SCRIPT, one_night, tree
from sample_workbook import AS_OF, SAMPLE, changed, put

pytestmark = pytest.mark.slow

ROLLUP = "import sys; from flows.cli.main import main; sys.exit(main())"
KILLS = 12


@pytest.fixture
def inbox(inbox):
    """Good workbooks, a rejected one, a duplicate, a conflict, a revision and something that is no workbook."""
    for state, name in {"AR": "AR", "TX": "TX", "AL": "AL again"}.items():
        shutil.copyfile(SAMPLE / f"{state}.xlsx", inbox / f"{name}.xlsx")
    (inbox / "AK-other.xlsx").write_bytes(changed("AK", put("Counts", "C5", 7)))
    (inbox / "AR-2.xlsx").write_bytes(changed("AR", put("Submission", "B9", 2)))
    (inbox / "TX-2.xlsx").write_bytes(changed("TX", put("Counts", "D5", -1)))
    (inbox / "notes.txt").write_text("no workbook")
    return inbox


def start(inbox, out, as_of, url):
    command = [sys.executable, SCRIPT, inbox, out, as_of.isoformat(), url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begins\n"
    return process


def ended(process):
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def test_a_night_killed_at_random_moments_and_begun_again_leaves_the_same_bytes(inbox, url, tmp_path):
    expected = tmp_path / "expected"
    one_night(inbox, expected, AS_OF)
    start_of_next = time.perf_counter()
    one_night(inbox, expected, NEXT)
    longest = 1.3 * (time.perf_counter() - start_of_next)
    chance, killed = random.Random(2018), 0
    for as_of in (AS_OF, NEXT):
        for _ in range(KILLS):
            process = start(inbox, tmp_path / "out", as_of, url)
            time.sleep(chance.uniform(0, longest))
            process.send_signal(signal.SIGKILL)
            killed += ended(process)[0] == -signal.SIGKILL
            # What was published before still stands, whole.
            for folder in (tmp_path / "out" / "runs").glob("2018*"):
                assert tree(folder) == tree(expected / "runs" / folder.name)
        assert ended(start(inbox, tmp_path / "out", as_of, url)) == (0, "")
    assert killed >= KILLS / 2
    assert tree(tmp_path / "out" / "runs") == tree(expected / "runs")
    assert (tmp_path / "out" / "current").readlink() == (expected / "current").readlink()


def test_of_two_nights_at_the_same_moment_one_holds_the_ledger_and_the_other_says_so(inbox, url, tmp_path):
    expected = one_night(inbox, tmp_path / "expected", AS_OF).outputs
    for _ in range(3):
        both = [start(inbox, tmp_path / "out", AS_OF, url) for _ in range(2)]
        endings = sorted(ended(process) for process in both)
        for code, said in endings:
            assert code in (0, 3)
            shown = url.replace("postgresql:", "postgresql+psycopg:")
            assert said == ("" if code == 0 else f"another run holds the ledger {shown}; wait until it has ended.\n")
        assert endings[0][0] == 0
    (folder,) = (tmp_path / "out" / "runs").glob("2018*")
    assert tree(folder) == tree(expected)


def test_rollup_run_killed_with_prefect_and_begun_again_leaves_the_same_bytes(inbox, tmp_path):
    expected = one_night(inbox, tmp_path / "expected", AS_OF).outputs
    command = [sys.executable, "-c", ROLLUP, "run", "--inbox", inbox, "--out", tmp_path / "out"]
    command += ["--as-of", AS_OF.isoformat()]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(tmp_path / "prefect")}
    for seconds in (0, 0.4, 0.8):
        run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
        while not (line := run.stderr.readline()).startswith(("Looking at", "Judged")):
            assert line
        time.sleep(seconds)
        # The temporary server is a process of the same group and must go too.
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        run.stderr.close()
    assert subprocess.run(command, check=False, env=environment, capture_output=True).returncode == 1
    (folder,) = (tmp_path / "out" / "runs").glob("2018*")
    assert tree(folder) == tree(expected)


def test_two_rollup_runs_at_the_same_moment_end_with_their_codes(inbox, tmp_path):
    command = [sys.executable, "-c", ROLLUP, "run", "--inbox", inbox, "--out", tmp_path / "out"]
    command += ["--as-of", AS_OF.isoformat()]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with (tmp_path / "held").open("w"):
        runs = [
            subprocess.Popen(
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                env=environment | {"PREFECT_HOME": str(tmp_path / f"prefect{n}")},
            )
            for n in range(2)
        ]
        endings = [(run.communicate(timeout=240)[1].splitlines()[-1:], run.returncode) for run in runs]
    refused = [f"rollup: another run holds the ledger {tmp_path}/out/ledger.sqlite; wait until it has ended."]
    # Their servers start at different speeds, so that one may well come when the other has ended.
    assert all(code == 1 or (said, code) == (refused, 3) for said, code in endings)
    assert 1 in {code for _, code in endings}
