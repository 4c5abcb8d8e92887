"""Explaining: from the id of a finding, as people read it, to the question that an explanation answers."""

from flows.ledger.faults import LedgerRefusedError
from flows.steps.explain import questions
from schemas.decisions import Question
from schemas.snapshot import Snapshot


def question_of(snapshot: Snapshot, finding: str) -> Question:
    """Return what a warning of a snapshot asks.

    Raises:
        LedgerRefusedError: No finding has this id, or it is none that can be explained.
    """
    found = [one for one in snapshot.findings if one.id == finding]
    if not found:
        raise LedgerRefusedError("the last snapshot has no finding of this id; findings.csv lists them.")
    asked = questions(found, snapshot.submissions, snapshot.read, snapshot.rules_version)
    if not asked:
        raise LedgerRefusedError(
            f"this finding ({found[0].code}) cannot be explained, only a warning can; what it asks for is: "
            f"{found[0].remedy}"
        )
    return asked[finding]
