"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _texts(*names: str, is_key: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), primary_key=is_key, nullable=False) for name in names]


def _number(name: str, *, is_key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=is_key, autoincrement=False, nullable=False)


def _act(*, is_key: bool = False) -> sa.Column[int]:
    return sa.Column("act", sa.Integer(), sa.ForeignKey("acts.id"), primary_key=is_key, nullable=False)


def _submission() -> sa.Column[int]:
    return sa.Column("submission", sa.Integer(), sa.ForeignKey("submissions.id"), primary_key=True, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("acts", _number("id", is_key=True), *_texts("kind", "clock", "role"))
    op.create_table("looked_at", *_texts("signature", is_key=True), *_texts("sha256"))
    op.create_table(
        "explanations",
        _act(is_key=True),
        *_texts("rules_version", "code", "state", "task_force", "month", "measure", "value", "source", "reason"),
    )
    op.create_table("not_taken", _act(is_key=True), *_texts("file", "why", is_key=True))
    op.create_table("operations", _act(), *_texts("edition", is_key=True), *_texts("id", "files"))
    op.create_index("ix_operations_act", "operations", ["act"])
    op.create_table("receipts", _act(), *_texts("sha256", "file", is_key=True), *_texts("received"))
    op.create_index("ix_receipts_act", "receipts", ["act"])
    op.create_table("withdrawals", _act(is_key=True), *_texts("sha256", "task_forces", "reason"))
    op.create_table(
        "snapshots",
        _act(),
        *_texts("id", is_key=True),
        *_texts("as_of"),
        sa.Column("operation", sa.Text(), sa.ForeignKey("operations.edition"), nullable=False),
        *_texts("rules_version", "program_version"),
        sa.Column("compared_with", sa.Text(), sa.ForeignKey("snapshots.id"), nullable=True),
    )
    op.create_index("ix_snapshots_act", "snapshots", ["act"])
    op.create_table(
        "submissions",
        _number("id", is_key=True),
        _act(),
        *_texts("sha256", "rules_version", "operation", "clock", "state"),
        _number("revision"),
        *_texts("certified_by"),
        sa.Column("certified_on", sa.Text(), nullable=True),
        *_texts("verdict", "task_forces"),
        *(_number(f"cells_{what}") for what in ("read", "typed", "refused", "ignored")),
        *_texts("responses"),
        sa.Column("beyond_form", sa.Boolean(), nullable=False),
        *_texts("digest"),
    )
    op.create_index("ix_submissions_act", "submissions", ["act"])
    op.create_index("ix_submissions_latest", "submissions", ["sha256", "id"])
    op.create_table(
        "conclusions",
        _act(is_key=True),
        sa.Column("snapshot", sa.Text(), sa.ForeignKey("snapshots.id"), nullable=False),
    )
    op.create_table(
        "counts",
        _submission(),
        _number("position", is_key=True),
        *_texts("task_force", "month", "measure"),
        sa.Column("value", sa.Integer(), nullable=True),
        *_texts("sheet"),
        _number("row"),
        _number("column"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "findings",
        _submission(),
        _number("position", is_key=True),
        *_texts("code", "severity", "sheet", "cell", "task_force", "month", "measure"),
        *_texts("found", "expected", "message", "remedy", "likely_cause"),
        sqlite_with_rowid=False,
    )
    op.create_table("holdings", _submission(), *_texts("task_force", is_key=True), *_texts("content"))
