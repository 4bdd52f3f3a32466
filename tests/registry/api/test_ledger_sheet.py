"""The ledger as a sheet says in words what the record says in codes."""

import csv
import io
from typing import get_args

import pytest

from changefeed.subjects.agreement import AGREEMENT_KINDS, DISCLOSURES, END_RULES
from ieum_registry.api.ledger_sheet import WORDS
from ieum_registry.domain.lifecycle import AGREEMENT_STATES, AgreementFlag
from tests.registry.api.bodies import Network, agreement
from tests.registry.desk import Asker


def test_every_code_of_an_agreement_has_its_words_and_no_other_has() -> None:
    codes = (AGREEMENT_KINDS, END_RULES, DISCLOSURES, AGREEMENT_STATES, get_args(AgreementFlag))

    assert set(WORDS) == {each for some in codes for each in some}
    assert all(each.ko and each.en for each in WORDS.values())


def ledger(asker: Asker, title: str) -> dict[str, str]:
    answer = asker.get("/v1/agreements?disclosure=public", Accept="text/csv")
    rows = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    [found] = [each for each in rows if each["제목"] == title]
    return found


@pytest.mark.storage
def test_what_the_ledger_asks_for_is_kept_and_told_to_whom_it_concerns(each_net: Network) -> None:
    net, office = each_net, each_net.desk.office
    group = {"programme_id": net.programme, "position": 1, "group": "citizen"}
    field = office.made("/v1/service-fields", {**group, "name": {"ko": "교육"}})["id"]
    told = {
        "original": "시청 문서고",
        "legal_force": "some_clauses",
        "money": True,
        "amount_won": 120_000_000,
        "public_property": False,
    }
    body = {
        **agreement(net.city, net.naver, title={"ko": "대장의 협약"}, disclosure="public"),
        **told,
        "approval_number": "인공지능정책과-77",
        "service_field_ids": [field],
        "end": {"rule": "auto_renews", "term_months": 36, "notice_days": 60},
        "disclosure_reason": "시민이 알 일이라",
    }
    made = office.made("/v1/agreements", body)
    assert made["end"]["ends_on"] == "2024-11-16"  # Three years from the day of signing.

    ours, theirs = ledger(office, "대장의 협약"), ledger(net.desk.public, "대장의 협약")

    assert (ours["결재문서번호"], ours["서비스 분야"]) == ("인공지능정책과-77", "교육")
    assert (ours["원본 보관 장소"], ours["법적 구속력"]) == ("시청 문서고", "일부 조항")
    assert (ours["재정 부담"], ours["금액(원)"]) == ("예", "120000000")
    assert (ours["공유재산"], ours["끝: 기간(개월)"], ours["만료일"]) == (
        "아니요",
        "36",
        "2024-11-16",
    )
    assert (theirs["결재문서번호"], theirs["공개 여부의 이유"]) == (
        "인공지능정책과-77",
        "시민이 알 일이라",
    )
    assert theirs.keys() & {"원본 보관 장소", "금액(원)", "끝: 기간(개월)"} == set()
    shown = net.desk.public.get(f"/v1/agreements/{made['id']}").json
    assert shown.keys() & told.keys() == set()
    unknown = {**body, "service_field_ids": [net.task], "number": "2026-9"}
    refused = office.post("/v1/agreements", unknown)
    assert refused.json["errors"][0]["pointer"] == "/service_field_ids/0"
