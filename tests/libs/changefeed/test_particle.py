"""A particle fits the last sound of whatever a name ends in."""

import pytest

from changefeed.particle import particle


@pytest.mark.parametrize(
    ("name", "topic", "subject", "by"),
    [
        ("네이버", "는", "가", "로"),
        ("광주과학기술원", "은", "이", "으로"),
        ("서울", "은", "이", "로"),
        ("실증 시나리오 제출", "은", "이", "로"),
        ("제1", "은", "이", "로"),
        ("2단계", "는", "가", "로"),
        ("2027", "은", "이", "로"),
        ("2030", "은", "이", "으로"),
        ("시즌 3", "은", "이", "으로"),
        ("Ver. 2", "는", "가", "로"),
        ("MOU", "는", "가", "로"),
        ("IBM", "은", "이", "으로"),
        ("5G", "는", "가", "로"),
        ("R&D", "는", "가", "로"),
        ("KTL", "은", "이", "로"),
        ("NAVER", "는", "가", "로"),
        ("Google", "은", "이", "로"),
        ("Startup", "은", "이", "으로"),
        ("network", "는", "가", "로"),
        ("광주과학기술원(GIST)", "은", "이", "으로"),
        ("네이버 (주)", "는", "가", "로"),
        ("(주)", "는", "가", "로"),
        ("「상생 협약」", "은", "이", "으로"),
        ("네이버…!", "는", "가", "로"),
    ],
)
def test_the_form_follows_the_last_sound(name: str, topic: str, subject: str, by: str) -> None:
    assert particle(name, "은/는") == topic
    assert particle(name, "이/가") == subject
    assert particle(name, "으로/로") == by


@pytest.mark.parametrize("name", ["", "…", "光州", "Ωμέγα", "🙂"])
def test_where_the_sound_cannot_be_told_both_forms_stand(name: str) -> None:
    assert particle(name, "을/를") == "을(를)"
