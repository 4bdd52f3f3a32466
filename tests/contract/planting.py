"""A record with a word of its own planted in each closed place, and who may find each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from changefeed.declared import fields_of
from changefeed.subjects.all import DECLARED
from tests.document_files import pdf
from tests.registry.api.bodies import Network, agreement

CALLERS = (
    "office",
    "auditor",
    "lead",  # The department that leads the closed agreement.
    "department",  # Another one.
    "nowhere",  # A department's token that names none.
    "own",  # The liaison of a party.
    "left",  # The liaison of a party that has left.
    "other",  # The liaison of a partner that never was party.
    "stranger",
)


@dataclass
class Planted:
    """The record's ids by type of subject, and the words planted in it.

    Attributes:
        secrets: Each word with the callers who may find it.
        answering: The names of those who answer for the city: letters give them to their readers.
        moments: Entries of the log at which the past is asked for.
    """

    net: Network
    today: date
    lead: str = ""
    department: str = ""
    left: str = ""
    ids: dict[str, list[str]] = field(default_factory=dict)
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)
    answering: set[str] = field(default_factory=set)
    moments: list[int] = field(default_factory=list)

    def secret(self, where: str, *who: str, auditor: bool = True) -> str:
        """Give a new word; the office finds each, an auditor each but people's data."""
        word = f"zq{where}{len(self.secrets):02d}kv"
        seen_by = {"office", *who, *(["auditor"] if auditor else [])}
        self.secrets[word] = frozenset(seen_by)
        return word

    def both(self, where: str, *who: str) -> dict[str, str]:
        """Give a text in two languages, a word in each."""
        return {
            "ko": f"비밀 {self.secret(where + 'ko', *who)}",
            "en": f"Secret {self.secret(where + 'en', *who)}",
        }

    def made(self, path: str, body: Mapping[str, Any]) -> str:
        """Record something; the office does."""
        found: str = self.net.desk.office.made(f"/v1/{path}", dict(body))["id"]
        return found

    def change(self, path: str, seen: int, **facts: object) -> None:
        """Change something; the office does."""
        answer = self.net.desk.office.patch(f"/v1/{path}", facts, seen=seen)
        assert answer.status == 200, answer.text

    def remember(self) -> None:
        """Ask for the past as of now, too."""
        self.moments.append(self.net.desk.office.seq())


def plant(net: Network, today: date) -> Planted:
    """Record a network with a secret in everything that is closed to somebody."""
    found = Planted(net, today)
    found.lead = found.made("departments", {"name": {"ko": "투자과"}, "key": "lead"})
    found.department = found.made("departments", {"name": {"ko": "교통과"}, "key": "traffic"})
    found.left = found.made("partners", {"kind": "company", "name": {"ko": "떠난 기관"}})
    _closed(found)
    _partly(found)
    _renamed(found)
    _people(found)
    _events(found)
    _loaded(found)
    _handed_over(found)
    _closed_fields(found)
    _open_to_all(found)
    _replied(found)
    _promised(found)
    found.remember()
    items = net.desk.office.get("/v1/changes?limit=1000").json["items"]
    for each in items:
        ids = found.ids.setdefault(each["subject_type"], [])
        if each["subject_id"] not in ids:
            ids.append(each["subject_id"])
    _imported(found)
    return found


def _imported(found: Planted) -> None:
    """Bring a sheet that nobody has approved: its lines are the office's alone."""
    title, person = (found.secret(each, auditor=False) for each in ("imported", "officer"))
    sheet = f"협약명,협약기관,체결일,담당자\n협약 {title},네이버,2021-11-16,{person}\n"
    office = found.net.desk.office
    sent = office.client.post("/v1/imports?name=x.csv", data=sheet.encode(), headers=office.headers)
    assert sent.status_code == 201, sent.text
    assert sent.json is not None
    found.ids["import"] = [sent.json["id"]]


