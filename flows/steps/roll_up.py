"""Roll-up: from the counts that count to totals of states and nation, over the operation and by month.

Everything starts from the cells that are expected: a task force, a measure and a month each. The counts are laid beside
them, so that what is absent is as visible as what is there; every total is then one way of grouping them.
"""

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd

from schemas.national import Agreement, MonthlyTotals, NationalTotals, StateMonthlyTotals, StateTotals, TotalStatus
from schemas.operation import Measure, Operation, OverMonths, PartsRelation, Table
from schemas.snapshot import RollUp


def roll_up(
    counts: pd.DataFrame, operation: Operation, *, as_of: dt.datetime, awaited: Collection[tuple[str, str]] = ()
) -> RollUp:
    """Add up the counts of current standing.

    Flows are summed over months; of stocks, each task force's latest reported month stands. N/A adds nothing. A measure
    that is not asked is the sum of its parts.

    Args:
        counts: `schemas.counts.Counts` of current standing: one count a task force, measure and month at most.
        operation: Its roster, months and measures say what is expected.
        as_of: The run's clock, aware; it tells which months have ended.
        awaited: Task forces and months whose figures count but are to come again: totals with them are incomplete.
    """
    cells = _cells(counts, operation, operation.months_ended(as_of), awaited)
    monthly = cells[cells["month"] != ""]
    rolled = RollUp(
        totals=NationalTotals.validate(_totals(cells, operation, ["measure"], "standing_value")),
        by_month=MonthlyTotals.validate(_totals(monthly, operation, ["measure", "month"], "value")),
        by_state=StateTotals.validate(_totals(cells, operation, ["state", "measure"], "standing_value")),
        by_state_and_month=StateMonthlyTotals.validate(
            _totals(monthly, operation, ["state", "measure", "month"], "value")
        ),
        contributions=_contributions(cells),
        firm={str(measure): int(firm) for measure, firm in cells.groupby("measure")["firm_value"].sum().items()},
    )
    Agreement.validate(_agreement(rolled, cells, operation))
    return rolled


def _cells(
    counts: pd.DataFrame, operation: Operation, ended: tuple[str, ...], awaited: Collection[tuple[str, str]]
) -> pd.DataFrame:
    """Return one row for every expected task force, measure and month, with what was reported there.

    Columns: state, task_force, measure (ordered as the operation's), month (empty for the table without), value,
    is_reported, is_in (reported, and not to come again), is_due, is_final (no more is to come), standing_value (what
    adds to the total over the operation) and firm_value (what the total cannot fall below).
    """
    task_forces = pd.DataFrame([(t.state, t.id) for t in operation.roster.task_forces], columns=["state", "task_force"])
    asked = pd.DataFrame(_asked(operation, ended), columns=["measure", "month", "is_due", "is_final"])
    keys = ["task_force", "measure", "month"]
    reported = counts[[*keys, "value"]].astype(dict.fromkeys(keys, str)).assign(is_reported=True)
    cells = task_forces.merge(asked, how="cross").merge(reported, how="left", on=keys, validate="one_to_one")
    cells["is_reported"] = cells["is_reported"].notna()
    cells["is_in"] = cells["is_reported"] & ~pd.Series(
        [row in awaited for row in zip(cells["task_force"], cells["month"], strict=True)], cells.index
    )
    cells = pd.concat([cells, _derived(cells, operation)], ignore_index=True)
    is_flow = cells["measure"].map({m.id: m.over_months is OverMonths.SUM for m in operation.measures})
    cells["standing_value"] = cells["value"].where(is_flow | _is_latest(cells))
    is_firm = is_flow | cells["task_force"].isin(_with_last_month(cells))
    cells["firm_value"] = cells["standing_value"].where(is_firm)
    return cells.astype({"measure": pd.CategoricalDtype([m.id for m in operation.measures], ordered=True)})


def _asked(operation: Operation, ended: tuple[str, ...]) -> list[tuple[str, str, bool, bool]]:
    monthly = [
        (measure.id, month, month in ended, month in ended)
        for measure in operation.asked_in(Table.COUNTS)
        for month in operation.months
    ]
    is_due, is_final = bool(ended), ended == operation.months
    return monthly + [(measure.id, "", is_due, is_final) for measure in operation.asked_in(Table.AGENCIES)]


def _derived(cells: pd.DataFrame, operation: Operation) -> pd.DataFrame:
    """Return the cells of measures that are not asked but are the sum of their parts."""
    wholes = [(m.id, part) for m in operation.measures if m.table is None for part in m.parts]
    parts = cells.merge(pd.DataFrame(wholes, columns=["whole", "measure"], dtype=str)).drop(columns="measure")
    grouped = parts.groupby(["state", "task_force", "whole", "month"], sort=False)
    together = grouped[["is_reported", "is_in", "is_due", "is_final"]].all()
    together["value"] = grouped["value"].sum(min_count=1)
    return together.reset_index().rename(columns={"whole": "measure"})


