"""Alembic's entry: runs the steps on the connection that it is handed, in one transaction, so that a killed upgrade leaves the old case."""
from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=False)
context.run_migrations()
