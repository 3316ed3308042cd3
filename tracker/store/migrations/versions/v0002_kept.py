"""What is observed or judged is kept by the database itself: changing or deleting such a row fails."""
from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_KEPT = ("documents", "judgements", "intake")


def upgrade() -> None:
    """A trigger for each table and each way to lose a row."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute("CREATE FUNCTION tracker_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$")
    for table in _KEPT:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if postgres:
                op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION tracker_kept()")
            else:
                op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END")
