"""What task forces reported in another operation."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "histories",
        sa.Column("act", sa.Integer(), sa.ForeignKey("acts.id"), primary_key=True, nullable=False),
        *(sa.Column(name, sa.Text(), primary_key=True, nullable=False) for name in ("task_force", "measure")),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )
