"""Make the sample inputs: `python sample_inputs/make_samples.py [FOLDER]`.

The same bytes come out on any machine, on any day. Everything is synthetic; README.md says more.
"""

import datetime as dt
import random
import shutil
import sys
from pathlib import Path

from openpyxl import Workbook

from flows.operations import load_operation
from flows.reports.filled_form import FilledForm
from flows.reports.template import build_workbook
from flows.reports.xlsx import to_bytes
from sample_counts import sample_counts
from sample_faults import FAULTS
from schemas.operation import Operation

GOOD, FAULTY = "broken-heart-2018", "needs-attention"
_FIRST_DAY_TO_CERTIFY = dt.date(2018, 6, 1)


def make_samples(folder: Path) -> None:
    """Write both inboxes into a folder, replacing what stood there."""
    operation = load_operation(GOOD)
    forms = _filled_forms(operation)
    good = {f"{state}.xlsx": to_bytes(build_workbook(operation, state, filled=forms[state])) for state in forms}

    def good_workbook(state: str) -> Workbook:
        return build_workbook(operation, state, filled=forms[state])

    _write(folder / GOOD, good)
    _write(folder / FAULTY, {fault.file: fault.content(good_workbook) for fault in FAULTS})


def _filled_forms(operation: Operation) -> dict[str, FilledForm]:
    """Fill in every state's form: revision 1, certified in the first week of June by one role or another."""
    counts = sample_counts(operation)
    rng = random.Random("certification")
    return {
        state: FilledForm(
            certified_by=rng.choice(operation.certifier_roles),
            certified_on=_FIRST_DAY_TO_CERTIFY + dt.timedelta(days=rng.randrange(7)),
            counts=counts,
        )
        for state in operation.roster.states
    }


def _write(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    make_samples(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
