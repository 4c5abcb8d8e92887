"""What must hold of an operation's claims, and of the series and measures that they are about.

Every mistake is given as its key in `claims.toml`, what was found and what was expected.
"""

from collections.abc import Iterator, Sequence

from schemas.ids import ISO_MONTH, PLAIN_TEXT, SNAKE_CASE_ID, is_plain
from schemas.mistakes import Mistake, listed, quoted
from schemas.operation import Claim, Family, Hedge, Operation
from schemas.operation_tables import PROGRAM_FILE, Entry

PARTICIPANTS = ("task_forces", "states", "months")
"""What a claim of participation may be about besides measures."""


def claim_mistakes(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Give the place of each mistake in claims, with what was found and what was expected."""
    for claim in operation.claims:
        for key, found, expected in (*_subject(claim, operation), *_figure(claim), *_months(claim), *_words(claim)):
            yield f"claims.{claim.id}{key and '.'}{key}", found, expected


def counterpart_mistakes(operation: Operation, entries: Sequence[Entry]) -> Iterator[Mistake]:
    """Name every line of the program-to-date table whose counterpart is no measure of the operation."""
    for entry in entries:
        if entry.figure.measure is not None and entry.figure.measure not in operation.measure:
            place = f"line {entry.line}, column measure"
            yield Mistake(PROGRAM_FILE, place, quoted(entry.figure.measure), "the id of a measure, or nothing")


def _subject(claim: Claim, operation: Operation) -> Iterator[tuple[str, str, str]]:
    series = {figure.series for figure in operation.program_to_date}
    measures = set(operation.measure)
    known, expected = {
        Family.OPERATION: (measures, "the id of a measure"),
        Family.PARTICIPATION: ({*PARTICIPANTS, *measures}, f"{listed(PARTICIPANTS)}, or the id of a measure"),
        Family.PROGRAM_TO_DATE: (series, f"a series of {PROGRAM_FILE}"),
    }[claim.family]
    if claim.of not in known:
        yield "of", quoted(claim.of), expected


def _figure(claim: Claim) -> Iterator[tuple[str, str, str]]:
    if claim.value < 0:
        yield "value", quoted(claim.value), "a whole number from 0"
    if claim.grain < 1:
        yield "grain", quoted(claim.grain), "a whole number from 1"
    elif claim.value % claim.grain:
        yield "value", quoted(claim.value), f"a multiple of its grain, {claim.grain}"
    if claim.hedge is Hedge.EXACT and claim.grain > 1:
        yield "grain", quoted(claim.grain), "1, since the figure is exact"
    if claim.hedge in (Hedge.MORE_THAN, Hedge.NEARLY) and claim.grain == 1:
        expected = (
            f"what the figure was rounded to, such as 10: nothing else makes {quoted(claim.hedge.phrase.strip())} true"
        )
        yield "grain", quoted(claim.grain), expected


def _months(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Only a claim of months names them, and its figure is how many they are."""
    if claim.of != "months":
        if claim.months:
            yield "months", "a list", 'no such key: it is for claims of "months"'
        return
    if (
        not claim.months
        or not all(map(ISO_MONTH.fullmatch, claim.months))
        or list(claim.months) != sorted({*claim.months})
    ):
        yield "months", quoted(claim.months), "months such as 2018-03, in order, each once"
    elif claim.value != len(claim.months):
        yield "value", quoted(claim.value), f"{len(claim.months)}, the number of its months"
    if claim.hedge is not Hedge.EXACT:
        yield "hedge", quoted(claim.hedge), '"exact", since it names its months'


def _words(claim: Claim) -> Iterator[tuple[str, str, str]]:
    if not SNAKE_CASE_ID.fullmatch(claim.id):
        yield "", quoted(claim.id), "an id in lower case, such as arrests_since_1998"
    if not is_plain(claim.noun):
        yield "noun", quoted(claim.noun), PLAIN_TEXT
    if not claim.where or not all(map(is_plain, claim.where)):
        yield "where", quoted(claim.where), "the places in the release that say it, such as headline"
