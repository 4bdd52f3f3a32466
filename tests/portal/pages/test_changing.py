"""Changing the record at the desk: a form, what would follow, a button; nothing typed is lost."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.portal.neighbours import Neighbours, a_cover, a_letter, a_tie
from tests.portal.pages.conftest import Enter
from tests.portal.sample import AGREEMENT, CONTACTS, MILESTONES, identity, words

DONE = f"/milestones/{identity('m1')}/done"
END = f"/commitments/{identity('naver-T05')}/end"
START = f"/agreements/{identity(AGREEMENT)}/commitments/new"
CONTACT = f"/contacts/{identity('naver-liaison')}/change"
SEAT = f"/seats/{identity('naver-liaison-seat')}/handover"
EVENT = f"/events/{identity('expo')}/change"
CALL_OFF = f"/events/{identity('expo')}/cancel"
PROOF = {"done_on": "2026-11-20", "proof": "시연 결과 보고서", "reason": "보고서 접수"}
EVERY = [DONE, END, START, CONTACT, SEAT, EVENT, CALL_OFF]


def hidden(page: TestResponse) -> dict[str, str]:
    """Give what the page's own form would send along by itself."""
    main = page.text[page.text.index("<main") :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main)
    return {name: unescape(value) for name, value in found}


def address(page: TestResponse) -> str:
    """Give where the page's own form is sent."""
    main = page.text[page.text.index("<main") :]
    found = re.search(r'<form [^>]*method="post" action="([^"]+)"', main)
    assert found is not None
    return unescape(found.group(1))


def opened(page: TestResponse) -> MultiDict[str, str]:
    """Give what the open form would send if nothing were typed, choices included."""
    form: MultiDict[str, str] = MultiDict(hidden(page))
    main = page.text[page.text.index("<main") :]
    for name, value in re.findall(r'<input id="(\w+)" name="\w+"[^>]* value="([^"]*)"', main):
        form.add(name, unescape(value))
    for name, inside in re.findall(r'<select id="(\w+)".*?>(.*?)</select>', main, re.DOTALL):
        form.add(name, "".join(re.findall(r'<option value="([^"]*)" selected', inside)))
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)" checked', main):
        form.add(name, value)
    for name, inside in re.findall(r'<textarea id="(\w+)".*?>(.*?)</textarea>', main, re.DOTALL):
        form.add(name, unescape(inside))
    return form


def open_form(client: FlaskClient, path: str) -> TestResponse:
    return client.get(path, follow_redirects=True)


def send(
    client: FlaskClient, page: TestResponse, step: str, **typed: str | list[str]
) -> TestResponse:
    """Press a button of the page; whatever comes of it, the answer leads on."""
    form = opened(page)
    for name, value in typed.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    answer = client.post(address(page), data=form.to_dict(flat=False) | {"step": step})
    assert answer.status_code == 303
    return answer


def sent(
    client: FlaskClient, page: TestResponse, step: str, **typed: str | list[str]
) -> TestResponse:
    """Press a button of the page and go where that leads."""
    return client.get(send(client, page, step, **typed).location, follow_redirects=True)


def preview(client: FlaskClient, path: str, **typed: str | list[str]) -> TestResponse:
    answer = send(client, open_form(client, path), "preview", **typed)
    return client.get(answer.location)


def writes(neighbours: Neighbours) -> list[str]:
    """Give the writes that were really asked for, dry runs left out."""
    moves = re.compile(r"/(completions|endings|handovers|cancellations)$")
    return [each for each in neighbours.registry.asked if moves.search(each)]


