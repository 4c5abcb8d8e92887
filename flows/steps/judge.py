"""Judge: from findings to a verdict. One error rejects; a rejected submission adds nothing to any total."""

from collections.abc import Sequence

from schemas.findings import Finding, Severity
from schemas.submission import Verdict


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    """Return the verdict on a submission that was read, from the findings of its `file` rules."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Verdict.REJECTED
    return Verdict.ACCEPTED_WITH_WARNINGS if Severity.WARNING in severities else Verdict.ACCEPTED
