"""약속 이행: what parties promised in figures, and what of it came; each with its page."""

from changefeed.declared import Label
from changefeed.subjects.promise import PROMISE_STATES, Promise
from ieum_portal.domain.promise_names import called
from ieum_portal.pages.labels import Labels
from ieum_portal.pages.listing.columns import declared
from ieum_portal.pages.listing.filters import coded, declared_filter, within
from ieum_portal.pages.listing.list_page import ListPage
from ieum_portal.pages.milestones.route import LOOKED_AFTER, UNLED
from ieum_portal.pages.promises import columns as of
from ieum_portal.pages.subject.subject_page import SubjectPage, Way

STATES: Labels = {**dict(PROMISE_STATES), "overdue": Label("기한 지남", "overdue")}

PROMISES = ListPage(
    Promise,
    columns=(
        of.WHAT,
        of.PARTNER,
        of.STATE,
        of.TARGET,
        of.REACHED,
        of.SHARE,
        of.DUE,
        declared(Promise, "agreement_id"),
        declared(Promise, "task_id", is_usual=False),
        declared(Promise, "base_on", is_usual=False),
        declared(Promise, "settled_on", is_usual=False),
    ),
    filters=(
        coded("state", Label("상태", "State"), STATES),
        declared_filter(Promise, "indicator"),
        within(
            "within",
            Label("이행기한", "Due"),
            "due",
            {
                "60": Label("60일 안", "within 60 days"),
                "180": Label("180일 안", "within 180 days"),
            },
            order="due_on",
        ),
        declared_filter(Promise, "due", Label("기한 연도", "Year due")),
        LOOKED_AFTER,
        UNLED,
        declared_filter(Promise, "task"),
        declared_filter(Promise, "partner"),
        declared_filter(Promise, "agreement"),
    ),
    quick=(("state", "overdue"), ("within", "60"), ("state", "delivered")),
    within={"agreement": "agreement", "partner": "partner", "task": "task"},
    hint=Label(
        "약속한 기관이나 자체 지표의 이름으로 찾습니다.",
        "The partner who promised, or the name of an own indicator.",
    ),
)
PROMISE = SubjectPage(
    Promise,
    shown=(
        of.WHAT,
        of.PARTNER,
        declared(Promise, "agreement_id"),
        of.STATE,
        of.TARGET,
        of.REACHED,
        of.SHARE,
        of.DUE,
        declared(Promise, "base_on"),
        declared(Promise, "task_id"),
        declared(Promise, "definition"),
        of.REVISIONS,
        declared(Promise, "outcome"),
        declared(Promise, "settled_on"),
    ),
    begins=(
        Way("promise_form.report", "promise_id"),
        Way("promise_form.revise", "promise_id"),
        Way("promise_form.settle", "promise_id"),
        Way("promise_form.change", "promise_id"),
        Way("promise_form.reopen", "promise_id"),
        Way("promise_form.retract", "promise_id"),
    ),
    called=called,
)
routes = PROMISE.add_to(PROMISES.routes("promises", "/promises"), "/promises")
