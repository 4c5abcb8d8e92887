"""What must hold between an operation's values, once each is as it must be by itself, which is `ids.py`."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from schemas.mistakes import Mistake, quoted
from schemas.months import last_day
from schemas.operation import (
    Claim,
    Extension,
    Family,
    Hedge,
    Measure,
    Operation,
    OverMonths,
    PartsRelation,
    ProgramFigure,
    Table,
    TaskForce,
)
from schemas.private import kind_of_private_text
from schemas.workbook import KEY_HEADER_ALIASES, LONGEST_LABEL, TOTAL_LABELS, key_headers, normalise

Checks = Iterator[tuple[object, str, object, str]]
"""Whether something holds; and for when it does not, the place, what was found there and what was expected."""


def cross_mistakes(
    operation: Operation,
    folder: str,
    roster: Mapping[str, TaskForce],
    program: Mapping[str, ProgramFigure],
    extensions: Mapping[str, Extension],
) -> tuple[Mistake, ...]:
    """Name everything that does not fit together in an operation of this folder; its tables are given by line."""
    checks = chain(
        *(_operation(operation, folder), _calendar(operation)),
        *(_measure(measure, operation) for measure in operation.measures),
        *(_headings(operation, table) for table in Table),
        *(_ratios(operation), _jumps(operation), _roster(roster), _row_labels(operation)),
        *(_alike("roster.csv", roster, "id", "state"), _alike("roster.csv", roster, "state", "state_name")),
        *(_claim(claim, operation) for claim in operation.claims),
        _words(operation),
        program_checks({f"program_to_date.csv: {line}": figure for line, figure in program.items()}, operation),
        _alike("program_to_date.csv", program, "series", "label", "unit"),
        _extensions(extensions, operation),
    )
    amiss = tuple(Mistake(place, quoted(found), expected) for holds, place, found, expected in checks if not holds)
    return (*amiss, *_private(operation, roster))


def _private(operation: Operation, roster: Mapping[str, TaskForce]) -> Iterator[Mistake]:
    """No word of the form may look like a person's or a case's: the door keeps whatever holds one, the form too."""
    at, expected = "operation.toml: ", "words that neither ask for nor tell of a person or a case"
    words = [(f"{at}{key}", getattr(operation, key)) for key in ("id", "title", "contact_role")]
    words += [(f"{at}{key}", role) for key in ("certifier_roles", "approver_roles") for role in getattr(operation, key)]
    for measure in operation.measures:
        of_it = f"{at}measures.{measure.id}."
        words += [
            (f"{of_it}{key}", getattr(measure, key)) for key in ("label", "unit", "definition", "header", "caveat")
        ]
        words += [(f"{of_it}aliases", alias) for alias in measure.aliases]
    for line, unit in roster.items():
        columns = ("id", "name", "state_name", "lead_agency")
        words += [(f"roster.csv: {line}, column {column}", getattr(unit, column)) for column in columns]
    for place, word in words:
        if kind := kind_of_private_text(word, operation.first_private_year):
            yield Mistake(place, kind, expected)


def _operation(operation: Operation, folder: str) -> Checks:
    at, roles, roster = "operation.toml: ", operation.certifier_roles, operation.roster
    yield operation.id == folder, f"{at}id", operation.id, f"{quoted(folder)}, as the folder is named"
    fits = roles and len({*map(normalise, roles)}) == len(roles)
    yield fits, f"{at}certifier_roles", roles, "at least one role, each once"
    roles = operation.approver_roles
    fits = len(roles) >= 2 and len({*map(normalise, roles)}) == len(roles)
    yield fits, f"{at}approver_roles", roles, "at least two roles, each once"
    yield operation.asked_in(Table.COUNTS), f"{at}measures", None, "at least one with table Counts"
    for place, reporter in roster.reported_by.items():
        yield place not in roster.states, f"{at}reported_by.{place}", place, "a place that has no task force"
        fits = reporter in roster.by_id
        yield fits, f"{at}reported_by.{place}", reporter, "the id of a task force of the roster"


def _calendar(operation: Operation) -> Checks:
    at, start, end = "operation.toml: ", operation.period_start, operation.period_end
    yield start <= end, f"{at}period_end", end, f"a day from {start} on"
    for month in operation.months:
        deadline, ended = operation.deadlines.get(month), last_day(month)
        yield deadline and deadline >= ended, f"{at}deadlines.{month}", deadline, f"a day from {ended} on"
    for month, deadline in operation.deadlines.items():
        yield month in operation.months, f"{at}deadlines.{month}", deadline, "nothing: it is no month of the operation"


def _measure(measure: Measure, operation: Operation) -> Checks:
    """A measure is asked in a table under a heading, or else it is the sum of its parts."""
    at, table, parts = f"operation.toml: measures.{measure.id}", measure.table, measure.parts
    is_of_the_form = measure.header or measure.aliases or measure.not_applicable_allowed
    fits = table or (measure.relation is PartsRelation.DISJOINT and not is_of_the_form)
    yield fits, f"{at}.table", None, "the table it is asked in, or disjoint parts and neither heading nor N/A"
    yield measure.header or not table, f"{at}.header", None, "the heading of its column"
    expected = '"disjoint" or "overlapping" if it has parts, else nothing'
    yield bool(measure.relation) == bool(parts), f"{at}.relation", measure.relation, expected
    yield len({*parts}) == len(parts), f"{at}.parts", parts, "each part once"
    expected = f"another measure asked in {table or 'a table'}, with over_months {quoted(measure.over_months)}"
    alike = {m.id for m in operation.measures if m.table and m.over_months is measure.over_months and m is not measure}
    for name in parts:
        fits = name in alike and table in (None, operation.measure[name].table)
        yield fits, f"{at}.parts", name, expected


def _headings(operation: Operation, table: Table) -> Checks:
    at = "operation.toml: measures."
    words = [("", word, f"the heading {key}") for key in key_headers(table) for word in (key, *KEY_HEADER_ALIASES[key])]
    for measure in operation.asked_in(table):
        words.append((f"{at}{measure.id}.header", measure.header, f"measures.{measure.id}"))
        words += [(f"{at}{measure.id}.aliases", alias, f"measures.{measure.id}") for alias in measure.aliases]
    return _unambiguous("heading", words)


def _row_labels(operation: Operation) -> Checks:
    roster = operation.roster
    yield roster.task_forces, "roster.csv", None, "at least one task force within the operation's period"
    words = [("", label, "a control total") for label in TOTAL_LABELS]
    for state, group in roster.by_state.items():
        sole = group[0].id if len(group) == 1 else f"the control total of {state}"
        words += [(f"roster.csv: {state}", label, sole) for label in (state, roster.states[state])]
    words += [(f"roster.csv: {t.id}", label, t.id) for t in roster.task_forces for label in (t.id, t.name)]
    yield from _unambiguous("label", words)


def _unambiguous(kind: str, words: Iterable[tuple[str, str, str]]) -> Checks:
    """No word, as words are compared when read, may mean two things. Each is given with its place and its meaning."""
    meaning: dict[str, str] = {}
    for place, word, means in words:
        other = meaning.setdefault(normalise(word), means)
        yield other == means, place, word, f"another {kind}: this one means {other}"
        yield len(word) <= LONGEST_LABEL, place, word, f"at most {LONGEST_LABEL} characters"


def _ratios(operation: Operation) -> Checks:
    for ratio in operation.plausible_ratios:
        at, least, most = f"operation.toml: plausible_ratios.{ratio.id}", ratio.least, ratio.most
        above, below = (operation.measure.get(name) for name in (ratio.numerator, ratio.denominator))
        yield above and above.table, f"{at}.numerator", ratio.numerator, "the id of a measure asked on the form"
        fits = below and below is not above and below.table and (not above or below.table is above.table)
        yield fits, f"{at}.denominator", ratio.denominator, "the id of another measure asked in the numerator's table"
        fits = least is not None if most is None else (least or 0) <= most
        yield fits, f"{at}.most", most, f"a whole number from {least or 0}, here or in least"


def _jumps(operation: Operation) -> Checks:
    flows = {m.id for m in operation.asked_in(Table.COUNTS) if m.over_months is OverMonths.SUM}
    for code, rule in operation.across.jumps.items():
        at = f"operation.toml: across.{code}.measures"
        yield rule.measures and len({*rule.measures}) == len(rule.measures), at, rule.measures, "measures, each once"
        for measure in rule.measures:
            yield measure in flows, at, measure, "the id of a measure asked in Counts and summed over months"


def _claim(claim: Claim, operation: Operation) -> Checks:
    at, value, hedge, months = f"claims.toml: claims.{claim.id}", claim.value, claim.hedge, claim.months
    measures, participants = {*operation.measure}, {"task_forces", "states", "months"}
    known, expected = {
        Family.OPERATION: (measures, "the id of a measure"),
        Family.PARTICIPATION: (measures | participants, "task_forces, states or months, or the id of a measure"),
        Family.PROGRAM_TO_DATE: ({f.series for f in operation.program_to_date}, "a series of program_to_date.csv"),
    }[claim.family]
    yield claim.of in known, f"{at}.of", claim.of, expected
    yield value % claim.grain == 0, f"{at}.value", value, f"a multiple of its grain, {claim.grain}"
    fits = hedge is Hedge.ABOUT or (hedge is Hedge.EXACT) == (claim.grain == 1)
    expected = '1 if the figure is exact; what it was rounded to, such as 10, if it is "more_than" or "nearly"'
    yield fits, f"{at}.grain", claim.grain, expected
    yield claim.where, f"{at}.where", None, "the places in the release that say it, such as headline"
    fits = list(months) == sorted({*months}) and bool(months) == (claim.of == "months")
    yield fits, f"{at}.months", months, 'months in order, each once, if the claim is of "months", else nothing'
    fits = claim.of != "months" or not months or (value, hedge) == (len(months), Hedge.EXACT)
    yield fits, f"{at}.value", value, f"exactly {len(months)}, the number of its months"


def _words(operation: Operation) -> Checks:
    """No words of prose may mean two things, unless one of them is a total since the program began."""
    meaning: dict[tuple[bool, str, str], Claim] = {}
    for claim in operation.claims:
        at, is_program = f"claims.toml: claims.{claim.id}.words", claim.family is Family.PROGRAM_TO_DATE
        for words in claim.said_by:
            for near in words.near or ("",):
                other = meaning.setdefault((is_program, normalise(words.unit), normalise(near)), claim)
                fits = (other.family, other.of) == (claim.family, claim.of)
                yield fits, at, words.unit, f"another unit, or other words near it: this one means claims.{other.id}"


def _roster(lines: Mapping[str, TaskForce]) -> Checks:
    for at, line in lines.items():
        fits = line.valid_from <= line.valid_to
        yield fits, f"roster.csv: {at}, column valid_to", line.valid_to, f"a day from {line.valid_from} on"
    for (above, one), (at, other) in combinations(lines.items(), 2):
        overlap = one.id == other.id and one.valid_from <= other.valid_to and other.valid_from <= one.valid_to
        yield not overlap, f"roster.csv: {at}", other.id, f"another id or other days than in {above}"


def program_checks(lines: Mapping[str, ProgramFigure], operation: Operation) -> Checks:
    """Check the lines of the program to date, each given by its place."""
    return chain(_program(lines, operation), _program_ratios(lines, operation))


def _program(lines: Mapping[str, ProgramFigure], operation: Operation) -> Checks:
    """A series is a baseline and then increments, each from the day after the line before."""
    ended: dict[str, dt.date] = {}
    for place, line in lines.items():
        at, start, end = f"{place}, column ", line.period_start, line.period_end
        yield start <= end, f"{at}period_end", end, f"a day from {start} on"
        expected = '"baseline" in the first line of a series, "increment" in the others'
        yield line.is_baseline == (line.series not in ended), f"{at}kind", line.kind, expected
        due = ended.get(line.series, start - dt.timedelta(days=1)) + dt.timedelta(days=1)
        yield start == due, f"{at}period_start", start, f"{due}, the day after the line before of its series"
        fits = line.measure is None or line.measure in operation.measure
        yield fits, f"{at}measure", line.measure, "the id of a measure, or nothing"
        ended[line.series] = end


def _extensions(lines: Mapping[str, Extension], operation: Operation) -> Checks:
    above: dict[tuple[str, str], str] = {}
    for at, line in lines.items():
        column, who, month = f"extensions.csv: {at}, column ", line.task_force, line.month
        yield who in operation.roster.by_id, f"{column}task_force", who, "the id of a task force of the roster"
        yield month in operation.months, f"{column}month", month, "a month of the operation"
        deadline = operation.deadlines.get(month, line.until)
        fits = line.until > deadline or month not in operation.deadlines
        yield fits, f"{column}until", line.until, f"a day after {deadline}, the deadline of the month"
        other = above.setdefault((who, month), at)
        yield other == at, f"extensions.csv: {at}", who, f"another task force or month than in {other}"


def _program_ratios(lines: Mapping[str, ProgramFigure], operation: Operation) -> Checks:
    """What is usual beside another measure within one row of the form is so between two series over the same time."""
    counted = {line.series: line.measure for line in lines.values() if line.measure}
    beside = {(counted.get(x.series), x.period_start, x.period_end): x for x in lines.values()}
    for at, line in lines.items():
        for ratio in operation.plausible_ratios:
            other = beside.get((ratio.denominator, line.period_start, line.period_end))
            if counted.get(line.series) == ratio.numerator and other:
                expected = f"a number for which {ratio.id} beside the {other.value:,} of {other.series}"
                fits = ratio.is_usual(line.value, other.value)
                yield fits, f"{at}, column value", line.value, expected


def _alike(file: str, lines: Mapping[str, TaskForce | ProgramFigure], key: str, *columns: str) -> Checks:
    """Lines with the same cell in one column must have the same in others."""
    first: dict[str, str] = {}
    for at, line in lines.items():
        above = first.setdefault(getattr(line, key), at)
        for column in columns:
            found, expected = getattr(line, column), getattr(lines[above], column)
            yield found == expected, f"{file}: {at}, column {column}", found, f"{quoted(expected)}, as in {above}"
