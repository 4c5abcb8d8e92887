"""The account of a run for a program to read."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.reports.artifacts import attention_rows
from schemas.snapshot import ClaimCheck, Snapshot


def run_as_json(snapshot: Snapshot, outputs: Path | str) -> dict[str, Any]:
    """Return what the account says, in the words and columns of the output files; numbers as numbers."""
    coverage, totals = asdict(snapshot.coverage), snapshot.totals
    del coverage["overdue"], coverage["months_covered"]
    verdicts = Counter(submission.verdict.value for submission in snapshot.submissions.values())
    return {
        "snapshot": snapshot.id,
        "operation": snapshot.operation.id,
        "as_of": snapshot.as_of.isoformat(),
        "outputs": str(outputs),
        "coverage": coverage,
        "totals": totals.astype(object).where(totals.notna(), None).to_dict("records"),
        "claims": [claim_as_json(check) for check in snapshot.claims],
        "submissions": dict(sorted(verdicts.items())),
        "needs_attention": attention_rows(snapshot),
        "to_be_rejudged": sorted(snapshot.to_be_rejudged),
        "not_taken": [asdict(file) for file in snapshot.not_taken],
    }


def claim_as_json(check: ClaimCheck) -> dict[str, Any]:
    """Return a judged claim in the columns of `release_check.csv`."""
    return {
        "claim": check.claim.id,
        "phrase": check.claim.phrase,
        "hedge": check.claim.hedge,
        "claimed": check.claim.value,
        "computed": check.number,
        "computed_phrase": check.computed,
        "verdict": check.verdict,
        "reason": check.reason,
    }
