"""How long a page waits for its neighbours: one span of time for all that it asks."""

import math
from time import monotonic

from flask import g, has_request_context, request

PAGE_WAITS_S = 2.0
"""So long the browser waits for the slowest of its page's neighbours; then it has the rest."""

FILE_WAITS_S = 60.0
"""So long what takes its time may take: a file of many rows, the whole chain of the log."""


def waiting_left_s() -> float:
    """Give how long what is asked for the page under way may still take, in seconds.

    Counted from the first question on. What is sent rather than looked at is not cut short, as
    nobody would know then whether it was done; nor is what no browser waits for.
    """
    if not has_request_context() or request.method not in ("GET", "HEAD"):
        return math.inf
    return _until() - monotonic()


def take_time() -> None:
    """Let what is asked from here on take its time: the reader asked for much, and knows it."""
    g.waits_until = monotonic() + FILE_WAITS_S


def _until() -> float:
    if "waits_until" not in g:
        g.waits_until = monotonic() + PAGE_WAITS_S
    until: float = g.waits_until
    return until
