"""Nights one after the other: what is known is not read again, nothing is lost, and every one can be replayed."""

import datetime as dt
import json
import os
import shutil

import openpyxl
import pandas as pd
import pytest

from flows.cli.main import main
from flows.inbox import find_workbooks, look
from flows.ledger.faults import LedgerRefusedError
from flows.ledger.ledger import ledger_to_read
from flows.ledger.place import place_of
from flows.night import judge_all, record_examined, take_snapshot, told
from flows.operations import load_operation
from flows.replaying import newest_snapshot, replay
from ledger.one_night import NEXT, begun, examine_here, one_night, say_nothing, snapshot_of_night, tree
from sample_workbook import AS_OF, SAMPLE, changed, put
from schemas.submission import NotTaken, Standing, Verdict
from small_operation import write_small_operation

DAY = dt.timedelta(days=1)


def totals(snapshot) -> dict[str, int]:
    return {m: None if pd.isna(v) else v for m, v in snapshot.totals.set_index("measure")["value"].items()}


def unjudged(inbox, url, as_of):
    """Begin a night and return the names of the files that would be read."""
    with begun(inbox, inbox.parent / "out", as_of, url) as night:
        return sorted(file.name for file in night.unjudged)


def test_known_bytes_are_not_judged_again_under_whatever_name(inbox, url, tmp_path):
    assert unjudged(inbox, url, AS_OF) == ["AK.xlsx", "AL.xlsx", "CA.xlsx"]
    snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    (inbox / "AL.xlsx").rename(inbox / "Alabama.xlsx")
    (inbox / "AL-2.xlsx").write_bytes(changed("AL", put("Submission", "B9", 2)))
    assert unjudged(inbox, url, AS_OF + DAY) == ["AL-2.xlsx"]


def test_a_file_is_read_again_only_if_it_may_have_changed(inbox):
    now = dt.datetime.now(dt.UTC)
    assert look(find_workbooks(inbox), {}, now).remembered == {}
    rested = look(find_workbooks(inbox), {}, now + dt.timedelta(seconds=10))
    assert len(rested.remembered) == 3
    before = (inbox / "AL.xlsx").stat()
    content = bytearray((inbox / "AL.xlsx").read_bytes())
    content[-1] ^= 1
    (inbox / "AL.xlsx").write_bytes(content)
    os.utime(inbox / "AL.xlsx", ns=(before.st_atime_ns, before.st_mtime_ns))
    again = look(find_workbooks(inbox), dict.fromkeys(rested.remembered, "as before"), now)
    assert {file.name: sha256 == "as before" for file, _, sha256 in again.files} == {
        "AK.xlsx": True,
        "AL.xlsx": False,
        "CA.xlsx": True,
    }


def test_what_vanishes_from_the_inbox_still_counts(inbox, url, tmp_path):
    first = snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    for file in inbox.iterdir():
        file.unlink()
    second = snapshot_of_night(inbox, tmp_path / "out", AS_OF + DAY, url)
    assert totals(second) == totals(first)
    assert second.standings == first.standings
    assert {receipt.received for receipt in second.receipts} == {AS_OF}


def test_a_night_again_publishes_nothing_new(inbox, url, tmp_path):
    first = one_night(inbox, tmp_path / "out", AS_OF, url)
    written = tree(tmp_path / "out" / "runs")
    again = one_night(inbox, tmp_path / "out", AS_OF + dt.timedelta(hours=1), url)
    assert (again.outputs, again.snapshot.as_of) == (first.outputs, AS_OF)
    assert tree(tmp_path / "out" / "runs") == written


def test_every_night_is_replayed_byte_for_byte_from_the_ledger_alone(inbox, url, tmp_path):
    for night, state in enumerate(("AL", "TX", "CA")):
        content = changed(state, put("Submission", "B9", 2)) if state != "TX" else (SAMPLE / "TX.xlsx").read_bytes()
        (inbox / f"{state}-2.xlsx").write_bytes(content)
        one_night(inbox, tmp_path / "out", AS_OF + night * DAY, url)
    written = tree(tmp_path / "out" / "runs")
    shutil.rmtree(inbox)
    shutil.rmtree(tmp_path / "out" / "runs")
    with ledger_to_read(place_of(url, tmp_path / "out")) as ledger:
        for night in (2, 0, 1):
            replay(ledger, tmp_path / "again", AS_OF + night * DAY)
    assert tree(tmp_path / "again" / "runs") == written


def test_a_day_means_all_of_it_to_replay_as_it_does_to_bridge(inbox, url, tmp_path, capsys):
    out, ledger = tmp_path / "out", ["--ledger", url]
    one_night(inbox, out, AS_OF, url)
    (inbox / "TX.xlsx").write_bytes((SAMPLE / "TX.xlsx").read_bytes())
    last = one_night(inbox, out, AS_OF + dt.timedelta(hours=12), url)
    one_night(inbox, out, NEXT, url)
    for day in ("2018-06-08", "2018-06-08T14:00"):
        assert main(["replay", "--as-of", day, "--out", str(tmp_path / day), *ledger]) == 0
        assert tree(tmp_path / day / "current") == tree(last.outputs)
    capsys.readouterr()
    assert main(["bridge", "2018-06-08", last.snapshot.id, "--json", *ledger]) == 0
    assert {f["before"] == f["now"] for f in json.loads(capsys.readouterr().out)["figures"]} == {True}


