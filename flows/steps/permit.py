"""Who may prepare and approve a release, and when it may be approved.

What belongs here: refusing, with what helps. What does not: what stands against publishing, which was found before.
"""

from collections.abc import Collection, Sequence

from schemas.operation import Operation
from schemas.reasons import why_no_reason
from schemas.release import Approved, Matter, Prepared, ReleaseRefusedError, Signature, UnfitApprovalError
from schemas.snapshot import Reckoning
from schemas.workbook import normalise


def approver_role(operation: Operation, role: str) -> str:
    """Return a role as the operation writes it.

    Raises:
        UnfitApprovalError: It is none of the operation's approvers.
    """
    roles = {normalise(approver): approver for approver in operation.approver_roles}
    if normalise(role) not in roles:
        raise UnfitApprovalError(f"--by: this role makes no releases; those that do are {', '.join(roles.values())}.")
    return roles[normalise(role)]


def permit(
    operation: Operation, prepared: Prepared, by: Signature, *, acknowledged: Collection[Matter], reason: str
) -> None:
    """Make sure that somebody may approve what was prepared, with the questions acknowledged and the reason why.

    Raises:
        UnfitApprovalError: Something is acknowledged that does not stand against it.
        ReleaseRefusedError: The same role or account has prepared it, or something stands against it.
    """
    standing = dict.fromkeys(objection.matter for objection in prepared.objections)
    if needless := [matter for matter in acknowledged if matter not in standing]:
        raise UnfitApprovalError(
            f"--acknowledge {needless[0]}: it does not stand against this release; what does is "
            f"{', '.join(standing) or 'nothing'}. Leave it out."
        )
    if by.role == prepared.by.role:
        raise ReleaseRefusedError(f"the {by.role} has prepared this release; another role has to approve it.")
    if by.account == prepared.by.account:
        raise ReleaseRefusedError(
            "the same account of this machine has prepared this release; another person has to approve it, from an "
            "account of their own."
        )
    if blocking := prepared.blocking:
        raise ReleaseRefusedError(
            f"{len(blocking)} of what stands against this release cannot be approved "
            f"({', '.join(dict.fromkeys(o.matter for o in blocking))}); mend it, run, and prepare again."
        )
    if unanswered := [matter for matter in prepared.questions if matter not in acknowledged]:
        options = " ".join(f"--acknowledge {matter}" for matter in unanswered)
        raise ReleaseRefusedError(f"questions are open; say of each that it was looked at: {options}.")
    if prepared.questions and (why := why_no_reason(reason, operation.period_start.year)):
        raise ReleaseRefusedError(f"--reason says why what is acknowledged is no obstacle, and cannot be kept: {why}.")


def still_holds(prepared: Prepared, was: Reckoning, newest: Reckoning, released: Sequence[Approved]) -> None:
    """Make sure that nothing has happened since a release was prepared, of what counted then, that it ought to know of.

    Raises:
        ReleaseRefusedError: Another release was approved, or a claim has another figure or verdict by now.
    """
    if any(approved.act > prepared.act for approved in released):
        raise ReleaseRefusedError("another release has been approved since this one was prepared; prepare it again.")
    then = {check.claim.id: (check.computed, check.verdict) for check in was.claims}
    changed = [check.claim.id for check in newest.claims if then.get(check.claim.id) != (check.computed, check.verdict)]
    if changed:
        raise ReleaseRefusedError(f"{', '.join(changed)}: another figure or verdict by now; prepare the release again.")
