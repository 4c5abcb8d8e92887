"""Standing: of all accepted submissions that cover a task force, which one counts, and what the others are.

What belongs here: revisions, repetitions and conflicts. What does not: verdicts, which are given before and stay.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from schemas.counts import Counts
from schemas.decisions import Withdrawal
from schemas.submission import Holding, Standing

Standings = dict[tuple[str, str], Standing]
"""By submission (sha256) and task force."""

_WORDS = ("sha256", "task_force", "month", "measure", "sheet")


def settle(holdings: Iterable[Holding], withdrawals: Iterable[Withdrawal] = ()) -> Standings:
    """Settle what every accepted submission is for every task force that it has counts of.

    Of a task force, the highest revision is current. Whoever brings it again with the same counts is a duplicate of the
    one received first (then of the smaller sha256), whoever brings it with others is conflicting. Where those that
    arrived first, together, differ, none of them counts, and no lower revision either: it is known to be replaced. What
    is withdrawn is nobody's rival. The order in which holdings are given does not matter.
    """
    standings: Standings = {}
    rivals: dict[str, dict[int, list[Holding]]] = defaultdict(lambda: defaultdict(list))
    withdrawn = {(w.sha256, task_force) for w in withdrawals for task_force in w.task_forces or ("",)}
    for holding in holdings:
        if {(holding.sha256, ""), (holding.sha256, holding.task_force)} & withdrawn:
            standings[holding.sha256, holding.task_force] = Standing.WITHDRAWN
        else:
            rivals[holding.task_force][holding.revision].append(holding)
    for revisions in rivals.values():
        highest = max(revisions)
        for revision, rivals_of_one in revisions.items():
            first, *others = sorted(rivals_of_one, key=lambda holding: (holding.received, holding.sha256))
            settled = _settle_revision(first, others)
            if revision < highest and settled[0] is Standing.CURRENT:
                settled[0] = Standing.SUPERSEDED
            for holding, standing in zip((first, *others), settled, strict=True):
                standings[holding.sha256, holding.task_force] = standing
    return dict(sorted(standings.items(), key=lambda item: (item[0][1], item[0][0])))


def keep_current(counts: Sequence[pd.DataFrame], standings: Mapping[tuple[str, str], Standing]) -> pd.DataFrame:
    """Return those `schemas.counts.Counts` that are of current standing, ordered by task force, month and measure."""
    pairs = [pair for pair, standing in standings.items() if standing is Standing.CURRENT]
    current = pd.DataFrame(pairs, columns=["sha256", "task_force"], dtype=str)
    kept = [_plain(frame[frame["sha256"].isin(current["sha256"])]).merge(current) for frame in counts]
    together = pd.concat([_none(), *kept], ignore_index=True)
    together = together.sort_values(["task_force", "month", "measure"], ignore_index=True)
    return together.astype(dict.fromkeys(_WORDS, "category"))


def _settle_revision(first: Holding, others: Sequence[Holding]) -> list[Standing]:
    """Settle those that bring one revision of a task force, given in order of arrival."""
    same = [other.content == first.content for other in others]
    together = [other.received == first.received for other in others]
    if any(now and not alike for now, alike in zip(together, same, strict=True)):
        return [Standing.CONFLICTING] * (1 + len(others))
    return [Standing.CURRENT, *(Standing.DUPLICATE if alike else Standing.CONFLICTING for alike in same)]


def _plain(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.astype(dict.fromkeys(_WORDS, str))


def _none() -> pd.DataFrame:
    types = {**dict.fromkeys(_WORDS, "str"), "value": "Int64", "row": "int32", "column": "int16"}
    return pd.DataFrame({name: pd.Series([], dtype=types[name]) for name in Counts.to_schema().columns})
