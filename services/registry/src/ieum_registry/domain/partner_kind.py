"""What kind of organisation a name seems to be of: proposed where nobody has said it yet."""

import re

from changefeed.subjects.partner import PartnerKind

_ENDINGS: tuple[tuple[PartnerKind, re.Pattern[str]], ...] = (
    ("cooperative", re.compile("협동조합|생협|신협|농협|축협|수협")),
    ("company", re.compile(r"㈜|\(주\)|\(유\)|주식회사|유한회사|유한책임회사|합자회사|합명회사")),
    ("university", re.compile("(?:대학교?|대학원|대|폴리텍)(?:산학협력단|병원)?$|산학협력단$")),
    ("association", re.compile("(?:협회|연합회|협의회|중앙회|상공회의소|연맹|학회|포럼|조합)$")),
    ("institute", re.compile("(?:연구원|연구소|과학원|기술원|평가원|연구센터)$")),
    (
        "government",
        re.compile(
            "(?:특별시|광역시|특별자치시|특별자치도|[가-힣][시군구도]|[부처청]|교육청|위원회)$"
        ),
    ),
    (
        "agency",
        re.compile("(?:공사|공단|진흥원|재단|개발원|테크노파크|센터|은행|본부|사업단|병원|관)$"),
    ),
)


def kind_of_name(name: str, *, country: str = "") -> PartnerKind:
    """Propose the kind; a person sees and may change it. What tells nothing is a company.

    Args:
        country: ISO 3166-1, where the sheet names one; another than Korea is a foreign body.

    Source: docs/rules/terms.md, T-58.
    """
    if country not in ("", "KR"):
        return "foreign"
    bare = name.strip()
    for kind, ending in _ENDINGS:
        if ending.search(bare):
            return kind
    return "company"