def _replied(found: Planted) -> None:
    """What a liaison proposes is its partner's and the office's alone, also a person's name."""
    net = found.net
    liaison = net.desk.of("liaison", [net.naver])
    contact = liaison.items("/v1/contacts")[0]
    record = {"type": "contact", "id": contact["id"], "version": contact["version"]}
    changes = {"name": found.secret("replyname", "own", auditor=False)}
    changes |= {"purpose": found.secret("replied", "own")}
    about = {"partner_id": net.naver, "note": found.secret("replynote", "own")}
    liaison.made("/v1/replies/proposals", {**about, "record": record, "changes": changes})
    seat = liaison.items("/v1/seats")[0]
    record = {"type": "seat", "id": seat["id"], "version": seat["version"]}
    person = {
        "name": found.secret("successor", "own", auditor=False),
        "email": f"{found.secret('successormail', 'own', auditor=False)}@naver.example",
        "consented_on": "2026-01-02",
    }
    said = {**about, "record": record, "from": "2026-11-24", "person": person}
    liaison.made("/v1/replies/successions", said)


def _promised(found: Planted) -> None:
    """What a party promised under a closed agreement is for the parties of that."""
    theirs = ("own", "other")
    about = {"agreement_id": found.net.agreement, "partner_id": found.net.naver}
    figure = {"indicator": "own", "target": 7, "unit": found.secret("unit", *theirs)}
    words = {"name": found.both("promise", *theirs), "definition": found.secret("counts", *theirs)}
    days = {"base_on": "2022-01-01", "due_on": "2022-12-31"}
    made = found.made("promises", {**about, **figure, **words, **days})
    proof = [{"on": "2022-06-30", "text": found.secret("reached", *theirs)}]
    told = {"promise_id": made, "on": "2022-06-30", "reached": 3, "evidence": proof}
    found.made("promise-reports", {**told, "note": found.secret("reportnote", *theirs)})


def _open_to_all(found: Planted) -> None:
    """One of each type of which nothing is closed, so that its pages are opened, too."""
    field = {"programme_id": found.net.programme, "position": 1, "group": "industry"}
    found.made("service-fields", {**field, "name": {"ko": "분야"}})
    day = {"on": "2020-01-02", "working": False, "decreed_by": "공고"}
    found.made("calendar-days", {**day, "name": {"ko": "쉬는 날"}})


def _sides(found: Planted) -> dict[str, Any]:
    """The city, our partner, and one that left yesterday."""
    yesterday = (found.today - timedelta(days=1)).isoformat()
    body = agreement(found.net.city, found.net.naver, found.left)
    body["parties"][2]["left_on"] = yesterday
    return {**body, "programme_id": found.net.programme, "lead_department_id": found.lead}


def _closed(found: Planted) -> None:
    """A closed agreement that ends soon, with work and milestones of each kind of owner."""
    net, ours = found.net, ("own", "lead")
    body = {
        **_sides(found),
        "title": found.both("title", *ours),
        "purpose": found.both("purpose", *ours),
        "venue": found.both("venue", *ours),
        "number": found.secret("number", *ours),
        "end": {
            "rule": "fixed",
            "ends_on": (found.today + timedelta(days=20)).isoformat(),
            "note": found.secret("note", *ours),
        },
    }
    made = found.made("agreements", body)
    found.remember()
    reason = found.secret("reason", *ours)
    found.change(f"agreements/{made}", 1, venue={"ko": "시청"}, reason=reason)
    proof = [{"on": "2026-01-10", "text": found.secret("work", *ours)}]
    found.made("collaborations", net.collaboration(agreement_id=made, evidence=proof))
    _document(found, made, "closed")
    _document(found, made, "parties", *ours)
    due_on, later = ((found.today + timedelta(days=each)).isoformat() for each in (5, 6))

    def owed(owner: dict[str, str], *who: str) -> None:
        proved = [{"on": "2026-01-10", "text": found.secret("proof", *who)}]
        body = net.milestone(agreement_id=made, owner=owner, due_on=due_on, evidence=proved)
        milestone = found.made("milestones", {**body, "title": found.both("duty", *who)})
        why = found.secret("why", *who)
        found.change(f"milestones/{milestone}", 1, due_on=later, reason=why)

    owed({"type": "partner", "id": net.naver}, *ours)
    owed({"type": "department", "id": found.department}, *ours, "department")
    owed({"type": "department", "id": net.department}, *ours)
    lone = net.milestone(
        agreement_id=None, owner={"type": "partner", "id": found.left}, due_on=due_on
    )
    found.made("milestones", {**lone, "title": found.both("lone", "left")})
    # As from before owners obeyed a rule: a party left, and what it owed stays its own to see.
    parties = body["parties"]
    still = [{**each, "left_on": None} for each in parties]
    found.change(f"agreements/{made}", 2, parties=still, reason="정정")
    theirs = {"type": "partner", "id": found.left}
    owed(theirs, *ours, "left")
    found.change(f"agreements/{made}", 3, parties=parties, reason="탈퇴")


