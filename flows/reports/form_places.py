"""Where on our own form a finding belongs, wherever it stood in the workbook that was sent.

What belongs here: cells. What does not: what a mark says, or how it looks.
"""

from collections.abc import Iterator, Mapping, Sequence

from flows.reports.form_layout import FIELD_ROW, FIELD_VALUE_COLUMN, FIRST_ROW, TableLayout
from schemas.fields import FIELD_OF_RULE
from schemas.findings import Finding
from schemas.operation import Measure, Operation
from schemas.plausibility import ratios_of
from schemas.relations import relations
from schemas.sheets import Place
from schemas.workbook import FIELD_LABEL, SUBMISSION_SHEET, Field

Counts = Mapping[tuple[str, str, str], int | str]


def places_of(
    finding: Finding, operation: Operation, layouts: Sequence[TableLayout], counts: Counts
) -> tuple[Place, ...]:
    """Return the cells of the form, on the finding's sheet, that the finding asks to look at, the most telling first.

    A relation is about the whole and its parts, a row's fault about the whole row, a column's about the whole column.
    A row that could not be placed may be any one that has no figures; `counts` are what stands in the form, by task
    force, month and measure.
    """
    if finding.sheet == SUBMISSION_SHEET:
        return tuple((FIELD_ROW[field], FIELD_VALUE_COLUMN) for field in _fields(finding))
    for layout in layouts:
        if layout.table.value == finding.sheet:
            measures = sorted(_measures(finding, operation, layout), key=lambda m: m.id != finding.measure)
            return tuple((row, layout.column(m)) for row in _rows(finding, layout, counts) for m in measures)
    return ()


def _fields(finding: Finding) -> Iterator[Field]:
    """Yield the field a finding is about. A rule for any field names it by its label."""
    for field, label in FIELD_LABEL.items():
        if field is FIELD_OF_RULE.get(finding.code) or (finding.code not in FIELD_OF_RULE and label in finding.message):
            yield field


def _measures(finding: Finding, operation: Operation, layout: TableLayout) -> tuple[Measure, ...]:
    if not finding.measure:
        return layout.measures
    concerned = {finding.measure}
    for relation in relations(operation, layout.table):
        if relation.code == finding.code:
            concerned.update(part.id for part in relation.parts)
    for ratio in ratios_of(operation, layout.table):
        if ratio.id == finding.code:
            concerned.add(ratio.denominator)
    return tuple(measure for measure in layout.measures if measure.id in concerned)


def _rows(finding: Finding, layout: TableLayout, counts: Counts) -> Iterator[int]:
    known = {row_of[:2] for row_of in counts}
    for number, row in enumerate(layout.rows, start=FIRST_ROW):
        meant = finding.task_force in ("", row.task_force) and finding.month in ("", row.month)
        is_sure = finding.measure or (finding.task_force and finding.month == row.month)
        if meant and (is_sure or (row.task_force, row.month) not in known):
            yield number
