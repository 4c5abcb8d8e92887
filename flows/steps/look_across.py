"""What the submissions of an inbox, seen together, call for a person's eye. It never changes a verdict."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from schemas.decisions import Withdrawal
from schemas.findings import Finding
from schemas.inbox_rules import (
    COUNTS_ARE_SENT_ONCE,
    EARLIER_STANDS,
    FILE_IS_SENT_ONCE,
    NONE_STANDS,
    REVISION_HAS_ONE_SET_OF_COUNTS,
    REVISIONS_ARRIVE_IN_ORDER,
    WITHDRAWN_COUNTS_ARE_NOT_SENT_AGAIN,
    WITHDRAWN_FILE_IS_NOT_SENT_AGAIN,
)
from schemas.operation import Operation
from schemas.rules import Rule
from schemas.submission import Holding, Receipt, Standing
from schemas.telling import Where, tell

_ByStanding = Mapping[Standing, Sequence[Holding]]
_Arrivals = Mapping[str, Sequence[dt.datetime]]
"""When each file arrived that arrived several times, by sha256."""


def look_across(
    operation: Operation,
    repeated: Sequence[Receipt],
    holdings: Sequence[Holding],
    standings: Mapping[tuple[str, str], Standing],
    withdrawals: Sequence[Withdrawal] = (),
) -> tuple[Finding, ...]:
    """Return the findings of the rules over an inbox, by submission, rule and task force.

    Args:
        operation: Its time zone says on which day something was withdrawn.
        repeated: The receipts of every file that arrived under several names.
        holdings: What the accepted submissions hold.
        standings: By sha256 and task force, as settled.
        withdrawals: Every decision that a submission no longer counts, in their order.
    """
    arrivals: dict[str, list[dt.datetime]] = {}
    for receipt in repeated:
        arrivals.setdefault(receipt.sha256, []).append(receipt.received)
    standing: dict[Standing, list[Holding]] = {one: [] for one in Standing}
    for holding in holdings:
        standing[standings[holding.sha256, holding.task_force]].append(holding)
    findings = (
        *_of_repetitions(standing, arrivals),
        *_of_conflicts(standing),
        *_of_late_ones(standing),
        *_of_withdrawn_ones(standing, arrivals, operation, withdrawals),
    )
    return tuple(sorted(findings, key=attrgetter("sha256", "code", "task_force")))


def _of_repetitions(standing: _ByStanding, arrivals: _Arrivals) -> Iterator[Finding]:
    for sha256 in arrivals.keys() - {holding.sha256 for holding in standing[Standing.WITHDRAWN]}:
        yield tell(FILE_IS_SENT_ONCE, sha256, Where(), {"found": f"{len(arrivals[sha256])}"})
    for holding in standing[Standing.DUPLICATE]:
        yield _tell(COUNTS_ARE_SENT_ONCE, holding)


def _of_conflicts(standing: _ByStanding) -> Iterator[Finding]:
    settled = (*standing[Standing.CURRENT], *standing[Standing.SUPERSEDED], *standing[Standing.DUPLICATE])
    stands = {(holding.revision, holding.task_force) for holding in settled}
    for holding in standing[Standing.CONFLICTING]:
        outcome = EARLIER_STANDS if (holding.revision, holding.task_force) in stands else NONE_STANDS
        yield _tell(REVISION_HAS_ONE_SET_OF_COUNTS, holding, outcome=outcome)


def _of_late_ones(standing: _ByStanding) -> Iterator[Finding]:
    """Yield whose revision is lower than one that had arrived before. A file that comes again was only renamed."""
    rivals = sorted((*standing[Standing.CURRENT], *standing[Standing.CONFLICTING]), key=attrgetter("received"))
    first = {(rival.task_force, rival.revision): rival.received for rival in reversed(rivals)}
    highest = {rival.task_force: rival.revision for rival in sorted(rivals, key=attrgetter("revision"))}
    for holding in standing[Standing.SUPERSEDED]:
        revision = highest[holding.task_force]
        if first[holding.task_force, revision] < holding.received:
            yield _tell(REVISIONS_ARRIVE_IN_ORDER, holding, found=f"{holding.revision}", expected=f"{revision}")


def _of_withdrawn_ones(
    standing: _ByStanding, arrivals: _Arrivals, operation: Operation, withdrawals: Sequence[Withdrawal]
) -> Iterator[Finding]:
    """Yield the files that came again though they were withdrawn, and what counts though its figures were."""
    counting = {holding.task_force: holding for holding in standing[Standing.CURRENT]}
    back: dict[str, str] = {}
    for withdrawn in standing[Standing.WITHDRAWN]:
        decision = next(w for w in withdrawals if w.covers(withdrawn.sha256, withdrawn.task_force))
        found = f"{operation.day_of(decision.at)} by role: {decision.role}"
        now = counting.get(withdrawn.task_force)
        last = max(arrivals.get(withdrawn.sha256, ()), default=None)
        if last and not (now and now.received > last):
            yield _tell(WITHDRAWN_FILE_IS_NOT_SENT_AGAIN, withdrawn, found=found)
        if now and now.content == withdrawn.content and now.revision <= withdrawn.revision:
            back[now.task_force] = max(found, back.get(now.task_force, ""))
    for task_force, found in back.items():
        yield _tell(WITHDRAWN_COUNTS_ARE_NOT_SENT_AGAIN, counting[task_force], found=found)


def _tell(rule: Rule, holding: Holding, **blanks: str) -> Finding:
    who = {"who": holding.task_force, "revision": f"{holding.revision}"}
    return tell(rule, holding.sha256, Where(task_force=holding.task_force), who | blanks)
