"""What a message needs to know of a place on the form: where it is, what was found, what was expected."""

import datetime as dt
from dataclasses import dataclass

from flows.steps.validate.causes import cause_of_ratio, cause_of_relation, cause_of_total
from flows.steps.validate.control_totals import TotalPlace
from flows.steps.validate.frames import ExpectedPlace, RowPlace
from schemas.cells import Kind, characters, describe
from schemas.months import month_label, whose
from schemas.operation import Measure, Operation, PlausibleRatio
from schemas.parsed import FieldValue, FormPart, ParsedTable, Sight
from schemas.relations import Relation
from schemas.sheets import LARGEST_SPAN
from schemas.telling import Where
from schemas.workbook import FIELD_LABEL, SUBMISSION_SHEET, Field, address, span

Told = tuple[Where, dict[str, str]]
"""A place, and what fills the blanks of a rule's words there."""


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes places on the form of one operation, on one calendar day."""

    operation: Operation
    today: dt.date

    def part(self, part: FormPart) -> Told:
        """Describe a thing the form must have."""
        too_large = part.cells > LARGEST_SPAN
        found, expected = (part.cells, LARGEST_SPAN) if too_large else (part.times, 1)
        measure = next((m.id for m in self.operation.measures if (m.table, m.header) == (part.sheet, part.label)), "")
        where = Where(part.sheet, address(part.row, part.column), measure=measure)
        close = f"; the text here, {characters(part.close)}, is none of the form's" if part.close else ""
        return where, {"label": part.label, "found": f"{found:,}", "expected": f"{expected:,}", "hint": close}

    def field(self, field: FieldValue, reported_until: int) -> Told:
        """Describe the value of a field of the Submission sheet."""
        value = field.day.isoformat() if field.day else field.word or str(field.number)
        blanks = {"label": FIELD_LABEL[field.field], "found": field.found or value}
        blanks["expected"] = self._expected_in(field, reported_until)
        reporter = self.operation.roster.reported_by.get(field.word)
        blanks["hint"] = f"; {reporter} reports it" if reporter else ""
        return Where(SUBMISSION_SHEET, address(field.row, field.column)), blanks

    def task_force_key(self, place: RowPlace, state: str) -> Told:
        """Describe the cell that says which task force a row of a state's workbook is for."""
        key, month = place.row.task_force, place.row.month.word
        theirs = ", ".join(task_force.id for task_force in self.operation.roster.by_state.get(state, ()))
        elsewhere = key.sight is Sight.ELSEWHERE
        where = _at(place.table, place.row.row, key.column, key.word, month)
        return where, {
            "who": whose(key.word, month),
            "found": key.found,
            "expected": state if elsewhere else theirs or "one of the roster",
            "hint": f"; the nearest is {key.nearest}" if key.nearest else "",
        }

    def month_key(self, place: RowPlace) -> Told:
        """Describe the cell that says which month a row is for."""
        key, task_force = place.row.month, place.row.task_force.word
        months = [month_label(month) for month in self.operation.months]
        found = month_label(key.word) if key.word else key.found
        expected = f"{', '.join(months[:-1])} and {months[-1]}" if months[1:] else months[0]
        where = _at(place.table, place.row.row, key.column, task_force)
        return where, {"who": whose(task_force, key.word), "found": found, "expected": expected}

    def expected_row(self, place: ExpectedPlace) -> Told:
        """Describe a row that must be there."""
        first = next((column for column in place.table.columns if column), 0) if place.row else 0
        where = _at(place.table, place.row.row if place.row else 0, first, place.task_force, place.month)
        found = "a blank row" if place.row else "no row"
        return where, {"who": whose(place.task_force, place.month), "found": found, "expected": "a row with figures"}

    def cell(self, place: RowPlace, n: int) -> Told:
        """Describe the cell of a table's n-th measure in one row."""
        row = place.row
        number = describe(Kind(row.kinds[n]), row.values[n], row.lengths[n])
        n_a = ", or N/A" if self._measures(place)[n].not_applicable_allowed else ""
        return self._figure(place, n, number, f"a whole number from 0{n_a}")

    def relation(self, place: RowPlace, relation: Relation, bounds: tuple[float, float]) -> Told:
        """Describe a whole that does not fit its parts, given the least and the greatest whole that would."""
        least, most = (f"{bound:,.0f}" for bound in bounds)
        n = self._measures(place).index(relation.whole)
        where, blanks = self._figure(place, n, expected=least if least == most else f"from {least} to {most}")
        return where, blanks | {
            "parts": self._cells_of(place, relation.parts),
            "likely_cause": cause_of_relation(place, relation, self._measures(place)),
        }

    def ratio(self, place: RowPlace, ratio: PlausibleRatio) -> Told:
        """Describe a figure that is unusual beside another one of its row."""
        measures = [measure.id for measure in self._measures(place)]
        n, beside = measures.index(ratio.numerator), measures.index(ratio.denominator)
        other = place.row.values[beside]
        least = f"at least {ratio.least * other:,.0f}" if ratio.least is not None else ""
        most = f"at most {ratio.most * other:,.0f}" if ratio.most is not None else ""
        where, blanks = self._figure(place, n, expected=" and ".join(filter(None, (least, most))))
        return where, blanks | {
            "other": f"{other:,.0f}",
            "parts": self._cells_of(place, (self.operation.measure[ratio.denominator],)),
            "likely_cause": cause_of_ratio(place, ratio, self._measures(place)),
        }

    def total(self, total: TotalPlace) -> Told:
        """Describe a control total that differs from its sum."""
        n = self._measures(total.at).index(total.measure)
        where, blanks = self._figure(total.at, n, expected=f"{total.sum:,}")
        return where, blanks | {"likely_cause": cause_of_total(total)}

    def row(self, place: RowPlace) -> Told:
        """Describe a whole row, at the cell that says whose it is."""
        where = _at(place.table, place.row.row, place.row.task_force.column, *_keys(place))
        return where, {"who": _who_of(place), "found": "0 in every column", "expected": "at least one count above 0"}

    def month_of_row(self, place: RowPlace) -> Told:
        """Describe a row with figures whose month is not over, at the cell that says which month it is."""
        where = _at(place.table, place.row.row, place.row.month.column, *_keys(place))
        return where, {
            "who": whose(*_keys(place)),
            "found": self.today.isoformat(),
            "expected": "a month that has ended",
        }

    def _figure(self, place: RowPlace, n: int, found: str = "", expected: str = "") -> Told:
        measure = self._measures(place)[n]
        where = _at(place.table, place.row.row, place.table.columns[n], *_keys(place), measure.id)
        found = found or f"{place.row.values[n]:,.0f}"
        return where, {"label": measure.header, "who": _who_of(place), "found": found, "expected": expected}

    def _measures(self, place: RowPlace) -> tuple[Measure, ...]:
        return self.operation.asked_in(place.table.table)

    def _cells_of(self, place: RowPlace, measures: tuple[Measure, ...]) -> str:
        asked = self._measures(place)
        return span((place.row.row, place.table.columns[asked.index(measure)]) for measure in measures)

    def _expected_in(self, field: FieldValue, reported_until: int) -> str:
        operation, roster = self.operation, self.operation.roster
        reporter = roster.by_id.get(roster.reported_by.get(field.word, ""))
        return {
            Field.OPERATION: operation.id,
            Field.STATE: (reporter.state if reporter else field.nearest) or "the two-letter code of your state",
            Field.PERIOD_START: operation.period_start.isoformat(),
            Field.PERIOD_END: operation.period_end.isoformat(),
            Field.TEMPLATE_VERSION: str(operation.template_version),
            Field.REVISION: "a whole number from 1",
            Field.CERTIFIED_BY: ", ".join(operation.certifier_roles),
            Field.CERTIFIED_ON: self._expected_certification(field.day, reported_until),
        }[field.field]

    def _expected_certification(self, certified: dt.date | None, reported_until: int) -> str:
        if certified is None:
            return f"a date such as {self.operation.final_deadline.isoformat()}"
        # Certified in the future, or else before the months reported have ended.
        return (self.today if certified > self.today else dt.date.fromordinal(reported_until)).isoformat()


def _who_of(place: RowPlace) -> str:
    return whose("all task forces" if place.row.is_total else place.row.task_force.word, place.row.month.word)


def _keys(place: RowPlace) -> tuple[str, str]:
    return place.row.task_force.word, place.row.month.word


def _at(table: ParsedTable, row: int, column: int, task_force: str, month: str = "", measure: str = "") -> Where:
    return Where(table.table.value, address(row, column), task_force, month, measure)
