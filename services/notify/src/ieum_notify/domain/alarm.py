"""What a person must look at: codes that never change, with their sentence in both languages."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ieum_notify.domain.facts import Subject
from ieum_notify.domain.words import Words

SENTENCES: Mapping[str, Words] = {
    "seat.empty": Words(
        "알림을 받을 곳에 연락할 수 있는 담당자가 없어 총괄부서에 알립니다. 담당자를 지정하거나 "
        "연락 동의를 새로 받으십시오.",
        "Nobody who may be written to holds the seat; the office is told instead. Name somebody "
        "for the seat, or renew the consent.",
    ),
    "office.empty": Words(
        "알릴 곳에도 총괄부서에도 연락할 수 있는 담당자가 없어 아무에게도 알리지 못합니다. "
        "총괄부서 담당자부터 지정하십시오.",
        "Neither the seat to be told nor the office's officer seat has anybody in it: nobody is "
        "told. Fill the office's seat first.",
    ),
    "seat.no_address": Words(
        "담당자는 있으나 쓸 수 있는 전자우편 주소가 없습니다. 연락처에 주소를 넣으십시오.",
        "Somebody holds the seat but has no e-mail address in use. Add one to the contact.",
    ),
    "letter.refused": Words(
        "메일 서버가 받는 주소를 거절했습니다({code}). 연락처의 주소를 고치면 메일은 저절로 다시 "
        "나갑니다.",
        "The mail server refused the address ({code}). Correct the contact's address: the letter "
        "then goes out by itself.",
    ),
    "letter.not_taken": Words(
        "메일 서버가 메일을 받지 않아({code}) 다시 시도하고 있습니다. 계속되면 메일 서버의 정책을 "
        "확인하십시오. 메일은 알릴 때가 지나기 전까지 버려지지 않습니다.",
        "The mail server does not take a letter ({code}); it is tried again. If this goes on, "
        "check the server's policy. The letter is not given up while it is owed.",
    ),
    "letter.in_doubt": Words(
        "보냈는지 확인되지 않은 메일이 있습니다. 다시 보낼지 정하십시오.",
        "Nobody knows whether a letter was taken. Decide whether to send it again.",
    ),
    "letter.faulty": Words(
        "메일을 만들지 못해 뒤로 미루었습니다({fault}). 운영자에게 알리십시오.",
        "A letter could not be made and was put off ({fault}). Tell the operator.",
    ),
    "facts.unreadable": Words(
        "이 기록의 사실을 읽을 수 없어 계획에서 뺐습니다({fault}). 기록을 고치십시오.",
        "This record's facts cannot be read, so it is not planned from ({fault}). Mend the record.",
    ),
    "rule.faulty": Words(
        "알림 규칙이 이 기록에서 실패해 계획에서 뺐습니다({fault}). 운영자에게 알리십시오.",
        "A reminder rule failed on this record, so it is not planned ({fault}). Tell the operator.",
    ),
    "registry.away": Words(
        "대장에 연결되지 않아 발송을 미루고 있습니다. 대장이 돌아오면 이어집니다.",
        "The registry is out of reach: letters are held and go on when it is back.",
    ),
    "mail.away": Words(
        "메일 서버에 보낼 수 없어 다시 시도하고 있습니다({code}). 메일 설정을 확인하십시오.",
        "The mail server takes nothing; letters are tried again ({code}). Check the mail settings.",
    ),
    "feed.away": Words(
        "대장의 변경을 읽지 못하고 있습니다. 계획은 마지막으로 읽은 사실에 따릅니다.",
        "The registry's changes cannot be read. Planning stands on what was last heard.",
    ),
    "feed.other_log": Words(
        "다른 대장의 변경 이력이 와서 멈추었습니다. 주소(IEUM_REGISTRY_URL)를 확인하십시오. "
        "그 대장을 따르려면 `ieum notify recopy`를 실행하십시오.",
        "The feed is another log and was stopped. Check the address (IEUM_REGISTRY_URL); to follow "
        "that one run `ieum notify recopy`.",
    ),
    "feed.gap": Words(
        "변경 이력에 빠진 번호가 있어 멈추었습니다. `ieum registry verify`로 확인하십시오.",
        "The feed lacks a number and was stopped. Check the registry by `ieum registry verify`.",
    ),
}
"""Every alarm there is; the facts fill what stands in braces."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What a person changes so that an alarm goes.

    Attributes:
        about: A seat to be filled, a contact to be corrected; or a partner or department that has
            no seat of the role.
        role: Of the seat that lacks there; None for the others.
    """

    about: Subject
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something wrong that stays until it is mended; unique by code and subject.

    Attributes:
        mends: What ends it, as far as it is known; who may change nothing is not told.
        title: What the subject is called; None where the alarm is about no subject.
        facts: What the sentence names.
    """

    code: str
    subject: Subject | None = None
    title: Words | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    mends: tuple[Mend, ...] = ()

    def detail(self) -> Words:
        """Say what it is about, what is wrong and what to do next; a fact not given is a dash."""
        text, shown = SENTENCES[self.code], defaultdict(lambda: "—", self.facts)
        said = Words(text.ko.format_map(shown), text.en.format_map(shown))
        if self.title is None:
            return said
        return Words(f"「{self.title.ko}」: {said.ko}", f"“{self.title.en}”: {said.en}")
