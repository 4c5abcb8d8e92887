"""What was published last, as read back from its files, and what a snapshot says otherwise.

What belongs here: the comparison of two publications. What does not: why they differ.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flows.reports.csv_text import Row, from_csv
from flows.reports.tables import tables
from schemas.national import TotalStatus
from schemas.snapshot import Snapshot

MANIFEST = "manifest.json"
_TOTALS, _CLAIMS, _SUBMISSIONS = "national_totals.csv", "release_check.csv", "submissions.csv"
_KEYS = {_TOTALS: ("measure",), _CLAIMS: ("claim",), _SUBMISSIONS: ("sha256", "file")}
READ_BACK = (MANIFEST, *_KEYS)
"""The files that tell what was published."""

Rows = Mapping[tuple[str, ...], Row]
"""The rows of a table by what tells them apart."""


@dataclass(frozen=True, slots=True)
class Previous:
    """A publication, as far as the next one is compared with it.

    Attributes:
        snapshot: Its id.
        operation: The id of its operation.
        as_of: Its day.
        tables: By file, the rows as written there.
    """

    snapshot: str
    operation: str
    as_of: dt.date
    tables: Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of which something else was said.

    Attributes:
        what: A measure's label, a claim's phrase or a file's name.
        before, now: A figure or its status, a verdict, or a verdict and standing; empty where there was or is none.
        state: Whose it is, of a submission whose state can be told; else empty.
    """

    what: str
    before: str
    now: str
    state: str = ""

    @property
    def difference(self) -> str:
        """The signed difference of two figures; empty where there are not two."""
        figures = [side.replace(",", "") for side in (self.before, self.now)]
        if not all(figure.isdecimal() for figure in figures):
            return ""
        return f"{int(figures[1]) - int(figures[0]):+,}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since a publication: its submissions, totals and claims."""

    submissions: tuple[Change, ...]
    totals: tuple[Change, ...]
    claims: tuple[Change, ...]


def read_back(files: Mapping[str, bytes]) -> Previous:
    """Return what was published, from the files of `READ_BACK`."""
    manifest = json.loads(files[MANIFEST])
    day = dt.date.fromisoformat(manifest["as_of"])
    return Previous(manifest["snapshot"], manifest["operation"]["id"], day, _rows(files))


def changes_since(previous: Previous, snapshot: Snapshot) -> Changes:
    """Return what a snapshot says otherwise than what was published before it."""
    before, now = previous.tables, _rows(tables(snapshot))
    return Changes(
        submissions=tuple(_changes(before[_SUBMISSIONS], now[_SUBMISSIONS], "file", _outcome)),
        totals=tuple(_changes(before[_TOTALS], now[_TOTALS], "label", _figure)),
        claims=tuple(_changes(before[_CLAIMS], now[_CLAIMS], "phrase", lambda row: _words(row["verdict"]))),
    )


def _rows(files: Mapping[str, bytes]) -> dict[str, Rows]:
    return {file: {tuple(row[k] for k in key): row for row in from_csv(files[file])} for file, key in _KEYS.items()}


def _changes(before: Rows, now: Rows, name: str, say: Callable[[Row], str]) -> Iterator[Change]:
    """Yield the rows of which something else is said now; those that are no more come last."""
    for key in dict.fromkeys((*now, *before)):
        row = now.get(key) or before[key]
        was, is_now = (say(rows[key]) if key in rows else "" for rows in (before, now))
        if was != is_now:
            yield Change(row[name], was, is_now, row.get("state", ""))


def _outcome(row: Row) -> str:
    return _words(", ".join(filter(None, (row["verdict"], row["standing"]))))


def _figure(row: Row) -> str:
    return f"{int(row['value']):,}" if row["value"] else TotalStatus(row["status"]).phrase


def _words(words: str) -> str:
    return words.replace("_", " ")
