"""Texts that a span leads to, which somebody may have destroyed behind the registry's back."""

from uuid import UUID

from ieum_registry.domain.errors import Destroyed


def there(subject_type: str, subject_id: UUID | str, text: str | None) -> str:
    """Give the text.

    Raises:
        Destroyed: It is not there, and no redaction took its span away: it was not destroyed by
            the registry.
    """
    if text is None:
        raise Destroyed(subject_type, subject_id)
    return text
