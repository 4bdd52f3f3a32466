"""파트너: the list; the address says what is shown."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from markupsafe import Markup

from changefeed.declared import Label
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.partner import Partner
from ieum_portal.domain.words import said_in
from ieum_portal.operations.coverage_counts import BY_PARTNER
from ieum_portal.operations.listing import Row
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.listing.columns import Cell, Column, Reading, declared, words
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.wired import language
from registryclient.answers import Asked
from registryclient.pages import MOST_IDS


def _name(row: Row[Partner], _: Reading) -> Cell:
    """Write the name, and below it that in the other language."""
    name = row.subject.name
    other = "en" if language() == "ko" else "ko"
    text = said_in(name, "en").text if other == "en" else name.ko
    cell = words(name)
    if text == cell.plain:
        return cell
    return Cell(cell.plain, cell.shown, Markup('<span lang="{}">{}</span>').format(other, text))


def _in_force(
    registry: Registry, asked: Mapping[str, Asked], partners: Sequence[UUID]
) -> Mapping[UUID, int]:
    """Count the commitments in force of some partners."""
    found: dict[UUID, int] = {}
    for start in range(0, len(partners), MOST_IDS):
        some = partners[start : start + MOST_IDS]
        counted = registry.counts(
            Collaboration, BY_PARTNER, partner=some, in_force=True, on=asked["on"]
        )
        found |= {UUID(str(each)): count for (each,), count in counted.groups[BY_PARTNER].items()}
    return found


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
