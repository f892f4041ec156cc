"""The desk of a run: drafts and the like. No part of the record, so no guard."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "desk",
        sa.Column("run", sa.Integer(), sa.ForeignKey("runs.number", name="desk_of_run"), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("thing", sa.LargeBinary(), nullable=False),
    )
