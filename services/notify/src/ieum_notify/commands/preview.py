"""Printing what goes out in the next days, with the reasons."""

from collections.abc import Iterator

from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.words import Language, day_words
from ieum_notify.operations.preview import Preview, Previewed

_HEADS = {
    "ko": "{from_on} ~ {to_on}: 보낼 편지 {count}통",
    "en": "{from_on} to {to_on}: {count} letters to send",
}
_NOTHING = {"ko": "보낼 편지가 없습니다.", "en": "Nothing to send."}


def print_preview(found: Preview, language: Language) -> Iterator[str]:
    """Give the lines."""
    yield _HEADS[language].format(
        from_on=day_words(found.from_on).said(language),
        to_on=day_words(found.to_on).said(language),
        count=len(found.items),
    )
    if not found.items:
        yield _NOTHING[language]
    for item in found.items:
        yield ""
        yield from _lines(item, language)


def _lines(item: Previewed, language: Language) -> Iterator[str]:
    due_at = item.occurrence.due_at.astimezone(SEOUL)
    day = day_words(due_at.date()).said(language)
    yield f"{day} {due_at:%H:%M}  {item.occurrence.letter}  {item.title.said(language)}"
    for line in item.why:
        yield f"    {line.said(language)}"
