"""How Alembic runs the steps: the way that every store of this kind does."""

from ieum_registry.storage.index.tables import METADATA
from sqlstore.steps import run_steps

run_steps(METADATA)
