"""Jumps among everything current: figures that are far from what is usual of their own task force.

The method is Hidiroglou and Berthelot's. Each figure is taken as a ratio to its reference, the task force's own
history; the ratio is held against the middle one of all task forces, so that a busy month is nobody's jump; and the
deviation is weighed by size, so that small figures may vary more. Far is what lies many times as far out as a quarter
of all do. A 0 has no ratio, and is left to other rules.
"""

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from schemas.across import History, Jumps
from schemas.findings import Finding
from schemas.inbox_rules import MONTHS_ARE_IN_PROPORTION, OPERATIONS_ARE_IN_PROPORTION
from schemas.months import month_label
from schemas.operation import Operation, OverMonths
from schemas.telling import Where, tell
from schemas.workbook import address


def find_jumps(counts: pd.DataFrame, operation: Operation, history: History | None = None) -> tuple[Finding, ...]:
    """Return a warning for each figure that is far from its task force's other months, or from another operation.

    Of a task force and measure only the month that is farthest out is told: the others look odd beside it. The counts
    are `schemas.counts.Counts` of current standing; the operation says which measures are compared, and what is far.
    """
    words = ["sha256", "task_force", "month", "measure", "sheet"]
    known = counts[(counts["month"] != "") & counts["value"].notna()].astype(dict.fromkeys(words, str))
    known = known[known["task_force"].isin(operation.roster.by_id)].astype({"value": float})
    months, operations = operation.across.months_are_in_proportion, operation.across.operations_are_in_proportion
    return (
        *(_between_months(known, operation, months) if months else ()),
        *(_between_operations(known, operation, operations, history) if operations and history else ()),
    )


def history_in(operation: Operation, counts: pd.DataFrame, awaited: Collection[tuple[str, str]]) -> History:
    """Return what task forces reported of flows in an operation, of whoever did for every month of it.

    That is not who is to send figures again; the counts are `schemas.counts.Counts` of current standing.
    """
    flows = [measure.id for measure in operation.measures if measure.over_months is OverMonths.SUM]
    keys, months = ["task_force", "measure"], len(operation.months)
    known = counts[counts["measure"].isin(flows) & ~counts["task_force"].isin([who for who, _ in awaited])]
    sums = known.astype(dict.fromkeys(keys, str)).groupby(keys)["value"].agg(["sum", "count"]).reset_index()
    whole = sums[sums["count"] == months].itertuples(index=False, name=None)
    return History(operation.title, months, {(who, measure): int(total) for who, measure, total, _ in whole})


def _between_months(counts: pd.DataFrame, operation: Operation, rule: Jumps) -> Iterator[Finding]:
    for measure in rule.measures:
        figures = counts[(counts["measure"] == measure) & (counts["value"] > 0)].set_index(["task_force", "month"])
        figures["reference"] = _median_of_the_others(figures["value"].unstack())
        for row in _farthest(figures.reset_index(), rule, by="month"):
            where = Where(row.sheet, address(row.row, row.column), row.task_force, row.month, measure)
            blanks = {
                "label": operation.measure[measure].label,
                "way": _way(row.value, row.reference),
                "who": f"{row.task_force}, {month_label(row.month)}",
                "found": f"{row.value:,.0f}",
                "expected": f"about {row.reference:,.0f}",
            }
            yield tell(MONTHS_ARE_IN_PROPORTION, row.sha256, where, blanks)


def _between_operations(counts: pd.DataFrame, operation: Operation, rule: Jumps, history: History) -> Iterator[Finding]:
    """Compare what task forces report a month, over all months that they have reported, with the other operation."""
    before = pd.Series(history.totals, dtype=float).rename_axis(["task_force", "measure"]) / history.months
    for measure in rule.measures:
        own = counts[counts["measure"] == measure].groupby("task_force")
        figures = own.agg(sha256=("sha256", "first"), value=("value", "mean"))
        figures["reference"] = before[before.index.get_level_values("measure") == measure].droplevel("measure")
        for row in _farthest(figures[(figures["value"] > 0) & (figures["reference"] > 0)].reset_index(), rule):
            where = Where(task_force=row.task_force, measure=measure)
            blanks = {
                "label": operation.measure[measure].label,
                "way": _way(row.value, row.reference),
                "who": row.task_force,
                "found": f"{row.value:,.0f} a month",
                "expected": f"about {row.reference:,.0f} a month",
                "other": history.title,
            }
            yield tell(OPERATIONS_ARE_IN_PROPORTION, row.sha256, where, blanks)


def _way(value: float, reference: float) -> str:
    return "above" if value > reference else "below"


def _median_of_the_others(by_month: pd.DataFrame) -> "pd.Series[float]":
    """Return for each figure the middle of what its task force reported in all other months; null where in none."""
    medians = {month: by_month.drop(columns=month).median(axis=1) for month in by_month}
    return pd.concat(medians, names=["month"]).swaplevel() if medians else pd.Series(dtype=float)


def _farthest(figures: pd.DataFrame, rule: Jumps, by: str | None = None) -> Iterator[Any]:
    """Yield the rows whose figures lie far out, of each task force the farthest."""
    compared = figures.dropna(subset=["reference"])
    if len(compared) < rule.least_compared:
        return
    ratio = compared["value"] / compared["reference"]
    middle = ratio.groupby(compared[by]).transform("median") if by else ratio.median()
    deviation = (ratio / middle - 1).where(ratio >= middle, 1 - middle / ratio)
    size = compared[["value", "reference"]].max(axis=1)
    effect = deviation * size**rule.size_power
    low, median, high = effect.quantile([0.25, 0.5, 0.75])
    is_far = (effect > median + rule.times * (high - median)) | (effect < median - rule.times * (median - low))
    is_far &= (size >= rule.least_size) & (deviation.abs() >= rule.least_ratio - 1)
    far = compared.assign(distance=(effect - median).abs())[is_far]
    far = far.sort_values("distance", ascending=False, kind="stable").drop_duplicates("task_force")
    yield from far.sort_values("task_force").itertuples(index=False)
