"""A letter about an account: it lets somebody choose a password, by a link that opens once.

Source: docs/rules/access.md, A-12.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from ieum_notify.domain.calendar import SEOUL
from ieum_notify.domain.civil import moment_words
from ieum_notify.domain.letter import Letter, Person, message_id
from ieum_notify.domain.words import Language, Words

Purpose = Literal["invitation", "reset"]

ROLES = {
    "office": Words("총괄부서", "coordinating office"),
    "department": Words("담당부서", "department"),
    "liaison": Words("연락담당자", "liaison"),
    "auditor": Words("의회·감사 열람자", "auditor"),
}


@dataclass(frozen=True, slots=True)
class AccountLetter:
    """What the portal asks to be written.

    Attributes:
        id: Of the link; the same on every try, and so is the Message-ID.
        login: By which the person signs in.
        inviter: Who made the account; None for a reset, which anybody may have asked for.
        until: When the link stops opening.
    """

    id: UUID
    purpose: Purpose
    email: str
    name: str
    language: Language
    login: str
    role: str
    inviter: str | None
    link: str
    until: datetime

    def letter(self, domain: str) -> Letter:
        """Write it.

        Args:
            domain: What the Message-ID ends in.
        """
        person = Person(self.id, self.name, self.language, self.email)
        by = {"inviter": self.inviter, "role": ROLES[self.role].said(self.language)}
        values: dict[str, object] = {
            **(by if self.purpose == "invitation" else {}),
            "kind": Words("계정", "account").said(self.language),
            "title": self.login,
            "anchor_day": moment_words(self.until.astimezone(SEOUL)).said(self.language),
            "is_example": False,
            "link": self.link,
            "own_records": None,
            "contact": None,
            "contact_phone": None,
            "why": [self._why().said(self.language)],
        }
        key = message_id("account_link", self.id, domain)
        return Letter(f"account_{self.purpose}", self.language, person, key, values)

    def _why(self) -> Words:
        if self.purpose == "reset":
            return Words(
                "비밀번호 다시 정하기: 로그인 화면에서 이 주소로 요청이 들어왔습니다.",
                "New password: it was asked for this address on the page where people sign in.",
            )
        return Words(
            f"계정 초대: {self.inviter} 님이 이 주소로 계정을 만들었습니다.",
            f"Invitation: {self.inviter} has made an account for this address.",
        )
