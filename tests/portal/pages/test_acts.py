"""Several rows at once: marked, looked at, recorded each by itself; what changed is left, named."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter, csrf
from tests.portal.pages.test_listing import agreement, sheet
from tests.portal.sample import Facts, identity, words

CULTURE = identity("culture")


def held(many: int, **others: object) -> list[Facts]:
    return [
        agreement(f"a{each}", title=words(f"협약 {each:03}"), disclosure="closed", **others)
        for each in range(many)
    ]


@pytest.fixture
def twelve(neighbours: Neighbours) -> list[Facts]:
    found = held(12)
    neighbours.registry.hold(agreement=found, collaboration=[], milestone=[], journal=[])
    return found


def mark(client: FlaskClient, address: str, *ids: str, **more: str) -> TestResponse:
    """Mark rows of a list and press a button of its own form."""
    page = client.get(address)
    form = re.search(r'<form class="marks" id="marks" method="post" action="([^"]+)">', page.text)
    here = re.search(r'name="here" value="([^"]*)"', page.text)
    assert form is not None
    assert here is not None
    sent = {"csrf_token": csrf(page), "here": here[1], "which": "marked", "do": "change"} | more
    return client.post(unescape(form[1]), data=sent | {"id": list(ids)})


def send(client: FlaskClient, address: str, step: str, **more: str) -> TestResponse:
    """Press a button of the form or the preview of a draft."""
    page = client.get(address)
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    path = re.search(r'<form class="(?:sheet fill|confirm)"[^>]*action="([^"]+)"', page.text)
    assert path is not None, page.text
    data = {name: unescape(value) for name, value in kept.items()} | {"step": step} | more
    return client.post(unescape(path[1]), data=data)


def looked_at(client: FlaskClient, *ids: str, **facts: str) -> str:
    """Mark, fill in and look ahead; gives the preview's address."""
    form = mark(client, "/agreements", *ids).location
    return send(client, form, "preview", **({"reason": "조직 개편"} | facts)).location


def departments(neighbours: Neighbours, reason: str | None = None) -> dict[str, str | None]:
    """Give the lead departments that entries of the log say last, perhaps for a reason."""
    found: dict[str, str | None] = {}
    for each in neighbours.registry.changes():
        if each.body is None or each.subject_type != "agreement":
            continue
        if reason is None or each.reason == reason:
            led_by = each.body["lead_department_id"]
            found[str(each.subject_id)] = None if led_by is None else str(led_by)
    return found


def test_marked_rows_are_changed_for_one_reason_and_each_by_itself(
    enter: Enter, neighbours: Neighbours, twelve: list[Facts]
) -> None:
    client = enter()
    ids = [each["id"] for each in twelve[:3]]
    assert [each in client.get("/agreements").text for each in ids] == [True] * 3

    opened = mark(client, "/agreements?kind=mou&sort=title", *ids)
    form = client.get(opened.location).text
    preview = send(
        client, opened.location, "preview", lead_department_id=CULTURE, reason="조직 개편"
    )
    looked = client.get(preview.location).text
    head = neighbours.registry.head()
    done = send(client, preview.location, "record")

    assert opened.status_code == 303
    assert "표시한 3건" in form
    assert all(f"협약 00{each}" in form for each in range(3))
    assert "3건 가운데 3건을 기록합니다." in looked
    assert looked.count("문화산업과") >= 3
    assert departments(neighbours, "조직 개편") == dict.fromkeys(ids, CULTURE)
    assert neighbours.registry.head() == head + 3
    where = urlsplit(done.location)
    assert where.path == "/agreements"
    assert where.query.startswith("kind=mou&sort=title&recorded=")
    assert "기록했습니다" in client.get(done.location).text
    # Pressed once more, from the page that still stood open, it writes nothing and leads there.
    again = client.post(
        preview.location.replace("&step=preview", ""),
        data={"csrf_token": csrf(client.get("/agreements")), "step": "record", "revision": "2"},
    )
    assert again.location == done.location
    assert neighbours.registry.head() == head + 3


def test_a_list_without_conditions_is_come_back_to_by_a_plain_address(
    enter: Enter, twelve: list[Facts]
) -> None:
    client = enter()
    none = mark(client, "/agreements")
    preview = looked_at(client, twelve[0]["id"], lead_department_id=CULTURE)

    done = send(client, preview, "record")

    assert 'action="/agreements/marked"' in client.get("/agreements").text
    assert none.location == "/agreements?marks=none"
    assert re.fullmatch(r"/agreements\?recorded=\d+#recorded", done.location)


