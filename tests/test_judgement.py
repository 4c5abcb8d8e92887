"""A form found wherever its labels and columns stand, and every cell of it accounted for."""

import datetime as dt
import io
import random
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival, changed, judged, places
from schemas.counts import Counts
from schemas.submission import Verdict

LABELS = {"Operation": "  OPERATION ", "Revision": "revision\u00a0number", "Certified by (role)": "certified  BY"}


def figures(content):
    """Return every count read from one workbook by task force, month and measure."""
    counts = judge_batch(OPERATION, [arrival(content)], as_of=AS_OF).counts
    return {
        (count.task_force, count.month, count.measure): count.value
        for count in counts.astype({"value": object}).itertuples()
    }


def rearranged(state, seed):
    """Return a state's sample as somebody's own layout: shuffled columns and rows, other places, other spellings."""
    chance = random.Random(seed)
    source = openpyxl.load_workbook(SAMPLE / f"{state}.xlsx")
    target = openpyxl.Workbook()
    target.remove(target.active)
    for name in chance.sample(("Submission", "Counts", "Agencies", "Instructions"), 4):
        sheet = target.create_sheet(name.upper() if chance.random() < 0.5 else f" {name} ")
        down, right = chance.randrange(12), chance.randrange(5)
        if name == "Submission":
            for n, (label, value, *_) in enumerate(source[name].iter_rows(min_row=4, max_row=11, values_only=True)):
                sheet.cell(down + 1 + 2 * n, right + 1, LABELS.get(label, label))
                sheet.cell(down + 1 + 2 * n, right + 2, value)
        elif name != "Instructions":
            header, *rows = source[name].iter_rows(min_row=4, values_only=True)
            order = chance.sample(range(len(header)), len(header))
            sheet.cell(1, 9, "Counts")
            for n, row in enumerate([header, *chance.sample(rows, len(rows))]):
                for at, column in enumerate(order):
                    value = row[column].strftime("%B %Y") if isinstance(row[column], dt.datetime) else row[column]
                    sheet.cell(down + 2 + n + (n > 2), right + 1 + at, value)
    saved = io.BytesIO()
    target.save(saved)
    return saved.getvalue()


@given(state=st.sampled_from(["AL", "CA", "TX", "VA"]), seed=st.integers(0, 10**6))
def test_labels_and_columns_are_found_wherever_they_stand(state, seed):
    content = rearranged(state, seed)
    assert places(judged(content)) == []
    assert figures(content) == figures((SAMPLE / f"{state}.xlsx").read_bytes())


def test_every_count_is_read_with_the_cell_it_stands_in():
    files = take(find_workbooks(SAMPLE)).arrivals
    names = {file.sha256: file.file for file in files}
    counts = Counts.validate(judge_batch(OPERATION, files, as_of=AS_OF).counts)
    assert len(counts) == 61 * (3 * 17 + 4)
    books = {name: openpyxl.load_workbook(SAMPLE / name) for name in names.values()}
    for count in counts.itertuples():
        cell = books[names[count.sha256]][count.sheet].cell(count.row, count.column)
        assert cell.value == ("N/A" if pd.isna(count.value) else count.value)


def test_every_cell_is_typed_refused_or_ignored():
    def change(workbook):
        workbook["Counts"]["D5"] = "over 400"
        workbook["Counts"]["A6"] = "nobody"
        workbook["Counts"]["X9"] = "a remark"
        workbook["Counts"]["T4"] = "Arrests"
        workbook["Submission"]["B10"] = "somebody"

    cells = judged(changed("AL", change)).cells
    good = judged((SAMPLE / "AL.xlsx").read_bytes()).cells
    assert (good.refused, cells.read) == (0, good.read + 2)
    # D5, T4, B10, and the whole row 6 with its label and 17 figures, its month being understood
    assert (cells.refused, cells.ignored) == (3 + 18, good.ignored + 1)
    assert cells.typed + cells.refused + cells.ignored == cells.read


@pytest.mark.parametrize("label", ["AL", "al", " Alabama ", "ALABAMA"])
def test_a_state_with_one_task_force_may_write_its_own_name(label):
    assert (
        judged(changed("AL", lambda workbook: workbook["Counts"].__setitem__("A5", label))).verdict is Verdict.ACCEPTED
    )


def test_a_right_control_total_is_checked_and_never_added():
    def change(workbook):
        sheet = workbook["Counts"]
        for column in range(3, 20):
            sheet.cell(9, column, sum(sheet.cell(row, column).value for row in (5, 6, 7)))
        sheet["A9"] = "Total"

    content = changed("AL", change)
    assert places(judged(content)) == []
    assert figures(content) == figures((SAMPLE / "AL.xlsx").read_bytes())


def test_a_task_force_may_send_its_own_workbook():
    def change(workbook):
        for sheet in ("Counts", "Agencies"):
            for row in range(workbook[sheet].max_row, 4, -1):
                if workbook[sheet].cell(row, 1).value != "CA-SD":
                    workbook[sheet].delete_rows(row)

    submission = judged(changed("CA", change))
    assert (submission.verdict, submission.task_forces) == (Verdict.ACCEPTED, ("CA-SD",))


def test_the_same_bytes_twice_are_one_submission():
    content = (SAMPLE / "AL.xlsx").read_bytes()
    batch = judge_batch(OPERATION, [arrival(content, "a.xlsx"), arrival(content, "b.xlsx")], as_of=AS_OF)
    assert (len(batch.submissions), len(batch.counts)) == (1, 3 * 17 + 4)


def test_a_rejected_workbook_adds_no_count():
    content = changed("AL", lambda workbook: workbook["Counts"].__setitem__("D5", -1))
    assert judge_batch(OPERATION, [arrival(content)], as_of=AS_OF).counts.empty


def test_a_damaged_workbook_is_refused_or_its_counts_are_unharmed():
    good = (SAMPLE / "AL.xlsx").read_bytes()
    chance = random.Random(2018)
    for _ in range(150):
        damaged = bytearray(good)
        damaged[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        batch = judge_batch(OPERATION, [arrival(bytes(damaged))], as_of=AS_OF)
        assert batch.submissions[0].verdict is Verdict.REJECTED or figures(bytes(damaged)) == figures(good)


def test_a_sheet_whose_checksum_is_wrong_is_refused_when_it_is_looked_at_again():
    content = changed("AL", lambda workbook: workbook["Counts"].__setitem__("D5", None))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        at = package.getinfo("xl/worksheets/sheet3.xml").CRC.to_bytes(4, "little")
    damaged = content.replace(at, bytes([at[0] ^ 1]) + at[1:])
    assert places(judged(damaged)) == [("file_is_readable", "", "")]
