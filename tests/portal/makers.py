"""Small builders with good defaults for the portal's own store."""

from datetime import UTC, datetime
from uuid import UUID

from ieum_portal.domain.account import Account

NOW = datetime(2026, 11, 23, 3, 0, 0, 123456, tzinfo=UTC)


def an_account(number: int = 1, **more: object) -> Account:
    """Make an account of the office."""
    facts: dict[str, object] = {
        "id": UUID(int=number),
        "login": f"office{number}@ieum.example",
        "name": "총괄부서 담당자",
        "role": "office",
        "language": "ko",
        "password_hash": "$argon2id$",
        "made_at": NOW,
    }
    return Account(**(facts | more))  # type: ignore[arg-type]  # A builder takes any part.
