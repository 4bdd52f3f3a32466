"""Which zone somebody means who writes a city, in Korean or English, beside a country.

The cities are those of CLDR and of the IANA database (one for each zone), and some where fairs are
held that neither names. What is unclear is never guessed: the zones that may be meant are offered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from unicodedata import combining, normalize

from babel.dates import get_timezone_location

from ieum_portal.pages.changing.places import zones

MOST_OFFERED = 8

FAIR_CITIES: Mapping[str, tuple[str, ...]] = {
    "Europe/Madrid": ("바르셀로나", "Barcelona", "발렌시아", "Valencia", "빌바오", "Bilbao"),
    "Europe/Berlin": (
        *("하노버", "Hannover", "Hanover", "뮌헨", "München", "Munich", "Muenchen"),
        *("프랑크푸르트", "Frankfurt", "쾰른", "Köln", "Cologne", "함부르크", "Hamburg"),
        *("뒤셀도르프", "Düsseldorf", "Duesseldorf", "뉘른베르크", "Nürnberg", "Nuremberg"),
        *("슈투트가르트", "Stuttgart", "라이프치히", "Leipzig", "드레스덴", "Dresden"),
    ),
    "Europe/Paris": ("칸", "Cannes", "리옹", "Lyon", "니스", "Nice", "마르세유", "Marseille"),
    "Europe/Rome": ("밀라노", "Milano", "Milan", "토리노", "Torino", "Turin", "볼로냐", "Bologna"),
    "Europe/Zurich": ("제네바", "Geneva", "Genève", "바젤", "Basel", "다보스", "Davos"),
    "Europe/Amsterdam": ("로테르담", "Rotterdam", "헤이그", "The Hague", "에인트호번", "Eindhoven"),
    "Europe/London": ("맨체스터", "Manchester", "글래스고", "Glasgow", "에든버러", "Edinburgh"),
    "Europe/Helsinki": ("에스포", "Espoo", "탐페레", "Tampere"),
    "Europe/Stockholm": ("예테보리", "Göteborg", "Gothenburg"),
    "Europe/Istanbul": ("앙카라", "Ankara", "이즈미르", "İzmir", "Izmir"),
    "America/Los_Angeles": (
        *("라스베이거스", "라스베가스", "Las Vegas", "샌프란시스코", "San Francisco"),
        *(
            "시애틀",
            "Seattle",
            "새너제이",
            "산호세",
            "샌디에이고",
            "San Diego",
            "애너하임",
            "Anaheim",
        ),
    ),
    "America/New_York": (
        *("워싱턴 D.C.", "Washington DC", "보스턴", "Boston", "올랜도", "Orlando"),
        *("애틀랜타", "Atlanta", "필라델피아", "Philadelphia", "마이애미", "Miami"),
    ),
    "America/Chicago": (
        *("오스틴", "Austin", "댈러스", "Dallas", "휴스턴", "Houston", "샌안토니오", "San Antonio"),
    ),
    "America/Sao_Paulo": ("리우데자네이루", "Rio de Janeiro", "쿠리치바", "Curitiba"),
    "Asia/Seoul": (
        *(
            "광주",
            "Gwangju",
            "부산",
            "Busan",
            "대구",
            "Daegu",
            "대전",
            "Daejeon",
            "인천",
            "Incheon",
        ),
        *("제주", "Jeju", "수원", "Suwon", "고양", "Goyang", "울산", "Ulsan", "창원", "Changwon"),
    ),
    "Asia/Tokyo": (
        *("오사카", "Osaka", "교토", "Kyoto", "후쿠오카", "Fukuoka", "나고야", "Nagoya"),
        *("요코하마", "Yokohama", "센다이", "Sendai", "삿포로", "Sapporo", "지바", "Chiba"),
    ),
    "Asia/Shanghai": (
        *("베이징", "북경", "Beijing", "광저우", "Guangzhou", "선전", "심천", "Shenzhen", "상해"),
        *("항저우", "Hangzhou", "난징", "Nanjing", "청두", "Chengdu", "칭다오", "Qingdao"),
        *("우한", "Wuhan", "톈진", "Tianjin", "충칭", "Chongqing", "시안", "Xi'an"),
    ),
    "Asia/Taipei": ("가오슝", "Kaohsiung"),
    "Asia/Ho_Chi_Minh": ("호찌민", "호치민", "하노이", "Hanoi", "다낭", "Da Nang", "Danang"),
    "Asia/Dubai": ("아부다비", "Abu Dhabi"),
    "Asia/Kolkata": (
        *("뉴델리", "New Delhi", "델리", "Delhi", "뭄바이", "Mumbai", "벵갈루루", "Bengaluru"),
        *("Bangalore", "첸나이", "Chennai", "하이데라바드", "Hyderabad"),
    ),
    "Africa/Johannesburg": ("케이프타운", "Cape Town"),
}
"""Cities that name no zone, in both languages, by the zone whose clock they keep."""


@dataclass(frozen=True, slots=True)
class Found:
    """What may be meant; one zone alone is what is meant."""

    zones: Sequence[str]

    @property
    def one(self) -> str | None:
        """Give the zone that is meant, if that is clear."""
        return self.zones[0] if len(self.zones) == 1 else None


def find_zone(written: str, country: str | None) -> Found:
    """Give the zones that somebody may mean.

    Args:
        written: A zone's name in whatever case, or a city.
        country: The code of the country chosen beside it. A city of another one is not taken for
            what is meant; where the country keeps one clock alone, any of its cities means that.
    """
    exact = {each.casefold(): each for each in zones()}.get(
        written.strip().replace(" ", "_").casefold()
    )
    if exact is not None:
        return Found((exact,))
    called_so = _by_city().get(_plain(written), ())
    at_home = _by_country().get(country or "", ())
    if not at_home:
        return Found(called_so)
    within = [each for each in called_so if each in at_home]
    if within:
        return Found(within)
    return Found(list(dict.fromkeys([*at_home, *called_so]))[:MOST_OFFERED])


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    """Give each country's zones, that of most people first, as the IANA database has them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, zone in _table():
        found[code].append(zone)
    return {code: tuple(of) for code, of in found.items()}


@cache
def _by_city() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, zone in _table():
        names = [
            get_timezone_location(zone, locale=each, return_city=True) for each in ("ko", "en")
        ]
        for name in (zone.rpartition("/")[2], *(each.rpartition("/")[2] for each in names)):
            found[_plain(name)][zone] = None
    for zone, names_there in FAIR_CITIES.items():
        for name in names_there:
            found[_plain(name)][zone] = None
    return {name: tuple(of) for name, of in found.items()}


def _table() -> Iterator[tuple[str, str]]:
    """Read `zone.tab`: country and zone, by country."""
    path = resources.files("tzdata").joinpath("zoneinfo", "zone.tab")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            yield code, zone


def _plain(name: str) -> str:
    """Give a name without case, marks, blanks and signs, as people leave them out."""
    parted = normalize("NFD", name.casefold())
    return normalize(
        "NFC", "".join(each for each in parted if each.isalnum() and not combining(each))
    )
