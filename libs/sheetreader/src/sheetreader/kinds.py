"""What kind of agreement it is, by the column that says so or by its title."""

import re
from collections.abc import Mapping

from changefeed.subjects.agreement import AgreementKind
from sheetreader.headings import plain

# In this order: an annex to an investment agreement is an annex.
_BY_TITLE: Mapping[AgreementKind, str] = {
    "annex": r"부속|부록|세부\s*협약|annex",
    "letter_of_intent": r"의향|LOI|letter\s+of\s+intent",
    "sister": r"자매",
    "friendship": r"우호",
    "investment": r"투자\s*(?:유치\s*)?(?:협약|협정|계약|양해각서|MOU)|투자협약",
    "moa": r"합의각서|MOA|실시협약|합작법인",
    "mou": r"MOU|업무\s*협약|양해각서|상호\s*협력|업무\s*협정|협력\s*협약",
    "pact": r"협정|합의|선언|공동\s*발표|pact",
}
_PATTERNS = {
    kind: re.compile(pattern, re.IGNORECASE | re.ASCII) for kind, pattern in _BY_TITLE.items()
}
_ALONE: Mapping[str, AgreementKind] = {
    "mou": "mou",
    "업무협약": "mou",
    "협약": "mou",
    "양해각서": "mou",
    "moa": "moa",
    "합의각서": "moa",
    "합의서": "pact",
    "협정": "pact",
    "의향서": "letter_of_intent",
    "loi": "letter_of_intent",
    "투자": "investment",
    "자매": "sister",
    "자매도시": "sister",
    "우호": "friendship",
    "우호도시": "friendship",
    "부속합의": "annex",
}


def kind_named(text: str) -> AgreementKind | None:
    """Tell the kind that a cell of its own names; None if it names something else."""
    return _ALONE.get(plain(text)) or _by(text)


def kind_of_title(title: str) -> AgreementKind | None:
    """Tell the kind by the title; None if that does not say."""
    return _by(title)


def _by(text: str) -> AgreementKind | None:
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(text)), None)