def test_what_somebody_changed_meanwhile_is_named_and_left_and_all_else_is_done(
    enter: Enter, neighbours: Neighbours, twelve: list[Facts]
) -> None:
    client = enter()
    ids = [each["id"] for each in twelve[:5]]
    preview = looked_at(client, *ids, lead_department_id=CULTURE)
    for each in twelve[1:3]:
        changed = each | {"kind": "moa"}
        neighbours.registry.write("agreement.changed", changed, reason="다른 일")

    looked = client.get(preview).text
    done = send(client, preview, "record")
    left = client.get(done.location).text

    assert "5건 가운데 3건을 기록합니다." in looked
    assert "2건은 아래 이유로 남깁니다." in looked
    assert looked.count("그사이 다른 사람이 바꾸었습니다.") == 2
    assert set(departments(neighbours, "조직 개편")) == {ids[0], ids[3], ids[4]}
    assert "3건을 기록했습니다. 2건은 남았습니다" in left
    assert "협약 001" in left
    assert "협약 002" in left
    assert "협약 003" not in left
    # Looked at again, the others are done as well.
    rest = send(client, done.location, "preview", lead_department_id=CULTURE, reason="조직 개편")
    send(client, rest.location, "record")
    assert departments(neighbours, "조직 개편") == dict.fromkeys(ids, CULTURE)


def test_two_people_changing_the_same_rows_at_once_lose_nothing(
    enter: Enter, neighbours: Neighbours, twelve: list[Facts]
) -> None:
    ids = [each["id"] for each in twelve]
    clients = [enter(), enter()]
    previews = [
        looked_at(client, *ids, reason=reason, **facts)
        for client, reason, facts in (
            (clients[0], "이관", {"lead_department_id": CULTURE}),
            (clients[1], "공개", {"disclosure": "public"}),
        )
    ]

    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda each: send(each[0], each[1], "record"), zip(clients, previews, strict=True)
            )
        )

    by_reason = {
        reason: {
            str(each.subject_id) for each in neighbours.registry.changes() if each.reason == reason
        }
        for reason in ("이관", "공개")
    }
    # Each row was written by one of them, and left to the other.
    assert by_reason["이관"] | by_reason["공개"] == set(ids)
    assert by_reason["이관"] & by_reason["공개"] == set()
    for answer, reason in zip(answers, ("이관", "공개"), strict=True):
        assert answer.status_code == 303
        if len(by_reason[reason]) < len(ids):
            assert f"&done={len(by_reason[reason])}" in answer.location


def test_a_registry_that_goes_away_in_the_middle_is_gone_on_with_by_sending_again(
    enter: Enter, neighbours: Neighbours, twelve: list[Facts]
) -> None:
    client = enter()
    ids = [each["id"] for each in twelve]
    preview = looked_at(client, *ids, lead_department_id=CULTURE)
    head = neighbours.registry.head()

    neighbours.registry.writes_left = 5
    unsure = send(client, preview, "record")
    told = client.get(unsure.location)
    neighbours.registry.writes_left = None
    written = neighbours.registry.head() - head
    again = send(client, unsure.location, "record")

    assert told.status_code == 503
    assert 0 < written < 12
    assert urlsplit(again.location).path == "/agreements"
    assert neighbours.registry.head() == head + 12
    assert departments(neighbours, "조직 개편") == dict.fromkeys(ids, CULTURE)


def test_five_hundred_rows_are_changed_by_so_many_requests(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=held(501), collaboration=[], milestone=[], journal=[])
    client = enter()
    too_many = mark(client, "/agreements", which="all")
    assert "500건까지" in client.get(too_many.location).text

    opened = mark(client, "/agreements?q=협약&sort=title", which="all")
    assert "marks=too_many" in opened.location
    neighbours.registry.hold(agreement=held(500), collaboration=[], milestone=[], journal=[])
    form = mark(client, "/agreements?sort=title", which="all").location
    preview = send(client, form, "preview", disclosure="partly", reason="공개 점검").location
    head = neighbours.registry.head()
    neighbours.registry.asked.clear()
    looked = client.get(preview).text
    for_looking = len(neighbours.registry.asked)
    neighbours.registry.asked.clear()
    send(client, preview, "record")

    assert "500건 가운데 500건을 기록합니다." in looked
    assert neighbours.registry.head() == head + 500
    # A trial and a write each; everything else by a hundred ids at once.
    assert for_looking <= 500 + 20
    assert len(neighbours.registry.asked) <= 2 * (500 + 20)


