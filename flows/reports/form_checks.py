"""What the form checks while it is being filled in, as spreadsheet formulas.

They say early what the rules will say later and decide nothing. Only functions that Excel and LibreOffice compute
alike are used, none of them as an array formula: inside SUMPRODUCT, `ISNUMBER(1/(...))` is "true, and no text or error
value in the way".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.reports.form_layout import FIRST_ROW, TableLayout, field_cell, roles_range
from schemas import instructions as words
from schemas.operation import Measure, Operation, PartsRelation, Table
from schemas.workbook import NOT_APPLICABLE_TEXT, SUBMISSION_SHEET, Field, address, column_letter

_MONTH_HAS_ENDED = "{month}<DATE(YEAR(TODAY()),MONTH(TODAY()),1)"


@dataclass(frozen=True, slots=True)
class LiveCount:
    """One kind of problem on one sheet, and the formula that counts it."""

    label: str
    sheet: str
    formula: str


def live_counts(operation: Operation, layouts: Iterable[TableLayout], least_revision: int = 1) -> tuple[LiveCount, ...]:
    """Return every kind of problem the form counts, in the form's order."""
    invalid_fields = _invalid_fields(roles_range(operation), least_revision)
    counts = [LiveCount(words.FIELDS_LEFT, SUBMISSION_SHEET, invalid_fields)]
    for layout in layouts:
        sheet = layout.table.value
        counts += [
            LiveCount(words.counts_left(layout.table), sheet, _blank_counts(layout)),
            LiveCount(words.COUNTS_WRONG, sheet, _bad_counts(layout)),
        ]
        counts += [LiveCount(words.misfits(w), sheet, _misfits(layout, w)) for w in wholes(layout)]
    return tuple(counts)


def wholes(layout: TableLayout) -> tuple[Measure, ...]:
    """Return the measures of a table that have parts."""
    return tuple(measure for measure in layout.measures if measure.parts)


def is_count(cell: str, measure: Measure) -> str:
    """Return the condition that a cell holds what may be entered for a measure."""
    otherwise = f'COUNTIF({cell},"{NOT_APPLICABLE_TEXT}")=1' if measure.not_applicable_allowed else "FALSE"
    return f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),{otherwise})"


def is_blank_and_due(layout: TableLayout) -> str:
    """Return the condition, for a table's first count cell, that a count is still to be filled in."""
    blank = f"ISBLANK({address(FIRST_ROW, layout.first_count_column)})"
    if layout.table is not Table.COUNTS:
        return blank
    return f"AND({blank},{_MONTH_HAS_ENDED.format(month=f'$B{FIRST_ROW}')})"


def does_not_fit(layout: TableLayout, whole: Measure) -> str:
    """Return the condition, for a table's first row, that a whole and its parts are counts and do not fit."""
    total, *parts = (f"${column_letter(layout.column(m))}{FIRST_ROW}" for m in (whole, *layout.parts(whole)))
    listed = ",".join(parts)
    if whole.relation is PartsRelation.DISJOINT:
        fault = f"{total}<>SUM({listed})"
    else:
        fault = f"OR({total}<MAX({listed}),{total}>SUM({listed}))"
    return f"AND(COUNT({total},{listed})={len(parts) + 1},{fault},{_are_whole((total, *parts))}=1)"


def _blank_counts(layout: TableLayout) -> str:
    blank = f"ISBLANK({_on_sheet(layout, layout.counts())})"
    if layout.table is not Table.COUNTS:
        return f"SUMPRODUCT(--{blank})"
    months = _on_sheet(layout, f"B{FIRST_ROW}:B{layout.last_row}")
    return f"SUMPRODUCT({blank}*({_MONTH_HAS_ENDED.format(month=months)}))"


def _bad_counts(layout: TableLayout) -> str:
    cells = _on_sheet(layout, layout.counts())
    good = f"SUMPRODUCT(ISNUMBER({cells})*ISNUMBER(1/({_are_whole((cells,))})))"
    excused = "".join(
        f'-COUNTIF({_on_sheet(layout, layout.counts(measure))},"{NOT_APPLICABLE_TEXT}")'
        for measure in layout.measures
        if measure.not_applicable_allowed
    )
    return f"COUNTA({cells})-{good}{excused}"


def _misfits(layout: TableLayout, whole: Measure) -> str:
    total, *parts = (_on_sheet(layout, layout.counts(measure)) for measure in (whole, *layout.parts(whole)))
    given = "*".join(f"ISNUMBER({cells})" for cells in (total, *parts))
    if whole.relation is PartsRelation.DISJOINT:
        fault = f"{total}<>{'+'.join(parts)}"
    else:
        exceeding = "+".join(f"({part}>{total})" for part in parts)
        fault = f"({exceeding}+({total}>{'+'.join(parts)}))>0"
    return f"SUMPRODUCT({given}*ISNUMBER(1/(({fault})*{_are_whole((total, *parts))})))"


def _are_whole(cells: Iterable[str]) -> str:
    """Return what is 1 where numbers are all whole and 0 or more, and otherwise 0."""
    return "*".join(f"({cell}>=0)*({cell}=INT({cell}))" for cell in cells)


def _invalid_fields(roles: str, least_revision: int) -> str:
    revision, role, day, start = (
        f"{SUBMISSION_SHEET}!{field_cell(field)}"
        for field in (Field.REVISION, Field.CERTIFIED_BY, Field.CERTIFIED_ON, Field.PERIOD_START)
    )
    return (
        f"IF(ISNUMBER({revision}),IF(AND({revision}>={least_revision},{revision}=INT({revision})),0,1),1)"
        f"+IF(COUNTIF({roles},{role})=0,1,0)"
        f"+IF(ISNUMBER({day}),IF(AND({day}>={start},{day}<TODAY()+1),0,1),1)"
    )


def _on_sheet(layout: TableLayout, cells: str) -> str:
    return f"{layout.table.value}!{cells}"
