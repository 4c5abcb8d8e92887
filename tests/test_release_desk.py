"""The draft of the release passes; whatever is altered in it is caught, for the right reason, and nothing else is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.operations import load_operation
from flows.release_desk import check_text, say_truly
from flows.reports.figures import said
from flows.steps.cover import cover
from flows.steps.roll_up import roll_up
from sample_release import DRAFT, checked, sample_basis
from sample_workbook import OPERATION
from schemas.operation import Family, Hedge
from schemas.prose import FigureVerdict
from schemas.release_basis import ReleaseBasis, known_totals
from small_nation import AFTER, counts_of, national_cells
from small_nation import OPERATION as SMALL
from small_operation import write_small_operation

TRUE, FALSE = FigureVerdict.SUPPORTED, FigureVerdict.CONTRADICTED
OPEN, UNBACKED, NO_CLAIM = FigureVerdict.NOT_DERIVABLE, FigureVerdict.UNBACKED, FigureVerdict.NOT_A_CLAIM
NO_WORDS = "No words beside it say that it is one of the operation's claims."
MONTHS = "The operation's months are March 2018, April 2018 and May 2018. "
MONTHS += "The release's own words are true: 'March 2018, April 2018, May 2018 (3 months)'."
OWN = "The release's own words are true: "
ELSEWHERE = "of something else: "


def test_every_figure_of_the_draft_is_supported_or_claims_nothing():
    figures = checked(DRAFT)
    assert [(f.text.replace("\n", " "), f.claim) for f in figures if f.verdict is TRUE] == [
        ("2,300", "arrests"),
        ("2,300", "arrests"),
        ("three", "months"),
        ("March, April and May 2018", "months"),
        ("61", "task_forces"),
        ("50", "states"),
        ("March through May", "months"),
        ("25,200", "complaints_investigated"),
        ("195", "offenders_identified"),
        ("383", "children_identified"),
        ("2,300", "arrests"),
        ("three", "months"),
        ("25,200", "complaints_investigated_in_quotation"),
        ("3,700", "presentations"),
        ("390,000", "presentation_attendees"),
        ("61", "task_forces"),
        ("4,500", "agencies"),
        ("775,000", "complaints_since_1998"),
        ("83,000", "arrests_since_1998"),
        ("629,400", "trained_since_1998"),
    ]
    assert [(f.text, f.reason) for f in figures if f.verdict is not TRUE] == [
        ("June 12, 2018", "It is a date."),
        ("10 a.m.", "It is a time of day."),
        ("1", "It is an enumerator."),
        ("18 U.S.C. §§ 2251, 2252 and 2252A", "It is the number of a law."),
        ("2", "It is an enumerator."),
        ("18 U.S.C. 2422", "It is the number of a law."),
        ("3", "It is an enumerator."),
        ("18 U.S.C. § 1591", "It is the number of a law."),
        ("4", "It is an enumerator."),
        ("18 U.S.C. 2423", "It is the number of a law."),
        ("2008", "It is a year."),
        ("Public Law 110-401", "It is the number of a law."),
        ("34 U.S.C. § 21112", "It is the number of a law."),
        ("1998", "It is a year."),
        ("1998", "It is a year."),
        ("1998", "It is a year."),
    ]
    assert all(f.verdict in (TRUE, NO_CLAIM) for f in figures)
    assert all(DRAFT[f.start : f.end] == f.text for f in figures)


def test_the_draft_says_every_claim_of_the_operation():
    assert {figure.claim for figure in checked(DRAFT)} - {""} == {claim.id for claim in OPERATION.claims}


def outside(figure: str, least: str, most: str, words: str) -> str:
    return f"The figure is {figure}, outside the {least} to {most} that '{words}' needs; "


def narrowed(unit: str) -> str:
    what = "to a part, an outcome or something else that the operation does not count."
    return f"Words beside it and '{unit}' narrow or change what is counted: {what}"


OF_ALL = "; the operation's claim is about all of it."
ELSEWHEN = ("2,300", UNBACKED, f"Its sentence or a heading is about another time or place{OF_ALL}")
EVENT = "arrested more than 2,300"
COMPLAINTS = "investigated more than 25,200 complaints"
SINCE = "more than 83,000 suspects"
ALTERATIONS = {
    # a digit
    ("# More Than 2,300", "# More Than 2,400"): (
        "2,400", FALSE, outside("2,347", "2,401", "2,499", "more than 2,400") + "'more than 2,300' would be true.",
    ),
    (EVENT, "arrested more than 2,200"): (
        "2,200", FALSE, outside("2,347", "2,201", "2,299", "more than 2,200") + "'more than 2,300' would be true.",
    ),
    (EVENT, "arrested more than 3,200"): (
        "3,200", FALSE, outside("2,347", "3,201", "3,299", "more than 3,200") + "'more than 2,300' would be true.",
    ),
    (EVENT, "arrested more than 23,000"): (
        "23,000", FALSE, outside("2,347", "23,001", "23,099", "more than 23,000") + "'more than 2,300' would be true.",
    ),
    ("195 offenders", "194 offenders"): ("194", FALSE, "The figure is 195, not 194; '195' would be true."),
    ("383\nchildren", "338\nchildren"): ("338", FALSE, "The figure is 383, not 338; '383' would be true."),
    ("some 25,200", "some 25,300"): (
        "25,300", FALSE, outside("25,233", "25,250", "25,349", "about 25,300") + "'about 25,200' would be true.",
    ),
    ("more than 390,000\nyouth", "more than 391,000\nyouth"): (
        "391,000",
        FALSE,
        outside("390,614", "391,001", "391,999", "more than 391,000") + "'more than 390,000' would be true.",
    ),
    ("4,500 federal", "5,400 federal"): (
        "5,400", FALSE, outside("4,561", "5,401", "5,499", "more than 5,400") + "'more than 4,500' would be true.",
    ),
    ("775,000 complaints", "785,000 complaints"): (
        "785,000",
        FALSE,
        outside("775,475", "785,001", "785,999", "more than 785,000") + "'more than 775,000' would be true.",
    ),
    ("629,400 law", "629,500 law"): (
        "629,500",
        FALSE,
        outside("629,445", "629,501", "629,599", "more than 629,500") + "'more than 629,400' would be true.",
    ),
    ("All 61 task", "All 62 task"): ("62", FALSE, "The figure is 61, not 62; '61' would be true."),
    ("All 61 task", "All sixty-two task"): ("sixty-two", FALSE, "The figure is 61, not 62; '61' would be true."),
    ("The 61 task", "The 60 task"): ("60", FALSE, "The figure is 61, not 60; '61' would be true."),
    ("all 50 states", "all 49 states"): ("49", FALSE, "The figure is 50, not 49; '50' would be true."),
    # a hedge
    (EVENT, "arrested nearly 2,300"): (
        "2,300",
        FALSE,
        outside("2,347", "2,201", "2,299", "nearly 2,300")
        + f"'nearly 2,400' would be true. {OWN}'more than 2,300 arrests'.",
    ),
    (EVENT, "arrested 2,300"): (
        "2,300",
        FALSE,
        f"The figure is 2,347, not 2,300; '2,347' would be true. {OWN}'more than 2,300 arrests'.",
    ),
    (EVENT, "arrested about 2,400"): (
        "2,400",
        FALSE,
        outside("2,347", "2,350", "2,449", "about 2,400")
        + f"'about 2,300' would be true. {OWN}'more than 2,300 arrests'.",
    ),
    (EVENT, "arrested at least 2,400"): (
        "2,400",
        FALSE,
        outside("2,347", "2,401", "2,499", "more than 2,400")
        + "'more than 2,300' would be true. Nor is it exactly 2,400.",
    ),
    (EVENT, "arrested 2,400 or more"): (
        "2,400",
        FALSE,
        outside("2,347", "2,401", "2,499", "more than 2,400")
        + "'more than 2,300' would be true. Nor is it exactly 2,400.",
    ),
    ("over 3,700 presentations", "under 3,700 presentations"): (
        "3,700",
        FALSE,
        outside("3,742", "3,601", "3,699", "nearly 3,700")
        + f"'nearly 3,800' would be true. {OWN}'more than 3,700 presentations'.",
    ),
    ("195 offenders", "more than 195 offenders"): (
        "195",
        FALSE,
        "The figure is 195, and 'more than' goes with a rounded number, which 195 is not; '195' would be true.",
    ),
    ("some 25,200", "almost 25,200"): (
        "25,200",
        FALSE,
        outside("25,233", "25,101", "25,199", "nearly 25,200") + "'nearly 25,300' would be true. "
        f"{OWN}'more than 25,200 complaints investigated' and 'about 25,200 complaints investigated'.",
    ),
    # a unit
    (COMPLAINTS, "investigated more than 25,200 cases"): ("25,200", UNBACKED, NO_WORDS),
    (COMPLAINTS, "investigated more than 25,200 tips"): ("25,200", UNBACKED, NO_WORDS),
    ("390,000\nyouth", "390 million\nyouth"): (
        "390 million",
        FALSE,
        outside("390,614", "390,000,001", "390,000,999", "more than 390,000,000")
        + "'more than 390,000' would be true.",
    ),
    ("all 50 states", "all 61 states"): (
        "61",
        FALSE,
        f"The figure is 50, not 61; '50' would be true. The release says '61' {ELSEWHERE}'61 task forces'.",
    ),
    # a swapped measure
    (EVENT, "identified more than 2,300"): (
        "2,300",
        FALSE,
        outside("195", "2,301", "2,399", "more than 2,300") + "'more than 100' would be true. "
        f"{OWN}'195 offenders identified'. "
        f"The release says 'more than 2,300' {ELSEWHERE}'more than 2,300 arrests'.",
    ),
    (COMPLAINTS, "made more than 25,200 arrests"): (
        "25,200",
        FALSE,
        outside("2,347", "25,201", "25,299", "more than 25,200") + "'more than 2,300' would be true. "
        f"The release says 'more than 25,200' {ELSEWHERE}'more than 25,200 complaints investigated' and "
        "'about 25,200 complaints investigated'.",
    ),
    ("383\nchildren", "383\noffenders"): ("383", UNBACKED, narrowed("offenders")),
    ("195 offenders", "195 arrests of offenders"): ("195", UNBACKED, narrowed("arrests")),
    ("reviewed more than 775", "investigated more than 775"): (
        "775,000",
        UNBACKED,
        "Beside it stands 'complaints', but nothing near that says which are meant, such as 'reviewed'.",
    ),
    ("investigated more than 25", "reviewed more than 25"): ("25,200", UNBACKED, narrowed("complaints")),
    ("investigated more than 25", "dismissed more than 25"): ("25,200", UNBACKED, narrowed("complaints")),
    ("arrest of more than 83", "conviction of more than 83"): (
        "83,000",
        UNBACKED,
        "Beside it stands 'suspects', but nothing near that says which are meant, such as 'arrest' or 'arrests' or "
        "'arrested'.",
    ),
    # a part, or something added
    ("4,500 federal, state, local and tribal", "4,500 tribal"): ("4,500", UNBACKED, narrowed("agencies")),
    ("4,500 federal, state, local and tribal", "4,500 local"): ("4,500", UNBACKED, narrowed("agencies")),
    ("4,500 federal, state, local and tribal", "4,500 state, local and tribal"): ("4,500", UNBACKED, NO_WORDS),
    ("all 50 states", "all 50 states and DC"): ("50", UNBACKED, narrowed("states")),
    ("All 61 task", "Nearly all 61 task"): [
        ("61", UNBACKED, narrowed("task forces")), ("50", UNBACKED, narrowed("states")),
    ],
    ("All 61 task", "All 61 county task"): [
        ("61", UNBACKED, narrowed("task forces")), ("50", UNBACKED, narrowed("states")),
    ],
    ("three-month operation", "three-month pilot"): [ELSEWHEN, ("three", UNBACKED, narrowed("month"))],
    ("2,300 Suspected", "2,300 Female Suspected"): ("2,300", UNBACKED, narrowed("offenders")),
    ("Offenders Arrested in", "Offenders Arrested and Convicted in"): ("2,300", UNBACKED, narrowed("offenders")),
    ("2,300 arrests in three", "2,300 arrests by federal agents in three"): (
        "2,300", UNBACKED, narrowed("arrests"),
    ),
    ("arrested more", "failed to arrest more"): ("2,300", UNBACKED, narrowed("offenders")),
    ("arrested more", "questioned or arrested more"): ("2,300", UNBACKED, narrowed("offenders")),
    ("more than 2,300 suspected", "a further 2,347 suspected"): ("2,347", UNBACKED, narrowed("offenders")),
    ("25,200 complaints of", "25,200 complaints (mostly duplicates) of"): (
        "25,200", UNBACKED, narrowed("complaints"),
    ),
    ("195 offenders who produced child sexual abuse images or abused", "195 offenders who abused"): (
        "195", UNBACKED, narrowed("offenders"),
    ),
    ("383\nchildren", "383\nmissing children"): ("383", UNBACKED, narrowed("children")),
    ("on internet safety to", "in schools to"): ("3,700", UNBACKED, narrowed("presentations")),
    ("youth and adults", "youth and parents"): ("390,000", UNBACKED, NO_WORDS),
    ("professionals have been trained", "professionals have been hired"): (
        "629,400",
        UNBACKED,
        "Beside it stands 'law enforcement officers, prosecutors and other professionals', but nothing near that says "
        "which are meant, such as 'trained'.",
    ),
    (SINCE, "more than 2,300 suspects"): (
        "2,300",
        FALSE,
        outside("83,292", "2,301", "2,399", "more than 2,300")
        + f"'more than 83,200' would be true. {OWN}'more than 83,000 arrests since 1998'. "
        f"The release says 'more than 2,300' {ELSEWHERE}'more than 2,300 arrests'.",
    ),
    ("Since 1998, more than 629", "In this operation, more than 629"): (
        "629,400",
        UNBACKED,
        "Beside it stands 'law enforcement officers, prosecutors and other professionals', but nothing near that says "
        "which are meant, such as 'since 1998' or 'inception' or 'launched in 1998' or 'began in 1998'.",
    ),
    # the months
    ("three-month", "two-month"): [ELSEWHEN, ("two", FALSE, MONTHS)],
    ("three-month", "4-month"): [ELSEWHEN, ("4", FALSE, MONTHS)],
    ("April and May 2018", "April and June 2018"): [ELSEWHEN, ("March, April and June 2018", FALSE, MONTHS)],
    ("April and May 2018", "April and May 2017"): [ELSEWHEN, ("March, April and May 2017", FALSE, MONTHS)],
    ("From March through May", "From February through May"): [
        ("February through May", FALSE, MONTHS), ("25,200", UNBACKED, ELSEWHEN[2]),
    ],
    ("From March through May", "From March 1 through May 15"): [
        ("March 1 through May 15", FALSE, MONTHS), ("25,200", UNBACKED, ELSEWHEN[2]),
    ],
    # a new figure
    ("took\npart.", "took\npart. They seized 1,240 devices."): ("1,240", UNBACKED, NO_WORDS),
    ("took\npart.", "took\npart. Arrests rose by 12 percent."): (
        "12 percent", UNBACKED, "It is a percentage; the operation claims none.",
    ),
    ("took\npart.", "took\npart. It cost $1.2 million."): (
        "$1.2 million", UNBACKED, "It is an amount of money; the operation claims none.",
    ),
    ("took\npart.", "took\npart. Children as young as a 4-year-old suffered."): (
        "4-year-old", UNBACKED, "It is an age; the operation claims none.",
    ),
    ("took\npart.", "took\npart. Hundreds of them had been abroad."): (
        "Hundreds", UNBACKED, "It is a size without a number; the operation claims none.",
    ),
    (EVENT, "arrested between 2,300 and 2,400"): (
        "between 2,300 and 2,400", UNBACKED, "It is a range; the operation claims none.",
    ),
    ("took\npart.", "took\npart. They made 2,600 arrests the year before."): (
        "2,600", UNBACKED, f"Its sentence is about another time{OF_ALL}",
    ),
    ("took\npart.", "took\npart.\n\n| Arrests by the FBI | 2,347 |"): ("2,347", UNBACKED, narrowed("arrests")),
    ("took\npart.", "took\npart.\n\n- Women: 2,347 arrests"): ("2,347", UNBACKED, narrowed("arrests")),
    ("took\npart.", "took\npart.[^1]\n\n[^1]: Of 2,347 arrests, all of men."): (
        "2,347", UNBACKED, narrowed("arrests"),
    ),
    (EVENT, "arrested more than -2,300"): (
        "-2,300", UNBACKED, "It is a number below zero; the operation claims none.",
    ),
    (EVENT, "arrested more\nthan 2\u00a0400"): (
        "2\u00a0400", FALSE, outside("2,347", "2,401", "2,499", "more than 2,400") + "'more than 2,300' would be true.",
    ),
    (EVENT, "arrested 2,300\u20132,400"): ("2,300\u20132,400", UNBACKED, "It is a range; the operation claims none."),
    (EVENT, "arrested more than 23,00"): (
        "23,00", UNBACKED, "It is not a whole number, or not written as one is, such as 2,300.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("alteration", ALTERATIONS, ids=lambda pair: " ".join(pair[1].split()))
def test_an_alteration_is_caught_for_the_right_reason_and_only_what_it_narrows_is_too(alteration):
    old, new = alteration
    assert DRAFT.count(old) == 1
    caught = [f for f in checked(DRAFT.replace(old, new)) if f.verdict not in (TRUE, NO_CLAIM)]
    expected = ALTERATIONS[alteration]
    told = [(f.text.replace("\n", " "), f.verdict, f.reason) for f in caught]
    assert told == (expected if isinstance(expected, list) else [expected])


def test_there_are_thirty_alterations_and_more():
    assert len(ALTERATIONS) >= 30


def is_true_as_written(hedge: Hedge, value: int, computed: int) -> bool:
    """Tell by the words alone, a figure being rounded to its last digit that is no zero."""
    grain = 10 ** (len(str(value)) - len(str(value).rstrip("0")))
    return {
        Hedge.EXACT: value == computed,
        Hedge.MORE_THAN: value < computed < value + grain,
        Hedge.ABOUT: 2 * abs(value - computed) <= grain,
    }[hedge]


@pytest.mark.parametrize("paragraph", [part for part in DRAFT.split("\n\n") if any(map(str.isdigit, part))])
def test_no_change_of_one_digit_of_any_claimed_figure_is_supported_unless_it_is_true(paragraph):
    for figure in checked(paragraph):
        for at, old in enumerate(figure.text if figure.verdict is TRUE and figure.text[0].isdigit() else ""):
            for digit in set("0123456789") - {old} if old.isdigit() else ():
                altered = figure.text[:at] + digit + figure.text[at + 1 :]
                text = paragraph[: figure.start] + altered + paragraph[figure.end :]
                judged = next(f for f in checked(text) if f.start == figure.start)
                value = int(altered.replace(",", ""))
                assert judged.verdict is (TRUE if is_true_as_written(figure.hedge, value, figure.computed) else FALSE)


TEXTS = st.lists(
    st.sampled_from([*DRAFT.split(), "\n\n", "; ", "1.", "2,300", "(61)", "half", "and", "of"]), max_size=40
)


@given(TEXTS.map(" ".join) | st.text(max_size=60))
def test_of_any_text_each_figure_has_its_own_place_in_order_and_a_reason(text):
    figures = checked(text)
    assert all(f.text == text[f.start : f.end] and f.reason.endswith(".") for f in figures)
    assert all(one.end <= following.start for one, following in pairwise(figures))
    assert all(any(f.start <= n < f.end for f in figures) for n, c in enumerate(text) if c in "0123456789")


def said_of(text, without=()):
    return [(f.text, f.verdict, f.reason) for f in checked(text, without)]


TWO_OUT = ("MT", "WY")


def test_with_two_task_forces_outstanding_no_figure_of_the_draft_is_supported_and_none_is_called_false():
    figures = [figure for figure in checked(DRAFT, TWO_OUT) if figure.verdict is not NO_CLAIM]
    assert len(figures) == 20
    assert {figure.verdict for figure in figures} == {OPEN}
    assert all(figure.reason.endswith("; MT and WY are outstanding.") for figure in figures)


def test_with_two_task_forces_outstanding_what_no_further_count_could_make_true_is_called_false():
    text = "More than 2,200 arrests. More than 2,400 arrests. 194 offenders identified. 62 task forces. 60 task forces."
    out = "MT and WY are outstanding."
    assert said_of(text, TWO_OUT) == [
        (
            "2,200",
            FALSE,
            f"Already 2,336 from 59 of 61 task forces, outside the 2,201 to 2,299 that 'more than 2,200' needs; {out}",
        ),
        ("2,400", OPEN, f"So far 2,336 from 59 of 61 task forces; {out}"),
        ("194", FALSE, f"Already 195 from 59 of 61 task forces, not 194; {out}"),
        ("62", FALSE, "It can be at most 61, not 62."),
        ("60", OPEN, f"So far 59; {out}"),
    ]


def test_with_two_task_forces_outstanding_what_is_so_far_may_be_said_if_it_says_of_how_many():
    text = "So far, 59 of 61 task forces report 2,336 arrests. So far, 2,336 arrests were made."
    so_far = "That is so far, from 59 of 61 task forces, 48 of 50 states."
    assert said_of(text, TWO_OUT) == [
        ("59", TRUE, f"The figure is 59, as claimed. {so_far}"),
        ("61", TRUE, "The roster has 61 task forces."),
        ("2,336", TRUE, f"The figure is 2,336, as claimed. {so_far}"),
        ("2,336", OPEN, "So far 2,336 from 59 of 61 task forces; MT and WY are outstanding."),
    ]
    assert said_of("So far, 58 of 62 task forces report 2,337 arrests.", TWO_OUT) == [
        ("58", FALSE, f"The figure is 59, not 58; '59' would be true. {so_far}"),
        ("62", FALSE, "The roster has 61 task forces."),
        ("2,337", FALSE, f"The figure is 2,336, not 2,337; '2,336' would be true. {so_far}"),
    ]


def test_every_sentence_offered_while_somebody_is_outstanding_passes_the_check():
    for sayable in say_truly(OPERATION, sample_basis(*TWO_OUT)):
        assert {figure.verdict for figure in checked(sayable.so_far, TWO_OUT)} <= {TRUE}


def test_every_phrasing_offered_passes_the_check():
    since = {Family.PROGRAM_TO_DATE: "Since 1998: "}
    for sayable in say_truly(OPERATION, sample_basis()):
        for phrasing in sayable.phrasings:
            noun = sayable.claim.noun.removesuffix(" since 1998")
            text = f"{since.get(sayable.claim.family, '')}{said(phrasing.claim)} {noun}"
            judged = [figure.verdict for figure in checked(text) if figure.claim]
            assert judged == [TRUE], text


def test_the_same_figure_under_two_hedges_is_judged_twice():
    text = "More than 25,200 complaints, nearly 25,200 complaints, about 25,200 complaints."
    assert [(f.hedge, f.claim, f.verdict) for f in checked(text)] == [
        (Hedge.MORE_THAN, "complaints_investigated", TRUE),
        (Hedge.NEARLY, "complaints_investigated", FALSE),
        (Hedge.ABOUT, "complaints_investigated_in_quotation", TRUE),
    ]


def test_what_is_true_in_other_words_than_the_releases_is_supported_and_told():
    assert said_of("They made more than 2,000 arrests, and no fewer than 2,347 arrests.") == [
        (
            "2,000",
            TRUE,
            "The figure is 2,347, within the 2,001 to 2,999 that 'more than 2,000' needs. "
            "The release words it otherwise: 'more than 2,300 arrests'.",
        ),
        ("2,347", TRUE, "The figure is 2,347, as claimed. The release words it otherwise: 'more than 2,300 arrests'."),
    ]


SMALL_DRAFT = """\
From December 2031 to January 2032, a two-month effort, four task forces in Operation Quiet Harbor examined nearly 500
devices: about 80 tips led them there, and 12 examiners did the work. Since 2029, nearly 3,000 devices were examined.
"""


def small_basis():
    counts = counts_of(national_cells())
    rolled = roll_up(counts, SMALL, as_of=AFTER)
    coverage = cover(counts, SMALL, as_of=AFTER)
    totals = known_totals(rolled.totals, rolled.firm)
    return ReleaseBasis("0" * 12, SMALL.id, SMALL.digest, SMALL.day_of(AFTER), coverage, totals)


def test_a_second_operation_needs_no_line_of_code(tmp_path):
    folder = write_small_operation(tmp_path, with_agencies=True)
    claims = folder / "claims.toml"
    since = 'words = [{ unit = "devices", near = ["since 2029"] }]'
    claims.write_text(
        claims.read_text("utf-8")
        .replace('noun = "devices examined"', 'noun = "devices examined"\nwords = [{ unit = "devices" }]')
        .replace('noun = "months"', 'noun = "months"\nwords = [{ unit = "month" }]')
        .replace('noun = "devices examined since 2029"', f'noun = "devices examined since 2029"\n{since}'),
        "utf-8",
    )
    operation, basis = load_operation(folder), small_basis()
    assert [(f.text, f.claim, f.verdict) for f in check_text(SMALL_DRAFT, operation, basis)] == [
        ("December 2031 to January 2032", "months", TRUE),
        ("two", "months", TRUE),
        ("four", "task_forces", TRUE),
        ("500", "devices", TRUE),
        ("80", "tips", TRUE),
        ("12", "examiners", TRUE),
        ("2029", "", NO_CLAIM),
        ("3,000", "devices_since_2029", TRUE),
    ]
    altered = SMALL_DRAFT.replace("12 examiners", "80 examiners").replace("about 80", "over 80")
    assert [f.text for f in check_text(altered, operation, basis) if f.verdict is FALSE] == ["80", "80"]


def test_without_words_of_its_own_a_claim_is_known_by_its_noun():
    text = "Nearly 500 devices examined, about 80 tips, 12 examiners, four task forces; 80 phones."
    assert [(f.claim, f.verdict) for f in check_text(text, SMALL, small_basis())] == [
        ("devices", TRUE),
        ("tips", TRUE),
        ("examiners", TRUE),
        ("task_forces", TRUE),
        ("", UNBACKED),
    ]


NARROWED = """
Since 1998, more than 83,000 suspects were convicted.
2,347 arrests were of repeat offenders.
More than 2,300 arrests by federal agents.
More than 2,300 arrests resulted in convictions.
More than 2,300 arrests, all of women, were made.
More than 2,300 arrests (women)
More than 2,300 arrests \u2014 all by federal agents.
More than 2,300 arrests; all were of men.
More than 2,300 arrests were made on May 3, 2018.
On May 3, 2018, task forces made 2,347 arrests.
More than 2,300 arrests are expected.
Federal agents made more than 2,300 arrests.
In rural areas, more than 2,300 arrests were made.
Of repeat offenders, more than 2,300 were arrested.
Women arrested: 2,347 suspects
More than 2,300 suspects escaped arrest.
More than 25,200 complaints were received.
They identified 383 children under 12.
More than 390,000 adults attended.
All fifty states and the District of Columbia took part.
All 50 states, plus DC, took part.
More than 2,300 arrests, including in Canada, were made.
50 states failed to report.
Not all 61 task forces took part.
In the last three months, it ran.
Since the program's inception in 2002, they have reviewed more than 775,000 complaints.
More than 2,300 suspects were arrested in Operation Broken Heart 2017.
Each task force made more than 2,300 arrests.
Each of the 61 task forces made more than 2,300 arrests.
There are 61 task forces in each of 50 states.
The task forces investigated more than 25,200 complaints of online enticement.
More than 2,300 arrests were for sex trafficking.
More than 390,000 children attended the presentations.
More than 629,400 officers have been arrested since 1998.
More than 2,300 arrests were not made.
It is false that more than 2,300 suspects were arrested.
Critics deny that more than 2,300 suspects were arrested.
They identified 195 of the offenders.
The operation identified 383 of their children.
More than 2,300 arrests were made this year.
Last year, task forces made more than 2,300 arrests.
The task forces, in a single week, made more than 2,300 arrests.
The task forces, over a weekend, made more than 2,300 arrests.
Neither 195 offenders nor 383 children were identified.
195 offenders and 383 children were not identified.
195 offenders and 383 children were identified by federal agents.
195 offenders and 383 children were identified in Texas.
195 offenders and 383 children were rescued.
383 offenders and 195 children were identified.
More than 3,700 youth and adults attended 390,614 presentations.
Since January, more than 2,300 arrests were made.
Yesterday, task forces made 2,347 arrests.
Outside the operation, task forces made 2,347 arrests.
In addition to the operation, task forces made 2,347 arrests.
Tips from the public led to more than 2,300 arrests.
Operation Broken Heart II led to more than 2,300 arrests.
Both task forces made 2,347 arrests.
Houston \u2014 2,347 arrests
More than 4,500 agencies were trained.
195 offenders or 383 children were identified.
It isn't true that we made 2,347 arrests.
Task forces hope to have made 2,347 arrests.
Were more than 2,300 arrests made?
195 offenders and 383 children were to be identified.
"We made more than 2,300 arrests," said the commander of the Dallas task force.
"""


@pytest.mark.parametrize("sentence", NARROWED.strip().splitlines())
def test_what_is_said_of_a_part_an_outcome_another_time_or_of_each_is_never_supported(sentence):
    assert FigureVerdict.SUPPORTED not in {figure.verdict for figure in checked(sentence)}


IN_OTHER_WORDS = """
In all, task forces arrested more than 2,300 suspects.
The operation resulted in more than 2,300 arrests across the country.
More than 2,300 suspects were arrested between March and May 2018.
Task forces in all 50 states made more than 2,300 arrests.
Operation Broken Heart: more than 2,300 arrests
Total arrests: 2,347
| Complaints investigated | 25,233 |
They investigated more than 25,200 complaints and arrested more than 2,300 suspects.
Investigating more than 25,200 complaints led to 2,347 arrests.
They gave more than 3,700 presentations, reaching more than 390,000 youth and adults.
More than 390,000 people attended 3,742 presentations.
The program is a network of 61 task forces that represents more than 4,500 law enforcement agencies.
Since 1998, task forces have reviewed more than 775,000 complaints and arrested more than 83,000 suspects.
"We are proud that our task forces made more than 2,300 arrests," she said.
"These 2,347 arrests are a reminder that predators hide online," he said.
WASHINGTON - The office announced today that more than 2,300 suspected online child sex offenders were arrested.
They investigated more than 25,200 complaints, plus more than 3,700 presentations were given.
During March, April and May, task forces arrested 2,347 suspects and identified 195 offenders and 383 children.
The three-month operation ended on May 31, 2018.
For three months, 61 task forces in 50 states worked together.
Task forces delivered more than 3,700 presentations.
Exactly 2,347 suspects were arrested.
The 61 task forces, located in all 50 states and comprised of more than 4,500 law enforcement agencies, led it.
More than 83,000 arrests have been made since the program began in 1998.
195 offenders and 383 children were identified.
195 suspected offenders, 383 child victims and more than 100 offenders were identified nationwide.
2,347 suspects were arrested, and 195 offenders and 383 children have been identified.
Thanks to the 61 task forces, 195 offenders and 383 children were identified.
More than 390,000 youth and adults attended over 3,700 presentations.
"""


@pytest.mark.parametrize("sentence", IN_OTHER_WORDS.strip().splitlines())
def test_what_is_said_in_other_words_of_all_that_is_counted_is_supported(sentence):
    assert {figure.verdict for figure in checked(sentence)} - {NO_CLAIM} == {TRUE}


ANOTHER_TIME_OR_PLACE = """
In three weeks, task forces made more than 2,300 arrests.
More than 2,300 arrests and 195 offenders identified in three weeks.
In 72 hours, the operation resulted in more than 2,300 arrests.
The 90-day operation resulted in more than 2,300 arrests.
The two-month operation led to more than 2,300 arrests.
In about three months, task forces made more than 2,300 arrests.
From March to April, task forces made more than 2,300 arrests.
In just two states, task forces made more than 2,300 arrests.
Task forces in 61 states made 2,347 arrests.
2,347 arrests were made by 12 task forces.
"""


@pytest.mark.parametrize("sentence", ANOTHER_TIME_OR_PLACE.strip().splitlines())
def test_a_figure_that_says_another_time_or_place_leaves_none_of_its_sentence_supported(sentence):
    assert TRUE not in {figure.verdict for figure in checked(sentence)}


NARROWING = {
    "Texas\n\nMore than 2,300 arrests.": "is about Texas",
    "# Texas\nMore than 2,300 arrests.": "is about Texas",
    "**Texas**\n\nMore than 2,300 arrests.": "is about Texas",
    "Texas\n=====\n\nMore than 2,300 arrests.": "is about Texas",
    "# Texas\n\nGood work was done.\n\n## Arrests\n\nMore than 2,300 arrests.": "is about Texas",
    "Texas\n\nArrests\n\nMore than 2,300 arrests.": "is about Texas",
    "In Texas:\n\n- suspects\n- more than 2,300 arrests": "is about Texas",
    "- Texas\n  - More than 2,300 arrests": "is about Texas",
    "| | Texas |\n|---|---|\n| Arrests | 2,347 |": "is about Texas",
    "| Texas | Total |\n\n| Arrests | 2,347 |": "is about Texas",
    "## 2017 results\n\nMore than 2,300 arrests.": "is about 2017",
    "FY 2017\n\nMore than 2,300 arrests.": "is about 2017",
    "## Results of 2019\n\n61 task forces took part.": "is about 2019",
    "## March\n\n2,347 arrests.": "is about March 2018",
    "Last year:\n- 2,347 arrests": "is about another time",
    "## In January\n\n2,347 arrests": "is about January",
    "Women\n\n2,347 arrests": "may be about a part, an outcome or something else",
    "## Arrests by federal agents\n\n2,347 arrests": "may be about a part, an outcome or something else",
    "Houston\n\nThey made 2,347 arrests.\n": "may be about a part, an outcome or something else",
}


@pytest.mark.parametrize("text", NARROWING)
def test_a_heading_narrows_what_stands_under_it(text):
    (figure,) = [figure for figure in checked(text) if figure.verdict is not NO_CLAIM]
    assert (figure.verdict, figure.reason) == (UNBACKED, f"A heading above it {NARROWING[text]}{OF_ALL}")


NOT_NARROWING = [
    "## 2018 results\n\n2,347 arrests",
    "## The operation in numbers\n\n2,347 arrests",
    "FOR IMMEDIATE RELEASE\n\nJune 12, 2018\n\n2,347 arrests",
    "Contact: The Press Office\n\n# Nationwide Sweep Puts Online Dangers Behind Bars\n\n2,347 arrests",
    "# ICAC Task Forces Arrest 2,347 Suspects in a Sweep\n\n2,347 arrests",
    "## Texas\n\nGood work was done.\n\n## The nation\n\n2,347 arrests",
    "Texas\n\nGood work was done.\n\nThe nation\n\n2,347 arrests",
    "In Texas:\n\n- good work was done\n\nTask forces made 2,347 arrests.",
    "During the operation, task forces:\n\n- made 2,347 arrests; and\n- identified 195 offenders.",
    "- Training\n- 2,347 arrests",
    "| Texas | Good work |\n\nTask forces made 2,347 arrests.",
    "| Measure | Total |\n|---|---|\n| Arrests | 2,347 |",
]


@pytest.mark.parametrize("text", NOT_NARROWING)
def test_a_heading_narrows_nothing_that_is_of_all_or_that_others_have_closed(text):
    assert {figure.verdict for figure in checked(text)} - {NO_CLAIM} == {TRUE}


def test_a_figure_is_placed_in_the_text_as_it_was_written_whatever_nobody_sees_in_it():
    text = "\u200bMore than 2,\u200b300\u00ad arrests; thir\u00adty arrests\u200b."
    assert [(f.start, f.end, f.text, f.verdict) for f in checked(text)] == [
        (11, 17, "2,\u200b300", TRUE),
        (28, 35, "thir\u00adty", FALSE),
    ]
