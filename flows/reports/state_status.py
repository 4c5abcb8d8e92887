"""How each state stands: one word a state, for the map and the head of its report."""

from collections.abc import Sequence
from enum import StrEnum

from flows.reports.filing import Filed
from schemas.snapshot import Snapshot
from schemas.submission import Standing, Verdict


class StateStatus(StrEnum):
    """What the nation has of a state."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    PARTLY = "partly"
    REJECTED = "rejected"
    CONFLICTING = "conflicting"
    NOTHING_RECEIVED = "nothing_received"

    @property
    def phrase(self) -> str:
        """The status as people read it."""
        return {
            "accepted": "Accepted",
            "accepted_with_warnings": "Accepted with warnings",
            "partly": "Partly accepted",
            "rejected": "Rejected",
            "conflicting": "Conflicting",
            "nothing_received": "Nothing received",
        }[self.value]

    @property
    def meaning(self) -> str:
        """What that means for the totals, in one sentence."""
        return {
            "accepted": "All its figures count.",
            "accepted_with_warnings": "All its figures count; some are to be corrected or explained.",
            "partly": "Some of its figures count; a task force is missing, or the latest workbook was not accepted.",
            "rejected": "None of its figures count until a corrected workbook arrives.",
            "conflicting": "None of its figures count: workbooks with the same revision number disagree.",
            "nothing_received": "No workbook has arrived.",
        }[self.value]


def state_status(snapshot: Snapshot, state: str, sent: Sequence[Filed]) -> StateStatus:
    """Return how a state stands.

    Args:
        snapshot: What counts.
        state: Two-letter code of the roster.
        sent: Its submissions, as `filing` orders them.
    """
    if not sent:
        return StateStatus.NOTHING_RECEIVED
    standings = {
        (filed.submission.sha256, task_force): standing
        for filed in sent
        for task_force in filed.submission.task_forces
        if (standing := snapshot.standings.get((filed.submission.sha256, task_force)))
    }
    counting = {pair for pair, standing in standings.items() if standing is Standing.CURRENT}
    latest = sent[-1].submission
    if not counting:
        return StateStatus.CONFLICTING if latest.verdict.counts else StateStatus.REJECTED
    is_settled = latest.verdict.counts and all(
        standings.get((latest.sha256, task_force)) is not Standing.CONFLICTING for task_force in latest.task_forces
    )
    task_forces = {task_force.id for task_force in snapshot.operation.roster.by_state[state]}
    if not is_settled or {task_force for _, task_force in counting} != task_forces:
        return StateStatus.PARTLY
    verdicts = {filed.submission.verdict for filed in sent if filed.submission.sha256 in {sha for sha, _ in counting}}
    asks = Verdict.ACCEPTED_WITH_WARNINGS in verdicts
    return StateStatus.ACCEPTED_WITH_WARNINGS if asks else StateStatus.ACCEPTED
