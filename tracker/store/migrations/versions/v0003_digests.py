"""Documents carry the digests of the bytes of their file and manifest; those kept before have none."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Two more columns, empty for what is there."""
    for name in ("file_digest", "manifest_digest"):
        op.add_column("documents", sa.Column(name, sa.Text, nullable=False, server_default=""))
