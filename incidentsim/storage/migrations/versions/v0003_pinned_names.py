"""A secret salt beside each name of a roster; names of runs that are there already have none."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("roster", sa.Column("salt", sa.LargeBinary(), nullable=True))
