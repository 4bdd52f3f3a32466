"""The moves of an agreement's life at the desk: a form each, and which of them may be made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_babel import lazy_gettext as _l

from changefeed.declared import Label
from changefeed.subjects.agreement import Agreement, Amendment, End, Ended, Party
from changefeed.subjects.parts import Words
from ieum_portal.domain.draft import Topic
from ieum_portal.operations.offers import Offer
from ieum_portal.pages.agreement.form import PROPOSE, PROPOSED, about_new, agreement_page
from ieum_portal.pages.changing.declared import Facts, Form, Part, Subject
from ieum_portal.pages.changing.plain import acting
from ieum_portal.pages.changing.steps import About, walk
from ieum_portal.pages.labels import label
from ieum_portal.pages.typeset import day, say
from ieum_portal.pages.wired import neighbours, today
from registryclient.answers import MoveStanding

routes = Blueprint("agreement_moves", __name__)

TO_HISTORY = _l("이력에 남습니다.")
WHY = _l("이유를 꼭 적습니다. 이력에 남습니다.")


@routes.route("/agreements/propose", methods=["GET", "POST"])
def propose() -> Response:
    """Propose an agreement that nobody has signed."""
    return walk(PROPOSE, lambda: about_new(PROPOSED))


@routes.route("/agreements/<uuid:agreement_id>/review", methods=["GET", "POST"])
def review(agreement_id: UUID) -> Response:
    """Record that a proposal was reviewed."""
    return walk(REVIEW, lambda: _about(agreement_id))


@routes.route("/agreements/<uuid:agreement_id>/approve", methods=["GET", "POST"])
def approve(agreement_id: UUID) -> Response:
    """Record that a proposal was approved."""
    return walk(APPROVE, lambda: _about(agreement_id))


@routes.route("/agreements/<uuid:agreement_id>/return", methods=["GET", "POST"])
def give_back(agreement_id: UUID) -> Response:
    """Give a proposal back to be drafted again."""
    return walk(RETURN, lambda: _about(agreement_id))


@routes.route("/agreements/<uuid:agreement_id>/sign", methods=["GET", "POST"])
def sign(agreement_id: UUID) -> Response:
    """Record that parties signed."""
    return walk(SIGN, lambda: _about(agreement_id, partner_ids=_is_awaited))


@routes.route("/agreements/<uuid:agreement_id>/join", methods=["GET", "POST"])
def join(agreement_id: UUID) -> Response:
    """Record that a partner came in after the others."""
    return walk(JOIN, lambda: _about(agreement_id))


@routes.route("/agreements/<uuid:agreement_id>/leave", methods=["GET", "POST"])
def leave(agreement_id: UUID) -> Response:
    """Record that a partner leaves."""
    return walk(LEAVE, lambda: _about(agreement_id, partner_id=_stays))


@routes.route("/agreements/<uuid:agreement_id>/renew", methods=["GET", "POST"])
def renew(agreement_id: UUID) -> Response:
    """Record a further term."""
    return walk(RENEW, lambda: _about(agreement_id))


@routes.route("/agreements/<uuid:agreement_id>/end", methods=["GET", "POST"])
def end(agreement_id: UUID) -> Response:
    """Record its last day and how it ended."""
    return walk(END, lambda: _about(agreement_id))


@routes.route("/agreements/<uuid:agreement_id>/reopen", methods=["GET", "POST"])
def reopen(agreement_id: UUID) -> Response:
    """Take back that it was ended."""
    return walk(REOPEN, lambda: _about(agreement_id))


def _is_awaited(party: Party) -> bool:
    return (party.signed_on, party.signed_as, party.left_on, party.left_as) == (None,) * 4


def _stays(party: Party) -> bool:
    return (party.left_on, party.left_as) == (None, None) and not _is_awaited(party)


def _about(agreement_id: UUID, **offered: Callable[[Party], bool]) -> About:
    """Give the agreement as it stands; what is offered are those of its parties that it is of."""
    found = neighbours().registry.versioned(Agreement, agreement_id)
    agreement = found.subject
    shown: list[tuple[object, object]] = [
        (Agreement.declares.label, say(agreement.title)),
        (Label("만료", "End"), _told_end(agreement)),
    ]
    offers = {
        name: Offer(_names_of(filter(is_of, agreement.parties)), is_whole=True)
        for name, is_of in offered.items()
    }
    first = {name: today().isoformat() for name in ("signed_on", "joined_on", "left_on", "on")}
    subject = Subject(
        shown, id=agreement_id, offers=offers, narrowed={"partner_id": {"own": "any"}}
    )
    topic = Topic(agreement.title, "agreement", agreement_id)
    return About(subject, found.version, agreement_page(agreement_id), first, topic)


def _names_of(parties: Iterable[Party]) -> list[tuple[UUID, Words]]:
    ids = frozenset(each.partner_id for each in parties)
    names = neighbours().registry.names_of(ids, frozenset())
    return sorted(names.items(), key=lambda each: each[1].ko)


def _told_end(agreement: Agreement) -> str:
    rule = label(agreement.end.rule, "end_rule")
    last = agreement.end.ends_on or agreement.end.ends_as
    return f"{rule} · {day(agreement.end.ends_on, agreement.end.ends_as)}" if last else str(rule)


def _only(*names: str) -> Callable[[Facts], Facts]:
    """Give what is sent of what was read: a day known in part is no day of a move."""
    return lambda facts: {name: facts.get(name) for name in names}


SIGNED = Label("서명한 기관", "Parties that signed")
JOINED = Label("참여하는 기관", "Partner that joins")
LEFT = Label("탈퇴하는 기관", "Partner that leaves")
NEW_END = Label("새 마지막 날", "New last day")
LAST = Label("효력이 있는 마지막 날", "Last day in force")

REVIEW = acting("agreement_moves.review", Form(Agreement, reason=TO_HISTORY), "reviews")
APPROVE = acting("agreement_moves.approve", Form(Agreement, reason=TO_HISTORY), "approvals")
RETURN = acting(
    "agreement_moves.give_back", Form(Agreement, reason=WHY, needs_reason=True), "returns"
)
SIGN = acting(
    "agreement_moves.sign",
    Form(
        Agreement,
        Part(Amendment, "consented", "partner_ids", SIGNED),
        Part(Party, "signed_on"),
        required=("partner_ids", "signed_on"),
        reason=TO_HISTORY,
    ),
    "signatures",
    says=_only("partner_ids", "signed_on"),
)
JOIN = acting(
    "agreement_moves.join",
    Form(
        Agreement,
        Part(Party, "partner_id", label=JOINED),
        Part(Party, "joined_on"),
        required=("partner_id", "joined_on"),
        reason=TO_HISTORY,
    ),
    "joinings",
    says=_only("partner_id", "joined_on"),
)
LEAVE = acting(
    "agreement_moves.leave",
    Form(
        Agreement,
        Part(Party, "partner_id", label=LEFT),
        Part(Party, "left_on"),
        Part(Party, "left_why", "why"),
        required=("partner_id", "left_on"),
        hints={"why": _l("당사자에게 보입니다. 이력에만 남길 말은 이유에 적습니다.")},
        reason=WHY,
        needs_reason=True,
    ),
    "withdrawals",
    says=_only("partner_id", "left_on", "why"),
)
RENEW = acting(
    "agreement_moves.renew",
    Form(
        Agreement,
        Part(End, "ends_on", label=NEW_END),
        hints={"ends_on": _l("비워 두면 협약에 적힌 기간만큼 갱신합니다.")},
        reason=TO_HISTORY,
    ),
    "renewals",
    says=_only("ends_on"),
)
END = acting(
    "agreement_moves.end",
    Form(
        Agreement,
        Part(Ended, "on", label=LAST),
        Part(Ended, "how"),
        Part(Ended, "note"),
        hints={"note": _l("협약과 함께 보입니다. 예: 합의 해지, 사업 완료")},
        reason=WHY,
        needs_reason=True,
    ),
    "endings",
    says=_only("on", "how", "note"),
)
REOPEN = acting(
    "agreement_moves.reopen", Form(Agreement, reason=WHY, needs_reason=True), "reopenings"
)

WAYS: dict[str, tuple[Label, str]] = {
    "reviews": (Label("검토 기록", "Record its review"), REVIEW.name),
    "approvals": (Label("승인 기록", "Record its approval"), APPROVE.name),
    "returns": (Label("반려", "Return it"), RETURN.name),
    "signatures": (Label("서명 기록", "Record signatures"), SIGN.name),
    "joinings": (Label("참여 기록", "Record who joins"), JOIN.name),
    "withdrawals": (Label("탈퇴 기록", "Record who leaves"), LEAVE.name),
    "renewals": (Label("갱신 기록", "Record its renewal"), RENEW.name),
    "endings": (Label("협약 종료", "End the agreement"), END.name),
    "reopenings": (Label("종료 되돌리기", "Take its end back"), REOPEN.name),
}
"""What each move is called, and its form."""


@dataclass(frozen=True, slots=True)
class Way:
    """A move as the agreement's page offers it, or says why it does not."""

    label: Label
    address: str
    hindered_by: str | None


def ways_of(agreement_id: UUID, moves: Sequence[MoveStanding]) -> list[Way]:
    """Give the moves of an agreement, those that may be made first."""
    told = [
        Way(
            WAYS[each.move][0],
            url_for(WAYS[each.move][1], agreement_id=agreement_id),
            None if each.lawful else each.detail,
        )
        for each in moves
        if each.move in WAYS
    ]
    return sorted(told, key=lambda each: each.hindered_by is not None)
