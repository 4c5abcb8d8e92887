"""Additions to the program to date, and releases prepared and approved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "increments",
        sa.Column("act", sa.Integer(), sa.ForeignKey("acts.id"), primary_key=True, nullable=False),
        sa.Column("series", sa.Text(), primary_key=True, nullable=False),
        *_texts("period_start", "period_end"),
        sa.Column("value", sa.BigInteger(), nullable=False),
        *_texts("source"),
    )
    op.create_table(
        "preparations",
        sa.Column("act", sa.Integer(), sa.ForeignKey("acts.id"), primary_key=True, nullable=False),
        sa.Column("snapshot", sa.Text(), sa.ForeignKey("snapshots.id"), nullable=False),
        *_texts("account", "text", "objections", "files"),
    )
    op.create_table(
        "approvals",
        sa.Column("act", sa.Integer(), sa.ForeignKey("acts.id"), primary_key=True, nullable=False),
        sa.Column("preparation", sa.Integer(), sa.ForeignKey("preparations.act"), nullable=False, unique=True),
        *_texts("account", "acknowledged", "reason", "manifest"),
    )
