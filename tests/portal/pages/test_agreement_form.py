"""An agreement is registered and changed at the desk, with its parties and its end."""

import re
from html import unescape
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from changefeed import limits
from ieum_portal.domain.agreement_number import next_number
from ieum_portal.operations.next_number import offered_number
from ieum_portal.operations.ports import Registry
from ieum_portal.pages.agreement import form as agreement_form
from ieum_portal.pages.agreement.form import CHANGED
from ieum_portal.pages.changing.filled import Filled
from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import open_form, preview, send, sent
from tests.portal.sample import AGREEMENT, AGREEMENTS, PARTNERS, identity, resource, words

NEW = "/agreements/new"
CHANGE = f"/agreements/{identity(AGREEMENT)}/change"
OWN, NAVER = identity(str(PARTNERS[0]["key"])), identity("naver")
Typed = dict[str, str | list[str]]
TYPED: Typed = {
    "kind": "mou",
    "number": "2026-001",
    "title_ko": "인공지능 인재 양성 업무협약",
    "parties": [OWN, NAVER],
    "parties.signed_on": ["", "2026.3.5."],
    "parties.number": ["", "NV-12"],
    "signed_on": "2026. 3. 3.",
    "rule": "auto_renews",
    "term_months": "3년",
    "notice_days": "60일",
    "money": "true",
    "amount_won": "1억 2천만원",
    "lead_department_id": identity("culture"),
    "disclosure": "closed",
}


def parties_of(page: str) -> list[tuple[str, str, str]]:
    """Give the table of the form: who, the day of signing, the number."""
    table = page.partition("<template>")[0].partition('id="parties-col-0"')[2]
    return re.findall(
        r'name="parties" value="([^"]*)".*?name="parties.signed_on" type="text" value="([^"]*)"'
        r'.*?name="parties.number" type="text" value="([^"]*)"',
        table,
        re.DOTALL,
    )


def test_an_agreement_is_registered_after_a_look(enter: Enter, neighbours: Neighbours) -> None:
    client = enter()
    assert f'href="{NEW}"' in client.get("/agreements").text
    assert parties_of(open_form(client, NEW).text) == [(OWN, "", "")]

    shown = preview(client, NEW, **TYPED)
    assert "2029-03-03" in shown.text  # Three years on, which nobody typed.
    recorded = send(client, shown, "record")

    made = neighbours.registry.newest()
    assert recorded.location.startswith(f"/agreements/{made['id']}?recorded=")
    assert (made["number"], made["signed_on"], made["effective_on"]) == (
        "2026-001",
        "2026-03-03",
        "2026-03-03",
    )
    assert [(each["side"], each["signed_on"], each["number"]) for each in made["parties"]] == [
        ("own", "2026-03-03", None),
        ("partner", "2026-03-05", "NV-12"),
    ]
    assert made["end"] | {"note": None} == made["end"]
    assert (made["end"]["ends_on"], made["end"]["notice_days"]) == ("2029-03-03", 60)
    assert (made["money"], made["amount_won"]) == (True, 120_000_000)
    page = client.get(recorded.location).text
    told = re.sub(r">\s+<", "><", page)
    assert re.findall(r"<dt>(금액\(원\)|기간\(개월\))</dt><dd>([^<]*)</dd>", told) == [
        ("기간(개월)", "36"),
        ("금액(원)", "120,000,000"),
    ]
    assert f'href="/agreements/{made["id"]}/change"' in page


