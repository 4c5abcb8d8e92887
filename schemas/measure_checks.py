"""What must hold of an operation's measures and of the ratios between them, once each has the right shape.

Every mistake is given as its key in `operation.toml`, what was found and what was expected.
"""

from collections.abc import Iterator, Mapping

from schemas.ids import PLAIN_TEXT, RESERVED_IDS, SNAKE_CASE_ID, is_plain
from schemas.mistakes import quoted
from schemas.operation import Measure, Operation, PartsRelation, PlausibleRatio, Table
from schemas.workbook import KEY_HEADER_ALIASES, LONGEST_LABEL, key_headers, normalise


def measure_mistakes(operation: Operation) -> Iterator[tuple[str, str, str]]:
    """Give the place of each mistake in measures and ratios, with what was found and what was expected."""
    if not operation.asked_in(Table.COUNTS):
        yield "measures", "no measure with table Counts", "at least one"
    for measure in operation.measures:
        of_this = (*_words(measure), *_asking(measure), *_parts(measure, operation.measure))
        for key, found, expected in of_this:
            yield f"measures.{measure.id}{key and '.'}{key}", found, expected
    for table in Table:
        yield from _headers(operation, table)
    for ratio in operation.plausible_ratios:
        for key, found, expected in _ratio(ratio, operation.measure):
            yield f"plausible_ratios.{ratio.id}{key and '.'}{key}", found, expected


def _words(measure: Measure) -> Iterator[tuple[str, str, str]]:
    if not SNAKE_CASE_ID.fullmatch(measure.id) or measure.id in RESERVED_IDS:
        yield "", quoted(measure.id), "an id in lower case, such as arrests_other, that is no word of the form"
    headings = (("header", measure.header), *(("aliases", alias) for alias in measure.aliases))
    for key, text in headings if measure.table else ():
        if not is_plain(text) or len(text) > LONGEST_LABEL:
            yield key, quoted(text), f"{PLAIN_TEXT}, of at most {LONGEST_LABEL} characters"
    for key, text in (("label", measure.label), ("unit", measure.unit), ("definition", measure.definition)):
        if not is_plain(text):
            yield key, quoted(text), PLAIN_TEXT
    if measure.caveat and not is_plain(measure.caveat):
        yield "caveat", quoted(measure.caveat), f"{PLAIN_TEXT}, or nothing"


def _asking(measure: Measure) -> Iterator[tuple[str, str, str]]:
    """A measure is asked in a table under a heading, or else it is the sum of its parts."""
    if measure.table is None and (measure.header or measure.aliases):
        yield "table", "nothing", "the table that its heading stands in"
    if measure.table is None and measure.not_applicable_allowed:
        yield "not_applicable_allowed", "true", "false: it is not asked on the form"
    if measure.table is None and measure.relation is not PartsRelation.DISJOINT:
        yield (
            "relation",
            quoted(measure.relation),
            '"disjoint": it is not asked on the form, so its parts must add up to it',
        )


def _parts(measure: Measure, known: Mapping[str, Measure]) -> Iterator[tuple[str, str, str]]:
    if measure.parts and measure.relation is None:
        yield "relation", "nothing", '"disjoint" or "overlapping", since it has parts'
    if measure.relation is not None and not measure.parts:
        yield "parts", "nothing", "the measures it is made of, since it has a relation"
    for position, name in enumerate(measure.parts):
        part = known.get(name)
        if part is None:
            yield "parts", quoted(name), "the id of a measure"
        elif name in measure.parts[:position]:
            yield "parts", f"{quoted(name)} twice", "each part once"
        elif measure.id in _made_of(part, known):
            yield "parts", quoted(name), "a measure that is not made of this one"
        elif part.table is None or (measure.table is not None and part.table is not measure.table):
            yield "parts", quoted(name), f"a measure asked in {measure.table or 'a table of the form'}"
        elif part.over_months is not measure.over_months:
            expected = f"a measure that adds up over months as this one does, {quoted(measure.over_months)}"
            yield "parts", f"{quoted(name)}, {quoted(part.over_months)}", expected


def _made_of(measure: Measure, known: Mapping[str, Measure]) -> set[str]:
    """Return the ids of a measure, its parts, their parts and so on."""
    found: set[str] = set()
    waiting = [measure.id]
    while waiting:
        name = waiting.pop()
        if name not in found and name in known:
            found.add(name)
            waiting.extend(known[name].parts)
    return found


def _headers(operation: Operation, table: Table) -> Iterator[tuple[str, str, str]]:
    """Every heading of a table must mean one thing, as headings are compared when read."""
    meaning = {
        normalise(heading): f"the heading {key}"
        for key in key_headers(table)
        for heading in (key, *KEY_HEADER_ALIASES[key])
    }
    for measure in operation.asked_in(table):
        for key, heading in (("header", measure.header), *(("aliases", alias) for alias in measure.aliases)):
            if other := meaning.get(normalise(heading)):
                yield f"measures.{measure.id}.{key}", quoted(heading), f"another heading: this one means {other}"
            meaning[normalise(heading)] = f"measures.{measure.id}"


def _ratio(ratio: PlausibleRatio, known: Mapping[str, Measure]) -> Iterator[tuple[str, str, str]]:
    if not SNAKE_CASE_ID.fullmatch(ratio.id):
        yield "", quoted(ratio.id), "what must be true, in lower case, such as arrests_do_not_exceed_complaints"
    for key, name in (("numerator", ratio.numerator), ("denominator", ratio.denominator)):
        if name not in known or known[name].table is None:
            yield key, quoted(name), "the id of a measure asked on the form"
    sides = [known[name].table for name in (ratio.numerator, ratio.denominator) if name in known]
    if None not in sides and len(set(sides)) == 2:
        yield "denominator", quoted(ratio.denominator), f"a measure asked in {sides[0]}, as the numerator is"
    if ratio.numerator == ratio.denominator:
        yield "denominator", quoted(ratio.denominator), "another measure than the numerator"
    if ratio.least is None and ratio.most is None:
        yield "most", "nothing", "a whole number from 0, here or in least"
    for key, bound in (("least", ratio.least), ("most", ratio.most)):
        if bound is not None and bound < 0:
            yield key, quoted(bound), "a whole number from 0"
    if ratio.least is not None and ratio.most is not None and ratio.most < ratio.least:
        yield "most", quoted(ratio.most), f"a whole number from {ratio.least}, which is the least"
