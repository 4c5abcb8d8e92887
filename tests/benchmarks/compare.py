"""Our time to judge many workbooks, beside the floor and beside what people write instead, in one run.

    python tests/benchmarks/compare.py            450 and 4,500 workbooks
    python tests/benchmarks/compare.py 900        another number
    python tests/benchmarks/compare.py --no-usual without the slow one

Every contestant runs in a process of its own, on the same files, and is warmed up on one state's workbooks first:
start-up is not in the seconds. Ratios travel between machines, seconds do not.
"""

import hashlib
import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "sample_inputs" / "broken-heart-2018"
FORM_SHEETS = ("Submission", "Counts", "Agencies")
HEADER_ROW = 3
REVISION = re.compile(rb'(<c r="B9"[^>]*>(?:<f/>)?<v>)1(</v></c>)')


def floor(files: list[Path]) -> None:
    """Hash each file and read every cell of the form's sheets: less than this nobody can do."""
    import python_calamine

    for file in files:
        content = file.read_bytes()
        hashlib.sha256(content).hexdigest()
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in FORM_SHEETS:
            book.get_sheet_by_name(name).to_python(skip_empty_area=True)


def ours(files: list[Path]) -> None:
    """Run `rollup check --json` on the files' folder: all rules, all findings."""
    from flows.cli.main import main

    with redirect_stdout(io.StringIO()):
        code = main(["check", str(files[0].parent), "--json", "--as-of", "2018-06-08"])
    if code != 0:
        raise SystemExit(f"rollup check ended with {code}")


def usual(files: list[Path]) -> None:
    """Read and validate file by file with pandas and Pandera, concatenate, group: what people write."""
    import pandas as pd
    import pandera.pandas as pa

    def contract(columns: list[str], keys: int) -> pa.DataFrameSchema:
        counts = {
            name: pa.Column(nullable=False, checks=pa.Check(is_count, element_wise=True)) for name in columns[keys:]
        }
        return pa.DataFrameSchema({name: pa.Column() for name in columns[:keys]} | counts)

    def is_count(value: object) -> bool:
        return value == "N/A" or (isinstance(value, int | float) and value >= 0 and float(value).is_integer())

    frames = []
    for file in files:
        sheets = pd.read_excel(file, sheet_name=list(FORM_SHEETS), header=HEADER_ROW, engine="openpyxl")
        counts = contract(list(sheets["Counts"].columns), 2).validate(sheets["Counts"], lazy=True)
        frames.append(counts.merge(sheets["Agencies"], on="Task force"))
    pd.concat(frames).groupby("Task force").sum(numeric_only=True)


CONTESTANTS: dict[str, Callable[[list[Path]], None]] = {"floor": floor, "ours": ours, "usual": usual}


def make_inbox(folder: Path, number: int) -> None:
    """Write revisions 1, 2, 3 ... of every state's sample until there are as many workbooks as asked."""
    states = sorted(SAMPLE.glob("*.xlsx"))
    for n in range(number):
        state, revision = states[n % len(states)], n // len(states) + 1
        (folder / f"{state.stem}-{revision}.xlsx").write_bytes(as_revision(state, revision))


def as_revision(workbook: Path, revision: int) -> bytes:
    """Return a sample workbook with another revision number, and no figures that another revision has byte for byte."""
    saved = io.BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "xl/worksheets/sheet2.xml":
                content, found = REVISION.subn(rb"\g<1>%d\g<2>" % revision, content)
                if found != 1:
                    raise SystemExit(f"{workbook.name}: the revision does not stand where the benchmark expects it")
            elif member.filename in ("xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"):
                content = content.replace(b'<row r="1"', b'<row r="1" spans="1:%d"' % revision, 1)
            target.writestr(member, content)
    return saved.getvalue()


def measure(contestant: str, folder: Path, warm_up: Path) -> dict[str, float]:
    """Run a contestant in its own process and return its seconds and its peak memory in MB."""
    command = [sys.executable, __file__, "--contestant", contestant, str(folder), str(warm_up)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]))


def contend(contestant: str, folder: Path, warm_up: Path) -> None:
    """Be the process of one contestant: warm up, run, print what it took."""
    CONTESTANTS[contestant](sorted(warm_up.iterdir()))
    files = sorted(folder.iterdir())
    start = time.perf_counter()
    CONTESTANTS[contestant](files)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


def compare(numbers: list[int], contestants: list[str]) -> None:
    """Measure all contestants on each number of workbooks and print them beside each other."""
    print(f"{'workbooks':>9}  {'contestant':<10}  {'seconds':>8}  {'ms each':>8}  {'x floor':>8}  {'peak MB':>8}")
    for number in numbers:
        with tempfile.TemporaryDirectory() as scratch:
            folder, warm_up = Path(scratch, "inbox"), Path(scratch, "warm-up")
            folder.mkdir()
            warm_up.mkdir()
            make_inbox(folder, number)
            make_inbox(warm_up, 50)
            least = 0.0
            for contestant in contestants:
                took = measure(contestant, folder, warm_up)
                least = least or took["seconds"]
                each = 1000 * took["seconds"] / number
                print(
                    f"{number:>9,}  {contestant:<10}  {took['seconds']:>8.2f}  {each:>8.2f}"
                    f"  {took['seconds'] / least:>8.1f}  {took['peak']:>8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--contestant"]:
        contend(arguments[1], Path(arguments[2]), Path(arguments[3]))
    else:
        numbers = [int(argument) for argument in arguments if argument.isdigit()] or [450, 4500]
        compare(numbers, [name for name in CONTESTANTS if name != "usual" or "--no-usual" not in arguments])
