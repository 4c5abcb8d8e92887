"""Every hostile, broken or private file of the corpus, judged: one cause, one code, one place."""

import pytest
from corpus import corpus

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from sample_workbook import AS_OF, OPERATION, SAMPLE, arrival
from schemas.door_rules import DOOR_RULES, PRIVACY_RULES, SIGHT_RULES
from schemas.findings import Severity
from schemas.submission import CellAccount, Verdict

CASES = corpus()
BEYOND_ITS_BYTES = {"file_is_read_in_time", "file_leaves_its_reader_whole"}  # tests/door/test_workers.py
PRIVATE = {rule.code for rule in PRIVACY_RULES}


@pytest.fixture(scope="module")
def judged():
    """Every case judged in one batch with the good workbooks: submissions by what is wrong, and the batch."""
    arrivals = [arrival(content, file) for file, content, *_ in CASES.values()]
    batch = judge_batch(OPERATION, [*arrivals, *take(find_workbooks(SAMPLE)).arrivals], as_of=AS_OF)
    by_hash = {submission.sha256: submission for submission in batch.submissions}
    return {name: by_hash[one.sha256] for name, one in zip(CASES, arrivals, strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_one_thing_wrong_is_told_by_its_code_at_its_place(judged, name):
    *_, code, place = CASES[name]
    found = [(finding.code, f"{finding.sheet}!{finding.cell}".rstrip("!")) for finding in judged[name].findings]
    told = [one for one in found if name.count("OpenDocument") == 0 or one[0] != "count_is_one_number"]
    assert told == [(code, place)]


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_follows_from_the_rule(judged, name):
    (finding, *_) = judged[name].findings
    if finding.code in PRIVATE:
        expected = Verdict.QUARANTINED
    else:
        expected = Verdict.REJECTED if finding.severity is Severity.ERROR else Verdict.ACCEPTED_WITH_WARNINGS
    assert judged[name].verdict is expected


def test_every_rule_of_the_door_has_a_case():
    shown = {code for *_, code, _ in CASES.values()}
    assert {rule.code for rule in (*DOOR_RULES, *PRIVACY_RULES, *SIGHT_RULES)} - shown == BEYOND_ITS_BYTES


def test_of_a_private_workbook_nothing_is_kept_but_hash_and_findings(judged):
    for name, submission in judged.items():
        if submission.verdict is Verdict.QUARANTINED:
            told = (submission.state, submission.revision, submission.certified_by, submission.certified_on)
            assert told == ("", 0, "", None)
            assert (submission.cells, submission.task_forces, submission.responses) == (CellAccount(0, 0, 0, 0), (), ())
            assert submission.beyond_form
            assert not any(word in repr(submission) for word in ("078-05", "555-01", "192.0", "2004", "0231")), name


def test_the_corpus_is_the_same_bytes_again():
    assert {name: case[1] for name, case in corpus().items()} == {name: case[1] for name, case in CASES.items()}
