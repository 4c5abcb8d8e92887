"""An operation: its months, measures, roster, claims and program-to-date series, as values.

What belongs here: the words of the operation and what follows from them (which months have ended, what a claim says
in prose). What does not: how these are written down in an operation's folder, which is `operation_files.py`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from schemas.months import last_day, month_label


class OverMonths(StrEnum):
    """How a measure adds up over months: flows are summed, of stocks the latest month stands."""

    SUM = "sum"
    LATEST = "latest"


class PartsRelation(StrEnum):
    """How parts relate to their whole.

    Disjoint parts add up to it; of overlapping parts, none exceeds it and together they reach it.
    """

    DISJOINT = "disjoint"
    OVERLAPPING = "overlapping"


class Table(StrEnum):
    """The form's tables, named as their sheets.

    Counts has one row per task force and month, Agencies one row per task force.
    """

    COUNTS = "Counts"
    AGENCIES = "Agencies"


class Hedge(StrEnum):
    """The word before a figure in a release, and so what would make the figure true."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    ABOUT = "about"

    @property
    def phrase(self) -> str:
        """The hedge as prose, with a trailing blank where there is a word."""
        return {"exact": "", "more_than": "more than ", "nearly": "nearly ", "about": "about "}[self.value]


class Family(StrEnum):
    """What a claim's figure is made of. Families never mix."""

    OPERATION = "operation"
    PARTICIPATION = "participation"
    PROGRAM_TO_DATE = "program_to_date"


@dataclass(frozen=True, slots=True)
class Measure:
    """A counted quantity.

    Attributes:
        id: Its name in code, columns and files, such as `arrests_enticement`.
        label: Its name where people read.
        unit: What one of it is, in the plural: `arrests`, `people`, `agencies`.
        definition: One or two sentences for those who fill in the form.
        over_months: Whether months add up (`sum`) or the latest stands (`latest`).
        table: Where on the form it is asked; None for a measure that is the sum of its parts and is not asked.
        header: Its column heading on the form.
        aliases: Other headings that mean exactly this measure.
        parts: Ids of the measures it is made of, in the form's order; empty where it has none.
        relation: How parts and whole relate; None where there are no parts.
        not_applicable_allowed: Whether `N/A` may be entered. It is never 0.
        caveat: What every output must say beside the total; empty where there is nothing to say.
    """

    id: str
    label: str
    unit: str
    definition: str
    over_months: OverMonths
    table: Table | None
    header: str
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    relation: PartsRelation | None = None
    not_applicable_allowed: bool = False
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class TaskForce:
    """One reporting unit of the roster. Its id never changes; its lead agency may."""

    id: str
    name: str
    state: str
    state_name: str
    lead_agency: str


@dataclass(frozen=True)
class Roster:
    """The task forces expected to report, in roster order, and where places without a row of their own report."""

    task_forces: tuple[TaskForce, ...]
    reported_by: Mapping[str, str]
    """Two-letter code of a place without a row (`DC`) to the id of the task force that reports it."""

    @cached_property
    def by_id(self) -> dict[str, TaskForce]:
        """Task forces by id."""
        return {task_force.id: task_force for task_force in self.task_forces}

    @cached_property
    def states(self) -> dict[str, str]:
        """Two-letter code to name of every state with a task force, by code."""
        return dict(sorted({t.state: t.state_name for t in self.task_forces}.items()))

    @cached_property
    def by_state(self) -> dict[str, tuple[TaskForce, ...]]:
        """The task forces of each state, in roster order."""
        return {state: tuple(t for t in self.task_forces if t.state == state) for state in self.states}


