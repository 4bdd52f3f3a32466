"""How Alembic connects: one transaction a step, and no long wait for a lock."""

from alembic import context

from ieum_portal.storage.tables import METADATA

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        # A migration that waits for a lock makes everybody behind it wait too.
        connection.exec_driver_sql("SET lock_timeout = '4s'")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
