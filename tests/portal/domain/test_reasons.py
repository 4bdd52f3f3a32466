"""A reason says something, and holds no address that would outlast its person."""

import pytest

from ieum_portal.domain.reasons import reason_fault


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("12월 협약식 초청장 발송", None),
        ("감사 자료 제출 (감사관-1234, 2026-11-23)", None),
        ("인공지능정책과-202612345 붙임", None),
        ("2026-11-01 ~ 2026-11-30 명단 정비", None),
        ("2026. 12. 1. 협약식 초청장 발송", None),
        ("2026.11.30. ~ 2026.12.15. 명단 정비", None),
        ("'26. 12. 10. 정기 점검 자료", None),
        ("2026/12/01 감사 자료 제출", None),
        ("공고 제2026-1234호에 따른 제출", None),
        ("Invitations for 6 January 2027", None),
        ("", "short"),
        ("업무", "short"),
        ("ㄱ.ㄴ.ㄷ.", "short"),
        ("- - - - - -", "short"),
        ("가" * 101, "long"),
        ("kim@naver.example 요청", "address"),
        ("홍길동(062-613-0000) 요청", "address"),
        ("요청자 010 1234 5678", "address"),
        ("요청자 01012345678", "address"),
        ("call +82 62 613 0000", "address"),
        ("전화-062-613-0000 요청", "address"),
        ("요청자 010–1234–5678", "address"),
        ("요청자 010-2012-1130", "address"),
        ("요청자 ０１０-1234-5678", "address"),
        ("요청 kim＠naver.example 로", "address"),
    ],
)
def test_a_reason_is_some_words_without_addresses(reason: str, fault: str | None) -> None:
    assert reason_fault(reason) == fault