def test_what_is_so_already_is_no_change(
    enter: Enter, neighbours: Neighbours, twelve: list[Facts]
) -> None:
    client = enter()
    moved = twelve[0] | {"lead_department_id": CULTURE}
    neighbours.registry.write("agreement.changed", moved, reason="다른 일")
    ids = [each["id"] for each in twelve[:2]]

    looked = client.get(looked_at(client, *ids, lead_department_id=CULTURE)).text

    assert "2건 가운데 1건을 기록합니다." in looked
    assert "1건은 이미 그러하여 그대로 둡니다." in looked


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"reason": "이유"}, "바꿀 것이 없습니다"),
        ({"reason": "", "disclosure": "public"}, "이유"),
        ({"reason": "이유", "disclosure": "secret"}, "고를 수 없는 값입니다"),
    ],
)
def test_a_form_with_faults_says_which_and_keeps_the_marks(
    enter: Enter, twelve: list[Facts], facts: dict[str, str], said: str
) -> None:
    client = enter()
    form = mark(client, "/agreements", twelve[0]["id"]).location

    page = client.get(send(client, form, "preview", **facts).location).text

    assert "고칠 곳이 있습니다" in page
    assert said in page
    assert "표시한 1건" in page


def test_marks_are_fetched_as_files_in_the_order_of_the_page(
    enter: Enter, twelve: list[Facts]
) -> None:
    client = enter()
    ids = [twelve[each]["id"] for each in (7, 2, 4)]

    copied = mark(client, "/agreements?columns=number", *ids, do="tsv")
    book = mark(client, "/agreements?columns=number", *ids, do="xlsx")
    here = mark(client, "/agreements?sort=title", which="here", do="tsv")

    names = [line.split("\t")[0] for line in copied.text.splitlines()[1:]]
    assert names == ["협약 007", "협약 002", "협약 004"]
    rows, _ = sheet(book.data)
    assert [row[0] for row in rows[1:]] == names
    assert len(here.text.splitlines()) == 13


def test_nothing_marked_is_told(enter: Enter, twelve: list[Facts]) -> None:
    client = enter()

    told = mark(client, "/agreements?kind=mou")

    assert told.status_code == 303
    assert "표시한 줄이 없습니다" in client.get(told.location).text
    assert "kind=mou" in told.location
    assert twelve


def test_only_the_office_changes_and_each_marks_what_it_sees(
    enter: Enter, neighbours: Neighbours, twelve: list[Facts]
) -> None:
    closed, head = twelve[0]["id"], neighbours.registry.head()
    office_page = enter().get("/agreements").text
    assert f'name="id" value="{closed}"' in office_page
    assert '<span class="vh">협약 000 표시</span>' in office_page
    for role in ("liaison", "department", "auditor"):
        client = enter(role)
        page = client.get("/agreements").text
        assert 'value="change"' not in page
        assert client.get("/agreements/act").status_code == 403
        token = csrf(client.get("/agreements"))
        sent = {"csrf_token": token, "id": closed, "which": "marked", "do": "change"}
        assert client.post("/agreements/marked", data=sent).status_code == 404
    stranger = enter("department")
    sent = {"csrf_token": csrf(stranger.get("/agreements")), "id": closed, "do": "tsv"}
    assert "협약 000" not in stranger.post("/agreements/marked", data=sent).text
    assert neighbours.registry.head() == head


def test_partners_are_changed_alike(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    ids = [identity("naver"), identity("gist")]

    form = mark(client, "/partners", *ids).location
    preview = send(client, form, "preview", kind="institute", reason="구분 정리").location
    send(client, preview, "record")

    changed = [each for each in neighbours.registry.changes() if each.reason == "구분 정리"]
    assert {str(each.subject_id) for each in changed} == set(ids)
    assert {each.body["kind"] for each in changed if each.body} == {"institute"}
