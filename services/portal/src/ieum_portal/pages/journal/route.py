"""연락 기록: when the city was in touch with whom, and of what."""

from changefeed.declared import Label
from changefeed.subjects.journal import JournalEntry
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import declared_filter
from ieum_portal.pages.listing.list_page import ListPage

JOURNAL = ListPage(
    JournalEntry,
    columns=(
        declared(JournalEntry, "on"),
        declared(JournalEntry, "partner_id"),
        declared(JournalEntry, "kind"),
        declared(JournalEntry, "text"),
        declared(JournalEntry, "department_id"),
        declared(JournalEntry, "agreement_id"),
    ),
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
routes = JOURNAL.routes("journal", "/journal")
