"""What two releases in succession give away: what a few changed between exact figures; rounded ones leave it open."""

from dataclasses import replace

import pytest

from flows.steps.disclose import disclose
from recorded import take_snapshot
from schemas.operation import Claim, Hedge
from small_nation import AFTER, DECEMBER, JANUARY, OPERATION, cells_of, judged, receipt, submission

CLAIMS = {claim.id: claim for claim in OPERATION.claims}
EXAMINERS, DEVICES = CLAIMS["examiners"], CLAIMS["devices"]


def release(*claims: Claim, **changes: dict):
    """Return what a release is of: some claims, and each task force's cells changed as given."""
    operation = replace(OPERATION, claims=claims, fewest_task_forces=2)
    sent = [
        (submission(f"{task_force.id}", task_force.state, task_force.id), cells_of(task_force.id) | changes.get(
            task_force.id.replace("-", "_"), {}))
        for task_force in OPERATION.roster.task_forces
    ]  # fmt: skip
    return take_snapshot(operation, [receipt(one.sha256) for one, _ in sent], [judged(*sent)], as_of=AFTER)


def examiners(number: int, hedge=Hedge.EXACT, grain=1) -> Claim:
    return replace(EXAMINERS, value=number, hedge=hedge, grain=grain)


MORE_IN_IDAHO = {"ID": {("ID", JANUARY, "examiners"): 5}}


def test_an_exact_figure_after_an_exact_one_gives_away_what_one_task_force_has_changed():
    (given,) = disclose(release(EXAMINERS), release(examiners(14), **MORE_IN_IDAHO))
    assert (given.before, given.claim.phrase, given.task_forces) == ("12 examiners", "14 examiners", ("ID",))
    assert (given.least, given.most) == (2, 2)
    assert given.instead == "more than 10 examiners"


def test_what_is_proposed_instead_gives_nothing_away():
    instead = examiners(10, Hedge.MORE_THAN, 10)
    assert disclose(release(EXAMINERS), release(instead, **MORE_IN_IDAHO)) == ()


def test_a_difference_of_as_many_task_forces_as_the_operation_asks_for_is_nobodys():
    more_in_oregon = {"OR": {("OR", JANUARY, "examiners"): 4}}
    assert disclose(release(EXAMINERS), release(examiners(15), **MORE_IN_IDAHO, **more_in_oregon)) == ()


def test_a_rounded_figure_leaves_a_range_even_where_its_words_change():
    more = {"ID": {("ID", DECEMBER, "phones"): 60}}
    devices = replace(DEVICES, value=600)
    assert disclose(release(DEVICES), release(devices, **more)) == ()


def test_two_rounded_claims_about_one_figure_are_known_together():
    about, more_than = (replace(DEVICES, hedge=h, value=480, grain=10) for h in (Hedge.ABOUT, Hedge.MORE_THAN))
    fewer, more = ({"ID": {("ID", DECEMBER, "phones"): number}} for number in (29, 31))
    earlier = replace(more_than, value=470)
    (given,) = disclose(release(about, earlier, **fewer), release(about, more_than, **more))
    assert (given.least, given.most) == (481 - 479, 484 - 475)
    assert (given.task_forces, given.before) == (("ID",), "about 480 devices examined, more than 470 devices examined")
    for before, now in ((about, about), (earlier, more_than)):
        assert disclose(release(before, **fewer), release(now, **more)) == ()


@pytest.mark.parametrize(
    "now",
    [
        release(EXAMINERS),
        release(EXAMINERS, ID={("ID", JANUARY, "phones"): 31}),
        release(examiners(13), **MORE_IN_IDAHO),
    ],
    ids=["the same again", "another measure changed", "a figure that is not supported and so not published"],
)
def test_nothing_is_given_away_by(now):
    assert disclose(release(EXAMINERS), now) == ()


def test_that_nothing_was_added_may_be_known():
    before = release(EXAMINERS, ID={("ID", JANUARY, "examiners"): 4}, OR={("OR", JANUARY, "examiners"): 2})
    assert disclose(before, release(EXAMINERS)) == ()


def test_a_release_with_somebody_outstanding_publishes_nothing_that_the_next_could_be_compared_with():
    sent = [(submission(t.id, t.state, t.id), cells_of(t.id)) for t in OPERATION.roster.task_forces if t.id != "OR"]
    before = take_snapshot(OPERATION, [receipt(one.sha256) for one, _ in sent], [judged(*sent)], as_of=AFTER)
    assert disclose(before, release(EXAMINERS)) == ()