def test_a_milestone_is_recorded_as_done_after_a_look(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()

    shown = preview(client, DONE, **PROOF)
    assert shown.status_code == 200
    assert writes(neighbours) == []
    recorded = send(client, shown, "record")

    seq = neighbours.registry.head()
    assert recorded.location == f"/agreements/{identity(AGREEMENT)}?recorded={seq}#recorded"
    milestone = neighbours.registry.one("milestones", identity("m1"))
    assert milestone["done_on"] == "2026-11-20"
    assert milestone["evidence"] == [{"on": "2026-11-20", "text": "시연 결과 보고서", "link": None}]
    assert neighbours.registry.changes()[-1].reason == "보고서 접수"
    assert f"변경 이력 {seq}번" in client.get(recorded.location).text


def test_the_preview_says_what_changes_in_the_record(enter: Enter) -> None:
    page = preview(enter(), DONE, **PROOF).text

    assert "이행과제 완료" in page
    assert re.search(r"완료일</th>\s*<td.*>없음</span></td>\s*<td.*><time[^>]*>2026-11-20", page)
    assert "시연 결과 보고서" in page
    assert "이유: 보고서 접수" in page


def test_the_preview_says_what_changes_in_network_and_post(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.said["redrawn"] = {
        "edges": [a_tie("closes", "naver", "T05")],
        "coverage": [a_cover(1, 0, (2, 3))],
    }
    over = {"ko": "협력이 끝났습니다.", "en": "The commitment is over."}
    neighbours.said["reposted"] |= {"kept": 7, "withdrawn": [a_letter(reason=over)]}

    page = preview(enter(), END, ends_on="2026-11-23", reason="과제 종료").text

    assert "담당 기관이 없게 됩니다" in page
    assert "2026-11-24 (화)</time>에 협약기관 1곳 → 0곳" in page
    assert "종료 미상 2곳 → 3곳" in page
    assert "끊어짐" in page
    assert '2023-03-02</time> ~ <time datetime="2026-11-23"' in page
    assert "2026-11-27 (금) 09:00" in page
    assert "협력이 끝났습니다." in page
    assert "그대로인 것: 7" in page
    assert re.search(r'"recipient[^"]*">네이버.* 연락담당자<', page)
    assert re.search(r"네이버\(주\)가 ‘메타도시 플랫폼’ 과제의 담당 기관에서 빠집니다\.", page)


def test_graph_and_notify_are_given_the_registrys_own_entries(
    enter: Enter, neighbours: Neighbours
) -> None:
    preview(enter(), END, ends_on="2026-11-23", reason="과제 종료")

    asked = dict(neighbours.said["foreseen"])
    [entry] = asked["graph"]["entries"]
    assert asked["notify"]["entries"] == [entry]
    assert asked["graph"]["on"] == "2026-11-24"
    assert (entry["kind"], entry["body"]["ends_on"]) == ("collaboration.ended", "2026-11-23")
    assert {"seq", "version", "hash", "salt"} <= entry.keys()


def test_a_graph_that_is_down_costs_its_part_and_not_the_change(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.graph.is_down = neighbours.notify.is_down = True

    shown = preview(client, DONE, **PROOF)
    recorded = send(client, shown, "record")

    assert "다 내다보지 못했습니다" in shown.text
    assert shown.text.count("지금은 내다볼 수 없습니다.") == 2
    assert recorded.status_code == 303


def test_what_was_changed_meanwhile_is_shown_and_what_was_typed_is_kept(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    shown = preview(client, DONE, **PROOF)
    seq = neighbours.registry.change("milestone", MILESTONES[0], title=words("새 제목")).seq

    stale = sent(client, shown, "record")

    assert "그사이 다른 사람이 바꾸었습니다" in stale.text
    assert "새 제목" in stale.text
    assert "시연 결과 보고서" in stale.text
    assert neighbours.registry.head() == seq
    again = sent(client, stale, "preview", **PROOF)
    assert "recorded=" in send(client, again, "record").location


def test_pressing_twice_records_once(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    before = neighbours.registry.head()
    typed = {
        "partner_id": identity("gist"),
        "task_id": identity("T05"),
        "role": "research",
        "starts_on": "2026-12-01",
    }
    shown = preview(client, START, **typed)

    one, two = (send(client, shown, "record") for _ in range(2))

    assert one.location == two.location
    assert neighbours.registry.head() == before + 1


@pytest.mark.parametrize(("chosen", "kept"), [({}, "closed"), ({"disclosure": "public"}, "public")])
def test_a_commitment_is_public_only_if_somebody_says_so(
    enter: Enter, neighbours: Neighbours, chosen: dict[str, str], kept: str
) -> None:
    client = enter()
    typed = {
        "partner_id": identity("gist"),
        "task_id": identity("T05"),
        "role": "research",
        "starts_on": "2026-12-01",
        **chosen,
    }

    send(client, preview(client, START, **typed), "record")

    assert neighbours.registry.newest()["disclosure"] == kept


def test_another_content_from_the_same_form_is_not_taken_for_the_first(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    form = open_form(client, DONE)
    send(client, sent(client, form, "preview", **PROOF), "record")
    head = neighbours.registry.head()

    other = sent(client, form, "preview", **PROOF | {"proof": "다른 보고서"})

    assert address(other) != address(form)
    assert "다른 보고서" in other.text
    assert neighbours.registry.head() == head


@pytest.mark.usefixtures("impatient")
def test_what_was_written_before_its_answer_was_lost_is_not_overwritten_by_another_content(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    form = open_form(client, START)
    shown = sent(client, form, "preview", **STARTED)
    neighbours.registry.loses_answers_on = "/v1/collaborations"
    unsure = sent(client, shown, "record")
    neighbours.registry.loses_answers_on = None
    head = neighbours.registry.head()

    other = sent(client, form, "preview", **STARTED | {"reason": "다른 이유"})
    again = send(client, unsure, "record")

    assert "이 양식으로 이미 기록했습니다" in other.text
    assert "다른 이유" in other.text
    assert address(other).partition("&")[0] != address(unsure).partition("&")[0]
    assert f"recorded={head}" in again.location
    assert neighbours.registry.head() == head


def test_back_from_the_preview_everything_is_still_there(enter: Enter) -> None:
    client = enter()
    shown = preview(client, DONE, **PROOF)

    edited = client.get(address(shown))

    assert edited.status_code == 200
    assert ">시연 결과 보고서</textarea>" in edited.text
    assert 'value="2026-11-20"' in edited.text


def test_faults_are_told_at_the_top_and_at_the_field(enter: Enter) -> None:
    page = preview(enter(), DONE, done_on="2026-11-24", proof=" ", link="ftp://x")

    summary = re.findall(r'<li><a href="#(\w+)">', page.text)
    assert summary == ["done_on", "proof", "link"]
    for name in summary:
        assert f'id="{name}-fault"' in page.text
        assert re.search(rf'id="{name}"[^>]*aria-describedby="[^"]*{name}-fault"', page.text)
    assert 'value="ftp://x"' in page.text


def test_a_day_long_ago_is_not_said_to_lie_ahead(enter: Enter) -> None:
    ahead = preview(enter(), DONE, done_on="2026-11-24")
    ancient = preview(enter(), DONE, done_on="0001-01-01")

    assert re.search(r'id="done_on-fault">아직 오지 않은 날', ahead.text)
    assert re.search(r'id="done_on-fault">날짜가 아닙니다', ancient.text)


def test_what_the_registry_refuses_stands_at_the_field(enter: Enter) -> None:
    page = preview(enter(), DONE, **PROOF | {"proof": "거\x07짓"})

    assert re.search(r'id="proof-fault">[^<]*글자', page.text)
    assert ">거\x07짓</textarea>" in page.text


def test_a_refusal_about_no_field_is_told_whole(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(milestone=[MILESTONES[0] | {"done_on": "2026-11-01"}])

    page = preview(enter(), DONE, **PROOF)

    assert "완료일 2026-11-01, 취소일 —" in page.text
    assert "새 이행과제를 정하십시오." in page.text
    assert "None" not in page.text


def test_an_ending_needs_its_reason(enter: Enter, neighbours: Neighbours) -> None:
    page = preview(enter(), END, ends_on="2026-11-23")

    assert '<a href="#reason">' in page.text
    assert not [each for each in neighbours.registry.asked if "endings" in each]


def test_a_registry_that_does_not_answer_leaves_the_button_safe_to_press(
    enter: Enter, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ieum_portal.outbound.recording.PAUSES_S", ())
    client = enter()
    shown = preview(client, END, ends_on="2026-11-23", reason="과제 종료")
    neighbours.registry.fails_on = "endings"

    unsure = sent(client, shown, "record")
    neighbours.registry.fails_on = None
    again = send(client, unsure, "record")

    assert unsure.status_code == 503
    assert "기록되었는지 아직 모릅니다" in unsure.text
    assert "recorded=" in again.location


STARTED = {
    "partner_id": identity("gist"),
    "task_id": identity("T05"),
    "role": "research",
    "starts_on": "2026-12-01",
    "reason": "추진 회의 결정",
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ieum_portal.outbound.recording.PAUSES_S", ())


@pytest.mark.usefixtures("impatient")
def test_a_written_commitment_is_not_written_again_while_the_whole_registry_is_away(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    before = neighbours.registry.head()
    shown = preview(client, START, **STARTED)
    neighbours.registry.loses_answers_on = "/v1/collaborations"
    send(client, shown, "record")
    neighbours.registry.is_down = True

    unsure = sent(client, shown, "record")
    still = sent(client, unsure, "record")
    neighbours.registry.is_down, neighbours.registry.loses_answers_on = False, None
    again = send(client, still, "record")

    assert unsure.status_code == still.status_code == 503
    assert "기록되었는지 아직 모릅니다" in still.text
    assert f"recorded={before + 1}#" in again.location
    assert neighbours.registry.head() == before + 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("away", ["altogether", "at the dry run"])
def test_a_preview_that_cannot_be_had_loses_nothing_typed(
    enter: Enter, neighbours: Neighbours, away: str
) -> None:
    client = enter()
    form = open_form(client, START)
    neighbours.registry.is_down = away == "altogether"
    neighbours.registry.fails_on = "/v1/collaborations"

    lost = sent(client, form, "preview", **STARTED)
    neighbours.registry.is_down, neighbours.registry.fails_on = False, None
    shown = client.get(unescape(re.findall(r'button-first" href="([^"]+)"', lost.text)[0]))

    assert lost.status_code == 503
    assert "적으신 것은 그대로 있습니다" in lost.text
    assert shown.status_code == 200
    assert "추진 회의 결정" in shown.text


@pytest.mark.parametrize("path", EVERY)
def test_every_form_that_was_sent_survives_a_registry_that_is_away(
    enter: Enter, neighbours: Neighbours, path: str
) -> None:
    client = enter()
    form = open_form(client, path)
    neighbours.registry.is_down = True

    kept = sent(client, form, "preview", reason="적은 이유")
    unsure = sent(client, form, "record")
    neighbours.registry.is_down = False
    again = client.get(address(form))

    assert kept.status_code == unsure.status_code == 503
    assert opened(again)["reason"] == "적은 이유"


@pytest.mark.parametrize("step", ["preview", "at_once"])
@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/agreements/new", {"title_ko": "적은 것"}),
        (f"/milestones/{identity('m3')}/change", {"title_ko": "적은 것"}),
        (DONE, {"proof": "적은 것"}),
    ],
)
def test_a_form_sent_while_the_registry_is_away_says_so_and_loses_nothing(
    enter: Enter, neighbours: Neighbours, path: str, typed: dict[str, str], step: str
) -> None:
    client = enter()
    form, [(name, value)] = open_form(client, path), typed.items()
    head = neighbours.registry.head()
    neighbours.registry.is_down = True

    answer = send(client, form, step, **typed)
    told, reloaded = client.get(answer.location), client.get(answer.location)
    neighbours.registry.is_down = False

    assert answer.status_code == 303
    for each in (told, reloaded):
        assert (each.status_code, "적으신 것은 그대로 있습니다" in each.text) == (503, True)
    back = client.get(address(form))
    assert (back.status_code, opened(back)[name]) == (200, value)
    assert neighbours.registry.head() == head


def test_another_form_for_the_same_commitment_is_warned_of(enter: Enter) -> None:
    client = enter()
    shown = preview(client, START, **STARTED)
    send(client, shown, "record")

    anew = preview(client, START, **STARTED)
    other = preview(client, START, **STARTED | {"starts_on": "2026-12-02"})

    assert "같은 협력이 이미 기록되어 있습니다" not in shown.text
    assert "같은 협력이 이미 기록되어 있습니다" in anew.text
    assert "같은 협력이 이미 기록되어 있습니다" not in other.text


def test_a_form_that_names_no_draft_is_kept_and_records_nothing(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    before = neighbours.registry.head()
    form = opened(open_form(client, START)).to_dict() | STARTED | {"step": "record"}

    answer = client.post(START, data=form)
    shown = client.get(answer.location)

    assert answer.status_code == 303
    assert "추진 회의 결정" in shown.text
    assert 'value="record"' in shown.text
    assert neighbours.registry.head() == before


def test_a_started_commitment_chooses_among_parties_tasks_and_technologies(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    typed = {
        "partner_id": identity("gist"),
        "task_id": identity("T05"),
        "role": "research",
        "starts_on": "2026-12-01",
        "ends_on": "2027-11-30",
        "service_field_id": identity("F2"),
    }
    shown = preview(client, START, **typed, technology_ids=[identity("xr"), identity("speech")])

    assert "확장현실(XR)" in shown.text
    assert "음성" in shown.text
    assert "광주과학기술원" in shown.text


def test_only_what_is_offered_is_taken(enter: Enter) -> None:
    typed = {"partner_id": identity("nobody"), "task_id": "x", "role": "boss", "starts_on": "1.1"}

    page = preview(enter(), START, **typed)

    assert re.findall(r'<li><a href="#(\w+)">', page.text) == [
        "partner_id",
        "task_id",
        "role",
        "starts_on",
    ]


def test_an_end_before_the_beginning_is_a_fault(enter: Enter) -> None:
    page = preview(enter(), END, ends_on="2020-01-01", reason="x")

    assert '<a href="#ends_on">' in page.text


CONTACT_FACTS = {
    "name": "김이음",
    "email": "new@naver.example",
    "phone": "",
    "language": "ko",
    "purpose": "협약 이행 연락",
    "consented_on": "2026-01-05",
    "retain_until": "2028-01-05",
}


def test_a_contacts_address_is_shown_before_and_after(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()

    shown = preview(client, CONTACT, **CONTACT_FACTS)
    recorded = send(client, shown, "record")

    assert re.search(r">liaison@naver.example</span></td>\s*<td.*>new@naver.example<", shown.text)
    assert re.search(r">062-000-0001</span></td>\s*<td.*>없음<", shown.text)
    assert recorded.location.startswith(f"/contacts/{identity('naver-liaison')}?recorded=")
    assert "new@naver.example" in client.get(recorded.location).text
    assert "naver.example" not in str(neighbours.registry.newest())


def test_a_seat_goes_to_somebody_of_the_same_house(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    other = CONTACTS[0] | {"id": identity("naver-other"), "key": "other", "name": "박다음"}
    neighbours.registry.write("contact.registered", other)

    form = open_form(client, SEAT)
    chosen = {"contact_id": identity("naver-other"), "from_on": "2026-11-23"}
    shown = sent(client, form, "preview", **chosen)
    recorded = send(client, shown, "record")

    assert "Jamie Park" not in form.text
    assert "박다음" in shown.text
    assert "2026-11-22" in shown.text
    assert recorded.status_code == 303


def test_a_handover_says_which_letters_go_to_the_new_holder(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    other = CONTACTS[0] | {"id": identity("naver-other"), "key": "other", "name": "박다음"}
    neighbours.registry.write("contact.registered", other)
    later = a_letter(due_at="2026-12-04T00:00:00Z", due_at_before="2026-12-07T00:00:00Z")
    neighbours.said["reposted"] |= {"readdressed": [a_letter()], "moved": [later]}

    page = preview(client, SEAT, contact_id=identity("naver-other"), from_on="2026-11-23").text

    assert "다음 알림 1건은 새 담당자나 바뀐 주소로 갑니다." in page
    assert re.search(r"받는 사람 바뀜</span> <span>.*?2026-11-27 \(금\) 09:00", page)
    assert re.search(r"날짜가 바뀌는 알림</span> <span>.*?2026-12-04 \(금\) 09:00", page)
    assert re.search(r"지금은 .*?2026-12-07 \(월\) 09:00", page)
    assert "보낼 알림은 그대로입니다" not in page


def test_without_any_letter_touched_the_preview_says_so(enter: Enter) -> None:
    page = preview(enter(), CONTACT, **CONTACT_FACTS).text

    assert "보낼 알림은 그대로입니다" in page
    assert "받는 사람 바뀜" not in page


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("role", ["department", "liaison", "auditor"])
def test_the_forms_are_the_offices(
    enter: Enter, neighbours: Neighbours, path: str, role: str
) -> None:
    client = enter(role)
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert csrf is not None

    shown = client.get(path)
    pressed = client.post(path, data={"csrf_token": csrf.group(1), "step": "record"})

    for answer in (shown, pressed):
        assert answer.status_code == 403
        assert "이 화면을 볼 권한이 없습니다" in answer.text
    assert writes(neighbours) == []


@pytest.mark.parametrize("path", EVERY)
def test_nobody_else_can_send_a_form_in_my_name(enter: Enter, path: str) -> None:
    assert enter().post(path, data={"step": "record"}).status_code == 400


@pytest.mark.parametrize("path", EVERY)
def test_what_is_not_there_is_not_found(enter: Enter, path: str) -> None:
    nowhere = re.sub(r"[0-9a-f-]{36}", identity("nothing"), path)

    assert enter().get(nowhere).status_code == 404


def test_a_form_larger_than_any_of_ours_is_refused(enter: Enter) -> None:
    client = enter()
    page = open_form(client, DONE)
    form = hidden(page) | PROOF | {"proof": "가" * 40_000, "step": "preview"}

    refused = client.post(address(page), data=form)
    assert refused.status_code == 413
    assert "너무 큽니다" in refused.text
