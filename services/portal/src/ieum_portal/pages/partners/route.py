"""파트너: the list; the address says what is shown."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.partner import Partner
from ieum_portal.domain.words import said_in
from ieum_portal.operations.listing import Looked, Row
from ieum_portal.operations.merged_partners import as_one, merged_into
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.listing.columns import Cell, Column, Reading, declared, words
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.wired import language
from registryclient.answers import Asked

MOST_COUNTED_PAGES = 5
"""A thousand commitments are counted while a reader waits; more is a report's work."""


def _name(row: Row[Partner], _: Reading) -> Cell:
    """Write the name, and below it that in the other language."""
    name = row.subject.name
    other = "en" if language() == "ko" else "ko"
    text = said_in(name, "en").text if other == "en" else name.ko
    cell = words(name)
    if text == cell.plain:
        return cell
    return Cell(cell.plain, cell.shown, Markup('<span lang="{}">{}</span>').format(other, text))


def _in_force(registry: Registry, asked: Mapping[str, Asked]) -> Looked:
    """Count the commitments in force by partner; None if there are too many to count here.

    Those of merged records count for who stands for them.
    """
    found = registry.whole(Collaboration, at_most=MOST_COUNTED_PAGES, in_force=True, on=asked["on"])
    if found is None:
        return None
    return Counter(each.partner_id for each in as_one(found, merged_into(registry)))


def _counted(row: Row[Any], reading: Reading) -> Cell:
    count = reading.looked["in_force"].get(row.subject.id, 0)
    return Cell(count, Markup("{}").format(count))


PARTNERS = ListPage(
    Partner,
    columns=(
        Column("name", Label("기관", "Organisation"), _name, sort="name"),
        declared(Partner, "kind"),
        Column(
            "in_force",
            Label("진행 중인 협력", "Commitments in force"),
            _counted,
            is_number=True,
            look=_in_force,
        ),
        declared(Partner, "aliases"),
        declared(Partner, "country", is_usual=False),
        declared(Partner, "business_number", is_usual=False),
        declared(Partner, "website", is_usual=False),
        declared(Partner, "memo", is_usual=False),
    ),
    filters=(declared_filter(Partner, "kind"),),
    hint=Label(
        "이름의 일부, 초성(예: ㄴㅇㅂ), 영문 이름, 별칭으로 찾습니다.",
        "Part of a name, initial consonants (such as ㄴㅇㅂ), an English name or another name.",
    ),
    acts=("kind", "country"),
    begins=("partner_form.register", "merging.show"),
)
routes = PARTNERS.routes("partners", "/partners")
