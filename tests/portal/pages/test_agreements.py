"""The list of agreements: what ends soon is marked, and a chip leaves the rest out."""

import csv
import io
import re
from html import unescape

from tests.portal import sample
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.sample import Facts, identity, words


def ending(name: str, rule: str, ends_on: str | None) -> Facts:
    [plain] = sample.AGREEMENTS
    end = {"rule": rule, "ends_on": ends_on, "note": None}
    own = {"id": identity(name), "key": None, "number": None, "title": words(name)}
    return plain | own | {"end": end}


AGREEMENTS = [
    ending("가까운 협약", "fixed", "2026-12-23"),
    ending("갱신 협약", "auto_renews", "2027-02-21"),
    ending("먼 협약", "fixed", "2027-02-22"),
    ending("지난 갱신", "auto_renews", "2026-11-20"),
    ending("상시 협약", "evergreen", None),
]


def rows(page: str) -> dict[str, str]:
    """Give the words of each row by its title."""
    found = {}
    for row in re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)[1:]:
        said = " ".join(re.sub(r"<[^>]+>", " ", row).split())
        name = next((each["title"]["ko"] for each in AGREEMENTS if each["title"]["ko"] in said), "")
        found[name] = said
    return found


def test_each_row_counts_down_to_a_last_day_that_is_near(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=AGREEMENTS)

    found = rows(enter().get("/agreements?state=in_force").text)

    assert "D-30 2026-12-23 (수)" in found["가까운 협약"]
    assert "D-90" in found["갱신 협약"]
    assert "3일 지남" in found["지난 갱신"]
    assert not any(re.search(r"D[-+]\d", found[each]) for each in ("먼 협약", "상시 협약"))


def test_the_chip_leaves_only_what_ends_within_ninety_days(
    enter: Enter, neighbours: Neighbours
) -> None:
    neighbours.registry.hold(agreement=AGREEMENTS)
    client = enter()

    page = client.get("/agreements?ends=90").text
    by_name = rows(client.get("/agreements?ends=90&q=갱신").text)

    assert list(rows(page)) == ["가까운 협약", "갱신 협약"]
    assert list(by_name) == ["갱신 협약"]
    assert 'href="/agreements?ends=90"' in client.get("/agreements").text
    assert "만료: 90일 안 <" in page
    assert "Ends: within 90 days <" in enter(language="en").get("/agreements?ends=90").text


def test_without_the_list_the_chip_says_so(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    neighbours.registry.fails_on = "/v1/agreements"

    page = client.get("/agreements?ends=90").text

    assert "지금은 목록을 보여 드릴 수 없습니다." in page


def test_what_is_shown_is_had_as_a_sheet(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(agreement=AGREEMENTS)
    client = enter()

    page = client.get("/agreements?ends=90&q=갱신&on=2026-11-24").text
    [link] = re.findall(r'href="(/agreements\.csv[^"]*)"', page)
    answer = client.get(unescape(link))

    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (row["제목"], row["만료일"], row["기준일"]) == ("갱신 협약", "2027-02-21", "2026-11-24")
    assert answer.content_type == "text/csv; charset=utf-8"
    named = 'attachment; filename="agreements-2026-11-24.csv"'
    assert answer.headers["Content-Disposition"] == named
    [asked] = [each for each in neighbours.registry.asked if "ends_from" in each][-1:]
    assert "ends_from=2026-11-24&ends_to=2027-02-22" in asked
    assert "먼 협약" in client.get("/agreements.csv").text


def test_without_the_registry_there_is_a_page_and_no_sheet(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    neighbours.registry.fails_on = "/v1/agreements"

    answer = client.get("/agreements.csv")

    assert answer.status_code == 503
    assert answer.mimetype == "text/html"


def seated(role: str, name: str, **days: str | None) -> tuple[Facts, Facts]:
    """Make somebody of the department, and the seat that they hold."""
    place = sample.at("department", "ai-policy")
    contact = sample.CONTACTS[0] | {
        "id": identity(name),
        "key": None,
        "at": place,
        "name": name,
        "email": f"{role}@city.example",
    }
    holder = {"contact_id": identity(name), "from": "2026-01-05", "to": None} | days
    seat = sample.resource(f"{name}-seat", at=place, role=role, language="ko", holders=[holder])
    return contact, seat | {"key": None}


def chips(page: str) -> dict[str, str]:
    found = re.findall(r'<a class="chip[^"]*" href="([^"]*)">([^<]*)', page)
    return {text.strip(): unescape(address) for address, text in found}


def test_agreements_are_found_by_who_looks_after_them_that_day(
    enter: Enter, neighbours: Neighbours
) -> None:
    kim, kims = seated("officer", "김담당")
    lee, lees = seated("officer", "이전임", to="2026-06-30")
    park, parks = seated("deputy", "박대직")
    led = AGREEMENTS[0] | {"lead_department_id": identity("ai-policy"), "disclosure": "public"}
    others = [each | {"lead_department_id": identity("culture")} for each in AGREEMENTS[1:]]
    neighbours.registry.hold(
        agreement=[led, *others],
        contact=[*sample.CONTACTS, kim, lee, park],
        seat=[*sample.SEATS, kims, lees, parks],
    )
    office = enter()

    plain = office.get("/agreements").text
    asking = office.get(chips(plain)["담당자로 찾기"]).text
    page = office.get(f"/agreements?officer={identity('김담당')}").text

    assert "김담당" not in plain  # Nobody is shown people without asking for them.
    options = re.findall(r'<option value="[^"]+">([^<]+)</option>', asking)
    assert {"김담당", "박대직"} <= set(options)
    assert "이전임" not in asking
    assert set(rows(page)) == {"가까운 협약"}
    assert chips(page)["담당자: 김담당"] == "/agreements"
    assert set(rows(office.get(f"/agreements?deputy={identity('박대직')}").text)) == {"가까운 협약"}
    earlier = office.get(f"/agreements?on=2026-06-30&officer={identity('이전임')}").text
    assert "가까운 협약" in rows(earlier)
    assert not rows(office.get(f"/agreements?officer={identity('이전임')}").text)
    for role in ("liaison", "auditor"):
        client = enter(role)
        asked = client.get(f"/agreements?people=1&officer={identity('김담당')}").text
        assert "김담당" not in asked
        assert "담당자로 찾기" not in asked
        # What they may not ask by means nothing: the list is theirs as it was.
        assert rows(asked) == rows(client.get("/agreements").text)
        assert rows(asked)


def test_what_is_quiet_or_overdue_is_left_by_its_flag(enter: Enter, neighbours: Neighbours) -> None:
    neighbours.registry.hold(agreement=AGREEMENTS, collaboration=[], milestone=[])
    client = enter()

    plain = client.get("/agreements").text
    quiet = client.get(chips(plain)["표시: 오래 소식 없음"]).text
    late = client.get("/agreements?flag=overdue").text

    assert set(rows(quiet)) == set(rows(client.get("/agreements?state=in_force").text))
    assert set(rows(late)) == {"지난 갱신"}
    assert "갱신 처리 지연" in rows(late)["지난 갱신"]
    assert "표시: 갱신 처리 지연" in chips(late)
    before = client.get("/agreements?on=2022-11-16&flag=dormant").text
    assert "조건에 맞는 것이 없습니다" in before
