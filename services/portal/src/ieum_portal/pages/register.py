"""Every page there is, in the order of the menu: a new one is a line here, a view, a template."""

from changefeed.declared import Label
from ieum_portal.pages.screen import Screen

SCREENS: tuple[Screen, ...] = (
    Screen("sign_in.show", Label("로그인", "Sign in"), roles=("public",)),
    Screen("joining.join", Label("비밀번호 정하기", "Choose a password"), roles=("public",)),
    Screen(
        "joining.forgot", Label("비밀번호를 잊었을 때", "Forgotten password"), roles=("public",)
    ),
    Screen("today.show", Label("할 일", "To do"), in_menu=True, is_dated=True),
    Screen("own_account.show", Label("내 계정", "My account"), under="today.show"),
    Screen(
        "accounts.show",
        Label("계정 관리", "Accounts"),
        under="today.show",
        roles=("office", "department"),
        is_for_administrators=True,
    ),
    Screen(
        "accounts.invite",
        Label("계정 초대", "Invite somebody"),
        under="accounts.show",
        roles=("office", "department"),
        is_for_administrators=True,
    ),
    Screen(
        "accounts.one",
        Label("계정", "Account"),
        under="accounts.show",
        roles=("office", "department"),
        is_for_administrators=True,
    ),
    Screen("search.show", Label("통합 검색", "Search"), under="today.show"),
    Screen(
        "partners.show",
        Label("파트너", "Partners"),
        in_menu=True,
        is_dated=True,
        files=("csv", "xlsx", "tsv"),
    ),
    Screen(
        "people.show",
        Label("담당자", "People"),
        under="partners.show",
        roles=("office", "department", "liaison"),
        in_menu=True,
        is_dated=True,
    ),
    Screen(
        "journal.show",
        Label("연락 기록", "Journal"),
        under="partners.show",
        roles=("office", "auditor"),
        in_menu=True,
        files=("csv", "xlsx", "tsv"),
    ),
    Screen("partner.show", Label("파트너", "Partner"), under="partners.show", is_dated=True),
    Screen(
        "partner_form.register",
        Label("새 파트너 등록", "Register a partner"),
        under="partners.show",
        roles=("office",),
    ),
    Screen(
        "partner_form.change",
        Label("파트너 고치기", "Change the partner"),
        under="partners.show",
        roles=("office",),
    ),
    Screen(
        "journal_form.record",
        Label("연락 기록", "Note a contact"),
        under="partners.show",
        roles=("office",),
    ),
    Screen(
        "changing.contact",
        Label("연락처 고치기", "Change a contact"),
        under="partners.show",
        roles=("office",),
    ),
    Screen(
        "undoing.hand_back",
        Label("담당자 변경 되돌리기", "Take a handover back"),
        under="partners.show",
        roles=("office",),
    ),
    Screen(
        "changing.hand_over",
        Label("담당자 변경(인계인수)", "Hand over a role"),
        under="partners.show",
        roles=("office",),
    ),
    Screen(
        "agreements.show",
        Label("협약", "Agreements"),
        in_menu=True,
        is_dated=True,
        files=("csv", "xlsx", "tsv"),
    ),
    Screen(
        "milestones.show",
        Label("이행과제", "Milestones"),
        under="agreements.show",
        in_menu=True,
        is_dated=True,
        files=("csv", "xlsx", "tsv"),
    ),
    Screen("agreement.show", Label("협약", "Agreement"), under="agreements.show", is_dated=True),
    Screen(
        "milestone_form.register",
        Label("이행과제 등록", "Set a milestone"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen(
        "milestone_form.change",
        Label("이행과제 고치기", "Change the milestone"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen(
        "changing.complete",
        Label("이행과제 완료 기록", "Record a milestone as done"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen(
        "undoing.reopen",
        Label("이행과제 완료·취소 되돌리기", "Take a completion or cancellation back"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen(
        "undoing.resume",
        Label("협력 종료 되돌리기", "Take the end of a commitment back"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen(
        "changing.start",
        Label("협력 시작 기록", "Record the start of a commitment"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen(
        "changing.end",
        Label("협력 종료 기록", "Record the end of a commitment"),
        under="agreements.show",
        roles=("office",),
    ),
    Screen("coverage.show", Label("과제 현황", "Tasks"), in_menu=True, is_dated=True),
    Screen("questions.index", Label("네트워크", "Network"), in_menu=True, is_dated=True),
    Screen(
        "questions.show",
        Label("네트워크 질문", "Question to the network"),
        under="questions.index",
        is_dated=True,
        files=("csv", "xlsx", "svg"),
    ),
    Screen(
        "events.show",
        Label("행사 일정", "Events"),
        in_menu=True,
        is_dated=True,
        files=("csv", "xlsx", "tsv"),
    ),
    Screen("event.show", Label("행사", "Event"), under="events.show", is_dated=True),
    Screen(
        "event_changing.register",
        Label("새 행사 등록", "Register an event"),
        under="events.show",
        roles=("office",),
    ),
    Screen(
        "event_changing.change",
        Label("행사 고치기", "Change the event"),
        under="events.show",
        roles=("office",),
    ),
    Screen(
        "event_changing.cancel",
        Label("행사 취소 기록", "Record that an event is cancelled"),
        under="events.show",
        roles=("office",),
    ),
    Screen("history.show", Label("이력", "History"), in_menu=True),
)

TITLES = {each.endpoint: each.title for each in SCREENS}
"""What each page is called, for links that lead to it."""