def test_what_is_known_in_part_is_kept_as_written_and_changed_again(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    partly: Typed = {"signed_on": "'21.11월", "number": "", "parties.signed_on": ["", "미서명"]}
    end: Typed = {"rule": "fixed", "ends_on": "2023년경", "term_months": "", "notice_days": ""}
    send(client, preview(client, NEW, **TYPED | partly | end), "record")

    made = neighbours.registry.newest()
    assert (made["signed_on"], made["signed_as"]["written"]) == (None, "'21.11월")
    assert made["signed_as"]["precision"] == "month"
    assert made["end"]["ends_as"]["written"] == "2023년경"
    assert [each["signed_as"] and each["signed_as"]["written"] for each in made["parties"]] == [
        "'21.11월",
        None,
    ]

    change = f"/agreements/{made['id']}/change"
    form = open_form(client, change)
    assert parties_of(form.text) == [(OWN, "", ""), (NAVER, "미서명", "NV-12")]
    assert "올해 다음 번호는 2026-001입니다" in form.text
    found = unescape(form.text)
    assert 'name="signed_on" type="text" value="\'21.11월"' in found
    typed: Typed = {"number": "2026-002", "reason": "번호 부여", "parties": [OWN, NAVER]}
    cells: Typed = {"parties.signed_on": ["", "미서명"], "parties.number": ["", "NV-12"]}
    send(client, sent(client, form, "preview", **typed | cells), "record")

    after = neighbours.registry.newest()
    assert {key for key in made if made[key] != after[key]} == {"number"}


def test_a_number_that_somebody_took_meanwhile_is_refused_and_the_next_one_offered(
    enter: Enter, neighbours: Neighbours
) -> None:
    first, second = enter(), enter()
    for client in (first, second):
        assert 'name="number" type="text" value="2026-001"' in open_form(client, NEW).text
    send(first, preview(first, NEW, **TYPED), "record")
    head = neighbours.registry.head()

    refused = preview(second, NEW, **TYPED)

    assert neighbours.registry.head() == head
    assert '<a href="#number">' in refused.text
    assert 'id="number-fault"' in refused.text
    assert "올해 다음 번호는 2026-002입니다" in refused.text
    assert 'value="인공지능 인재 양성 업무협약"' in refused.text


def test_the_next_one_begins_with_what_is_usually_alike(
    enter: Enter, neighbours: Neighbours
) -> None:
    client = enter()
    recorded = send(client, preview(client, NEW, **TYPED | {"kind": "pact"}), "record_next")
    assert neighbours.registry.newest()["kind"] == "pact"

    page = open_form(client, recorded.location).text

    assert "앞의 것을 기록했습니다" in page
    assert '<option value="pact" selected>' in page
    assert f'<option value="{identity("culture")}" selected>' in page
    assert 'name="number" type="text" value="2026-002"' in page
    assert parties_of(page) == [(OWN, "", "")]


def test_a_partners_page_leads_to_an_agreement_with_it(enter: Enter) -> None:
    client = enter()
    address = f"{NEW}?partner={NAVER}"
    assert f'href="{address}"' in client.get(f"/partners/{NAVER}").text

    assert [each[0] for each in parties_of(open_form(client, address).text)] == [OWN, NAVER]


def test_a_party_is_found_by_name_ticked_and_taken_out_without_scripts(enter: Enter) -> None:
    client = enter()
    found = sent(client, open_form(client, NEW), "find-parties", **{"parties-sought": "네이버"})
    assert f'name="parties-added" value="{NAVER}"' in found.text

    added: Typed = {"parties": [OWN], "parties-added": NAVER}
    ticked = sent(client, found, "find-parties", **added)
    assert [each[0] for each in parties_of(ticked.text)] == [OWN, NAVER]
    both: Typed = {"parties": [OWN, NAVER], "parties.number": ["", "7"], "parties-going": ["0"]}
    assert parties_of(sent(client, ticked, "find-parties", **both).text) == [(NAVER, "", "7")]
    words = client.get(f"{address_of(found.text)}&sought=parties&words=네이버").json
    assert words is not None
    assert words["items"][0]["id"] == NAVER


def address_of(page: str) -> str:
    found = re.search(r'data-from="([^"]+?)&amp;sought=parties', page)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"parties.signed_on": ["", "2026-13-45"]}, "parties.signed_on-1"),
        ({"parties": [OWN, identity("culture")]}, "parties-1"),
        ({"parties": [OWN]}, "parties"),
        ({"parties": [OWN, NAVER, NAVER], "parties.signed_on": []}, "parties-2"),
        ({"rule": "evergreen"}, "term_months"),
        ({"rule": "fixed", "term_months": "", "notice_days": ""}, "ends_on"),
        ({"money": "false"}, "amount_won"),
        ({"term_months": "삼 년"}, "term_months"),
        ({"signed_on": ""}, "signed_on"),
        ({"effective_on": "2026-1월에서 2월 사이"}, "effective_on"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_fault_stands_at_its_field_and_on_top(
    enter: Enter, neighbours: Neighbours, typed: dict[str, Any], at: str
) -> None:
    head = neighbours.registry.head()

    page = preview(enter(), NEW, **TYPED | typed).text

    assert f'<a href="#{at}">' in page
    assert f'id="{at}-fault"' in page
    assert f'id="{at}"' in page
    assert neighbours.registry.head() == head


def test_500_parties_are_taken_and_one_more_is_told(enter: Enter, neighbours: Neighbours) -> None:
    many = [
        resource(f"p{number}", kind="company", name=words(f"기관{number:03}"), own=False)
        for number in range(500)
    ]
    neighbours.registry.hold(partner=[*PARTNERS, *many])
    ids, client = [str(each["id"]) for each in many], enter()
    cells: Typed = {"parties.signed_on": [], "parties.number": []}

    fits = preview(client, NEW, **TYPED | cells | {"parties": [OWN, *ids[:499]]})
    assert "기록하기" in fits.text
    send(client, fits, "record")
    assert len(neighbours.registry.newest()["parties"]) == 500

    beyond = preview(client, NEW, **TYPED | cells | {"number": "", "parties": [OWN, *ids]})
    assert '<a href="#parties">' in beyond.text
    assert "501곳입니다. 이 화면에서는 500곳까지 적습니다" in beyond.text


def test_of_more_parties_than_a_form_takes_the_rest_is_changed(
    enter: Enter, neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CHANGED.tables["parties"], "most", 3)
    client = enter()
    page = open_form(client, CHANGE)
    assert "이 화면에서는 그대로 둡니다" in page.text
    before = neighbours.registry.one("agreements", identity(AGREEMENT))

    shown = sent(client, page, "preview", number="2026-77", reason="번호 부여")
    send(client, shown, "record")

    after = neighbours.registry.newest()
    assert (after["number"], after["parties"]) == ("2026-77", before["parties"])


@pytest.mark.parametrize(
    ("known", "number"),
    [
        ([], "2026-001"),
        (["2026-014", "2026-009", "2025-100"], "2026-015"),
        (["2026-9", "2026-10"], "2026-11"),
        (["제2026-3호"], "제2026-4호"),
        (["2026-099", "2026-100"], "2026-101"),
        (["2025-099"], "2026-001"),
        (["제2025-12호"], "제2026-1호"),
        (["투자-2026-7", "2026-001", "2026-002"], "2026-003"),
        (["인공지능과-12", "20261"], "2026-001"),
    ],
)
def test_the_next_number_follows_the_greatest_of_the_year(known: list[str], number: str) -> None:
    assert next_number(known, 2026) == number


@pytest.mark.parametrize(
    ("known", "number"),
    [
        (["2026-014", "2026-009", "2025-100"], "2026-015"),
        (["2026-9", "2026-10"], "2026-11"),
        (["제2026-3호", "2025-012"], "제2026-4호"),
        (["2025-099", "2024-100"], "2026-001"),
        (["투자-2025-7", "2026-001", "2026-002"], "2026-003"),
    ],
)
def test_the_next_number_is_looked_for_once_while_a_form_is_opened(
    enter: Enter,
    neighbours: Neighbours,
    monkeypatch: pytest.MonkeyPatch,
    known: list[str],
    number: str,
) -> None:
    held = [{**AGREEMENTS[0], "id": identity(each), "key": None, "number": each} for each in known]
    neighbours.registry.hold(agreement=held, collaboration=[], milestone=[], journal=[])
    asked: list[int] = []

    def counted(year: int, registry: Registry) -> str:
        asked.append(year)
        return offered_number(year, registry)

    monkeypatch.setattr(agreement_form, "offered_number", counted)
    page = open_form(enter(), NEW)

    assert f'name="number" type="text" value="{number}"' in page.text
    assert asked == [2026]


@pytest.mark.parametrize(
    ("typed", "months"), [("3년", 36), ("36개월", 36), ("1년 6개월", 18), ("36", 36), ("0", None)]
)
def test_a_term_is_read_as_people_write_it(typed: str, months: int | None) -> None:
    filled = Filled(MultiDict({"term": typed}))

    assert filled.months("term", most=limits.TERM_MONTHS) == months
    assert filled.faults == ({} if months else {"term": "no_months"})


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("120,000,000", 120_000_000),
        ("1억 2,000만원", 120_000_000),
        ("1억 2천5백만원", 125_000_000),
        ("₩5000", 5000),
        ("3조", 3 * 10**12),
        ("많음", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, won: int | None) -> None:
    filled = Filled(MultiDict({"won": typed}))

    assert filled.won("won", most=limits.NUMBER) == won
    assert filled.faults == ({} if won else {"won": "no_amount"})
