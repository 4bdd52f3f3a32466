"""What every answer carries, so that no browser does with it what nobody meant.

Errors, answers to HEAD and OPTIONS and static files too; tests/house/test_headers.py looks at each
route of each service.
"""

from collections.abc import Mapping

from flask import Flask

from httpedge.answered import Answered, at_each_answer

OF_DATA: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of answers that are no pages. What a route sets itself stays as it is."""


def install_headers(app: Flask, headers: Mapping[str, str] = OF_DATA) -> None:
    """Add headers to every answer that does not have them."""
    fixed = tuple((name.lower(), (name, value)) for name, value in headers.items())

    def add(answered: Answered) -> None:
        present = {name.lower() for name, _ in answered.headers}
        answered.headers.extend([header for name, header in fixed if name not in present])

    at_each_answer(app, add)
