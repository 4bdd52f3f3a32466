"""Who is named in a cell: 홍길동(062-000-0000), 이몽룡 주무관 / address, 과 and name together."""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:☎|☏|tel\.?|전화|내선|연락처|hp|t\.)?\s*[:：)]?\s*"
    r"(?P<number>(?:\+?\d{1,3}[-. ])?0\d{1,2}[-. )]\s*\d{3,4}[-. ]\d{4}|\d{3,4}[-. ]\d{4}"
    r"|(?<!\d)\d{3,5}(?!\d))",
    re.IGNORECASE,
)
_RANKS = (
    r"주무관|팀장|과장|사무관|서기관|국장|담당관|계장|실장|주임|대리|부장|차장|연구원|연구사"
    r"|전문관|소장"
    r"|센터장|단장|주사보?|서기보?|본부장|위원|담당"
)
_RANK = re.compile(
    rf"(?:^|(?<=\s)|(?<=[가-힣]))(?:지방)?(?:행정|시설|공업|전산)?(?:{_RANKS})(?=\s|$|[,/(])"
)
_NAME = re.compile(
    r"[가-힣]{2,4}|[가-힣]\s[가-힣]{1,2}|[A-Z][A-Za-z'-]+(?:\s[A-Z][A-Za-z'-]+){1,3}"
)
_BUREAU = re.compile(r"[가-힣A-Za-z0-9·]{2,20}(?:과|팀|국|실|단|소|센터|청|관|담당관|본부|부)")
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명반라왕금옥육인맹제모탁국어은편용"
)
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


@lru_cache(maxsize=8192)
def read_people(text: str) -> PeopleRead:
    """Take names, telephone and address out of a cell; what is left over is told."""
    written = normalize("NFKC", text).strip()
    emails = _EMAIL.findall(written)
    written = _EMAIL.sub(" / ", written)
    phones = [found["number"].strip(" (") for found in _PHONE.finditer(written)]
    written = re.sub(r"[()\[\]☎☏:]", " / ", _PHONE.sub(" / ", written))
    names: list[str] = []
    department = ""
    rest: list[str] = []
    for each in _APART.split(written):
        said = _RANK.sub(" ", each).strip(" .-")
        if not said:
            continue
        words = said.split()
        if _is_person(said):
            names.append(said)
        elif len(words) > 1 and _BUREAU.fullmatch(words[0]) and _NAME.fullmatch(words[-1]):
            department = department or " ".join(words[:-1])
            names.append(words[-1])
        elif _BUREAU.fullmatch(said.replace(" ", "")):
            department = department or said
        else:
            rest.append(said)
    return PeopleRead(
        tuple(dict.fromkeys(names)),
        phones[0] if phones else "",
        emails[0] if emails else "",
        department,
        ", ".join([*rest, *phones[1:], *emails[1:]]),
    )


def _is_person(said: str) -> bool:
    """Tell 박남국 from 총무과: both may end like an office."""
    if not _NAME.fullmatch(said):
        return False
    if not _BUREAU.fullmatch(said):
        return True
    return len(said) <= 3 and said[0] in _SURNAMES and said[-1] not in "과팀"
