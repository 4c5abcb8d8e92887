"""The form's own words beside labels, headings and values: titles, guides, hints.

Whoever finds them has found the form: the template is built from them.
"""

import re
from collections.abc import Iterator

from schemas.operation import Measure, Operation, PartsRelation, Table
from schemas.workbook import FIELD_LABEL, NOT_APPLICABLE_TEXT, SUBMISSION_SHEET, Field, normalise

SUBMISSION_GUIDE = "The grey cells are in place. The others are yours."
WHO_MAY_CERTIFY = "Who may certify"
ROLE_HINT = "A role from the list below, never a name"
DAY_HINT = "The day the figures were certified"
NOT_ACCEPTED = "Not accepted here"
ROLE_ERROR, DAY_ERROR = "Choose a role of the list.", "Enter a date in or after the period and not in the future."
PAGE_OF_PAGES = "Page &P of &N"

_NUMBER = re.compile(r"\d+")


def revision_hint(least: int) -> str:
    """Return what to enter as the revision, given the least that it may be."""
    if least == 1:
        return "1 the first time; one more each time you send it again"
    return f"Raise it: {least} or more this time"


def table_guide(table: Table) -> str:
    """Return the line below a table's title."""
    due = " A month that has not ended is not due." if table is Table.COUNTS else ""
    return (
        f"Fill in every yellow cell: one whole number, 0 where there is none.{due} Click a cell to read what it counts."
    )


def band_text(whole: Measure, parts: int) -> str:
    """Return what stands over a whole and those of its parts that a table asks."""
    if whole.table is None:
        return f"{whole.label}: the sum of these {parts}"
    how = "add up to it" if whole.relation is PartsRelation.DISJOINT else "may overlap"
    return f"{whole.label}: its {parts} parts {how}"


def revision_error(least: int) -> str:
    """Return what is said to somebody who enters no revision that it may be."""
    return f"Enter a whole number, {least} or more."


def count_error(*, not_applicable_allowed: bool) -> str:
    """Return what is said to somebody who enters no count."""
    return f"Enter a whole number, 0 or more{f', or {NOT_APPLICABLE_TEXT}' if not_applicable_allowed else ''}."


def footer(operation: Operation, state: str) -> str:
    """Return what stands at the foot of every page, and is the workbook's title."""
    return f"{operation.title}, {operation.roster.states[state]}"


def words_around(operation: Operation) -> Iterator[str]:
    """Yield what the form says around its cells: at the foot of its pages, and in messages beside cells."""
    yield from (PAGE_OF_PAGES.replace("&P", "0").replace("&N", "0"), NOT_ACCEPTED, ROLE_ERROR, DAY_ERROR)
    yield from (f"{hint}." for hint in (ROLE_HINT, DAY_HINT, revision_hint(1), revision_hint(2)))
    yield from (FIELD_LABEL[Field.REVISION], FIELD_LABEL[Field.CERTIFIED_BY], FIELD_LABEL[Field.CERTIFIED_ON])
    yield from (revision_error(1), NOT_APPLICABLE_TEXT)
    yield from (count_error(not_applicable_allowed=allowed) for allowed in (True, False))
    yield from (footer(operation, state) for state in operation.roster.states)


def own_words(operation: Operation) -> frozenset[str]:
    """Return the form's own words as they are compared by `without_numbers`."""
    return frozenset(map(without_numbers, _own_words(operation)))


def without_numbers(text: str) -> str:
    """Return a text as the form's own words are compared: normalised, every number alike."""
    return _NUMBER.sub("0", normalise(text))


def _own_words(operation: Operation) -> Iterator[str]:
    yield from (SUBMISSION_SHEET, SUBMISSION_GUIDE, WHO_MAY_CERTIFY, ROLE_HINT, DAY_HINT)
    yield from (revision_hint(1), revision_hint(2))
    yield from operation.certifier_roles
    for table in operation.tables:
        yield from (table.value, table_guide(table))
        asked = {measure.id for measure in operation.asked_in(table)}
        for whole in operation.measures:
            if parts := asked.intersection(whole.parts):
                yield band_text(whole, len(parts))
