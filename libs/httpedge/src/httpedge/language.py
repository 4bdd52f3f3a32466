"""In which language a caller is answered."""

from typing import Literal

from flask import request

Language = Literal["ko", "en"]


def language() -> Language:
    """Choose the answer's language: Korean unless the caller prefers English."""
    best = request.accept_languages.best_match(["ko", "en"], default="ko")
    return "en" if best == "en" else "ko"
