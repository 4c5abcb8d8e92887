"""How each state stands: one word a state, for the map and the head of its report."""

from collections.abc import Sequence

from flows.reports.filing import Filed
from schemas.phrased import Phrased
from schemas.snapshot import Snapshot
from schemas.submission import Standing


class StateStatus(Phrased):
    """What the nation has of a state."""

    ACCEPTED = "accepted", "Accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings", "Accepted with warnings"
    PARTLY = "partly", "Partly accepted"
    REJECTED = "rejected", "Rejected"
    CONFLICTING = "conflicting", "Conflicting"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOTHING_RECEIVED = "nothing_received", "Nothing received"

    @property
    def meaning(self) -> str:
        """What that means for the totals, in one sentence."""
        return _MEANING[self]


_MEANING = {
    StateStatus.ACCEPTED: "All its figures count.",
    StateStatus.ACCEPTED_WITH_WARNINGS: "All its figures count; some are to be corrected or explained.",
    StateStatus.PARTLY: "Some of its figures count; a task force is missing, or the latest workbook was not accepted.",
    StateStatus.REJECTED: "None of its figures count until a corrected workbook arrives.",
    StateStatus.CONFLICTING: "None of its figures count: workbooks with the same revision number disagree.",
    StateStatus.WITHDRAWN: "What it sent was withdrawn; none of its figures count.",
    StateStatus.NOTHING_RECEIVED: "No workbook has arrived.",
}


def state_status(snapshot: Snapshot, state: str, sent: Sequence[Filed]) -> StateStatus:
    """Return how a state of the roster stands, given its submissions as `filing` orders them."""
    if not sent:
        return StateStatus.NOTHING_RECEIVED
    task_forces = [task_force.id for task_force in snapshot.operation.roster.by_state[state]]
    counting = {
        task_force: one
        for task_force in task_forces
        for one in sent
        if snapshot.standings.get((one.submission.sha256, task_force)) is Standing.CURRENT
    }
    latest = sent[-1]
    if not counting:
        if Standing.WITHDRAWN in snapshot.standings_of(latest.submission.sha256).values():
            return StateStatus.WITHDRAWN
        return StateStatus.CONFLICTING if latest.submission.verdict.counts else StateStatus.REJECTED
    if not latest.counts or len(counting) < len(task_forces):
        return StateStatus.PARTLY
    asks = any(one.open for one in sent if one.counts and not one.is_replaced)
    return StateStatus.ACCEPTED_WITH_WARNINGS if asks else StateStatus.ACCEPTED
