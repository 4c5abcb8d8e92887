"""Every word the form of one operation may hold, as it is looked up: headers, field labels, task forces, months.

What is not in the vocabulary is not guessed at; the nearest of our own words is offered to the sender instead.
"""

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeVar

from schemas.cells import CellValue
from schemas.form_words import own_words, without_numbers, words_around
from schemas.instructions import instructions_words, numbered_words
from schemas.months import month_of, parse_month
from schemas.operation import Operation, Table
from schemas.workbook import FIELDS, KEY_HEADER_ALIASES, LONGEST_LABEL, TOTAL_LABELS, Field, key_headers, normalise

WordT = TypeVar("WordT", bound=str)

_MOST_TOLD = 4096


class RowLabel(Enum):
    """What the Task force cell of a row says."""

    TASK_FORCE = "a task force of the state"
    ELSEWHERE = "a task force of another state"
    TOTAL = "a control total"
    UNKNOWN = "nothing that we know"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one operation's form. Build it once and look up as often as needed."""

    operation: Operation

    def header(self, table: Table, text: str) -> str | None:
        """Return the measure id or key header that a heading of a table means, or None."""
        return self._headers[table].get(_normal(text))

    def field_label(self, text: str) -> Field | None:
        """Return the field that a label of the Submission sheet means, or None."""
        return self._field_labels.get(_normal(text))

    def task_force(self, text: str, state: str) -> tuple[RowLabel, str]:
        """Tell what a row's label means in a state's workbook, and which task force's id where it names one.

        Args:
            text: The label.
            state: Two-letter code of the workbook's state; empty where unknown, and then any state's will do.
        """
        label = _normal(text)
        if label in self._totals[state]:
            return RowLabel.TOTAL, ""
        found = self._task_forces.get(label)
        if found is None:
            return RowLabel.UNKNOWN, ""
        here = not state or self.operation.roster.by_id[found].state == state
        return (RowLabel.TASK_FORCE if here else RowLabel.ELSEWHERE), found

    def month(self, value: CellValue) -> str | None:
        """Return the month that a cell means, of the operation or not, or None where it means none."""
        if isinstance(value, dt.date):
            return month_of(value)
        return parse_month(value) if isinstance(value, str) else None

    def state(self, text: str) -> str | None:
        """Return the two-letter code a text means: of the roster, or of a place another task force reports for."""
        code = _normal(text).upper()
        roster = self.operation.roster
        return code if code in roster.states or code in roster.reported_by else None

    def is_operation(self, text: str) -> bool:
        """Tell whether a text names this operation, by id or title."""
        return _normal(text) in (normalise(self.operation.id), normalise(self.operation.title))

    def role(self, text: str) -> str | None:
        """Return the certifier's role a text means, as the operation writes it, or None."""
        return self._roles.get(_normal(text))

    def is_own(self, text: str) -> bool:
        """Tell whether a text is one of the form's own words beside its labels, headings and values."""
        known = self._told.get(text)
        if known is None:
            known = len(text) <= LONGEST_LABEL and without_numbers(text) in self._own
            if len(self._told) < _MOST_TOLD:
                self._told[text] = known
        return known

    def is_of_form(self, text: str) -> bool:
        """Tell whether a text is one of those that the form brings along on its first sheet or around its cells.

        One without a letter is nobody's, and a message that the form cuts short is known by its beginning.
        """
        told = without_numbers(text)
        if told in self._texts or not any(map(str.isalpha, told)):
            return True
        beginning, cut, _ = text.partition("…")
        return bool(cut) and any(own.startswith(without_numbers(beginning)) for own in self._texts)

    def is_numbered(self, text: str) -> bool:
        """Tell whether it is one that has a number beside it: of a step, or how much of it is left to do."""
        return without_numbers(text) in self._numbered

    @cached_property
    def _told(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _texts(self) -> frozenset[str]:
        return instructions_words(self.operation).union(map(without_numbers, words_around(self.operation)))

    @cached_property
    def _numbered(self) -> frozenset[str]:
        return numbered_words(self.operation)

    @property
    def first_private_year(self) -> int:
        """The first year in which nobody who is counted was born: a date before it may be a date of birth."""
        return self.operation.period_start.year - 1

    @cached_property
    def _own(self) -> frozenset[str]:
        return own_words(self.operation)

    def nearest_header(self, table: Table, text: str) -> str | None:
        """Return the measure or key header that an unknown heading is closest to, or None where none is close."""
        return _nearest(text, self._headers[table])

    def nearest_field(self, text: str) -> Field | None:
        """Return the field whose label an unknown text is closest to, or None where none is close."""
        return _nearest(text, self._field_labels)

    def nearest_task_force(self, text: str, state: str) -> str | None:
        """Return the id of the state's task force that an unknown label is closest to, or None where none is close."""
        local = {
            label: task_force
            for label, task_force in self._task_forces.items()
            if not state or self.operation.roster.by_id[task_force].state == state
        }
        return _nearest(text, local)

    @cached_property
    def _headers(self) -> dict[Table, dict[str, str]]:
        return {table: dict(_words_of_headers(self.operation, table)) for table in Table}

    @cached_property
    def _field_labels(self) -> dict[str, Field]:
        return {normalise(label): entry.field for entry in FIELDS for label in (entry.label, *entry.aliases)}

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {normalise(role): role for role in self.operation.certifier_roles}

    @cached_property
    def _task_forces(self) -> dict[str, str]:
        """Ids and names; where a state has one task force, the state's name too."""
        roster = self.operation.roster
        words = {normalise(word): t.id for t in roster.task_forces for word in (t.id, t.name)}
        alone = [group[0] for group in roster.by_state.values() if len(group) == 1]
        return words | {normalise(word): t.id for t in alone for word in (t.state, t.state_name)}

    @cached_property
    def _totals(self) -> dict[str, frozenset[str]]:
        """What labels a control total, by state: in a state with several task forces its name does too."""
        always = frozenset(map(normalise, TOTAL_LABELS))
        roster = self.operation.roster
        return {"": always} | {
            state: always | ({normalise(state), normalise(roster.states[state])} if len(group) > 1 else set())
            for state, group in roster.by_state.items()
        }


def _words_of_headers(operation: Operation, table: Table) -> Iterator[tuple[str, str]]:
    for header in key_headers(table):
        yield from ((normalise(word), header) for word in (header, *KEY_HEADER_ALIASES[header]))
    for measure in operation.asked_in(table):
        yield from ((normalise(word), measure.id) for word in (measure.header, *measure.aliases))


def _nearest(text: str, words: Mapping[str, WordT]) -> WordT | None:
    close = difflib.get_close_matches(_normal(text), words, n=1, cutoff=0.7)
    return words[close[0]] if close else None


def _normal(text: str) -> str:
    return normalise(text) if len(text) <= LONGEST_LABEL else ""
