"""An operation: its months, measures, roster, claims and program-to-date series, as values.

What belongs here: the words of the operation and what follows from them (which months have ended, what a claim says
in prose). What does not: reading these from the folder's tables and lines, which is `operation_files.py`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from schemas.across import Across
from schemas.ids import Count, CountText, Day, Flag, MeasureId, Month, Positive, SnakeId, StateCode, TaskForceId, Text
from schemas.months import last_day, month_label, months_between
from schemas.phrased import Phrased


class OverMonths(StrEnum):
    """How a measure adds up over months: flows are summed, of stocks the latest month stands."""

    SUM = "sum"
    LATEST = "latest"


class PartsRelation(StrEnum):
    """Disjoint parts add up to their whole; of overlapping ones, none exceeds it and together they reach it."""

    DISJOINT = "disjoint"
    OVERLAPPING = "overlapping"


class Table(StrEnum):
    """The form's tables, named as their sheets: a row per task force and month, and a row per task force."""

    COUNTS = "Counts"
    AGENCIES = "Agencies"


class Hedge(Phrased):
    """The word before a figure in a release, and so what would make the figure true; a blank ends its phrase."""

    EXACT = "exact", ""
    MORE_THAN = "more_than", "more than "
    NEARLY = "nearly", "nearly "
    ABOUT = "about", "about "


class Family(StrEnum):
    """What a claim's figure is made of. Families never mix."""

    OPERATION = "operation"
    PARTICIPATION = "participation"
    PROGRAM_TO_DATE = "program_to_date"


