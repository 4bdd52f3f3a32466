"""One partner's page as it reads."""

import re

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import PARTNERS, Facts, identity, network_of, words

NAVER = f"/partners/{identity('naver')}"


def test_agreement_commitments_milestones_people_and_network_are_there(enter: Enter) -> None:
    page = enter().get(NAVER).text

    assert "업무협약(MOU) · 2021-017" in page
    assert "메타도시 플랫폼 개발 및 실증" in page
    assert "디지털 트윈, 정밀지도" in page
    assert "12일 지남" in page
    assert "liaison@naver.example" in page
    assert '<svg role="group"' in page


def test_an_auditor_sees_no_people(enter: Enter) -> None:
    page = enter("auditor").get(NAVER).text

    assert "naver.example" not in page
    assert 'id="people"' not in page


def test_every_other_thing_in_the_picture_is_a_link_with_a_name(enter: Enter) -> None:
    page = enter().get(NAVER).text

    links = re.findall(r'<a class="net-box[^"]*" href="([^"]+)" aria-label="([^"]+)"', page)
    assert {address for address, _ in links if address.startswith("/partners")} == {
        f"/partners/{identity(each)}" for each in ("sk-telecom", "virnect")
    }
    assert f"/coverage?task={identity('T05')}" in dict(links)
    assert f"/questions/technology-use?technology={identity('digital-twin')}" in dict(links)
    assert all(re.fullmatch(r".+, (협약기관|과제|기술), 연결 \d+", name) for _, name in links)


def test_the_table_says_what_the_picture_shows(enter: Enter) -> None:
    page = enter().get(NAVER).text

    rows = page[page.index("net-rows") :].count('<tr role="row">') - 1
    assert rows == 5


def test_a_network_of_examples_says_so_above_the_picture_and_in_each_row(enter: Enter) -> None:
    page = enter().get(NAVER).text

    head, _, rows = page[page.index('id="network-title"') :].partition("net-rows")
    assert head[: head.index("<figure")].count(">예시<") == 1
    assert rows.count(">예시<") == 5


def test_a_network_of_facts_bears_no_mark(enter: Enter, neighbours: Neighbours) -> None:
    answer = network_of("naver")
    facts = [row | {"illustrative": False} for row in answer["rows"]]
    neighbours.said["network"] = answer | {"rows": facts}

    page = enter().get(NAVER).text

    assert ">예시<" not in page[page.index('id="network-title"') :]


def test_a_network_without_a_picture_has_its_table(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.said["network"] = network_of("naver") | {
        "columns": [{"name": "task", "title": "과제", "kind": "task"}],
        "rows": [{"task": {"id": identity("T05"), "key": "T05", "label": "플랫폼"}}],
        "total": 900,
        "truncated": True,
        "network": {"nodes": [], "edges": []},
    }

    page = enter().get(NAVER).text

    assert '<svg role="group"' not in page
    assert "플랫폼" in page
    assert "900줄 가운데 1줄" in page


def test_a_graph_that_is_down_costs_the_network_alone(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.graph.is_down = True

    page = client.get(NAVER)

    assert page.status_code == 200
    assert "그래프(graph)에서 답을 받지 못했습니다. 빠진 것: 네트워크" in page.text
    assert "메타도시 플랫폼 개발 및 실증" in page.text


def test_an_earlier_day_shows_what_held_then(enter: Enter) -> None:
    page = enter().get(f"{NAVER}?on=2025-06-01").text

    assert "진행 중 3 · 모두 3" in page
    assert "끝남" not in page


def test_what_others_wrote_cannot_break_the_page(enter: Enter, neighbours: Neighbours) -> None:
    evil = "<script>x</script>"
    bad: Facts = {"name": words(evil), "aliases": [evil], "website": "javascript:x"}
    neighbours.registry.hold(partner=[each | bad for each in PARTNERS])
    neighbours.said["sender"]["alarms"] = []

    page = enter(language="en").get(NAVER).text

    assert evil not in page
    assert 'href="javascript' not in page