def _contributions(cells: pd.DataFrame) -> pd.DataFrame:
    adding = cells[cells["standing_value"].notna()].astype({"measure": str})
    return adding[["state", "task_force", "measure", "month", "value"]].reset_index(drop=True)


def _is_latest(cells: pd.DataFrame) -> "pd.Series[bool]":
    months = cells["month"].where(cells["is_reported"], "")
    latest = months.groupby([cells["task_force"], cells["measure"]]).transform("max")
    return cells["is_reported"] & (cells["month"] == latest)


def _with_last_month(cells: pd.DataFrame) -> set[str]:
    is_last = cells["month"] == cells["month"].max()
    return set(cells.loc[is_last & cells["is_in"] & cells["is_final"], "task_force"])


def _totals(cells: pd.DataFrame, operation: Operation, by: list[str], value: str) -> pd.DataFrame:
    """Group the cells and say of each group its total, who is in it, and what the total is worth."""
    groups = cells.groupby(by, observed=True)
    reporting = cells[cells["is_reported"]].groupby(by, observed=True)
    totals = pd.DataFrame({"value": groups[value].sum(min_count=1)})
    for units, column in {"task_forces": "task_force", "states": "state"}.items():
        totals[f"{units}_reporting"] = reporting[column].nunique().reindex(totals.index, fill_value=0)
        totals[f"{units}_expected"] = groups[column].nunique()
    missing = cells.assign(missing=cells["is_due"] & ~cells["is_in"]).groupby(by, observed=True)["missing"].any()
    totals["status"] = _status(totals, missing, groups["is_due"].any(), groups["is_final"].all())
    return _labelled(totals.reset_index(), operation, by)


def _status(
    totals: pd.DataFrame, is_missing: "pd.Series[bool]", is_due: "pd.Series[bool]", is_final: "pd.Series[bool]"
) -> "pd.Series[str]":
    nobody = totals["task_forces_reporting"] == 0
    chosen = np.select(
        [nobody & ~is_due, nobody, totals["value"].isna(), is_missing, ~is_final],
        [
            TotalStatus.NOT_DUE.value,
            TotalStatus.NOT_RECEIVED.value,
            TotalStatus.NOT_APPLICABLE.value,
            TotalStatus.INCOMPLETE.value,
            TotalStatus.TO_DATE.value,
        ],
        TotalStatus.COMPLETE.value,
    )
    return pd.Series(chosen, index=totals.index, dtype=str)


def _labelled(totals: pd.DataFrame, operation: Operation, by: list[str]) -> pd.DataFrame:
    totals = totals.astype({"measure": str})
    totals["label"] = totals["measure"].map({m.id: m.label for m in operation.measures})
    totals["unit"] = totals["measure"].map({m.id: m.unit for m in operation.measures})
    place = ["state", "state_name"] if "state" in by else []
    if place:
        totals["state_name"] = totals["state"].map(operation.roster.states)
    month = ["month"] if "month" in by else []
    task_forces = ["task_forces_reporting", "task_forces_expected"]
    states = [] if place else ["states_reporting", "states_expected"]
    return totals[[*place, "measure", "label", "unit", *month, "value", *task_forces, *states, "status"]]


def _agreement(rolled: RollUp, cells: pd.DataFrame, operation: Operation) -> pd.DataFrame:
    """Lay the total of each measure beside the sums of its states, months and parts."""
    totals = rolled.totals.set_index("measure")["value"]
    flows = {m.id for m in operation.measures if m.over_months is OverMonths.SUM}
    by_month = rolled.by_month[rolled.by_month["measure"].isin(flows)]
    not_applicable = set(cells.loc[cells["is_reported"] & cells["value"].isna(), "measure"])
    agreement = pd.DataFrame(
        {
            "total": totals,
            "sum_of_states": rolled.by_state.groupby("measure")["value"].sum(min_count=1),
            "sum_of_months": by_month.groupby("measure")["value"].sum(min_count=1),
            "sum_of_parts": pd.Series(
                {
                    measure.id: totals[list(measure.parts)].sum()
                    for measure in operation.measures
                    if _adds_up(measure) and not not_applicable & {measure.id, *measure.parts}
                },
                dtype="Int64",
            ),
        }
    )
    return agreement.rename_axis("measure").reset_index()


def _adds_up(measure: Measure) -> bool:
    return measure.relation is PartsRelation.DISJOINT
