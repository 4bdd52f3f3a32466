"""Who signed, as one cell names them: several at once, by half, or not at all.

Names stay as they are written but for blanks; what a person has to decide is a doubt. An alias is
never resolved here: GIST stays GIST.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from unicodedata import normalize

from changefeed.countries import ALSO_CALLED, COUNTRIES

_FORMS = (
    r"\((?:주|유|재|사|합|협|복|학|의|농)\)|㈜|주식회사|유한회사|유한책임회사|재단법인"
    r"|사단법인|협동조합|농업회사법인|영농조합법인"
    r"|학교법인|의료법인|사회복지법인"
)
_FORM = re.compile(_FORMS)
_BULLET = re.compile(
    r"^(?:\(?\d{1,2}[).]\s*(?=\D)|[①-⑳㉠-㉻]\s*|[-•‣▪◦∙·○●□■※*✓]\s+|[-•‣▪○●□■]\s*(?=[가-힣A-Z(㈜]))"
)
_CIRCLED = re.compile(r"(?<=\S)\s*(?=[①-⑳])")
_DOTS = "·ㆍ‧•∙⋅・･"
# Between two digits a dot parts nothing: 5·18, 4·19.
_DOT = re.compile(rf"(?<!\d)\s*[{_DOTS}]\s*|\s*[{_DOTS}]\s*(?!\d)")
_AND = re.compile(r"\s+및\s+|\s+[&+＋]\s+|\s+그리고\s+")
_HYPHEN = re.compile(r"\s*[-–—]\s*")
_NEXT_FORM = re.compile(
    r"(?<=\S)\s+(?=(?:㈜|\((?:주|재|사|유)\))\s*\S)|(?<=[^(]\(주\))(?=[가-힣A-Z㈜])"
    r"|(?<=[^\s]㈜)(?=[가-힣A-Z㈜])"
)
_MAY_PART = re.compile(rf"[{_DOTS}&+＋–—-]|\s및|그리고|[와과]\s|[)㈜].*[(㈜]|\)\S")
_ABROAD = re.compile(
    r"(?:Inc|Ltd|LLC|Corp|Co|LP|LLP|PLC|GmbH|S\.?A|S\.?p\.?A|B\.?V|N\.?V|AG|KG|Pte|Pty)\.?"
    r"(?:\s*,?\s*Ltd\.?)?",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:주관|참여|협력|주최|공동|총괄|수행|운영|지원|주무|대표|갑|을|병|정|상대|협약)"
    r"(?:\s*(?:기관|기업|업체|사|대학))?"
)
_ROLE_BEFORE = re.compile(rf"^(?:[\[(【<]\s*{_ROLE}\s*[\])】>]\s*|{_ROLE}\s*[:：]\s*)(?=\S)")
_ROLE_ALONE = re.compile(_ROLE)
_WITH = re.compile(r"(?<=[가-힣)])(?:와|과)\s+(?=\S)")
# How names of organisations end; a name that ends so stands for itself.
_END = re.compile(
    r"(?:특별시|광역시|특별자치[시도]|[가-힣]시|[가-힣]군|[가-힣]{2,}구|[가-힣]도|남구|북구"
    r"|동구|서구|중구|대|대학|대학교|교대|의대|대학원"
    r"|연구원|연구소|연구회|진흥원|기술원"
    r"|개발원|평가원|정보원|문화원|과학원|교육원|의료원|박물관|과학관|도서관|미술관|교육청"
    r"|경찰청|지방청|[가-힣]청|공사|공단|재단|은행|금고|협회|학회|연합회"
    r"|협의회|위원회|조합|중앙회|상의|회의소|조합회|진흥회|연맹|센터|파크|사업단|산학협력단"
    r"|본부|병원|학교|유치원|어린이집|그룹|[가-힣A-Z]{2,}(?:전자|통신|건설|제약|방송|신문)"
    r"|신문사|방송국|[가-힣]{3,}회"
    r"|(?:주식|유한)회사|회사|법인|㈜|\((?:주|유|재|사)\)|공항공사|지사|지회|지부|[A-Z]{2,}|TP)$"
)
_UNIT = (
    r"(?:\s*(?:개|여)?\s*(?:여\s*)?(?:개\s*)?(?:기관|업체|기업|회사|사|곳|개소|소|개교|교"
    r"|대학교|대학|단체|명|인"
    r"|지자체|시군|시·군|도시|시|군|구|병원|학교|은행|처|팀)?)"
)
_MORE = re.compile(
    rf"^(?P<name>.*?)\s*(?P<word>[외등총]"
    rf"|포함)\s*(?:총\s*)?\(?(?P<number>\d{{1,4}}){_UNIT}\)?\s*(?:\((?P<inside>[^()]*)\))?$"
)
_MORE_UNCOUNTED = re.compile(
    r"^(?P<name>.+?)(?:\s+(?:등|외)|\s+(?:등|외)\s*(?:다수|여러\s*(?:기관|곳)?|참여\s*기관"
    r"|관계\s*기관|유관\s*기관"
    r"|일부|수\s*개사|○+\s*개?\s*[가-힣]*|OO\s*개?\s*[가-힣]*)|\s*외\s*다수)$"
)
_COUNT_ALONE = re.compile(
    r"^(?:총|등|외|이상)?\s*(?P<number>\d{1,4})\s*(?:개\s*)?(?:여\s*)?(?:개\s*)?(?:기관|업체"
    r"|기업|회사|사|곳|개소"
    r"|개교|대학교?|단체|지자체|도시|자치구|시군|시·군|병원|은행|학교|구|시|군|명)$"
)
_NAMED_COUNT = re.compile(
    r"^(?P<name>.*?)\s*(?:총\s*)?(?P<number>\d{1,4})\s*개\s*(?:기관|업체|기업|회사|사|곳|소"
    r"|대학교?|단체|지자체|도시|자치구|시군|시·군|병원|은행|학교|구|시|군)"
    r"\s*(?:[(\[](?P<inside>[^()\[\]]*)[)\]])?$"
)
_NO_NAME = re.compile(
    r"(?:관내|관외|지역|해당|각|여러|관련|관계|유관|참여|협력|국내|해외|국내외|일반|타|선도"
    r"|입주|투자)?\s*"
    r"(?:민간\s*)?(?:사업자|기업체?|업체|기관|단체|대학|민간사업자|사업시행자|시행자"
    r"|우선협상대상자|컨소시엄|병원|지자체|시군|자치구|개인|투자자"
    r"|투자기업)(?:들|\s*일동|\s*전체|\s*다수)?"
    r"|미정|미상|협의\s*중|추후\s*(?:결정|확정)|다수|[○◯OＯXx△□*]{2,}\s*[가-힣]{0,6}"
    r"|[가-힣]{0,4}[○◯△□*]{2,}[가-힣]{0,6}|비공개|불명"
)
_BRACKET = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]\s*$")
_OPENING, _CLOSING = "(（[〔<「『", ")）]〕>」』"
_TOWN = re.compile(r"[가-힣](?:시|성|주|현|도|군|구|자치구|특별시)$")
_HANJA = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\s·]+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.,'’ \-·/]*")
_HANGUL = re.compile(r"[가-힣]")
_PART_OF = re.compile(
    r"(?:산학협력단|병원|지사|지회|지부|지점|본부|법인|연구소|연구원|센터|사업단|대학원"
    r"|캠퍼스|대학)$"
)
_PERSONS = re.compile(
    r"대표|회장|총장|원장|이사장|사장|시장|군수|도지사|지사|단장|소장|담당|☎|\d{2,4}-\d{3,4}|@"
)
_PLACE_WORDS = re.compile(
    r"(?:광주|서울|부산|대구|인천|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
    r"|수도권|호남|영남|충청|본사|지사|국내|해외|나주|목포|여수"
    r"|순천|전주)"
)


@dataclass(frozen=True, slots=True)
class PartyRead:
    """One name.

    Attributes:
        written: As it stands in the cell, without blanks around it.
        name: As it is meant: without a country before it, another name or a remark behind it.
        other_names: In brackets behind it: an abbreviation, its name in Chinese characters.
        country: Of ISO 3166-1, where one is named.
        remark: What else stands in brackets behind it.
    """

    written: str
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PartiesRead:
    """What was read of the cells that name partners.

    Attributes:
        not_named: How many more there are; None if that is not known.
        doubts: Codes, what they are about, and what else their sentences name.
    """

    parties: tuple[PartyRead, ...] = ()
    not_named: int | None = 0
    doubts: tuple[tuple[str, str, Mapping[str, str | int]], ...] = ()


@dataclass(slots=True)
class _Found:
    before: int
    parties: list[PartyRead] = field(default_factory=list)
    not_named: int = 0
    uncounted: bool = False
    doubts: list[tuple[str, str, Mapping[str, str | int]]] = field(default_factory=list)

    def tell(self, code: str, read: str, **facts: str | int) -> None:
        self.doubts.append((code, read, MappingProxyType(facts)))


@lru_cache(maxsize=8192)
def read_parties(text: str, answer: str = "", before: int = 0) -> PartiesRead:
    """Read the partners that a cell names.

    Args:
        answer: What a person said where it is not certain: `one`, `several`, or `all` for a list
            that names fewer than it says.
        before: How many other cells of the same record have named.
    """
    found = _Found(before)
    whole = normalize("NFC", text).replace("\u00a0", " ").replace("外", "외").strip()
    for piece in _pieces(whole, answer, found):
        _take(piece, answer, found)
    not_named = None if found.uncounted else found.not_named
    if not_named is None:
        found.tell("parties.not_counted", _tail(whole))
    elif not_named:
        found.tell("parties.not_named", _tail(whole), count=not_named)
    return PartiesRead(tuple(found.parties), not_named, tuple(found.doubts))


def _pieces(text: str, answer: str, found: _Found) -> list[str]:
    """Part a cell into names."""
    rough: list[str] = []
    for line in _CIRCLED.sub("\n", text).split("\n"):
        rough += _outside(line, ",，、;；|")
    rough = [_BULLET.sub("", each.strip()).strip() for each in rough]
    rough = _with_forms_abroad([each for each in rough if each])
    lone = len(rough) == 1
    pieces: list[str] = []
    for each in rough:
        for part in _by_stroke(each):
            pieces += _by_dot(part, answer, found, lone=lone)
    return [bare for each in pieces if (bare := _bare(each))]


def _with_forms_abroad(pieces: list[str]) -> list[str]:
    """Put back what a comma cut off a name abroad, as of `Foo Co., Ltd`."""
    whole: list[str] = []
    for each in pieces:
        if whole and _ABROAD.fullmatch(each):
            whole[-1] = f"{whole[-1]}, {each}"
        else:
            whole.append(each)
    return whole


def _bare(piece: str) -> str:
    """Leave out signs around a name that are none of it; the dot of `Corp.` stays."""
    bare = piece.strip(" -–—\"“”'‘’")
    return re.sub(r"(?<=[가-힣)])\s*\.+$", "", bare).strip()


def _outside(text: str, signs: str) -> list[str]:
    """Part a text at signs that stand outside brackets."""
    parts, depth, begun = [], 0, 0
    for index, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        elif sign in signs and depth == 0:
            parts.append(text[begun:index])
            begun = index + 1
    return [*parts, text[begun:]]


def _by_stroke(text: str) -> list[str]:
    """Part at strokes; A/S and 24/7 are one word."""
    parts = _outside(text, "/／")
    if len(parts) > 1 and all(len(each.strip()) > 1 for each in parts):
        return parts
    return [text]


def _by_dot(text: str, answer: str, found: _Found, *, lone: bool) -> list[str]:
    """Part at middle dots, 및, 와 and 과 where both sides are names; else a person is asked."""
    if _MAY_PART.search(text) is None:
        return [text]
    for form in (_DOT, _AND, _WITH, _NEXT_FORM, _HYPHEN):
        parts = _parted_by(form, text)
        if len(parts) < 2:
            continue
        surely = _are_names(parts, form, lone=lone)
        if surely is None:
            if answer not in {"one", "several"}:
                found.tell("parties.one_or_several", text, parts=", ".join(parts))
            surely = answer == "several"
        if surely:
            return [each for part in parts for each in _by_dot(part, answer, found, lone=False)]
    return [text]


def _parted_by(form: re.Pattern[str], text: str) -> list[str]:
    """Part a text at a form, as far as that stands outside brackets."""
    parts: list[str] = []
    begun = 0
    for each in form.finditer(text):
        before = text[: each.start()]
        if sum(map(before.count, _OPENING)) != sum(map(before.count, _CLOSING)):
            continue
        parts.append(text[begun : each.start()])
        begun = each.end()
    return [each.strip() for each in [*parts, text[begun:]]]


def _are_names(parts: list[str], form: re.Pattern[str], *, lone: bool) -> bool | None:
    """Say whether each part is a name of its own; None if nobody can tell.

    A part that ends as organisations do is one, and so is what carries a legal form. Of three and
    more that a cell holds alone none may be a bare word of two letters or the name of a place.
    """
    if any(not part for part in parts):
        return False
    bare = [_without_more(part) for part in parts]
    certain = [ends_as_a_name(part) for part in bare]
    if all(certain):
        return True
    if form is _HYPHEN:
        return False
    if form is not _DOT and not any(_HANGUL.search(part) for part in bare):
        return False
    if form is _WITH:
        return False if not certain[0] else None
    if form is _AND:
        # What begins with a legal form begins a name.
        return True if all(_FORM.match(part) for part in bare[1:]) else None
    if any(_country(part) or _PLACE_WORDS.fullmatch(part) for part in bare[:-1]):
        return False if len(parts) == 2 and certain[-1] else None
    if (
        len(parts) > 2
        and lone
        and all(len(part) > 2 or sure for part, sure in zip(bare, certain, strict=True))
    ):
        return True
    return None


def _without_more(part: str) -> str:
    found = _MORE.match(part)
    return found["name"] if found and found["name"] else part


def ends_as_a_name(part: str) -> bool:
    """Say whether a part is surely a name: it ends like one, and is more than that end."""
    if _FORM.search(part) is not None:
        return _FORM.sub("", part).strip() != ""
    found = _END.search(_BRACKET.sub("", part))
    return found is not None and (
        found.start() > 0 or len(found[0]) > 2 or found[0][0] in "동서남북중"
    )


def _take(piece: str, answer: str, found: _Found) -> None:
    """Take one piece of a cell: a name, a number of names, or both."""
    alone = _COUNT_ALONE.match(piece)
    named = found.before + len(found.parties)
    if alone and not named:
        found.not_named += int(alone["number"])
        return
    if alone:
        _count(piece, "총", int(alone["number"]), answer, found)
        return
    more = _MORE.match(piece)
    if more and _counts(more):
        if more["name"]:
            _take_name(more["name"], found)
        inside = _outside(more["inside"] or "", ",，、;/")
        told = [each.strip() for each in inside if each.strip()]
        if more["word"] == "외" and len(told) == int(more["number"]):
            for each in told:
                _take_name(each, found)
            return
        _count(piece, more["word"], int(more["number"]), answer, found)
        return
    uncounted = _MORE_UNCOUNTED.match(piece)
    if uncounted:
        _take_name(uncounted["name"], found)
        found.uncounted = True
        return
    if re.fullmatch(r"(?:등|외)\s*(?:다수)?|다수", piece) and named:
        found.uncounted = True
        return
    several = _NAMED_COUNT.match(piece)
    if several:
        _take_counted(several, found)
        return
    _take_name(piece, found)


def _take_counted(several: re.Match[str], found: _Found) -> None:
    """Take `5개 자치구(동구, 서구 등)`: as many as it says, of whom brackets may name some."""
    inside = _outside(re.sub(r"\s*(?:등|외)\s*$", "", several["inside"] or ""), ",，、;/")
    told = [each.strip() for each in inside if each.strip()]
    number = int(several["number"])
    if len(told) == 1:
        # 동·서·남 are no names; 동구·서구·남구 are.
        parts = _parted_by(_DOT, told[0])
        told = parts if all(map(ends_as_a_name, parts)) else []
    if len(told) > number:
        found.tell("parties.fewer", several[0], count=len(told))
    for each in told:
        _take_name(each, found)
    found.not_named += max(number - len(told), 0)


def _counts(more: re.Match[str]) -> bool:
    """Tell 외 9개사 from a name that holds such a letter and a number, as 제3외과 1."""
    said = more[0][len(more["name"]) :]
    return (
        not more["name"]
        or said[0].isspace()
        or re.search(r"\d\s*(?:개|곳|사|명|기관)", said) is not None
    )


def _count(piece: str, word: str, number: int, answer: str, found: _Found) -> None:
    named = found.before + len(found.parties)
    if word in {"외", "포함"}:
        found.not_named += number if word == "외" else max(number - named, 0)
        return
    rest = number - named
    if rest < 0:
        if answer != "all":
            found.tell("parties.fewer", piece, count=named)
        return
    found.not_named += rest


def _take_name(text: str, found: _Found) -> None:
    written = _bare(" ".join(text.split()))
    if not written or re.fullmatch(r"[-–—.\s]*", written):
        return
    if _NO_NAME.fullmatch(written):
        found.not_named += 1
        return
    found.parties.append(read_party(written))


def read_party(written: str) -> PartyRead:
    """Read one name, with what stands in brackets behind it and a country before it."""
    name, others, country, remarks = written, [], "", []
    if role := _ROLE_BEFORE.match(name):
        remarks.append(role[0].strip(" :：[](【】)<>"))
        name = name[role.end() :].strip()
    while (inside := _BRACKET.search(name)) and inside.start() > 0:
        if _FORM.fullmatch(inside[0].strip()):
            break
        said = inside[1].strip()
        # 조선대학교(산학협력단) is another legal person than the university.
        if _PART_OF.search(said):
            break
        name = name[: inside.start()].rstrip()
        if not said:
            continue
        if code := _country(said):
            country = code
        elif (
            _PERSONS.search(said)
            or _PLACE_WORDS.fullmatch(said)
            or _ROLE_ALONE.fullmatch(said)
            or re.search(r"\d", said)
        ):
            remarks.append(said)
        elif (
            _LATIN.fullmatch(said) or _HANJA.fullmatch(said) or _END.search(said) or len(said) <= 8
        ):
            others.append(re.sub(r"^(?:구|舊|前|전|이하|약칭)[.,:\s]+", "", said))
        else:
            remarks.append(said)
    head, _, tail = name.partition(" ")
    if tail and (code := _country(head)) not in {"", "KR"} and not country:
        country = code
        # Of a city the country is no part of the name; of 중국 공상은행 it may be.
        if _TOWN.search(tail):
            name = tail.strip()
    return PartyRead(written, name, tuple(others), country, ", ".join(remarks))


@cache
def _countries() -> Mapping[str, str]:
    found = {}
    for code, label in COUNTRIES.items():
        found[label.ko.partition("(")[0]] = code
        for other in ALSO_CALLED.get(code, ()):
            found.setdefault(other, code)
    return found


def _country(name: str) -> str:
    return _countries().get(name, "")


def _tail(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"… {line[-36:]}"