def _document(found: Planted, agreement_id: str, disclosure: str, *who: str) -> None:
    """A document with a word in its title, its file's name and its file."""
    about = {
        "agreement_id": agreement_id,
        "title": found.secret("doctitle", *who),
        "file_name": f"{found.secret('docname', *who)}.pdf",
        "disclosure": disclosure,
    }
    data = pdf(found.secret("doctext", *who))
    answer = found.net.desk.office.send(f"/v1/documents?{urlencode(about)}", data)
    assert answer.status == 201, answer.text


def _partly(found: Planted) -> None:
    """A partly disclosed agreement of another partner, with closed work under it."""
    net = found.net
    body = {
        **agreement(net.city, net.gist, disclosure="partly", programme_id=net.programme),
        "title": {"ko": "일부 공개 협약"},
        "purpose": found.both("partly", "other"),
        "end": {"rule": "evergreen", "note": found.secret("partlynote", "other")},
    }
    made = found.made("agreements", body)
    proof = [{"on": "2026-01-10", "text": found.secret("hidden", "other")}]
    work = net.collaboration(partner_id=net.gist, agreement_id=made, evidence=proof)
    found.made("collaborations", work)


def _renamed(found: Planted) -> None:
    """An agreement that was public, was closed, and got its secret name afterwards."""
    net = found.net
    body = {
        **agreement(net.city, net.gist, disclosure="public", programme_id=net.programme),
        "title": {"ko": "한때 공개된 협약"},
    }
    made = found.made("agreements", body)
    found.made("collaborations", net.collaboration(partner_id=net.gist, agreement_id=made))
    found.remember()
    closing = found.secret("closing", "other")
    found.change(f"agreements/{made}", 1, disclosure="closed", reason=closing)
    title = found.both("renamed", "other")
    found.change(f"agreements/{made}", 2, title=title, reason="이름 변경")


def _people(found: Planted) -> None:
    """People at each house, some behind a seat that a department needs."""
    net = found.net
    houses = (
        ({"type": "partner", "id": net.naver}, ("own", "lead"), "liaison", "naver"),
        ({"type": "partner", "id": net.gist}, ("other",), "liaison", "gist"),
        ({"type": "partner", "id": found.left}, ("left",), "liaison", "left"),
        ({"type": "department", "id": found.lead}, ("lead",), "officer", "lead"),
        ({"type": "department", "id": found.department}, ("department",), "officer", "traffic"),
        ({"type": "department", "id": net.department}, (), "officer", "office"),
    )
    for at, who, role, name in houses:
        held = _person(found, at, who, name, answers=role == "officer")
        found.made(
            "seats",
            {"at": at, "role": role, "holders": [{"contact_id": held, "from": "2026-01-01"}]},
        )
        _person(found, at, tuple(each for each in who if at["type"] != "partner" or each != "lead"))


