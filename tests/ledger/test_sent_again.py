"""What a state sends that no longer counts, or counts again: told on the snapshot, while every verdict stays."""

import io
import zipfile

import pytest

from flows.cli.main import main
from ledger.one_night import NEXT, one_night, snapshot_of_night
from sample_workbook import AS_OF, SAMPLE, changed, put
from schemas.submission import Verdict


def zipped_again(content: bytes) -> bytes:
    """Return a workbook with the same members in other bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as after:
        for member in before.infolist():
            after.writestr(member.filename, before.read(member))
    return packed.getvalue()


def told(snapshot, code):
    return [(f.message, f.remedy, snapshot.asks(f)) for f in snapshot.findings if f.code == code]


@pytest.fixture
def withdrawn(inbox, url, tmp_path):
    """Withdraw Alabama's workbook after a first night; give where that was."""
    before = snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    (sha256,) = (s.sha256 for s in before.submissions.values() if s.state == "AL")
    command = ["withdraw", sha256, "--reason", "sent in error", "--by", "analyst", "--as-of", "2018-06-08T12:00"]
    assert main([*command, "--ledger", url]) == 0
    return tmp_path / "out"


def test_a_lower_revision_that_comes_later_is_told_that_it_does_not_count(inbox, url, tmp_path):
    (inbox / "AL.xlsx").write_bytes(changed("AL", put("Submission", "B9", 3)))
    first = snapshot_of_night(inbox, tmp_path / "out", AS_OF, url)
    (inbox / "AL-2.xlsx").write_bytes((SAMPLE / "AL.xlsx").read_bytes())
    run = one_night(inbox, tmp_path / "out", NEXT, url)
    assert told(run.snapshot, "revisions_arrive_in_order") == [
        (
            "The file: revision 1 of AL came after revision 3; it does not count.",
            "If it should count, raise its revision above 3 and send it again.",
            True,
        )
    ]
    assert run.snapshot.totals.equals(first.totals)
    assert {submission.verdict for submission in run.snapshot.submissions.values()} == {Verdict.ACCEPTED}
    message = (run.outputs / "internal" / "states" / "AL" / "message.txt").read_text("utf-8")
    assert "revision 1 of AL came after revision 3" in message
    assert "Another workbook of yours has an answer of its own" not in message
    assert "AL-2.xlsx" in (run.outputs / "index.html").read_text("utf-8")


def test_a_withdrawn_file_sent_again_is_told_that_it_was_withdrawn(withdrawn, inbox, url):
    (inbox / "AL again.xlsx").write_bytes((inbox / "AL.xlsx").read_bytes())
    run = one_night(inbox, withdrawn, NEXT, url)
    assert told(run.snapshot, "file_is_sent_once") == []
    assert told(run.snapshot, "withdrawn_file_is_not_sent_again") == [
        (
            "The file: this file was withdrawn on 2018-06-08 by role: Analyst; its figures of AL do not count.",
            "To send these figures again, raise the revision.",
            True,
        )
    ]
    assert "AL" in run.snapshot.coverage.outstanding
    message = (run.outputs / "internal" / "states" / "AL" / "message.txt").read_text("utf-8")
    assert "To send these figures again, raise the revision." in message


def test_withdrawn_counts_in_other_bytes_count_again_with_a_warning(withdrawn, inbox, url):
    (inbox / "AL again.xlsx").write_bytes(zipped_again((inbox / "AL.xlsx").read_bytes()))
    snapshot = snapshot_of_night(inbox, withdrawn, NEXT, url)
    assert told(snapshot, "withdrawn_counts_are_not_sent_again") == [
        (
            "The file: revision 1 of AL has the counts of the file that was withdrawn on 2018-06-08 by role: Analyst; "
            "they count again.",
            "If they are to count, send them with a higher revision; if not, withdraw this file too.",
            True,
        )
    ]
    assert {submission.verdict for submission in snapshot.submissions.values()} == {Verdict.ACCEPTED}


def test_withdrawn_counts_sent_again_with_a_higher_revision_count_without_a_word(withdrawn, inbox, url):
    (inbox / "AL-2.xlsx").write_bytes(changed("AL", put("Submission", "B9", 2)))
    snapshot = snapshot_of_night(inbox, withdrawn, NEXT, url)
    assert snapshot.findings == ()
    assert "AL" not in snapshot.coverage.outstanding
