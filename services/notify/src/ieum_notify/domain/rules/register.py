"""Every rule there is. A new one is a file beside this, a line here and a folder in letters/."""

from ieum_notify.domain.leaving import with_leaving
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.agreement_ends import AGREEMENT_ENDS
from ieum_notify.domain.rules.agreement_objection import AGREEMENT_OBJECTION
from ieum_notify.domain.rules.event_ahead import EVENT_AHEAD
from ieum_notify.domain.rules.event_cancelled import EVENT_CANCELLED
from ieum_notify.domain.rules.event_deadlines import (
    EVENT_BOOTH,
    EVENT_PAPERS,
    EVENT_REGISTRATION,
)
from ieum_notify.domain.rules.event_left import EVENT_LEFT
from ieum_notify.domain.rules.event_moved import EVENT_MOVED
from ieum_notify.domain.rules.event_reopened import EVENT_REOPENED
from ieum_notify.domain.rules.event_returned import EVENT_RETURNED
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE
from ieum_notify.domain.rules.promise_due import PROMISE_DUE

RULES: tuple[Rule, ...] = with_leaving(
    MILESTONE_DUE,
    AGREEMENT_ENDS,
    AGREEMENT_OBJECTION,
    PROMISE_DUE,
    EVENT_AHEAD,
    EVENT_REGISTRATION,
    EVENT_BOOTH,
    EVENT_PAPERS,
    EVENT_MOVED,
    EVENT_CANCELLED,
    EVENT_LEFT,
    EVENT_RETURNED,
    EVENT_REOPENED,
)
