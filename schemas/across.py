"""What is worth a look across everything current, as an operation's data: when equal rows and jumps are suspicious."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from schemas.ids import Positive, Share


@dataclass(frozen=True, slots=True)
class Copies:
    """When two equal rows are no chance: every figure is the same, and so many of them are not 0."""

    figures_above_zero: Positive


@dataclass(frozen=True, slots=True)
class Jumps:
    """When a figure is far from what is usual of its task force, after Hidiroglou and Berthelot.

    Attributes:
        measures: Ids of those that are compared.
        size_power: How much size weighs: at 0 a jump from 2 to 20 is like one from 200 to 2,000, at 1 it is nothing.
        times: How many times as far as a quarter of all the others lie a figure must lie.
        least_ratio: And how many times as large or as small as usual.
        least_size: Figures below this, before and after, are too small to say anything.
        least_compared: With fewer figures than this there is no telling what is usual.
    """

    measures: tuple[str, ...]
    size_power: Share
    times: Positive
    least_ratio: Positive
    least_size: Positive
    least_compared: Positive


@dataclass(frozen=True, slots=True)
class Across:
    """The rules over everything current that an operation asks, each under its code; None is not asked."""

    rows_of_task_forces_differ: Copies | None = None
    months_of_a_task_force_differ: Copies | None = None
    months_are_in_proportion: Jumps | None = None
    operations_are_in_proportion: Jumps | None = None

    @property
    def jumps(self) -> Mapping[str, Jumps]:
        """Those about jumps that are asked, by code."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        return {code: rule for code, rule in asked.items() if isinstance(rule, Jumps)}


@dataclass(frozen=True, slots=True)
class History:
    """What another operation, of so many months, had in all: its totals by task force and measure."""

    title: str
    months: int
    totals: Mapping[tuple[str, str], int]
