"""Telling on the next page what was recorded."""

from flask import request


def recorded_number() -> int | None:
    """Give the entry's number that a change came back with, `?recorded=`; None without one."""
    written = request.args.get("recorded", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None
