"""Run by alembic: takes the steps on the connection that it is given, in the transaction that this one is in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
