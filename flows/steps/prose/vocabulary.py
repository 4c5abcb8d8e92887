"""The closed vocabulary: a figure is of all that a claim counts only while no word beside it may say otherwise.

What belongs here: which words change nothing, in plain English or by the operation's own wording, and how far around a
figure they are looked at. What does not: which claim a figure is about.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from flows.steps.prose.scope import years_of
from flows.steps.prose.surroundings import hedge_before
from flows.steps.prose.words import BREAKS, FIGURE, Phrase, cut, since_semicolon
from schemas.operation import Claim, Family, Operation

_NEUTRAL = """
a according_to across all all_told altogether america's among an and announced are as as_of at be been behind being
between brings brought by came campaign carried_out combined come comprised_of conducted coordinated count counted
country country's course_of deliver delivered delivering did during effort ended ending exactly far figure for from gave
give given had has have his in in_addition including initiative into is it its joined lasted lead leading leads led
located logged made make makes making more_or_less my nation nation's national nationally nationwide net nets netted
network number numbered numbering of on operation operation's or or_fewer or_less or_more or_so our out over overall
part participate participated participating period plus program program's ran reached reaching recorded report reported
reporting reports represent representing represents result resulted resulting results run running saw season since
so_far spring stand stands such sum sweep take taking tallied tally thanks_to that the their them there these they this
those through throughout to to_date together told took total totaled totaling totals u_s united_states us was washington
we were which who with within work worked working yielded yields your
"""
_RESTRICTING = frozenset(
    cut(
        "of by among with involving in for from at on against who whom whose all most mostly mainly largely chiefly "
        "primarily only solely each none some both either including excluding except besides plus"
    )
)
"""Words that go on about a figure after a comma, a dash or a bracket."""

_JOINING = frozenset(cut("and to led leads leading resulted resulting results"))
_PLACING = _JOINING | {"in", "across", "during", "throughout", "from"}
_SPEECH = frozenset(cut("said says announced announces told"))
_BEGINNING = _SPEECH | BREAKS | {FIGURE, "that"}
"""What a clause before a figure begins after."""

_LABELLING = BREAKS - {",", ";", "(", ")"}
_BEING = [(word,) for word in cut("is are was were been")]
_ENDING = frozenset(cut("there but because although though which whereas so if"))
_COPULAS, _ARTICLES = frozenset(cut("is are was were")), frozenset(cut("a an the this our their its"))
_ADVERBIAL = frozenset(cut("in all the over across during throughout within through of from by between a"))
"""Words after which another figure does not begin another statement: `in 50 states`."""

_Phrases = frozenset[Phrase]


def _phrases_of(listed: str) -> _Phrases:
    return frozenset(cut(phrase.replace("_", " ")) for phrase in listed.split())


_NEUTRAL_PHRASES = _phrases_of(_NEUTRAL)
_OVER_ALL = _NEUTRAL_PHRASES.union(
    ((mark,) for mark in BREAKS),
    _phrases_of(
        "about background numbers facts figures findings following highlights immediate key media outcomes "
        "overview press prevention release statistics summary targets measure measures table"
    ),
)
"""What changes nothing in a heading, either."""

_LABEL, _WHOLE = 4, frozenset(cut("operation nation nation's national nationwide country"))
"""The most words of a heading that is no title, and the words one of which a title needs."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What stands in a sentence before a figure and its unit, between the two, and after both."""

    before: Phrase
    between: Phrase
    after: Phrase


def is_all_of_it(said: Statement, claim: Claim, operation: Operation) -> bool:
    """Tell whether every word that may narrow or change what a claim is of is known to change nothing."""
    known = _NEUTRAL_PHRASES | _of_a_claim(claim, operation)
    takes_part = claim.family is Family.PARTICIPATION
    is_of_them = said.between[:1] == ("of",) and not takes_part
    others = known.union(*map(_phrases, operation.claims))
    return (
        not (is_of_them or (takes_part and _is_done_to(said.after, operation)))
        and _end(said.between, known) == len(said.between)
        and _leads_up(said.before, known, others, _PLACING if takes_part else _JOINING)
        and _opens_with_all(said.before, others)
        and _goes_on(_without_dates(said.after) if claim.of == "months" else said.after, known, others)
    )


def is_of_all(heading: Phrase, operation: Operation) -> bool:
    """Tell whether a heading says nothing of a part: it has a figure of its own, or every word of it changes nothing.

    A title that names the operation or the nation may say what it likes, but not of what is counted.
    """
    words = _without_dates(heading)
    counted = {said[0] for claim in operation.claims for said in _told(claim) if len(said) == 1}
    is_title = len(words) > _LABEL and not _WHOLE.isdisjoint(words) and counted.isdisjoint(words)
    known = _OVER_ALL.union(*(_of_a_claim(claim, operation) for claim in operation.claims))
    return FIGURE in words or is_title or _end(words, known) == len(words)


