"""Examining: a bug of ours stops one workbook, names it, and costs no other its judgement."""

import datetime as dt
from collections.abc import Sequence

import pytest

from flows import judgement
from flows.examining import examine, only_of
from flows.inbox import find_workbooks
from sample_workbook import AS_OF, OPERATION, SAMPLE


class Received(dict[str, dt.datetime]):
    """Everything was received at one moment."""

    def __contains__(self, _sha256: object) -> bool:
        return True

    def __missing__(self, _sha256: str) -> dt.datetime:
        return AS_OF


@pytest.fixture
def files():
    return find_workbooks(SAMPLE)[:9]


def states_of(examined) -> Sequence[str]:
    return sorted(submission.state for _, batch in examined.judged for submission in batch.submissions)


def test_what_a_bug_stops_is_named_without_a_word_of_it_and_the_others_are_judged(files, monkeypatch):
    culprit = next(file for file in files if file.name == "CA.xlsx")

    def judge_batch(operation, arrivals, **others):
        if any(arrival.file == culprit.name for arrival in arrivals):
            raise ValueError("Jane Doe")
        return judgement.judge_batch(operation, arrivals, **others)

    monkeypatch.setattr("flows.examining.judge_batch", judge_batch)
    examined = examine(OPERATION, files, Received())
    assert states_of(examined) == ["AK", "AL", "AR", "AZ", "CO", "CT", "DE", "FL"]
    (broken,) = examined.broken
    assert (broken.file, broken.bug.partition(",")[0]) == ("CA.xlsx", "ValueError in flows/examining.py")
    assert "Jane" not in f"{broken.sentence}{broken.not_taken.sentence}"


def test_the_judgements_of_other_states_are_left_to_another_run(files):
    ((_, batch),) = examine(OPERATION, files, Received()).judged
    some = only_of(frozenset({"AL"}), batch)
    assert [submission.state for submission in some.submissions] == ["AL"]
    assert set(some.read["sha256"]) == {some.submissions[0].sha256}
