"""Who is named in a cell: 홍길동(062-000-0000), 이몽룡 주무관 / address, 과 and name together."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import normalize

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:☎|☏|tel\.?|전화|내선|연락처|hp|t\.)?\s*[:：)]?\s*"
    r"(?P<number>(?:\+?\d{1,3}[-. ])?0\d{1,2}[-. )]\s*\d{3,4}[-. ]\d{4}|\d{3,4}[-. ]\d{4}"
    r"|(?<!\d)\d{3,5}(?!\d))",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    rf"{_EMAIL.pattern}|(?<!\d)0\d{{1,2}}[-. )]\s*\d{{3,4}}[-. ]\d{{4}}(?!\d)"
    r"|(?<!\d)\d{6}-[1-8]\d{6}(?!\d)"
)
_RANKS = (
    r"주무관|팀장|과장|사무관|서기관|국장|담당관|계장|실장|주임|대리|부장|차장|연구원|연구사"
    r"|전문관|소장"
    r"|센터장|단장|주사보?|서기보?|본부장|위원|담당"
)
_RANK = re.compile(
    rf"(?:^|(?<=\s)|(?<=[가-힣]))(?:지방)?(?:행정|시설|공업|전산)?(?:{_RANKS})(?=\s|$|[,/(])"
)
_GRADE = re.compile(r"(?:[가-힣]{2,4})?\s*[3-9]급|외\s*\d+\s*명")
_NOBODY = re.compile(r"(?:담당자?\s*)?(?:공석|미정|없음|미지정|결원|-+)")
_NAME = re.compile(
    r"[가-힣]{2,4}|[가-힣]\s[가-힣]{1,2}|[가-힣]\s[가-힣]\s[가-힣]"
    r"|[A-Z][A-Za-z'-]+(?:\s[A-Z][A-Za-z'-]+){1,3}"
)
_BUREAU = re.compile(r"[가-힣A-Za-z0-9·]{2,20}(?:과|팀|국|실|단|소|센터|청|관|담당관|본부|부)")
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명반라왕금옥육인맹제모탁국어은편용"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_APART = re.compile(r"[\n/,;·|]+|\s{2,}")


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """What was read of a cell about people.

    Attributes:
        names: Without rank; the first is the officer.
        department: If one is named beside the person.
        rest: What could not be read as any of these.
    """

    names: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    department: str = ""
    rest: str = ""


def names_somebody(text: str) -> bool:
    """Say whether a text has somebody's telephone number, address or resident's number in it."""
    return _OF_A_PERSON.search(normalize("NFKC", text)) is not None


@lru_cache(maxsize=8192)
def read_people(text: str) -> PeopleRead:
    """Take names, telephone and address out of a cell; what is left over is told."""
    written = normalize("NFKC", text).strip()
    emails = _EMAIL.findall(written)
    written = _EMAIL.sub(" / ", written)
    phones = [found["number"].strip(" (") for found in _PHONE.finditer(written)]
    written = re.sub(r"[☎☏:]", " / ", _PHONE.sub(" / ", written))
    inside = " / ".join(_BRACKET.findall(written))
    found = _Found()
    for each in _APART.split(_BRACKET.sub(" / ", written)):
        found.take(each, inside=False)
    for each in _APART.split(inside):
        found.take(each, inside=True)
    names, department, rest = found.names, found.department, found.rest
    return PeopleRead(
        tuple(dict.fromkeys(names)),
        phones[0] if phones else "",
        emails[0] if emails else "",
        department,
        ", ".join([*rest, *phones[1:], *emails[1:]]),
    )


@dataclass(slots=True)
class _Found:
    """What a cell names, piece by piece."""

    names: list[str] = field(default_factory=list)
    department: str = ""
    rest: list[str] = field(default_factory=list)

    def take(self, piece: str, *, inside: bool) -> None:
        """Take one piece; in brackets behind a name stands none of a person: 홍길동(정규직)."""
        if _is_office(piece.strip(" .-()[]")):
            self.department = self.department or piece.strip(" .-()[]")
            return
        said = _RANK.sub(" ", _GRADE.sub(" ", piece)).strip(" .-()[]")
        if not said or _NOBODY.fullmatch(piece.strip()) or _NOBODY.fullmatch(said):
            return
        words = said.split()
        if _is_person(said) and not (inside and self.names):
            self.names.append(re.sub(r"(?<=[가-힣])\s(?=[가-힣])", "", said))
        elif len(words) > 1 and _BUREAU.fullmatch(words[0]) and _NAME.fullmatch(words[-1]):
            self.department = self.department or " ".join(words[:-1])
            self.names.append(words[-1])
        elif _BUREAU.fullmatch(said.replace(" ", "")):
            self.department = self.department or said
        else:
            self.rest.append(said)


def _is_office(said: str) -> bool:
    """Tell 국제협력담당관 from 홍길동담당관: both end in the name of a rank."""
    if not said.endswith("담당관") or _BUREAU.fullmatch(said) is None:
        return False
    before = said.removesuffix("담당관")
    return len(before) > 3 or before[:1] not in _SURNAMES


def _is_person(said: str) -> bool:
    """Tell 박남국 from 총무과: both may end like an office."""
    if not _NAME.fullmatch(said):
        return False
    if not _BUREAU.fullmatch(said):
        return True
    return len(said) <= 3 and said[0] in _SURNAMES and said[-1] not in "과팀"
