"""Small builders with good defaults for the portal's own store."""

from datetime import UTC, datetime
from uuid import UUID

from ieum_portal.domain.account import Account
from ieum_portal.domain.draft import Draft, Topic

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


def a_draft(number: int = 1, *, account: int = 1, **more: object) -> Draft:
    """Make a draft of an account in which something was typed."""
    facts: dict[str, object] = {
        "id": UUID(int=number),
        "account_id": UUID(int=account),
        "form": "complete",
        "path": "/milestones/m1/done",
        "back": "/",
        "topic": Topic(None),
        "values": {"proof": ("보고서",)},
        "seen": 3,
        "key": "k" * 43,
        "step": "form",
        "revision": 1,
        "made_at": NOW,
        "changed_at": NOW,
    }
    return Draft(**(facts | more))  # type: ignore[arg-type]  # A builder takes any part.