def _is_done_to(after: Phrase, operation: Operation) -> bool:
    """Tell whether who takes part is said to be what others are counted for: `agencies were trained`."""
    verb = after[after[:1] == ("have",) :][:2]
    return verb[:1] in _BEING and any(verb[1:] in _told(claim) for claim in operation.claims)


def _of_a_claim(claim: Claim, operation: Operation) -> _Phrases:
    """Return the phrases that change nothing about a claim; who takes part belongs to every one."""
    is_of_all = claim.family is Family.PARTICIPATION
    about_it = [o for o in operation.claims if is_of_all or (o.family, o.of) == (claim.family, claim.of)]
    taking_part = [o for o in operation.claims if o.family is Family.PARTICIPATION]
    words = {(word,) for word in (*cut(operation.title), *years_of(claim, operation))}
    return frozenset(words).union(*map(_phrases, (*about_it, *taking_part)))


def _phrases(claim: Claim) -> _Phrases:
    noun = [claim.noun] if claim.family is Family.PARTICIPATION else claim.noun.split()
    return frozenset((*map(cut, (*noun, *claim.beside)), *_told(claim)))


def _told(claim: Claim) -> Iterator[Phrase]:
    """Yield by what a claim is known to be meant."""
    return (cut(phrase) for words in claim.said_by for phrase in (words.unit, *words.near, *words.also))


def _step(words: Phrase, at: int, known: _Phrases) -> int:
    """Return how many words the longest known phrase has that stands there; 0 where none does."""
    if words[at].startswith("["):
        return 1
    longest = min(max(map(len, known)), len(words) - at)
    return next((n for n in range(longest, 0, -1) if words[at : at + n] in known), 0)


def _end(words: Phrase, known: _Phrases) -> int:
    """Return where the first word stands that is not known."""
    at = 0
    while at < len(words) and (step := _step(words, at, known) or hedge_before(words[at:])):
        at += step
    return at


def _leads_up(before: Phrase, known: _Phrases, others: _Phrases, joining: frozenset[str]) -> bool:
    """Tell whether what leads up to a figure is known: the label of `Women: 2,347`, but not a dateline.

    What stands between another figure and a joining word belongs to that figure.
    """
    label = before[:-1] if before and before[-1] in _LABELLING and FIGURE not in before else ()
    before = label if label and not _COPULAS.intersection(label) else before
    begin = max((n for n, word in enumerate(before, 1) if word in _BEGINNING), default=0)
    clause = _without_dates(before[begin:])
    own = _last_joint(clause, others, joining)
    is_of_another = before[begin - 1 : begin] == (FIGURE,)
    return _end(clause[own:], known) == len(clause) - own and (is_of_another or _end(clause[:own], others) == own)


def _last_joint(clause: Phrase, others: _Phrases, joining: frozenset[str]) -> int:
    """Return where the last joining word stands that is none of a known phrase's, such as `youth and adults`."""
    at = last = 0
    while at < len(clause):
        step = _step(clause, at, others) or 1
        last = at if step == 1 and clause[at] in joining else last
        at += step
    return last


def _without_dates(words: Phrase) -> Phrase:
    return tuple(word for word in words if word.isdecimal() or not word[-1].isdecimal() or word.startswith("fy"))


def _opens_with_all(before: Phrase, known: _Phrases) -> bool:
    """Tell whether an opening such as `In all` is known; where it is told who speaks, it may say what it likes."""
    if not _SPEECH.isdisjoint(before):
        return True
    before = since_semicolon(before)
    opening = _clause(before if _RESTRICTING.issuperset(before[:1]) else _without_dates(before))
    return opening == before or _end(opening, known | {(FIGURE,)}) == len(opening)


def _goes_on(after: Phrase, known: _Phrases, others: _Phrases) -> bool:
    """Tell whether what is said on of a figure is known, up to where another statement begins.

    A word that is not known belongs to another figure before it, unless something goes on about the first in between.
    """
    at, begin = 0, len(after)
    while at < len(after):
        rest = after[at:]
        if rest[0] in _JOINING | {"or"} and FIGURE in _clause(rest):
            known = others
        if _is_about_something_else(after, at) and _step(after, at, known) < 2:
            return True
        begin = at if rest[0] == FIGURE else begin
        step = _step(after, at, known) or (at and hedge_before(rest)) or (rest[0] in (FIGURE, *BREAKS))
        if not step:
            return begin < at and _RESTRICTING.isdisjoint(after[begin:at])
        at += step
    return True


def _is_about_something_else(after: Phrase, at: int) -> bool:
    word, following, _, later = (*after[at : at + 4], "", "", "")[:4]
    if word == FIGURE:
        return at == 0 or after[at - 1] not in _ADVERBIAL
    if word in BREAKS:
        return word != "(" and following not in _RESTRICTING
    return word in _ENDING or (word in _COPULAS and following in _ARTICLES and later not in ("of", "by", "from"))


def _clause(words: Phrase) -> Phrase:
    return tuple(itertools.takewhile(lambda word: word not in BREAKS, words))
