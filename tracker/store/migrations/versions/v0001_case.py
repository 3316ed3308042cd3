"""The first case file: documents, judgements, aliases, intake, unread, readings, state."""
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXTS = {
    "documents": ("document_id", "url path fetched_at media_type body fetcher given"),
    "judgements": ("judgement_id", "verdict left_id right_id left_span right_span value who why decided_at withdraws"),
    "aliases": ("old_claim_id", "claim_id since_run"),
    "intake": ("document_id at verb", "why"),
    "unread": ("unread_id", "item_id reason detail at"),
    "state": ("name", "value"),
}


def upgrade() -> None:
    """Make the tables."""
    for name, (keys, rest) in _TEXTS.items():
        op.create_table(name, *(sa.Column(c, sa.Text, primary_key=c in keys.split(), nullable=False) for c in f"{keys} {rest}".split()))
    op.create_table("readings", sa.Column("document_id", sa.Text, primary_key=True), sa.Column("reader", sa.Text, nullable=False),
                    sa.Column("digest", sa.Text, nullable=False), sa.Column("body", sa.LargeBinary, nullable=False))
