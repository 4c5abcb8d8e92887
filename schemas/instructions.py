"""The words of the form's first sheet: how to fill the form in, what each column counts, what is left to do.

The template writes them, and whoever reads a workbook knows by them what on that sheet is nobody's but ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from schemas.findings import Severity
from schemas.form_words import without_numbers
from schemas.months import long_date, month_label
from schemas.operation import Measure, Operation, OverMonths, PartsRelation, Table
from schemas.workbook import FINDINGS_SHEET, NOT_APPLICABLE_TEXT, SUBMISSION_SHEET

READY, PROBLEM = "Ready to send: ", " problem"
HOW_TO = "How to fill it in"
LEFT_HEADS = ("Sheet", "What is left to do", "How many")
BLANK_HEADING, BLANK_HEADS = "Zero, blank and not applicable", ("In a cell", "Means")
TASK_FORCES_HEADING, TASK_FORCES_HEADS = "Your task forces", ("Task force", "Name and lead agency")
COLUMNS_HEADS = ("Column", "What to count", "Over the months", "Whole and parts")
SENT_ALONE = (
    "A task force that does not want to wait for the others may send a copy of its own: take the protection off the "
    "sheets (there is no password) and delete the rows of the others."
)
FIELDS_LEFT = "Fields still to be filled in, or not valid"
COUNTS_WRONG = "Counts that are not whole numbers, 0 or more"


def subtitle(operation: Operation, state: str) -> str:
    """Return what stands below the title: whose form, for when, and which version."""
    period = f"{long_date(operation.period_start)} to {long_date(operation.period_end)}"
    return f"{operation.roster.states[state]}, {period}. Form version {operation.template_version}."


def about(operation: Operation, state: str) -> str:
    """Return what the form is for, and what it is not."""
    return (
        f"With this workbook {operation.roster.states[state]} sends its counts for {operation.title} to the national "
        "office. It holds counts only: how many, never who. Never write a name, a date of birth, an address, a case "
        "number or any narrative into it; of a workbook that seems to hold one, nothing is kept."
    )


def due(operation: Operation) -> str:
    """Return until when each month is on time."""
    months = "; ".join(f"{month_label(m)} by {long_date(operation.deadlines[m])}" for m in operation.months)
    return f"Figures are due: {months}."


def notice(found: dict[Severity, int], least_revision: int, *, counts: bool) -> str:
    """Return what the sender of a returned workbook must know first.

    Args:
        found: How many findings there are of each severity.
        least_revision: The revision must be raised to this.
        counts: Whether its figures count.
    """
    findings = " and ".join(f"{n:,} {severity}{'s' if n > 1 else ''}" for severity, n in found.items() if n)
    return (
        f"This is your workbook, returned with {findings}. Its figures {'count' if counts else 'do not count yet'}. "
        f"Correct the colored cells, choose a response to each line of the sheet {FINDINGS_SHEET}, raise the revision "
        f"to {least_revision} or more, have the figures certified, and send this workbook back."
    )


def steps(operation: Operation) -> Iterator[str]:
    """Yield the steps of filling the form in."""
    yield (
        f"On the sheet {Table.COUNTS.value}, fill in every yellow cell: one whole number, 0 where there is none. Click "
        "a cell to read what it counts. Months that have not ended are not due: leave them blank."
    )
    if Table.AGENCIES in operation.tables:
        yield f"On the sheet {Table.AGENCIES.value}, do the same; there is one row for each task force."
    yield (
        "Mind the colors. Yellow is still to be filled in, red is not a whole number, orange is a whole that its parts "
        "do not fit. The table above counts what is left."
    )
    yield (
        f"On the sheet {SUBMISSION_SHEET}, choose the role of the person who certifies the figures and enter the day. "
        "Leave the revision at 1 the first time; raise it by one whenever you send the workbook again."
    )
    yield "When this page says 0 problems, save the workbook as .xlsx and send it."


def meanings(operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield what may stand in a cell, and what it means."""
    excused = ", ".join(measure.label for measure in operation.measures if measure.not_applicable_allowed)
    yield "0", "It was looked for, and there was none."
    yield "blank", "Not filled in yet, and never read as 0. Once its month has ended, a blank is sent back."
    if excused:
        yield NOT_APPLICABLE_TEXT, f"Does not apply to this task force. Accepted only under: {excused}. It is not 0."
    yield (
        "anything else",
        "Is sent back: words, fractions, percentages, dates, “over 400”, “about 12”, “5-7”.",
    )


def task_forces(operation: Operation, state: str) -> Iterator[tuple[str, str]]:
    """Yield a state's task forces with their names and lead agencies."""
    return ((t.id, f"{t.name}, {t.lead_agency}") for t in operation.roster.by_state[state])


def columns_heading(table: Table) -> str:
    """Return the heading above the definitions of a table's columns."""
    return f"What to count on the sheet {table.value}"


def definition(operation: Operation, measure: Measure, parts: int) -> tuple[str, str, str, str]:
    """Return what a column is and counts, given how many of the measure's parts its table asks."""
    months = "Months are added up" if measure.over_months is OverMonths.SUM else "The latest figure stands"
    return measure.header, measure.definition, months, _relation(operation, measure, parts)


def _relation(operation: Operation, measure: Measure, parts: int) -> str:
    if measure.parts:
        disjoint = measure.relation is PartsRelation.DISJOINT
        return f"Is the sum of its {parts} parts" if disjoint else f"Has {parts} parts that may overlap"
    return "; ".join(f"Part of {whole.label}" for whole in operation.measures if measure.id in whole.parts)


def counts_left(table: Table) -> str:
    """Return what is said of a table's counts that are still to be filled in."""
    return f"Counts not filled in{' for months that have ended' if table is Table.COUNTS else ''}"


def misfits(whole: Measure) -> str:
    """Return what is said of the rows in which a whole does not fit its parts."""
    fault = "differ from the sum of" if whole.relation is PartsRelation.DISJOINT else "do not fit"
    return f"{whole.header}: rows that {fault} the parts"


def numbered_words(operation: Operation) -> frozenset[str]:
    """Return the texts beside which a number of ours stands: of steps, and of what is left to do."""
    texts = [FIELDS_LEFT, COUNTS_WRONG, *map(counts_left, operation.tables), *steps(operation)]
    texts += [misfits(measure) for measure in operation.measures if measure.parts]
    return frozenset(map(without_numbers, texts))


def instructions_words(operation: Operation) -> frozenset[str]:
    """Return all that may stand on the sheet in any state's form, blank or returned, as `without_numbers` has it."""
    texts = [operation.title, due(operation), HOW_TO, SENT_ALONE, SUBMISSION_SHEET]
    texts += [f"{READY}0{PROBLEM}", f"{READY}0{PROBLEM}s", *_flat(meanings(operation))]
    texts += [*LEFT_HEADS, BLANK_HEADING, *BLANK_HEADS, TASK_FORCES_HEADING, *TASK_FORCES_HEADS, *COLUMNS_HEADS]
    for state in operation.roster.states:
        texts += [subtitle(operation, state), about(operation, state), *_flat(task_forces(operation, state))]
    for table in operation.tables:
        texts += [table.value, columns_heading(table)]
        texts += _flat(definition(operation, measure, 0) for measure in operation.asked_in(table))
    for errors, warnings, counts in product((0, 1, 2), (0, 1, 2), (True, False)):
        texts.append(notice({Severity.ERROR: errors, Severity.WARNING: warnings}, 0, counts=counts))
    return numbered_words(operation) | frozenset(map(without_numbers, texts))


def _flat(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    return (text for row in rows for text in row)
