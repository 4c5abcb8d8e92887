"""Who may release what: another role and another person, with every question answered, and nothing new since."""

import datetime as dt
from dataclasses import replace

import pytest

from flows.steps.permit import approver_role, permit, still_holds
from recorded import take_snapshot
from schemas.release import (
    Approved,
    Matter,
    Objection,
    Prepared,
    ReleaseRefusedError,
    Signature,
    UnfitApprovalError,
)
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

NOON = dt.datetime(2032, 2, 12, 20, tzinfo=dt.UTC)
EDITOR, DIRECTOR = Signature("Editor", "one", NOON), Signature("Director", "other", NOON)
PREPARED = Prepared(2, "0123456789ab", EDITOR, "", (), {})
OPEN = Objection(Matter.WARNING_OPEN, "f1", "ID: Tips are unusual.")
UNTRUE = Objection(Matter.CLAIM_NOT_SUPPORTED, "tips", "The figure is 80.")


def refused(prepared=PREPARED, by=DIRECTOR, acknowledged=(), reason=""):
    with pytest.raises(ReleaseRefusedError) as refusal:
        permit(OPERATION, prepared, by, acknowledged=acknowledged, reason=reason)
    return str(refusal.value)


def test_another_role_on_another_account_may_approve():
    permit(OPERATION, PREPARED, DIRECTOR, acknowledged=(), reason="")


def test_the_role_that_prepared_it_may_not():
    assert refused(by=replace(EDITOR, account="other")) == (
        "the Editor has prepared this release; another role has to approve it."
    )


def test_the_person_who_prepared_it_may_not_in_another_role():
    assert refused(by=replace(DIRECTOR, account="one")) == (
        "the same account of this machine has prepared this release; another person has to approve it, from an account "
        "of their own."
    )


@pytest.mark.parametrize("matter", [matter for matter in Matter if matter.blocks])
def test_what_blocks_cannot_be_acknowledged(matter):
    stands = replace(PREPARED, objections=(replace(UNTRUE, matter=matter), OPEN))
    assert refused(stands, acknowledged=[matter, Matter.WARNING_OPEN], reason="It is late.") == (
        f"1 of what stands against this release cannot be approved ({matter}); mend it, run, and prepare again."
    )


@pytest.mark.parametrize("matter", [matter for matter in Matter if not matter.blocks])
def test_a_question_is_acknowledged_by_name_and_with_a_reason(matter):
    asks = replace(PREPARED, objections=(replace(OPEN, matter=matter), replace(OPEN, matter=matter, about="f2")))
    assert refused(asks, reason="It was asked.") == (
        f"questions are open; say of each that it was looked at: --acknowledge {matter}."
    )
    for reason, why in ((" ", "it is blank"), ("a" * 201, "it is longer than 200 characters")):
        assert refused(asks, acknowledged=[matter], reason=reason) == (
            f"--reason says why what is acknowledged is no obstacle, and cannot be kept: {why}."
        )
    permit(OPERATION, asks, DIRECTOR, acknowledged=[matter], reason="The state was asked.")


def test_what_does_not_stand_against_it_cannot_be_acknowledged():
    for objections, standing in (((), "nothing"), ((OPEN, OPEN, UNTRUE), "warning_open, claim_not_supported")):
        with pytest.raises(UnfitApprovalError) as refusal:
            permit(
                OPERATION,
                replace(PREPARED, objections=objections),
                DIRECTOR,
                acknowledged=[Matter.NOT_TAKEN],
                reason="It was looked at.",
            )
        assert str(refusal.value) == (
            f"--acknowledge not_taken: it does not stand against this release; what does is {standing}. Leave it out."
        )


def test_a_role_is_known_in_any_letters_and_no_other_makes_releases():
    assert approver_role(OPERATION, " editor") == "Editor"
    with pytest.raises(UnfitApprovalError) as refusal:
        approver_role(OPERATION, "Clerk")
    assert str(refusal.value) == "--by: this role makes no releases; those that do are Editor, Director."


def nation(**changed):
    sent = [(submission(t.id, t.state, t.id), cells_of(t.id) | changed) for t in OPERATION.roster.task_forces[:1]]
    return take_snapshot(OPERATION, [receipt(one.sha256) for one, _ in sent], [judged(*sent)], as_of=AFTER)


def test_what_was_prepared_holds_until_a_figure_or_verdict_is_another():
    was = nation()
    still_holds(PREPARED, was, replace(was, id="another night"), ())
    changed = replace(was, claims=(replace(was.claims[0], computed="481"), *was.claims[1:]))
    with pytest.raises(ReleaseRefusedError, match=r"^devices: another figure or verdict by now; prepare"):
        still_holds(PREPARED, was, changed, ())


def test_what_was_prepared_before_another_release_is_prepared_again():
    was = nation()
    other = Approved(1, PREPARED, DIRECTOR, (), "", "")
    still_holds(PREPARED, was, was, [other])
    with pytest.raises(ReleaseRefusedError, match="another release has been approved since"):
        still_holds(PREPARED, was, was, [replace(other, act=3)])
