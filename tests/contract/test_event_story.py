"""One event from its first day to its last, through both services, to a real mail server.

The city moves an expo across the beginning of summer time where it is held, and then it is
cancelled: whoever goes hears each thing once, at the right instant, for their calendar too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import requests
from icalendar import Calendar
from requests.adapters import BaseAdapter
from sqlalchemy.engine import Engine
from uuid_utils.compat import uuid7

from changefeed.reader import FeedReader
from ieum_notify.api.shapes import ConsequencesShape
from ieum_notify.app import stored_copy
from ieum_notify.domain.rules.register import RULES
from ieum_notify.operations.consequences import Waiting, consequences
from ieum_notify.operations.dispatch import dispatch
from ieum_notify.operations.follow import follow
from ieum_notify.operations.plan import plan
from ieum_notify.operations.ports import Listed, Outside
from ieum_notify.outbound.feed import RegistryFeed
from ieum_notify.outbound.registry import RegistryDirectory
from ieum_notify.outbound.smtp import SmtpMailServer
from ieum_notify.storage import migrate as notify_migrate
from ieum_notify.storage.history import StoredHistory
from ieum_notify.storage.outbox import StoredOutbox
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage import migrate as registry_migrate
from ieum_registry.storage.store import Store
from sqlstore.engine import open_engine
from tests.notify.makers import at
from tests.postgres import Databases
from tests.registry.api.bodies import Network, network
from tests.registry.desk import Desk, House
from tests.smtp import Mailbox

LIAISON = "kim@naver.example"
OFFICER = "lee@gwangju.example"


class InProcess(BaseAdapter):
    """Hands requests to the registry's application instead of a socket."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._client = desk.app.test_client()

    def send(
        self,
        request: requests.PreparedRequest,
        *_args: object,
        **_more: object,
    ) -> requests.Response:
        answer = self._client.open(
            request.path_url,
            method=request.method or "GET",
            headers=dict(request.headers),
            data=request.body,
        )
        given = requests.Response()
        given.status_code = answer.status_code
        given.headers.update(answer.headers)
        given._content = answer.data  # As requests' own adapter does.
        return given

    def close(self) -> None:
        pass


@dataclass
class City:
    """The registry's desk and the post room that follows it, at one clock."""

    net: Network
    engine: Engine
    smtp: Mailbox
    event: str = ""
    seen: int = 0

    def __post_init__(self) -> None:
        session = requests.Session()
        session.mount("http://", InProcess(self.net.desk))
        address = "http://ieum-registry.example"
        self.copy = stored_copy(self.engine, RULES)
        self.outbox = StoredOutbox(self.engine, uuid7)
        self.feed = RegistryFeed(FeedReader(address, self._token, session))
        self.outside = Outside(
            self.copy,
            self.outbox,
            RegistryDirectory(address, self._token, session),
            SmtpMailServer(self.smtp.url, "이음 <ieum@gwangju.example>", self._now),
            self._now,
            lambda: 1.0,
            "http://portal.example:8400",
        )

    def _token(self) -> str:
        return self.net.desk.services["notify"].token(
            "service", ["registry"], now=datetime.now(UTC)
        )

    def _now(self) -> datetime:
        return self.net.desk.clock.now

    def write(self, method: str, path: str, body: Mapping[str, object]) -> None:
        """Write about the event as the office, over what was read last."""
        ask = self.net.desk.office.patch if method == "PATCH" else self.net.desk.office.post
        answer = ask(f"/v1/events/{self.event}{path}", body, seen=self.seen)
        assert answer.status in (200, 201), answer.text
        self.seen += 1

    def go_on(self, now: datetime) -> list[EmailMessage]:
        """Let the post room follow, plan and send at an instant; give the letters sent then."""
        self.net.desk.clock.now = now
        before = len(self.smtp.messages)
        follow(self.feed, self.copy, self.outbox, now=now, wait_s=0)
        plan(RULES, self.copy, self.outbox, now)
        dispatch(RULES, self.outside, lambda: None)
        return self.smtp.messages[before:]


