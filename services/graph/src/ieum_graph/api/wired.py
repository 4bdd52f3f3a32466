"""What the routes need, put into the application by `app.create_app`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, current_app

from ieum_graph.operations.come_as_far import Waiting
from ieum_graph.operations.kept_answers import KeptAnswers
from ieum_graph.operations.ports import Reading


@dataclass(frozen=True, slots=True)
class Wired:
    """The graph to read, what was answered of it, and the clock."""

    reading: Reading
    today: Callable[[], date]
    now: Callable[[], datetime]
    waiting: Waiting
    kept: KeptAnswers


def wire(app: Flask, wired: Wired) -> None:
    """Give the application its parts."""
    app.extensions["ieum_graph"] = wired


def wired() -> Wired:
    """Give the parts of the application that is answering."""
    found: Wired = current_app.extensions["ieum_graph"]
    return found
