"""Results derived from records, by run and kind. No part of a record, so no guard: all can be worked out anew."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "derived",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", name="derived_of_run"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("head", sa.String(), primary_key=True),
        sa.Column("version", sa.String(), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
