"""The numbered steps that bring the database to the newest shape."""

from pathlib import Path

from sqlstore.steps import Steps

STEPS = Steps(Path(__file__).with_name("migrations"), "ieum-registry migrate")
