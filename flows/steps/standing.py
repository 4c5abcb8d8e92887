"""Standing: of all accepted submissions that cover a task force, which one counts, and what the others are.

What belongs here: revisions, repetitions and conflicts. What does not: verdicts, which are given before and stay.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from schemas.counts import Counts
from schemas.submission import Receipt, Standing, Submission

Standings = dict[tuple[str, str], Standing]
"""By submission (sha256) and task force."""

_WORDS = ("sha256", "task_force", "month", "measure", "sheet")

Content = frozenset[tuple[str, str, int | None]]
"""The counts of one task force in one submission: month, measure, value."""


def settle(
    receipts: Iterable[Receipt], submissions: Mapping[str, Submission], counts: Sequence[pd.DataFrame]
) -> Standings:
    """Settle what every accepted submission is for every task force that it has counts of.

    Of a task force, the highest revision is current. Whoever brings it again with the same counts is a duplicate of the
    one received first (then of the smaller sha256), whoever brings it with others is conflicting. Where those that
    arrived first, together, differ, none of them counts, and no lower revision either: it is known to be replaced.

    Args:
        receipts: When each submission arrived, in any order; of several receipts the first counts.
        submissions: By sha256.
        counts: `schemas.counts.Counts` of the accepted ones, in as many frames as is handy; no submission is in two.
    """
    received = _first_received(receipts)
    rivals: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sha256, task_force in _pairs(counts):
        rivals[task_force][submissions[sha256].revision].append(sha256)
    tied = {sha256 for revisions in rivals.values() for group in revisions.values() if group[1:] for sha256 in group}
    contents = _contents(counts, tied)
    standings: Standings = {}
    for task_force in sorted(rivals):
        highest = max(rivals[task_force])
        for revision, rivals_of_one in rivals[task_force].items():
            group = sorted(rivals_of_one, key=lambda sha256: (received[sha256], sha256))
            settled = _settle_revision(group, task_force, received, contents)
            if revision < highest and settled[group[0]] is Standing.CURRENT:
                settled[group[0]] = Standing.SUPERSEDED
            standings |= {(sha256, task_force): standing for sha256, standing in settled.items()}
    return standings


def keep_current(counts: Sequence[pd.DataFrame], standings: Mapping[tuple[str, str], Standing]) -> pd.DataFrame:
    """Return the counts that count: those of current standing, as one frame ordered by task force, month and measure.

    Args:
        counts: `schemas.counts.Counts`, in as many frames as is handy.
        standings: As settled.
    """
    pairs = [pair for pair, standing in standings.items() if standing is Standing.CURRENT]
    current = pd.DataFrame(pairs, columns=["sha256", "task_force"], dtype=str)
    kept = [_plain(frame[frame["sha256"].isin(current["sha256"])]).merge(current) for frame in counts]
    together = pd.concat([_none(), *kept], ignore_index=True)
    together = together.sort_values(["task_force", "month", "measure"], ignore_index=True)
    return together.astype(dict.fromkeys(_WORDS, "category"))


def _settle_revision(
    group: Sequence[str],
    task_force: str,
    received: Mapping[str, dt.datetime],
    contents: Mapping[tuple[str, str], Content],
) -> dict[str, Standing]:
    """Settle the submissions that bring one revision of a task force, given in order of arrival."""
    if len(group) == 1:
        return {group[0]: Standing.CURRENT}
    first = contents[group[0], task_force]
    if any(received[s] == received[group[0]] and contents[s, task_force] != first for s in group):
        return dict.fromkeys(group, Standing.CONFLICTING)
    same = {s: Standing.DUPLICATE if contents[s, task_force] == first else Standing.CONFLICTING for s in group}
    return same | {group[0]: Standing.CURRENT}


def _first_received(receipts: Iterable[Receipt]) -> dict[str, dt.datetime]:
    first: dict[str, dt.datetime] = {}
    for receipt in receipts:
        first[receipt.sha256] = min(receipt.received, first.get(receipt.sha256, receipt.received))
    return first


def _pairs(counts: Iterable[pd.DataFrame]) -> Iterator[tuple[str, str]]:
    for frame in counts:
        pairs = frame[["sha256", "task_force"]].drop_duplicates()
        yield from zip(pairs["sha256"], pairs["task_force"], strict=True)


def _contents(counts: Iterable[pd.DataFrame], tied: set[str]) -> dict[tuple[str, str], Content]:
    contents: dict[tuple[str, str], set[tuple[str, str, int | None]]] = defaultdict(set)
    for frame in counts:
        rows = frame[frame["sha256"].isin(tied)]
        values = rows["value"].astype(object).where(rows["value"].notna(), None)
        for sha256, task_force, month, measure, value in zip(
            rows["sha256"], rows["task_force"], rows["month"], rows["measure"], values, strict=True
        ):
            contents[sha256, task_force].add((month, measure, value))
    return {pair: frozenset(content) for pair, content in contents.items()}


def _plain(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.astype(dict.fromkeys(_WORDS, str))


def _none() -> pd.DataFrame:
    types = {**dict.fromkeys(_WORDS, "str"), "value": "Int64", "row": "int64", "column": "int64"}
    return pd.DataFrame({name: pd.Series([], dtype=types[name]) for name in Counts.to_schema().columns})