@dataclass(frozen=True, slots=True)
class Measure:
    """A counted quantity.

    Attributes:
        id, label: Its name in code, columns and files, such as `arrests_enticement`, and where people read.
        unit, definition: What one of it is, in the plural (`people`), and a sentence or two for the form.
        table: Where on the form it is asked; None for a measure that is the sum of its parts and is not asked.
        header, aliases: Its column heading on the form, and others that mean exactly this measure.
        parts: Ids of the measures it is made of, in the form's order; empty, and no `relation`, where it has none.
        not_applicable_allowed: Whether `N/A` may be entered. It is never 0.
        caveat: What every output must say beside the total; empty where there is nothing to say.
    """

    id: MeasureId
    label: Text
    unit: Text
    definition: Text
    over_months: OverMonths
    table: Table | None = None
    header: Text = ""
    aliases: tuple[Text, ...] = ()
    parts: tuple[str, ...] = ()
    relation: PartsRelation | None = None
    not_applicable_allowed: Flag = False
    caveat: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForce:
    """One reporting unit, from one day to another, as published or assumed. Its id never changes; its agency may."""

    id: TaskForceId
    name: Text
    state: StateCode
    state_name: Text
    lead_agency: Text
    valid_from: Day = dt.date.min
    valid_to: Day = dt.date.max
    basis: Literal["P", "A"]


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
    """What is usual in one row: `least` x denominator <= numerator <= `most` x denominator; None leaves a side open."""

    id: SnakeId
    numerator: str
    denominator: str
    least: Count | None = None
    most: Count | None = None

    def is_usual(self, numerator: int, denominator: int) -> bool:
        """Tell whether two counts are usual beside each other."""
        is_high = self.most is not None and numerator > self.most * denominator
        return (self.least or 0) * denominator <= numerator and not is_high


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside a figure in prose and says what it counts.

    Attributes:
        unit: What follows the figure, such as `suspects`; words that only describe it may stand between.
        near: Words one of which must stand in the same sentence too, such as `arrested`; if none, the unit says it all.
        also: Further words one of which must stand there as well, such as `reviewed` beside `since 1998`.
    """

    unit: Text
    near: tuple[Text, ...] = ()
    also: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in the public release.

    Attributes:
        of: A measure's id; of participation also `task_forces`, `states` or `months`; of program-to-date a series.
        value, grain, noun: The figure, what it was rounded to (1, 100, 1,000), and what follows it in prose.
        months: The months claimed, only where `of` is `months`; `value` is how many they are.
        where: The places in the release that say it.
        words: How prose says what is counted, in any release; if none, by the noun alone. Of program-to-date, `near`
            says since when, such as `since 1998`.
        beside: What else may be said of all of it, such as `suspected`; other words may make it a part.
    """

    id: SnakeId
    family: Family
    of: str
    hedge: Hedge
    value: Count
    grain: Positive
    noun: Text
    months: tuple[Month, ...] = ()
    where: tuple[Text, ...] = ()
    words: tuple[Words, ...] = ()
    beside: tuple[Text, ...] = ()

    @property
    def said_by(self) -> tuple[Words, ...]:
        """The words by which prose is known to speak of it."""
        return self.words or (Words(self.noun),)

    @property
    def phrase(self) -> str:
        """The claim as the release words it, such as `more than 2,300 arrests`."""
        if self.months:
            return f"{', '.join(month_label(month) for month in self.months)} ({self.value} {self.noun})"
        return f"{self.hedge.phrase}{self.value:,} {self.noun}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramFigure:
    """A published baseline or an increment on top of it; `measure` counts the same thing, None where none does."""

    series: SnakeId
    label: Text
    unit: Text
    kind: Literal["baseline", "increment"]
    period_start: Day
    period_end: Day
    value: CountText
    measure: SnakeId | None = None
    basis: Literal["P", "A"]
    source: Text

    @property
    def is_baseline(self) -> bool:
        """Whether its series starts with it."""
        return self.kind == "baseline"

    def includes(self, operation: "Operation") -> bool:
        """Tell whether it is an increment of a time in which all of an operation lies."""
        starts_before = self.period_start <= operation.period_start
        return not self.is_baseline and starts_before and self.period_end >= operation.period_end


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time for one task force and month: the new last day, why, and the role that granted it."""

    task_force: TaskForceId
    month: Month
    until: Day
    why: Text
    granted_by: Text


@dataclass(frozen=True)
class Operation:
    """A named national effort, as parsed from its folder.

    Attributes:
        id: Its folder's name and the value of the form's `Operation` field.
        timezone: The zone in which days begin and end, and in which a time without a zone is meant.
        deadlines: The last day on which a month's figures are on time, by month.
        as_of: The moment the sample run stands at, as ISO text; the clock of `rollup run` without arguments.
        template_version, certifier_roles: The form's version that is accepted, and the roles that may certify it.
        approver_roles: Who may prepare and approve a release: two roles for each.
        contact_role: Whom a state asks.
        fewest_task_forces: What two releases differ by may not be known to belong to fewer.
        measures, claims, program_to_date: In the order of the form, the release and the file.
        files: The texts it was parsed from, by name of the file.
        digest: sha256 of the files that verdicts depend on; two operations with the same digest judge alike.
        edition: sha256 of all its files.
        across: What is worth a look across everything current.
        extensions: Deadlines that were moved for one task force; no verdict depends on them.
    """

    id: str
    title: str
    period_start: dt.date
    period_end: dt.date
    timezone: str
    deadlines: Mapping[str, dt.date]
    as_of: str
    template_version: int
    certifier_roles: tuple[str, ...]
    approver_roles: tuple[str, ...]
    contact_role: str
    fewest_task_forces: int
    measures: tuple[Measure, ...]
    plausible_ratios: tuple[PlausibleRatio, ...]
    roster: Roster
    claims: tuple[Claim, ...]
    program_to_date: tuple[ProgramFigure, ...]
    files: Mapping[str, str]
    digest: str
    edition: str
    across: Across = field(default_factory=Across)
    extensions: tuple[Extension, ...] = ()

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months of the period, in order, as `2018-03`."""
        return months_between(self.period_start, self.period_end)

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
    def first_private_year(self) -> int:
        """The first year in which nobody who is counted was born: a date before it may be a date of birth."""
        return self.period_start.year - 1

    @property
    def final_deadline(self) -> dt.date:
        """The last day on which any month's figures are on time."""
        return max(self.deadlines.values())

    def extension_of(self, task_force: str, month: str) -> Extension | None:
        """Return what moved the deadline of a task force's month; None where nothing did."""
        return self._extension.get((task_force, month))

    def deadline_of(self, task_force: str, month: str) -> dt.date:
        """Return the last day on which a task force's figures for a month are on time."""
        extension = self.extension_of(task_force, month)
        return extension.until if extension else self.deadlines[month]

    @cached_property
    def _extension(self) -> dict[tuple[str, str], Extension]:
        return {(extension.task_force, extension.month): extension for extension in self.extensions}

    def day_of(self, moment: dt.datetime) -> dt.date:
        """Return the operation's calendar day of an aware moment."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()

    def months_ended(self, as_of: dt.datetime) -> tuple[str, ...]:
        """Return the months of the operation that have ended as of an aware moment."""
        today = self.day_of(as_of)
        return tuple(month for month in self.months if last_day(month) < today)