@dataclass(frozen=True, slots=True)
class PlausibleRatio:
    """A relation between two measures of one row that is usual, so that its absence is a warning.

    `least` x denominator <= numerator <= `most` x denominator; None leaves that side open.
    """

    id: str
    numerator: str
    denominator: str
    least: int | None
    most: int | None

    def is_usual(self, numerator: int, denominator: int) -> bool:
        """Tell whether two counts are usual beside each other."""
        is_low = self.least is not None and numerator < denominator * self.least
        is_high = self.most is not None and numerator > denominator * self.most
        return not (is_low or is_high)


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in the public release.

    Attributes:
        id: Its name in `release_check.csv`.
        family: What kind of figure it is.
        of: What is counted: a measure's id; in the participation family also `task_forces`, `states` or `months`; in
            the program-to-date family a series of `program_to_date.csv`.
        hedge: The word before the figure.
        value: The figure; for `months`, how many there are.
        grain: What the figure was rounded to: 1, 100, 1,000.
        noun: What follows the figure in prose.
        months: The months claimed, only where `of` is `months`.
        where: The places in the release that say it.
    """

    id: str
    family: Family
    of: str
    hedge: Hedge
    value: int
    grain: int
    noun: str
    months: tuple[str, ...]
    where: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """The claim as the release words it, such as `more than 2,300 arrests`."""
        if self.months:
            return f"{', '.join(month_label(month) for month in self.months)} ({self.value} {self.noun})"
        return f"{self.hedge.phrase}{self.value:,} {self.noun}"


@dataclass(frozen=True, slots=True)
class ProgramFigure:
    """One line of the program-to-date table: a published baseline, or an increment on top of it.

    `measure` is the operation's measure that counts the same thing, or None where there is no counterpart.
    """

    series: str
    label: str
    unit: str
    is_baseline: bool
    period_start: dt.date
    period_end: dt.date
    value: int
    measure: str | None
    basis: str
    source: str


@dataclass(frozen=True)
class Operation:
    """A named national effort, as parsed from its folder.

    Attributes:
        id: Its folder's name and the value of the form's `Operation` field.
        title: Its name in prose.
        period_start, period_end: First and last day.
        months: The months of the period, in order, as `2018-03`.
        timezone: The zone in which days begin and end, and in which a time without a zone is meant.
        deadlines: The last day on which a month's figures are on time, by month.
        as_of: The moment the sample run stands at, as ISO text; the clock of `rollup run` without arguments.
        template_version: The form's version that is accepted.
        certifier_roles: The roles that may certify a submission.
        measures: In the form's order.
        plausible_ratios: Relations whose absence is a warning.
        roster: Who is expected.
        claims: What the release says, in its order.
        program_to_date: Baselines and increments, in the file's order.
        digest: sha256 of the operation's files; two operations with the same digest judge alike.
    """

    id: str
    title: str
    period_start: dt.date
    period_end: dt.date
    months: tuple[str, ...]
    timezone: str
    deadlines: Mapping[str, dt.date]
    as_of: str
    template_version: int
    certifier_roles: tuple[str, ...]
    measures: tuple[Measure, ...]
    plausible_ratios: tuple[PlausibleRatio, ...]
    roster: Roster
    claims: tuple[Claim, ...]
    program_to_date: tuple[ProgramFigure, ...]
    digest: str

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.measures}

    def asked_in(self, table: Table) -> tuple[Measure, ...]:
        """Return the measures asked in one table of the form, in the form's order."""
        return self._asked_in[table]

    @cached_property
    def _asked_in(self) -> dict[Table, tuple[Measure, ...]]:
        return {table: tuple(measure for measure in self.measures if measure.table is table) for table in Table}

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of this operation's form: those that ask at least one measure."""
        return tuple(table for table in Table if self.asked_in(table))

    @property
    def final_deadline(self) -> dt.date:
        """The last day on which any month's figures are on time."""
        return max(self.deadlines.values())

    def day_of(self, moment: dt.datetime) -> dt.date:
        """Return the operation's calendar day of an aware moment."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()

    def months_ended(self, as_of: dt.datetime) -> tuple[str, ...]:
        """Return the months of the operation that have ended as of an aware moment."""
        today = self.day_of(as_of)
        return tuple(month for month in self.months if last_day(month) < today)
