"""What a heading says that its column holds: the words that offices write over their columns."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from unicodedata import normalize

from changefeed.declared import Label
from sheetreader.fields import FIELDS

Use = str
"""What a column holds: one of `USES`, those of `FIELDS` among them."""

USES: Mapping[Use, Label] = MappingProxyType(
    {
        "sequence": Label("연번", "line number"),
        "title": Label("협약명", "title"),
        "kind": Label("구분", "kind"),
        "parties": Label("협약기관", "partners"),
        "signed_on": Label("체결일", "signed on"),
        "year": Label("체결연도", "year of signing"),
        "effective_on": Label("시작일", "first day in force"),
        "ends_on": Label("종료일", "last day"),
        "term": Label("유효기간", "term"),
        "renewal": Label("자동연장", "renewal"),
        "department": Label("담당부서", "department"),
        "officer": Label("담당자", "officer"),
        "deputy": Label("대직자", "deputy"),
        "phone": Label("전화", "telephone"),
        "email": Label("전자우편", "e-mail"),
        **{name: column.heading for name, column in FIELDS.items()},
        # In a table of theirs a number alone is the line's, and an amount anybody's.
        "number": Label("협약번호", "agreement's number"),
        "purpose": Label("목적·내용", "purpose"),
        "amount_won": Label("시가 부담하는 금액(원)", "what the city pays, in won"),
        "status": Label("상태", "state"),
        "note": Label("비고", "note"),
        "ignore": Label("읽지 않음", "not read"),
    }
)

_WRITTEN: Mapping[Use, str] = {
    "sequence": r"연번|순번|순|번호|일련번호|no\.?|#|순서",
    "number": r"(?:협약|관리|대장|등록|mou)(?:서)?(?:관리)?번호",
    "approval_number": r"(?:결재|시행|생산)?문서(?:번호)?|결재번호|공문번호|관련문서|결재문서",
    "title": r"(?:업무)?(?:협약|협정|mou|양해각서|각서)(?:서)?(?:명|명칭|제목|건명|사업명)"
    r"|(?:협약)?(?:건명"
    r"|제목|명칭)"
    r"|사업명|과제명|협약서|협약건|agreement|title|업무협약|협약사업명?",
    "kind": r"(?:협약|협정)?(?:구분|종류|유형|형태|성격)|종별",
    "parties": r"(?:협약|체결|상대|참여|협력|대상|협업|유관|파트너|당사자)*(?:기관|업체|기업"
    r"|단체|대학|대상|상대"
    r"|상대방|당사자|상대자|상대처|처|대상자)(?:및단체|및기업)?(?:명|명칭)?|(?:협약"
    r"|체결)(?:대상|상대|처|상대방|당사자)(?:기관|업체)?(?:명)?"
    r"|협약자|협약주체|체결주체|상대편|상대측|파트너|partners?|상대도시|도시명|교류도시",
    "signed_on": r"(?:협약|체결|서명|협정|mou|조인|약정|결연|자매결연"
    r"|교류)+(?:서)?(?:식)?(?:체결)?(?:일|일자"
    r"|일시|년월일|연월일|날짜|시기|연월|년월|월일)"
    r"|일자|날짜|년월일|연월일|월일|체결|date|signed(?:on)?",
    "year": r"(?:체결|협약)?(?:연도|년도|해당연도|해당년도|년|연)",
    "effective_on": r"(?:협약|효력|기간)?(?:시작|개시|발효|발생|시행|효력발생)(?:일|일자"
    r"|년월일)|협약시작"
    r"|부터|시작",
    "ends_on": r"(?:협약|효력|기간|유효기간)?(?:종료|만료|만기|종기|완료)(?:예정)?(?:일|일자"
    r"|년월일)|(?:협약)?(?:종료|만료|끝)|까지",
    "term": r"(?:협약|유효|협약유효|존속|효력|계약|협력|약정|이행|사업)(?:기간|기한)|기간"
    r"|기한|유효기간및갱신"
    r"|효력",
    "renewal": r"(?:자동)?(?:갱신|연장)(?:조건|방법|여부|유무|사항)?|자동(?:갱신|연장)",
    "department": r"(?:시|담당|주관|소관|추진|관리|주무|총괄|시행|관련|협약|전담|작성|업무"
    r"|주관추진)*(?:부서|과"
    r"|실과|실국|팀|국|실과소|국과|부서명|과명|실국명|팀명)"
    r"|소관|담당부서명|주관부서명|소속",
    "officer": r"(?:업무|협약|부서|주무)?담당(?:자|자명|자성명|공무원|주무관)?|담당관|책임자"
    r"|실무담당|성명|주무관|실무자",
    "deputy": r"대직자|대리|부담당자?|부담당",
    "phone": r"연락처|연락번호|유선(?:번호)?|직통(?:번호)?|전화(?:번호)?|내선(?:번호)?"
    r"|행정전화|☎|tel\.?|담당자연락처"
    r"|담당자전화(?:번호)?",
    "email": r"(?:전자)?(?:이?메일|우편)(?:주소)?|e-?mail",
    "purpose": r"(?:협약|주요|사업|협력|업무협약|협약주요|주요협약)?(?:목적|내용|사항"
    r"|주요내용|골자)"
    r"|추진배경|목적및내용",
    "key": r"키|key",
    "id": r"식별자|이음(?:식별자|id)|id",
    "original": r"(?:협약서)?(?:원본|보관)(?:보관)?(?:장소|위치|처|부서|여부)?",
    "legal_force": r"법적(?:구속력|효력)(?:여부|유무)?|구속력(?:여부|유무)?",
    "money": r"(?:재정|예산|비용)(?:부담|수반|소요|지원)(?:여부|유무|사항)?",
    "amount_won": r"(?:시|시비|재정|예산|우리시)?부담(?:금|금액|액)|시비(?:부담액)?"
    r"|지원(?:금|금액|액)"
    r"|(?:소요|협약)?예산액?|협약금액",
    "public_property": r"공유재산(?:사용|제공|수반|부담|관련)?(?:여부|유무|사항)?",
    "service_field_ids": r"(?:서비스|사업|협력|협약)?분야",
    "programme_id": r"소속사업|비전|programme",
    "parent_id": r"상위협약|모협약|기본협약|원협약",
    "venue": r"(?:체결|협약|협약식|서명|체결식|행사)?장소",
    "disclosure": r"(?:정보)?공개(?:여부|구분|범위)?",
    "disclosure_reason": r"(?:비공개|부분공개|일부공개|공개여부)(?:의)?(?:사유|이유|근거)",
    "disclosure_url": r"공개(?:한|된)?(?:주소|url|링크|누리집)|누리집(?:주소)?"
    r"|홈페이지(?:주소)?|url",
    "end.term_months": r"(?:갱신|연장)(?:기간|주기)",
    "end.notice_days": r"(?:해지|종료|갱신|만료|사전)?(?:통지|통보|예고)(?:기한|기간|일수|일)?",
    "title.en": r"(?:영문|영어)(?:협약)?(?:명|명칭|제목)|(?:협약명|제목)\(?영(?:문|어)\)?",
    "status": r"(?:추진|진행|이행|현재)?(?:상태|상황|현황|여부|실적|사항)|유효여부|종료여부"
    r"|해지일(?:자)?|해지여부|종료사유|해지사유"
    r"|이행여부|추진실적",
    "note": r"비고|참고(?:사항)?|특이사항|기타(?:사항)?|메모|remarks?|note"
    # Whose money it is nobody can tell from these: read as a note.
    r"|(?:투자|사업|지원|총|총사업)?(?:금액|사업비|비용|투자액|투자비|규모|예산)|투자계획",
    "ignore": r"대표자|서명자|국가|국가명|소재지|주소|대표",
}
_PATTERNS = {use: re.compile(pattern) for use, pattern in _WRITTEN.items()}
# As our own sheets have it; where offices call it otherwise, too, either will do.
_OWN = {
    re.sub(r"\s+", "", said).casefold(): name
    for name, column in FIELDS.items()
    for said in (column.heading.ko, column.heading.en)
    if name not in {"number", "programme_id", "end.term_months", "title.en"}
}
# What may match several: the first of these is meant.
_FIRST: tuple[Use, ...] = (
    "number",
    "approval_number",
    "sequence",
    "signed_on",
    "effective_on",
    "ends_on",
    "year",
    "term",
    "renewal",
    "deputy",
    "phone",
    "email",
    "officer",
    "department",
    "title",
    "kind",
    *(name for name in FIELDS if name not in {"number", "approval_number", "purpose"}),
    "status",
    "purpose",
    "ignore",
    "parties",
    "note",
)
# 협약 내용(협약명) holds titles, 협약기간(년) a term: what the rest would say alone does not count.
_LESS: tuple[tuple[Use, frozenset[Use]], ...] = (
    ("title", frozenset({"purpose", "service_field_ids"})),
    ("term", frozenset({"year"})),
    ("parties", frozenset({"ignore", "service_field_ids"})),
    ("department", frozenset({"ignore"})),
)
# Under a heading of the other side these are theirs, not the city's.
_OF_THE_CITY = frozenset({"department", "officer", "deputy", "phone", "email"})
_PARTS = re.compile(r"[()\[\]/·,:]|및(?=.)")
_UNITS = re.compile(
    r"[(\[](?:단위[^)\]]*|백만원|억원|천원|원|건|명|예:?[^)\]]*|※[^)\]]*|yyyy[^)\]]*)[)\]]"
)
_OUTER = re.compile(r"^[\s*※▶○●□■◎☞\-.]+|[\s*※:：.]+$")


def plain(text: str) -> str:
    """Give a heading as it is compared: compatibility forms opened, without blanks and signs."""
    return re.sub(r"\s+", "", _OUTER.sub("", normalize("NFKC", text))).casefold()


def uses_of(heading: str, above: str = "") -> tuple[Use, ...]:
    """Tell what a column holds by its heading; several things if the heading names several.

    Args:
        above: What stands over this and further headings in a header of two lines.
    """
    own = _UNITS.sub("", plain(heading))
    if not own:
        return ()
    found = _OWN.get(plain(heading)) or _one(own)
    if found in _OF_THE_CITY and _one(_UNITS.sub("", plain(above))) == "parties":
        return ("ignore",)
    if found is None and above:
        found = _one(plain(above) + own)
    if found is not None:
        return (found,)
    parts = [each for part in _PARTS.split(own) if part and (each := _one(part)) is not None]
    several = tuple(dict.fromkeys(parts))
    for use, less in _LESS:
        if use in several:
            several = tuple(each for each in several if each not in less)
    return several


def _one(text: str) -> Use | None:
    found = (use for use in _FIRST if use in _PATTERNS and _PATTERNS[use].fullmatch(text))
    return next(found, None)
