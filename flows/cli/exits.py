"""Exit codes: what each one means, and what earns it. Every command ends with one of these and no other."""

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.reports.check_report import Checked
    from schemas.snapshot import Snapshot


class Exit(IntEnum):
    """How a command ended."""

    CLEAN = 0
    """Done, and nobody needs to do anything; warnings included."""

    NEEDS_A_PERSON = 1
    """Done, and somebody needs to look."""

    UNUSABLE = 2
    """Nothing was done: the arguments or the operation's data cannot be used."""

    OUR_FAILURE = 3
    """Not done, through a failure of our own: the disk, the server, a bug."""

    INTERRUPTED = 130
    """Stopped from the keyboard."""


class UnusableError(Exception):
    """The arguments cannot be used; the message says which and why, in one line."""


class ServerError(Exception):
    """There is no Prefect server to run on; the message says which, in one line."""


def exit_of_run(snapshot: "Snapshot") -> Exit:
    """Return how a run that led to a snapshot ends."""
    from flows.reports.filing import needing_attention
    from schemas.snapshot import ClaimVerdict

    after_the_deadline = snapshot.operation.day_of(snapshot.as_of) > snapshot.operation.final_deadline
    needs_a_person = (
        bool(snapshot.not_taken)
        or any(not concern.counts for concern in needing_attention(snapshot))
        or any(check.verdict is ClaimVerdict.CONTRADICTED for check in snapshot.claims)
        or (after_the_deadline and not snapshot.coverage.is_complete)
    )
    return Exit.NEEDS_A_PERSON if needs_a_person else Exit.CLEAN


def exit_of_check(checked: "Checked") -> Exit:
    """Return how a check of workbooks ends."""
    all_count = all(file.submission.verdict.counts for file in checked.files)
    return Exit.CLEAN if all_count and not checked.not_taken else Exit.NEEDS_A_PERSON
