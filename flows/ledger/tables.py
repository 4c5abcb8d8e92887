"""The ledger's tables: what was received, judged, decided and published, each row by the act that recorded it.

Rows are only added. An act is a run, a decision or a new judgement; acts are numbered in their order, so what the
ledger held at any moment is every row of the acts up to then. Only `looked_at` is no record but a memory, and may be
lost. A moment is ISO text in UTC. Changing a table takes a migration; a test holds the two to each other.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text

METADATA = MetaData()
SCHEMA = "0003"
"""The newest migration."""


def _act(*, is_key: bool = False) -> Column[int]:
    return Column("act", ForeignKey("acts.id"), primary_key=is_key, nullable=False, index=not is_key)


def _submission() -> Column[int]:
    return Column("submission", ForeignKey("submissions.id"), primary_key=True)


def _text(name: str, *, is_key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=is_key, nullable=False)


def _number(name: str, *, is_key: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=is_key, autoincrement=False, nullable=False)


acts = Table("acts", METADATA, _number("id", is_key=True), *(_text(name) for name in ("kind", "clock", "role")))
"""The audit trail. One row is something done: `kind` is an `Act`, `clock` what it was said to be the time, `role` who
decided it, empty for a run."""

operations = Table("operations", METADATA, _act(), _text("edition", is_key=True), _text("id"), _text("files"))
"""One row is an operation as its files were: `files` is their texts by name, as JSON."""

receipts = Table(
    "receipts", METADATA, _act(), _text("sha256", is_key=True), _text("file", is_key=True), _text("received")
)
"""One row is a file as it arrived; the same bytes under another name are another."""

not_taken = Table("not_taken", METADATA, _act(is_key=True), _text("file", is_key=True), _text("why", is_key=True))
"""One row is something in the inbox of a run that could not be taken."""

looked_at = Table("looked_at", METADATA, _text("signature", is_key=True), _text("sha256"))
"""One row is a file of the inbox that need not be read again while its signature stays the same."""

submissions = Table(
    "submissions",
    METADATA,
    _number("id", is_key=True),
    _act(),
    _text("sha256"),
    _text("rules_version"),
    _text("operation"),
    _text("clock"),
    _text("state"),
    _number("revision"),
    _text("certified_by"),
    Column("certified_on", Text),
    _text("verdict"),
    _text("task_forces"),
    *(_number(f"cells_{what}") for what in ("read", "typed", "refused", "ignored")),
    _text("responses"),
    Column("beyond_form", Boolean, nullable=False),
    _text("digest"),
    Index("ix_submissions_latest", "sha256", "id"),
)
"""One row is a judgement of some bytes: by which rules, for which operation, at which clock. The latest one stands.
`operation` is the digest of those of the operation's files that verdicts depend on; `digest` is a hash of everything
that was judged, counts and findings included."""

holdings = Table("holdings", METADATA, _submission(), _text("task_force", is_key=True), _text("content"))
"""One row is a task force that a submission has counts of; the same counts have the same `content`."""

counts = Table(
    "counts",
    METADATA,
    _submission(),
    _number("position", is_key=True),
    *(_text(name) for name in ("task_force", "month", "measure")),
    Column("value", Integer),
    _text("sheet"),
    _number("row"),
    _number("column"),
    sqlite_with_rowid=False,
)
"""One row is a count with the cell it stood in (`schemas.counts.Counts`), in the order of the form."""

findings = Table(
    "findings",
    METADATA,
    _submission(),
    _number("position", is_key=True),
    *(
        _text(name)
        for name in (
            "code", "severity", "sheet", "cell", "task_force", "month", "measure",
            "found", "expected", "message", "remedy", "likely_cause",
        )
    ),
    sqlite_with_rowid=False,
)  # fmt: skip
"""One row is a finding of a `file` rule (`schemas.findings.Finding`), in the order of the form."""

withdrawals = Table(
    "withdrawals", METADATA, _act(is_key=True), *(_text(name) for name in ("sha256", "task_forces", "reason"))
)
"""One row is the decision that a submission no longer counts, for some task forces or (empty) for all it covers."""

explanations = Table(
    "explanations",
    METADATA,
    _act(is_key=True),
    *(
        _text(name)
        for name in ("rules_version", "code", "state", "task_force", "month", "measure", "value", "source", "reason")
    ),
)
"""One row is the reason given for a warning, bound to all that it asked (`schemas.decisions.Question`)."""

snapshots = Table(
    "snapshots",
    METADATA,
    _act(),
    _text("id", is_key=True),
    _text("as_of"),
    Column("operation", ForeignKey("operations.edition"), nullable=False),
    _text("rules_version"),
    _text("program_version"),
    Column("compared_with", Text, ForeignKey("snapshots.id")),
)
"""One row is a snapshot: everything of the acts up to its own. `compared_with` is the one published before it."""

conclusions = Table(
    "conclusions", METADATA, _act(is_key=True), Column("snapshot", ForeignKey("snapshots.id"), nullable=False)
)
"""One row is a run that came to its end, and the snapshot that it published."""

increments = Table(
    "increments",
    METADATA,
    _act(is_key=True),
    _text("series", is_key=True),
    *(_text(name) for name in ("period_start", "period_end")),
    Column("value", BigInteger, nullable=False),
    _text("source"),
)
"""One row is an addition to a program-to-date series, on top of those in the operation's files."""

histories = Table(
    "histories",
    METADATA,
    _act(is_key=True),
    *(_text(name, is_key=True) for name in ("task_force", "measure")),
    _text("title"),
    _number("months"),
    Column("value", BigInteger, nullable=False),
)
"""One row is what a task force reported of a measure over another operation (`schemas.across.History`)."""

preparations = Table(
    "preparations",
    METADATA,
    _act(is_key=True),
    Column("snapshot", ForeignKey("snapshots.id"), nullable=False),
    *(_text(name) for name in ("account", "text", "objections", "files")),
)
"""One row is a release as it was prepared: `objections` and `files` are JSON (`schemas.release.Prepared`)."""

approvals = Table(
    "approvals",
    METADATA,
    _act(is_key=True),
    Column("preparation", ForeignKey("preparations.act"), nullable=False, unique=True),
    *(_text(name) for name in ("account", "acknowledged", "reason", "manifest")),
)
"""One row is the approval of a prepared release (`schemas.release.Approved`); `acknowledged` is JSON."""
