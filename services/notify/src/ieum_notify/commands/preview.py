"""Printing what goes out in the next days, with the reasons."""

from collections.abc import Iterator, Sequence

from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.reason import role_name
from ieum_notify.domain.words import Language, day_words
from ieum_notify.operations.preview import Preview, Previewed

_HEADS = {
    "ko": "{from_on} ~ {to_on}: 보낼 메일 {count}통",
    "en": "{from_on} to {to_on}: {count} letters to send",
}
_TO = {"ko": "받는 곳", "en": "To"}
_NOBODY = {"ko": "받을 사람이 없습니다", "en": "nobody: no seat is filled"}
_NOTHING = {"ko": "보낼 메일이 없습니다.", "en": "Nothing to send."}


def print_preview(found: Preview, language: Language) -> Iterator[str]:
    """Give the lines."""
    yield _HEADS[language].format(
        from_on=day_words(found.from_on).said(language),
        to_on=day_words(found.to_on).said(language),
        count=len(found.items),
    )
    if not found.items:
        yield _NOTHING[language]
    alike: dict[tuple[object, ...], list[Previewed]] = {}
    for item in found.items:
        each = item.occurrence
        same = (each.due_at, each.rule, each.letter, each.subject, each.lead_days, item.why)
        alike.setdefault(same, []).append(item)
    for items in alike.values():
        yield ""
        yield from _lines(items, language)


def _lines(items: Sequence[Previewed], language: Language) -> Iterator[str]:
    """Say once what goes out to several, and to whom."""
    first = items[0]
    due_at = first.occurrence.due_at.astimezone(SEOUL)
    day = day_words(due_at.date()).said(language)
    yield f"{day} {due_at:%H:%M}  {first.rule.said(language)}: {first.title.said(language)}"
    yield f"    {_TO[language]}: {', '.join(_reader(each, language) for each in items)}"
    for line in first.why:
        yield f"    {line.said(language)}"


def _reader(item: Previewed, language: Language) -> str:
    """Name the place and the seat; never a person."""
    if item.place is None:
        return _NOBODY[language]
    name = str(item.place) if item.place_name is None else item.place_name.said(language)
    return f"{name} {role_name(item.occurrence.seat_role).said(language)}"
