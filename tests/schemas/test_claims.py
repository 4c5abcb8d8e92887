"""What makes a claim true: every hedge at its boundaries, and against its definition word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claims import Interval, grain_as_written, true_wording, truth_of
from schemas.operation import Claim, Family, Hedge

GRAINS = st.sampled_from([1, 2, 5, 10, 100, 1000])


def claim(hedge: Hedge, value: int, grain: int) -> Claim:
    return Claim("arrests", Family.OPERATION, "arrests", hedge, value, grain, "arrests", (), ("lead",))


def is_true_by_the_words(hedge: Hedge, value: int, grain: int, figure: int) -> bool:
    down = figure - figure % grain
    up = figure if figure == down else down + grain
    half_up = up if 2 * (figure - down) >= grain and figure != down else down
    return {
        Hedge.EXACT: figure == value,
        Hedge.MORE_THAN: figure > value and down == value,
        Hedge.NEARLY: figure < value and up == value,
        Hedge.ABOUT: half_up == value,
    }[hedge]


@pytest.mark.parametrize(
    ("hedge", "value", "grain", "least", "most"),
    [
        (Hedge.EXACT, 195, 1, 195, 195),
        (Hedge.MORE_THAN, 2_300, 100, 2_301, 2_399),
        (Hedge.MORE_THAN, 390_000, 1_000, 390_001, 390_999),
        (Hedge.NEARLY, 2_300, 100, 2_201, 2_299),
        (Hedge.ABOUT, 25_200, 100, 25_150, 25_249),
        (Hedge.ABOUT, 15, 5, 13, 17),
        (Hedge.ABOUT, 0, 100, 0, 49),
        (Hedge.ABOUT, 7, 1, 7, 7),
    ],
)
def test_a_claim_is_true_from_one_whole_number_to_another(hedge, value, grain, least, most):
    assert truth_of(claim(hedge, value, grain)) == Interval(least, most)


@given(st.sampled_from(Hedge), st.integers(0, 40), GRAINS, st.data())
def test_the_interval_holds_exactly_the_figures_that_make_the_words_true(hedge, times, grain, data):
    value = times * grain
    figure = data.draw(st.integers(max(0, value - 2 * grain), value + 2 * grain))
    assert (figure in truth_of(claim(hedge, value, grain))) == is_true_by_the_words(hedge, value, grain, figure)


@pytest.mark.parametrize("hedge", [Hedge.MORE_THAN, Hedge.NEARLY])
def test_at_a_grain_of_one_nothing_is_more_than_or_nearly_a_number(hedge):
    truth = truth_of(claim(hedge, 5, 1))
    assert not any(figure in truth for figure in range(12))
    assert not truth.meets(Interval(0, None))


@given(*[st.tuples(st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9)))] * 2)
def test_intervals_meet_when_a_number_lies_in_both(one, other):
    first, second = Interval(*one), Interval(*other)
    assert first.meets(second) == any(number in first and number in second for number in range(20))


@pytest.mark.parametrize(
    ("hedge", "value", "grain", "figure", "wording"),
    [
        (Hedge.EXACT, 195, 1, 196, "196"),
        (Hedge.MORE_THAN, 2_300, 100, 2_401, "more than 2,400"),
        (Hedge.MORE_THAN, 2_300, 100, 2_400, "about 2,400"),
        (Hedge.NEARLY, 2_300, 100, 2_199, "nearly 2,200"),
        (Hedge.NEARLY, 2_300, 100, 2_300, "about 2,300"),
        (Hedge.ABOUT, 25_200, 100, 25_250, "about 25,300"),
    ],
)
def test_a_wording_is_offered_that_the_figure_makes_true(hedge, value, grain, figure, wording):
    assert true_wording(claim(hedge, value, grain), figure) == wording


@given(st.sampled_from(Hedge), GRAINS, st.integers(0, 5_000))
def test_the_wording_offered_is_always_true(hedge, grain, figure):
    words = true_wording(claim(hedge, 0, grain), figure)
    *phrase, number = words.split(" ")
    offered = next(h for h in Hedge if h.phrase.strip() == " ".join(phrase))
    assert is_true_by_the_words(offered, int(number.replace(",", "")), grain, figure)


@pytest.mark.parametrize(
    ("hedge", "value", "grain"),
    [
        (Hedge.EXACT, 2_300, 1),
        (Hedge.MORE_THAN, 2_300, 100),
        (Hedge.MORE_THAN, 2_000, 1_000),
        (Hedge.MORE_THAN, 390_614, 1),
        (Hedge.NEARLY, 2_000, 100),
        (Hedge.NEARLY, 400_000, 10_000),
        (Hedge.ABOUT, 25_200, 100),
        (Hedge.ABOUT, 60, 1),
        (Hedge.MORE_THAN, 0, 1),
    ],
)
def test_a_figure_was_rounded_as_its_zeros_tell_and_if_it_is_said_to_be_close_within_a_tenth(hedge, value, grain):
    assert grain_as_written(hedge, value) == grain
