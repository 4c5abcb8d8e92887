"""Who needs a person: the submissions that do not count as they came, or that count with a question."""

from flows.reports.filing import Filed, filed
from schemas.snapshot import Snapshot
from schemas.submission import Standing, Verdict

_GRAVEST_FIRST: tuple[Verdict | Standing, ...] = (
    Verdict.QUARANTINED,
    Verdict.REJECTED,
    Standing.CONFLICTING,
    Verdict.ACCEPTED_WITH_WARNINGS,
    Verdict.ACCEPTED,
)


def needing_attention(snapshot: Snapshot) -> tuple[Filed, ...]:
    """Return the submissions that need attention, the gravest first, then by state and file."""
    concerns = [one for sent in filed(snapshot).values() for one in sent if one.needs_a_person]
    return tuple(sorted(concerns, key=_gravity))


def _gravity(concern: Filed) -> tuple[int, str, str, str]:
    submission = concern.submission
    return _GRAVEST_FIRST.index(concern.outcome), submission.state, concern.file, submission.sha256
