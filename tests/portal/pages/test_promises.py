"""약속 이행: what was promised in figures, and what came, as the desk shows and takes it."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.portal.neighbours import Neighbours
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing import preview, send
from tests.portal.sample import AGREEMENT, identity

PROMISE = f"/promises/{identity('jobs')}"
REPORT = f"/promise-reports/{identity('claimed')}"


@pytest.fixture
def office(enter: Enter) -> FlaskClient:
    return enter("office")


def recorded(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    """Fill in a form, look at what would change, and record it."""
    return send(client, preview(client, path, **typed), "record")


def test_the_list_says_what_was_promised_and_what_came(office: FlaskClient) -> None:
    page = office.get("/promises").text

    assert "고용인원" in page
    assert "200명" in page
    assert "처음 300명" in page
    assert "60.0%" in page
    assert "D-30" in page
    assert "5,000,000,000원" in page


def test_the_list_is_narrowed_to_what_is_late(office: FlaskClient) -> None:
    page = office.get("/promises?state=overdue").text

    assert "5,000,000,000원" in page
    assert "200명" not in page


def test_a_promise_has_its_page_with_its_revisions_and_reports(office: FlaskClient) -> None:
    page = office.get(PROMISE).text

    assert "4대 보험 명부" in page
    assert "연기" in page
    assert "2025" in page
    assert 'id="promise_reports"' in page
    assert "목표 변경" in page


def test_agreement_and_partner_show_their_promises(office: FlaskClient) -> None:
    agreement = office.get(f"/agreements/{identity(AGREEMENT)}").text
    partner = office.get(f"/partners/{identity('naver')}").text

    assert 'id="promises"' in agreement
    assert f"/agreements/{identity(AGREEMENT)}/promises/new" in agreement
    assert "200명" in partner.partition('id="promises"')[2].partition("</section>")[0]


def test_a_promise_is_recorded_from_its_agreement(
    office: FlaskClient, neighbours: Neighbours
) -> None:
    typed = {
        "partner_id": identity("gist"),
        "indicator": "money",
        "target": "5억 2,000만원",
        "base_on": "2026-01-01",
        "due_on": "2027-12-31",
    }

    made = recorded(office, f"/agreements/{identity(AGREEMENT)}/promises/new", **typed)

    assert neighbours.registry.newest()["unit"] == "원"
    page = office.get(made.location).text
    assert "520,000,000원" in page
    assert "계획" in page


def test_what_was_typed_stays_when_the_registry_refuses(
    office: FlaskClient, neighbours: Neighbours
) -> None:
    typed = {
        "partner_id": identity("gist"),
        "indicator": "own",
        "target": "3",
        "unit": "건",
        "base_on": "2026-01-01",
        "due_on": "2025-12-31",
    }

    before = neighbours.registry.head()

    shown = preview(office, f"/agreements/{identity(AGREEMENT)}/promises/new", **typed)

    assert 'value="2025-12-31"' in shown.text
    assert "기준 시작일" in shown.text
    assert neighbours.registry.head() == before


def test_figures_are_reported_revised_and_settled_at_the_desk(office: FlaskClient) -> None:
    report = {"on": "2026-11-20", "reached": "150명", "proof": "보험 명부"}
    recorded(office, f"{PROMISE}/report", **report)
    assert "150명" in office.get(PROMISE).text

    revised = {"on": "2026-11-01", "target": "180", "due_on": "2027-06-30", "reason": "합의"}
    recorded(office, f"{PROMISE}/revise", **revised)
    page = office.get(PROMISE).text
    assert "180명" in page
    assert "처음 300명" in page

    settled = {"outcome": "withdrawn", "settled_on": "2026-11-22", "reason": "사업 철수"}
    recorded(office, f"{PROMISE}/settle", **settled)
    assert "철회" in office.get(PROMISE).text


def test_the_office_confirms_what_a_partner_reported(office: FlaskClient) -> None:
    listed = office.get("/promise-reports?state=open").text
    assert f"{REPORT}/confirm" in listed

    recorded(office, f"{REPORT}/confirm")

    page = office.get(f"/promises/{identity('won')}").text
    assert "2,000,000,000원" in page
    assert "일부 이행" in page


def test_the_office_refuses_a_report_with_a_reason(office: FlaskClient) -> None:
    recorded(office, f"{REPORT}/refuse", reason="명부와 다릅니다")

    assert "명부와 다릅니다" in office.get(REPORT).text


def test_a_liaison_reports_what_its_own_partner_reached(enter: Enter) -> None:
    liaison = enter("liaison")
    page = liaison.get(PROMISE).text
    assert f"{PROMISE}/report" in page
    assert f"{PROMISE}/settle" not in page

    recorded(liaison, f"{PROMISE}/report", on="2026-11-20", reached="150")

    page = liaison.get(PROMISE).text
    assert "확인 대기" in page
    assert "60.0%" in page