def _person(
    found: Planted,
    at: dict[str, str],
    who: tuple[str, ...],
    mailbox: str | None = None,
    *,
    answers: bool = False,
) -> str:
    local = found.secret("mail", *who, auditor=False)
    name = found.secret("name", *who, auditor=False)
    if answers:
        found.answering.add(name)
    body = found.net.contact(
        at=at,
        name=f"김 {name}",
        email=f"{mailbox or 'someone'}.{local}@mail.example",
        purpose=found.secret("use", *who),
    )
    return found.made("contacts", body)


def _events(found: Planted) -> None:
    """An event is public; why it was cancelled is the office's to know."""
    net = found.net
    made = found.made("events", net.event())
    body = {
        "cancelled_on": found.today.isoformat(),
        "reason": found.secret("offreason"),
        "cancelled_for": "주최 측 사정",
    }
    answer = net.desk.office.post(f"/v1/events/{made}/cancellations", body, seen=1)
    assert answer.status == 201, answer.text


def _loaded(found: Planted) -> None:
    """What was loaded is nobody else's business."""
    name = found.secret("load")
    text = "format: 1\npartners:\n  - {key: loaded, kind: company, name: {ko: 불러온 기관}}\n"
    answer = found.net.desk.office.post(
        "/v1/loads", {"documents": [{"name": f"{name}.yaml", "text": text}]}
    )
    assert answer.status == 201, answer.text


def _handed_over(found: Planted) -> None:
    """Why something was handed over from one department to another is the office's own."""
    office, net = found.net.desk.office, found.net
    event = found.made("events", net.event(department_id=found.department))
    body = {
        "from_department_id": found.department,
        "to_department_id": found.lead,
        "on": found.today.isoformat(),
        "reason": found.secret("handover"),
        "matters": [{"type": "event", "id": event, "version": 1}],
    }
    answer = office.post("/v1/handovers", body)
    assert answer.status == 201, answer.text


def _closed_fields(found: Planted) -> None:
    """A word in each closed text of records that are open: what the office notes for itself."""
    closed = {
        name: [each.key for each in fields_of(kind_of) if not each.fact.public]
        for name, kind_of in DECLARED.items()
        if kind_of.declares.public or kind_of.declares.opened_by
    }
    texts = ["corporate_number", "memo"]
    # What is closed of an agreement its own parties know; codes and ids hold no word.
    theirs = [
        *("original", "legal_force", "money", "amount_won", "public_property", "parent_id"),
        *("amends_id", "renews_id", "supersedes_id", "council_consent", "drafting", "amendments"),
    ]
    # So are the ids of partners told apart: tests/registry/api/test_merging.py looks for them.
    expected = {
        "partner": [*texts, "distinct_ids"],
        "agreement": theirs,
        "document": ["collaboration_id", "milestone_id"],
    }
    assert {name: keys for name, keys in closed.items() if keys} == expected
    where = f"partners/{found.net.naver}"
    seen = found.net.desk.office.get(f"/v1/{where}").json["version"]
    found.change(where, seen, **{name: found.secret(name.replace("_", "")) for name in texts})
    where = f"agreements/{found.net.agreement}"
    stands = found.net.desk.office.get(f"/v1/{where}").json
    last = {**stands["parties"][-1], "left_why": found.secret("leftwhy", "own", "other")}
    found.change(
        where,
        stands["version"],
        original=found.secret("original", "own", "other"),
        parties=[*stands["parties"][:-1], last],
        reason="보관 장소 확인",
    )
    contact = {"partner_id": found.net.naver, "on": "2026-01-12", "kind": "visit"}
    ours = {"department_id": found.lead, "agreement_id": found.net.agreement}
    noted = {"key": found.secret("journalkey"), "text": found.secret("journal")}
    found.made("journal", {**contact, **ours, **noted})
    found.remember()
