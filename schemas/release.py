"""A release: what can stand against publishing it, and what was prepared, approved and found when it was verified.

What belongs here: these as values. What does not: what may stand in `public/`, which is `public.py`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.operation import Claim


class Matter(StrEnum):
    """What can stand against publishing, the gravest first."""

    NOT_COVERED = "not_covered"
    CLAIM_NOT_SUPPORTED = "claim_not_supported"
    FIGURE_NOT_SUPPORTED = "figure_not_supported"
    CONFLICT = "conflict"
    REJUDGE_PENDING = "rejudge_pending"
    GIVES_AWAY = "gives_away"
    WARNING_OPEN = "warning_open"
    NOT_COUNTED = "not_counted"
    NOT_TAKEN = "not_taken"
    DIFFERS = "differs_from_last_release"

    @property
    def blocks(self) -> bool:
        """Whether nobody may approve while it stands: the release would be untrue, unproved, or say too much.

        The others are questions that a person may answer: they are approved by name, with a reason that is recorded.
        """
        return self not in (Matter.WARNING_OPEN, Matter.NOT_COUNTED, Matter.NOT_TAKEN, Matter.DIFFERS)


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that stands against publishing, and what helps, in a `sentence`.

    It is `about` a task force, claim, finding, measure, file or piece of text, as a program would look for it.
    """

    matter: Matter
    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A figure that, beside the one published before, gives away what a few task forces have changed.

    Attributes:
        claim: The claim as it would be published.
        before: What was published of the same, in words.
        task_forces: Ids of those whose counts of it have changed.
        least, most: What anybody can reckon that they have added together.
        instead: What may be published, in words; empty where only silence helps.
    """

    claim: Claim
    before: str
    task_forces: tuple[str, ...]
    least: int
    most: int
    instead: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something, and when: a role, whom the machine took them for, and an aware moment."""

    role: str
    account: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    """A release as it was prepared: frozen, with what stood against it.

    Attributes:
        act: Its number in the ledger.
        text: sha256 of the release's text; empty where none was given.
        files: sha256 of every file that is published or that published figures rest on, by path.
    """

    act: int
    snapshot: str
    by: Signature
    text: str
    objections: tuple[Objection, ...]
    files: Mapping[str, str]

    @property
    def blocking(self) -> tuple[Objection, ...]:
        """Those objections that nobody may approve."""
        return tuple(objection for objection in self.objections if objection.matter.blocks)

    @property
    def questions(self) -> tuple[Matter, ...]:
        """The kinds of objection that have to be approved by name, each once."""
        return tuple(dict.fromkeys(o.matter for o in self.objections if not o.matter.blocks))


@dataclass(frozen=True, slots=True)
class Approved:
    """That a release was approved, under a number in the ledger.

    One `reason` answers all questions that were `acknowledged`; `manifest` is the sha256 of the release's manifest.
    """

    act: int
    prepared: Prepared
    by: Signature
    acknowledged: tuple[Matter, ...]
    reason: str
    manifest: str


class ReleaseRefusedError(Exception):
    """A release needs somebody or something else before it can be approved. Its text says what, in one line."""


class UnfitApprovalError(Exception):
    """A role that makes no releases, or an answer to a question that nothing asks. The text says what would do."""
