"""The first run of a new installation: who may begin it, and what is asked there.

The code is made of the portal's secret and kept nowhere; it opens as long as there is no account,
and so once.

Source: docs/rules/terms.md, T-65.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from unicodedata import category

LONGEST = 200
"""Of a name, a login, a telephone number, in characters."""

FILE = "first-run.yaml"
"""Under which name the registry takes in what was typed."""

OWN, OFFICE, OFFICER = "own", "office", "first-administrator"
"""The keys under which the house's own side, its office and its first person are on record."""

NEEDED = ("house", "office", "telephone", "name", "login")
HOUSES = ("house", "house_en", "office", "office_en", "telephone")
"""What is asked of the house, beside the person."""


def code_of(secret: bytes) -> str:
    """Give the code that opens the first run."""
    digest = hmac(secret, b"first-run", sha256).digest()
    return urlsafe_b64encode(digest[:24]).decode()


def is_code(text: str, secret: bytes) -> bool:
    """Say whether somebody holds the code."""
    return compare_digest(code_of(secret).encode(), text.strip().encode())


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What was typed.

    Attributes:
        house: What the city or body is called; its English name may be empty.
        office: The department that coordinates; its English name may be empty.
        telephone: Of the office: readers of letters call it.
        name, login: The first administrator; letters go to the login.
    """

    house: str
    house_en: str
    office: str
    office_en: str
    telephone: str
    name: str
    login: str

    @classmethod
    def typed(cls, form: Mapping[str, str]) -> "FirstRun":
        """Take what was typed, without blanks around it."""
        return cls(**{each: form.get(each, "").strip() for each in cls.__slots__})

    def faults(self, *, needs_house: bool) -> dict[str, str]:
        """Say what is wrong, by field, in the order of the fields: `empty`, `long`, `unseen`."""
        found = {}
        for each in self.__slots__:
            if each in HOUSES and not needs_house:
                continue
            value: str = getattr(self, each)
            if not value and each in NEEDED:
                found[each] = "empty"
            elif len(value) > LONGEST:
                found[each] = "long"
            elif any(category(sign) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") for sign in value):
                found[each] = "unseen"
        return found

    def record(self, *, on: date, language: str) -> str:
        """Write it as a file of records: own side, office, the person, and their seat.

        Args:
            on: The day on which the person types it, and so agrees to be written to.
        """
        at = {"department": OFFICE}
        held = {"contact": OFFICER, "from": on.isoformat()}
        told = {
            "format": 1,
            "own": {"key": OWN, "kind": "government", "name": _words(self.house, self.house_en)},
            "departments": [
                {"key": OFFICE, "office": True, "name": _words(self.office, self.office_en)}
            ],
            "contacts": [
                {
                    "key": OFFICER,
                    "at": at,
                    "name": self.name,
                    "email": self.login,
                    "phone": self.telephone,
                    "language": language,
                    "purpose": "협약 총괄 업무 연락",
                    "consented_on": on.isoformat(),
                }
            ],
            "seats": [
                {
                    "key": f"{OFFICE}-officer",
                    "at": at,
                    "role": "officer",
                    "language": language,
                    "holders": [held],
                }
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=1)


def _words(korean: str, english: str) -> dict[str, str]:
    return {"ko": korean, "en": english} if english else {"ko": korean}
