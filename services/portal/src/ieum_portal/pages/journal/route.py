"""연락 기록: when the city was in touch with whom, and of what."""

from collections.abc import Mapping
from uuid import UUID

from changefeed.declared import Label
from changefeed.subjects.journal import CONTACT_KINDS, JournalEntry
from changefeed.subjects.parts import Words
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

COLUMNS = (
    declared(JournalEntry, "on"),
    declared(JournalEntry, "partner_id"),
    declared(JournalEntry, "kind"),
    declared(JournalEntry, "text"),
    declared(JournalEntry, "department_id"),
    declared(JournalEntry, "agreement_id"),
)
JOURNAL = ListPage(
    JournalEntry,
    columns=COLUMNS,
    filters=(
        declared_filter(JournalEntry, "kind"),
        declared_filter(JournalEntry, "department"),
        declared_filter(JournalEntry, "day", Label("연도", "Year")),
        declared_filter(JournalEntry, "partner"),
        declared_filter(JournalEntry, "agreement"),
    ),
    within={"partner": "partner", "agreement": "agreement"},
    hint=Label("기록한 내용의 일부로 찾습니다.", "Part of what was noted."),
)


def called(entry: JournalEntry, names: Mapping[UUID, Words]) -> Words:
    """Call an entry by its day and kind, and by whom it is about."""
    kind, partner = CONTACT_KINDS[entry.kind], names.get(entry.partner_id)
    told = Words(f"{entry.on} {kind.ko}", f"{entry.on} {kind.en}")
    if partner is None:
        return told
    return Words(f"{partner.ko} · {told.ko}", f"{partner.en or partner.ko} · {told.en}")


ENTRY = SubjectPage(
    JournalEntry,
    shown=COLUMNS,
    begins=(Way("journal_form.change", "journal_id"), Way("journal_form.retract", "journal_id")),
    called=called,
)
routes = ENTRY.add_to(JOURNAL.routes("journal", "/journal"), "/journal")