@pytest.fixture
def city(database_urls: Databases, tmp_path: Path, smtp_server: Mailbox) -> Iterator[City]:
    """Give a city with a partner's liaison and the office's officer, on both databases."""
    url = database_urls(registry_migrate.STEPS.migrate)
    (tmp_path / "house").mkdir()
    store = Store(url, disclose=disclosed)
    desk = Desk(House.build(tmp_path / "house", url), store)
    desk.clock.now = at(date(2027, 2, 1))
    net = network(desk)
    office = {"type": "department", "id": net.department}
    sit(net, net.contact(), net.seat())
    sit(
        net,
        net.contact(at=office, name="이담당", email=OFFICER),
        net.seat(at=office, role="officer"),
    )
    engine = open_engine(database_urls(notify_migrate.STEPS.migrate))
    yield City(net, engine, smtp_server)
    engine.dispose()
    store.close()


def sit(net: Network, contact: dict[str, Any], seat: dict[str, Any]) -> None:
    made = net.desk.office.made
    holder = made("/v1/contacts", contact)["id"]
    made("/v1/seats", {**seat, "holders": [{"contact_id": holder, "from": "2026-01-01"}]})


def register(city: City, *deadlines: Mapping[str, object]) -> None:
    body = city.net.event(
        deadlines=list(deadlines),
        starts_at="2027-03-13T09:00",
        ends_at="2027-03-15T18:00",
        partner_ids=[city.net.naver, city.net.city],
    )
    city.event, city.seen = city.net.desk.office.made("/v1/events", body)["id"], 1


def to(letters: list[EmailMessage], address: str) -> EmailMessage:
    [found] = [each for each in letters if address in str(each["To"])]
    return found


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def entry_of(letter: EmailMessage) -> tuple[str, int, str, datetime]:
    """Give method, sequence, UID and the instant of the enclosed entry."""
    [part] = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar: Any = Calendar.from_ical(content)
    [entry] = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["METHOD"]
    starts_at: datetime = entry["DTSTART"].dt
    return str(calendar["METHOD"]), entry["SEQUENCE"], str(entry["UID"]), starts_at.astimezone(UTC)


def listed(history: StoredHistory) -> tuple[Listed, ...]:
    return history.listed(state=None, after=None, limit=200)


def test_an_event_is_told_moved_across_summer_time_told_again_and_called_off(city: City) -> None:
    register(city)
    uid = f"event-{city.event}@ieum"
    assert city.go_on(at(date(2027, 2, 1))) == []

    told = city.go_on(at(date(2027, 2, 11)))  # 30 days before.
    assert {str(each["To"]) for each in told} == {f"김연락 <{LIAISON}>", f"이담당 <{OFFICER}>"}
    first = to(told, LIAISON)
    assert "현지 2027. 3. 13.(토) 09:00 (UTC−8)" in text_of(first)
    assert "한국 2027. 3. 14.(일) 02:00 (UTC+9)" in text_of(first)
    assert f"http://portal.example:8400/events/{city.event}" in text_of(first)
    assert entry_of(first) == ("REQUEST", 0, uid, datetime(2027, 3, 13, 17, tzinfo=UTC))

    city.net.desk.clock.now = at(date(2027, 2, 20))  # A Saturday.
    city.write("PATCH", "", {"starts_at": "2027-03-15T09:00", "ends_at": "2027-03-17T18:00"})
    assert city.go_on(at(date(2027, 2, 20))) == []
    moved = to(city.go_on(at(date(2027, 2, 22))), LIAISON)
    assert "행사 변경(시작, 종료)" in str(moved["Subject"])
    assert "현지 2027. 3. 15.(월) 09:00 (UTC−7)" in text_of(moved)
    assert "한국 2027. 3. 16.(화) 01:00 (UTC+9)" in text_of(moved)
    assert ". 변경 전: 현지 2027. 3. 13.(토) 09:00 (UTC−8) / 한국" in text_of(moved)
    assert entry_of(moved) == ("REQUEST", 1, uid, datetime(2027, 3, 15, 16, tzinfo=UTC))
    assert city.go_on(at(date(2027, 2, 25))) == []

    # 14 days before is 1 March, a holiday in Korea after a weekend.
    again = to(city.go_on(at(date(2027, 2, 26))), LIAISON)
    assert "근무일이 아니어서(삼일절) 앞선 근무일 2027. 2. 26." in text_of(again)
    assert entry_of(again) == ("REQUEST", 1, uid, datetime(2027, 3, 15, 16, tzinfo=UTC))

    city.net.desk.clock.now = at(date(2027, 3, 5))
    city.write(
        "POST",
        "/cancellations",
        {
            "cancelled_on": "2027-03-05",
            "reason": "예산 삭감",
            "cancelled_for": "주최 쪽 사정",
        },
    )
    off = to(city.go_on(at(date(2027, 3, 5))), LIAISON)
    assert "행사 취소" in str(off["Subject"])
    assert "사유: 주최 쪽 사정" in text_of(off)
    assert "예산" not in text_of(off)
    assert entry_of(off) == ("CANCEL", 2, uid, datetime(2027, 3, 15, 16, tzinfo=UTC))

    for day in range(6, 20):
        assert city.go_on(at(date(2027, 3, day))) == []
    assert len(city.smtp.messages) == 8


