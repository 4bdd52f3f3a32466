"""Which zone a city means, in either language, with the country chosen and without."""

import pytest

from ieum_portal.pages.changing.places import zones
from ieum_portal.pages.changing.zone_finding import FAIR_CITIES, find_zone
from tests.portal.pages.conftest import Enter
from tests.portal.pages.test_changing_events import CHOSEN, NEW, TYPED, look


@pytest.mark.parametrize(
    ("written", "country", "zone"),
    [
        ("바르셀로나", "ES", "Europe/Madrid"),
        ("barcelona", "ES", "Europe/Madrid"),
        ("Barcelona", None, "Europe/Madrid"),
        ("서울", "KR", "Asia/Seoul"),
        ("Seoul", None, "Asia/Seoul"),
        ("seoul", "KR", "Asia/Seoul"),
        ("라스베이거스", "US", "America/Los_Angeles"),
        ("Las Vegas", "US", "America/Los_Angeles"),
        ("los angeles", "US", "America/Los_Angeles"),
        ("로스앤젤레스", "US", "America/Los_Angeles"),
        ("뮌헨", "DE", "Europe/Berlin"),
        ("MÜNCHEN", "DE", "Europe/Berlin"),
        ("São Paulo", "BR", "America/Sao_Paulo"),
        ("상파울루", "BR", "America/Sao_Paulo"),
        ("뉴욕", "US", "America/New_York"),
        ("Buenos Aires", "AR", "America/Argentina/Buenos_Aires"),
        ("어느 작은 마을", "FR", "Europe/Paris"),
        ("순천", "KR", "Asia/Seoul"),
        ("europe/helsinki", "FI", "Europe/Helsinki"),
        ("America/Los Angeles", "US", "America/Los_Angeles"),
    ],
)
def test_a_city_means_the_zone_whose_clock_it_keeps(
    written: str, country: str | None, zone: str
) -> None:
    assert find_zone(written, country).one == zone


@pytest.mark.parametrize(
    ("written", "country", "first"),
    [
        ("어딘가", "ES", "Europe/Madrid"),  # Three clocks: not guessed.
        ("서울", "ES", "Europe/Madrid"),  # A city of another country.
        ("어딘가", "US", "America/New_York"),
    ],
)
def test_what_is_unclear_is_offered_and_not_guessed(written: str, country: str, first: str) -> None:
    found = find_zone(written, country)

    assert found.one is None
    assert found.zones[0] == first
    assert set(found.zones) <= set(zones())


def test_what_nobody_knows_means_nothing() -> None:
    assert list(find_zone("zzzz", None).zones) == []


def test_the_cities_of_fairs_name_zones_that_are_offered() -> None:
    assert set(FAIR_CITIES) <= set(zones())


def test_a_form_takes_a_city_for_its_zone_and_shows_which_before_anything_is_recorded(
    enter: Enter,
) -> None:
    page = look(enter(), NEW, **TYPED | {"zone": "바르셀로나", "country": "ES"}, **CHOSEN)

    assert "Europe/Madrid" in page.text
    assert "Barnaul" not in page.text
