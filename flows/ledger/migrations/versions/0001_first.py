"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "looked_at",
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("signature"),
    )
    op.create_table(
        "explanations",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("task_force", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.PrimaryKeyConstraint("act"),
    )
    op.create_table(
        "not_taken",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.PrimaryKeyConstraint("act", "file", "why"),
    )
    op.create_table(
        "operations",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.PrimaryKeyConstraint("edition"),
    )
    op.create_index(op.f("ix_operations_act"), "operations", ["act"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.PrimaryKeyConstraint("sha256", "file"),
    )
    op.create_index(op.f("ix_receipts_act"), "receipts", ["act"], unique=False)
    op.create_table(
        "withdrawals",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("task_forces", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.PrimaryKeyConstraint("act"),
    )
    op.create_table(
        "snapshots",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("program_version", sa.Text(), nullable=False),
        sa.Column("compared_with", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["compared_with"],
            ["snapshots.id"],
        ),
        sa.ForeignKeyConstraint(
            ["operation"],
            ["operations.edition"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_snapshots_act"), "snapshots", ["act"], unique=False)
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certified_by", sa.Text(), nullable=False),
        sa.Column("certified_on", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("task_forces", sa.Text(), nullable=False),
        sa.Column("cells_read", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells_typed", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells_refused", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cells_ignored", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("responses", sa.Text(), nullable=False),
        sa.Column("beyond_form", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_submissions_act"), "submissions", ["act"], unique=False)
    op.create_index("ix_submissions_latest", "submissions", ["sha256", "id"], unique=False)
    op.create_table(
        "conclusions",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act"],
            ["acts.id"],
        ),
        sa.ForeignKeyConstraint(
            ["snapshot"],
            ["snapshots.id"],
        ),
        sa.PrimaryKeyConstraint("act"),
    )
    op.create_table(
        "counts",
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("task_force", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("column", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"],
            ["submissions.id"],
        ),
        sa.PrimaryKeyConstraint("submission", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "findings",
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("task_force", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("likely_cause", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"],
            ["submissions.id"],
        ),
        sa.PrimaryKeyConstraint("submission", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "holdings",
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("task_force", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"],
            ["submissions.id"],
        ),
        sa.PrimaryKeyConstraint("submission", "task_force"),
    )