def test_at_a_later_clock_figures_sent_before_their_month_had_ended_are_asked_for(url, tmp_path):
    (tmp_path / "inbox").mkdir()
    early = changed("AL", put("Submission", "B11", dt.date(2018, 5, 20)))
    (tmp_path / "inbox" / "AL.xlsx").write_bytes(early)
    in_may = dt.datetime(2018, 5, 21, 6, tzinfo=dt.UTC)
    assert snapshot_of_night(tmp_path / "inbox", tmp_path / "out", in_may, url).totals["value"].notna().any()
    with ledger_to_read(place_of(url, tmp_path / "out")) as ledger:
        assert "AL" not in newest_snapshot(ledger).coverage.overdue
        later = newest_snapshot(ledger, AS_OF)
    assert ("AL", "2018-05") in later.awaited
    assert "AL" in later.coverage.overdue


def test_what_was_never_published_is_nothing_to_compare_with(inbox, url, tmp_path):
    first = snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    with begun(inbox, tmp_path / "out", AS_OF + DAY, url) as night:
        take_snapshot(night)
    shutil.copyfile(SAMPLE / "TX.xlsx", inbox / "TX.xlsx")
    with begun(inbox, tmp_path / "out", AS_OF + DAY, url) as night:
        judge_all(night, examine=examine_here, say=say_nothing)
        assert told(night, *take_snapshot(night))[1].id == first.id


def test_a_moment_before_the_first_night_cannot_be_replayed(inbox, url, tmp_path):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    with (
        ledger_to_read(place_of(url, tmp_path / "out")) as ledger,
        pytest.raises(
            LedgerRefusedError,
            match="has no snapshot as of June 7, 2018, 02:00 EDT or before; its first is as of June 8, 2018, 02:00 EDT",
        ),
    ):
        replay(ledger, tmp_path / "again", AS_OF - DAY)


def test_no_night_is_of_an_earlier_time_than_the_one_before(inbox, url, tmp_path):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    with pytest.raises(LedgerRefusedError, match="has had a run as of June 8, 2018, 02:00 EDT"):
        one_night(inbox, tmp_path / "out", AS_OF - DAY, url)


def test_a_ledger_is_that_of_one_operation(inbox, url, tmp_path):
    snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    other = load_operation(write_small_operation(tmp_path))
    with pytest.raises(LedgerRefusedError) as refusal:
        one_night(inbox, tmp_path / "out", dt.datetime(2032, 2, 12, tzinfo=dt.UTC), url, other)
    assert str(refusal.value).endswith(
        "is that of broken-heart-2018, not of quiet-harbor-2031; choose another --out or another --ledger."
    )


def test_a_file_that_changes_between_looking_and_reading_is_told_and_taken_the_next_night(inbox, url, tmp_path):
    with begun(inbox, tmp_path / "out", AS_OF, url) as night:
        (inbox / "AL.xlsx").write_bytes(changed("AL", put("Submission", "B9", 2)))
        (inbox / "AK.xlsx").unlink()
        (examined,) = examine_here(night, [list(night.unjudged)])
        record_examined(night, examined)
    ((_, batch),) = examined.judged
    assert [submission.state for submission in batch.submissions] == ["CA"]
    snapshot = snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    assert {(s.state, s.revision) for s in snapshot.submissions.values()} == {("AL", 2), ("CA", 1)}


def test_the_night_says_what_it_could_not_take(inbox, url, tmp_path):
    (inbox / "WY.xlsx").symlink_to(SAMPLE / "WY.xlsx")
    run = one_night(inbox, tmp_path / "out", AS_OF, url)
    assert run.snapshot.not_taken == (NotTaken("WY.xlsx", "it is a link; put the file itself into the inbox"),)
    with ledger_to_read(place_of(url, tmp_path / "out")) as ledger:
        assert replay(ledger, tmp_path / "again", AS_OF)[1].not_taken == run.snapshot.not_taken


def test_what_was_accepted_before_a_month_ended_stays_accepted_and_coverage_says_what_is_missing(url, tmp_path):
    def until_april(workbook: openpyxl.Workbook) -> None:
        workbook["Counts"].delete_rows(7)
        workbook["Submission"]["B11"] = dt.date(2018, 5, 2)

    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "AL.xlsx").write_bytes(changed("AL", until_april))
    early = snapshot_of_night(tmp_path / "inbox", tmp_path / "out", dt.datetime(2018, 5, 10, tzinfo=dt.UTC), url)
    (sha256,) = early.submissions
    assert early.submissions[sha256].verdict is Verdict.ACCEPTED
    late = snapshot_of_night(tmp_path / "inbox", tmp_path / "out", AS_OF, url)
    assert late.submissions[sha256].verdict is Verdict.ACCEPTED
    assert late.standings == {(sha256, "AL"): Standing.CURRENT}
    assert "AL" in late.coverage.overdue
    assert totals(late)["arrests"] == totals(early)["arrests"]