def test_a_deadline_moved_and_a_partner_taken_off_and_put_back_are_told(city: City) -> None:
    booth = {"kind": "booth", "on": "2027-02-12", "at": "18:00"}
    register(city, booth)
    closing = to(city.go_on(at(date(2027, 2, 10))), LIAISON)  # Late, so at once.
    assert "2027. 2. 12.(금) 18:00 (UTC−8)" in text_of(closing)

    city.write("PATCH", "", {"deadlines": [{**booth, "at": "09:00"}]})
    sooner = to(city.go_on(at(date(2027, 2, 10), 15)), LIAISON)
    assert "부스 신청 마감: 현지 2027. 2. 12.(금) 09:00 (UTC−8)" in text_of(sooner)
    assert "변경 전: 현지 2027. 2. 12.(금) 18:00 (UTC−8)" in text_of(sooner)

    city.write("PATCH", "", {"partner_ids": []})
    [off] = city.go_on(at(date(2027, 2, 10), 16))
    city.write("PATCH", "", {"partner_ids": [city.net.naver]})
    [back] = city.go_on(at(date(2027, 2, 10), 17))

    entries = [entry_of(each) for each in (sooner, off, back)]
    assert [method for method, *_ in entries] == ["REQUEST", "CANCEL", "REQUEST"]
    assert {uid for _, _, uid, _ in entries} == {f"event-{city.event}@ieum"}
    sequences = [sequence for _, sequence, *_ in entries]
    assert sequences == sorted(set(sequences))


def test_what_a_dry_run_would_do_to_the_letters_is_what_writing_it_does(city: City) -> None:
    register(city)
    city.go_on(at(date(2027, 2, 1)))
    move = {"starts_at": "2027-03-15T09:00", "ends_at": "2027-03-17T18:00"}

    dry = city.net.desk.office.patch(
        f"/v1/events/{city.event}?dry_run=true", move, seen=city.seen
    ).json
    proposed = ConsequencesShape().load({"entries": dry["entries"]})
    history = StoredHistory(city.engine)
    foretold = consequences(
        RULES,
        city.copy,
        history,
        city.outside.now(),
        proposed=proposed,
        waiting=Waiting(lambda: None, lambda _s: None),
    )
    city.write("PATCH", "", move)
    told = city.go_on(at(date(2027, 2, 1), 11))

    at_once = {each.occurrence.key for each in foretold.added if each.occurrence.revision == 1}
    assert {each.reason.en for each in foretold.withdrawn} == {"The date was moved."}
    assert len(told) == len(at_once) == 2
    states = {each.entry.occurrence.key: each.entry.state for each in listed(history)}
    for each in foretold.added:
        key = each.occurrence.key
        assert states[key] == ("sent" if key in at_once else "planned")
    for gone in foretold.withdrawn:
        assert states[gone.letter.occurrence.key] == "superseded"


def test_what_does_not_move_an_event_tells_nobody(city: City) -> None:
    register(city)
    city.go_on(at(date(2027, 2, 11)))

    city.write("PATCH", "", {"title": {"ko": "세계 대전시회"}, "task_ids": []})

    assert city.go_on(at(date(2027, 2, 12))) == []
