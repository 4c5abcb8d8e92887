"""A snapshot, composed: from what the ledger holds to everything that counts, and what it says of the release."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from importlib.metadata import version
from typing import Any

import pandas as pd

from flows.ledger.view import View
from flows.steps.copies import find_copies
from flows.steps.cover import cover
from flows.steps.explain import explain, explanations_in, questions
from flows.steps.identify import identify
from flows.steps.look_across import look_across
from flows.steps.proportions import find_jumps
from flows.steps.reconcile import reconcile
from flows.steps.roll_up import roll_up
from flows.steps.standing import keep_current, settle
from flows.steps.timeliness import timeliness
from schemas.operation import Operation
from schemas.program import continued
from schemas.release_basis import known_totals
from schemas.rules import RULES_VERSION
from schemas.snapshot import Reckoning, RollUp, Snapshot
from schemas.submission import Holding, Standing


def versions_now() -> tuple[str, str]:
    """Return the versions of the rule set and of the program."""
    return RULES_VERSION, version("icac-rollup")


def reckon(operation: Operation, view: View, *, as_of: dt.datetime, versions: tuple[str, str]) -> Reckoning:
    """Reckon what counts, by the versions of the rule set and of the program.

    Of what the ledger holds it reads what is current, and one line of all else.
    """
    operation = continued(operation, view.additions)
    holdings = [holding for holding in view.holdings() if holding.task_force in operation.roster.by_id]
    standings = settle(holdings, view.withdrawals)
    current = {sha256 for (sha256, _), standing in standings.items() if standing is Standing.CURRENT}
    counts = keep_current([view.counts_of(current)], standings)
    across = (
        *look_across(operation, view.repeated(), holdings, standings, view.withdrawals),
        *find_copies(counts, operation),
        *find_jumps(counts, operation, view.history),
    )
    awaited = _awaited(counts, holdings, operation, as_of)
    coverage = cover(_without(counts, awaited), operation, as_of=as_of)
    rolled = roll_up(counts, operation, as_of=as_of, awaited=awaited)
    return Reckoning(
        id=identify(
            operation,
            as_of=as_of,
            versions=versions,
            inbox=(*view.arrivals, *(("", file.file, file.why) for file in view.not_taken)),
            judgements=view.judgements.items(),
            decisions=(*view.withdrawals, *view.explanations),
            standings=standings,
            across=across,
        ),
        operation=operation,
        as_of=as_of,
        rules_version=versions[0],
        program_version=versions[1],
        not_taken=view.not_taken,
        standings=standings,
        across=across,
        counts=counts,
        awaited=awaited,
        coverage=coverage,
        claims=reconcile(operation, coverage, known_totals(rolled.totals, rolled.firm)),
        rests_on=view.rests_on,
        **_fields_of(rolled),
    )


def tell(reckoning: Reckoning, view: View) -> Snapshot:
    """Return a reckoning with everything that reports tell of it."""
    states = reckoning.operation.roster.states
    # Of a state that is no longer on the roster it cannot be said which folder is its own.
    submissions = {
        sha256: one if one.state in states else replace(one, state="") for sha256, one in view.submissions().items()
    }
    findings = (*(f for submission in submissions.values() for f in submission.findings), *reckoning.across)
    receipts, read = view.receipts(), view.read()
    asked = questions(findings, submissions, read, reckoning.rules_version)
    return Snapshot(
        **_fields_of(reckoning),
        receipts=receipts,
        submissions=submissions,
        findings=findings,
        read=read,
        withdrawals=view.withdrawals,
        to_be_rejudged=frozenset(view.judged_otherwise(reckoning.rules_version, reckoning.operation.digest)),
        explained=explain(asked, (*explanations_in(submissions, receipts, asked), *view.explanations)),
        timeliness=timeliness(
            reckoning.operation,
            receipts,
            submissions,
            read,
            _without(reckoning.counts, reckoning.awaited),
            as_of=reckoning.as_of,
        ),
    )


def _fields_of(values: RollUp) -> dict[str, Any]:
    return {field.name: getattr(values, field.name) for field in fields(values)}


def _awaited(
    counts: pd.DataFrame, holdings: Iterable[Holding], operation: Operation, as_of: dt.datetime
) -> frozenset[tuple[str, str]]:
    """Return whose figures of which ended months were sent before the month had ended: they are not its figures yet."""
    received = {holding.sha256: holding.received for holding in holdings}
    ended = {moment: operation.months_ended(moment) for moment in (as_of, *received.values())}
    pairs = counts[["sha256", "task_force", "month"]].drop_duplicates().astype(str)
    return frozenset(
        (task_force, month)
        for sha256, task_force, month in pairs.itertuples(index=False, name=None)
        if month in ended[as_of] and month not in ended[received[sha256]]
    )


def _without(counts: pd.DataFrame, rows: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Return counts without those of some task forces and months."""
    if not rows:
        return counts
    return counts[[row not in rows for row in zip(counts["task_force"], counts["month"], strict=True)]]
