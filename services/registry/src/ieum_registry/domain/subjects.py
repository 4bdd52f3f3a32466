"""Every kind of subject that the log knows, by the name it has there, with its rules."""

from collections.abc import Mapping

from changefeed.declared import Declaration
from changefeed.subjects.all import DECLARED
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.collaboration import Collaboration
from ieum_registry.domain.contact import Contact
from ieum_registry.domain.document import Document
from ieum_registry.domain.event import Event
from ieum_registry.domain.milestone import Milestone
from ieum_registry.domain.partner import Partner
from ieum_registry.domain.promise import Promise, PromiseReport
from ieum_registry.domain.reply import Reply
from ieum_registry.domain.seat import Seat

Subject = Declaration
"""A subject in the registry: what is declared of it, and perhaps more."""

_WITH_RULES: tuple[type[Subject], ...] = (
    Partner,
    Contact,
    Seat,
    Agreement,
    Collaboration,
    Milestone,
    Event,
    Document,
    Promise,
    PromiseReport,
    Reply,
)

SUBJECTS: Mapping[str, type[Subject]] = {
    **DECLARED,
    **{each.subject_type: each for each in _WITH_RULES},
}
"""As declared; those with rules by the class that checks them."""
