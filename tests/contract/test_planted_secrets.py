"""No answer, page, letter or picture tells anybody what is closed to them, now or as known then.

A word of its own is planted in each closed place (`planting.py`). Then everything that can be
asked is asked as each caller: routes, questions, letters and pages come from their registers, so
that a new one is covered by itself, or fails here until it is named. Whoever may find a word does.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from flask import Flask
from neo4j import Driver
from uuid_utils.compat import uuid7
from werkzeug.routing import Rule
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from httpedge.access import RULE
from httpedge.caller import Signer
from ieum_graph.app import create_app as graph_app
from ieum_graph.settings import Settings as GraphSettings
from ieum_graph.storage.questions.register import QUESTIONS
from ieum_graph.storage.schema import begin_projection
from ieum_notify.app import create_app as notify_app
from ieum_notify.app import make_work
from ieum_notify.domain.calendar import today_in_seoul
from ieum_notify.domain.hours import ANY_HOUR
from ieum_notify.jobs.run import Work
from ieum_notify.settings import Settings as NotifySettings
from ieum_notify.storage.migrate import STEPS as NOTIFY_STEPS
from ieum_portal.app import create_app as portal_app
from ieum_portal.domain.account import Account
from ieum_portal.domain.viewer import Role as ViewerRole
from ieum_portal.domain.websession import WebSession
from ieum_portal.operations.sign_in import hash_of
from ieum_portal.pages.entry import new_token
from ieum_portal.settings import Settings as PortalSettings
from ieum_portal.storage.accounts import StoredAccounts
from ieum_portal.storage.migrate import STEPS as PORTAL_STEPS
from ieum_registry.commands.documents import read_next
from ieum_registry.domain.disclosure import disclosed
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from sqlstore.engine import open_engine
from tests.contract.planting import CALLERS, Planted, plant
from tests.contract.test_scope_agrees import followed
from tests.neo4j import Server
from tests.registry.api.bodies import network
from tests.registry.desk import ROLES, Desk, House, signer_of
from tests.smtp import Mailbox, free_mailbox

SAYS_NOTHING = {"docs", "docs_asset", "docs_start", "openapi", "healthz", "readyz", "metrics"}
"""Routes that tell of no record; the figures are counts of the whole house."""

WORKING_ON = date(2026, 2, 2)
"""A day on which everybody is at work."""

pytestmark = [
    pytest.mark.timeout(900),  # Many hundred questions; slow where others work beside.
    pytest.mark.usefixtures("other_processes"),  # Documents are opened in some of their own.
]

READING = {"GET"}
WRITING = {"POST", "PATCH", "PUT", "DELETE"}
LETTERS = re.compile(r"zq[a-z]+\d\dkv")


@dataclass
class Found:
    """Who found which planted word, and where first."""

    by_word: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def look(self, caller: str, where: str, text: str) -> None:
        """Look through an answer."""
        for word in set(LETTERS.findall(text)):
            self.by_word[word].setdefault(caller, where)

    def told_wrongly(self, planted: Planted) -> list[tuple[str, str, str]]:
        """Give each word that somebody found and may not."""
        return sorted(
            (word, caller, where)
            for word, callers in self.by_word.items()
            for caller, where in callers.items()
            if caller not in planted.secrets[word]
        )


@dataclass
class Houses:
    """The four services over one planted record.

    Attributes:
        apps: By name; the registry's, the graph's and notify's.
        portal: The desk, with a session for each caller who has an account.
    """

    planted: Planted
    apps: Mapping[str, Flask]
    signer: Signer
    portal: Flask
    sessions: Mapping[str, str]
    mailbox: Mailbox
    work: Work

    def headers(self, caller: str) -> dict[str, str]:
        """Give what a caller sends along."""
        return headers_of(caller, self.planted, self.signer)


def headers_of(caller: str, found: Planted, signer: Signer) -> dict[str, str]:
    """Give what a caller sends along."""
    if caller == "stranger":
        return {}
    net = found.net
    role, partners, department = {
        "office": ("office", [], None),
        "auditor": ("auditor", [], None),
        "lead": ("department", [], found.lead),
        "department": ("department", [], found.department),
        "nowhere": ("department", [], None),
        "own": ("liaison", [net.naver], None),
        "left": ("liaison", [found.left], None),
        "other": ("liaison", [net.gist], None),
    }[caller]
    token = signer.token(
        role,  # type: ignore[arg-type]  # A plain text of the table.
        ["registry", "graph", "notify"],
        now=datetime.now(UTC),
        subject=caller,
        partners=[UUID(each) for each in partners],
        department=None if department is None else UUID(department),
    )
    return {"Authorization": f"Bearer {token}"}


@dataclass
class Record:
    """The registry over a planted record, and the folder of its keys."""

    folder: Path
    house: House
    planted: Planted

    def headers(self, caller: str) -> dict[str, str]:
        """Give what a caller sends along."""
        return headers_of(caller, self.planted, self.house.signer)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("planted")
    database = f"sqlite:///{folder}/registry.db"
    STEPS.migrate(database)
    house = House.build(folder, database)
    signer_of(folder, "portal", ROLES)  # The desk speaks in its people's names.
    store = Store(database, disclose=disclosed)
    planted = plant(network(Desk(house, store)), today_in_seoul(datetime.now(UTC)))
    files, reader = house.documents.files, house.documents.reader
    while read_next(store, files, reader, datetime.now(UTC)):
        pass
    return Record(folder, house, planted)


@pytest.fixture(scope="module")
def houses(record: Record, neo4j_server: Server, neo4j_shared_driver: Driver) -> Iterator[Houses]:
    tmp_path, house, planted = record.folder, record.house, record.planted
    notify_db = f"sqlite:///{tmp_path}/notify.db"
    NOTIFY_STEPS.migrate(notify_db)
    with neo4j_shared_driver.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        begin_projection(session)
    followed(planted.net, neo4j_shared_driver)
    keys, listen = tmp_path / "keys", ("127.0.0.1", 0)
    with ExitStack() as servers:
        mailbox = servers.enter_context(free_mailbox())
        registry_url = servers.enter_context(served(house.app))
        notify_settings = NotifySettings(
            listen=listen,
            processes=1,
            database=notify_db,
            keys=keys,
            signing_key=tmp_path / "notify.key.json",
            registry_url=registry_url,
            smtp_url=mailbox.url,
            mail_from="이음 <ieum@gwangju.example>",
            portal_url="http://127.0.0.1:8400",
            letter_hours=ANY_HOUR,
        )
        graph = graph_app(
            GraphSettings(
                listen=listen,
                processes=1,
                keys=keys,
                signing_key=tmp_path / "graph.key.json",
                registry_url=registry_url,
                neo4j_url=neo4j_server.url,
                neo4j_user="neo4j",
                neo4j_password=neo4j_server.password,
            )
        )
        notify = notify_app(notify_settings)
        work = make_work(notify_settings)
        work.follow(0)
        work.plan(None)
        settings = PortalSettings(
            listen=listen,
            processes=1,
            database=f"sqlite:///{tmp_path}/portal.db",
            portal_url="http://127.0.0.1",
            registry_url=registry_url,
            graph_url=servers.enter_context(served(graph)),
            notify_url=servers.enter_context(served(notify)),
            signing_key=tmp_path / "portal.key.json",
            secret="a secret for tests alone",
            first_accounts_file=tmp_path / "first-accounts.json",
            proxies=0,
        )
        PORTAL_STEPS.migrate(settings.database)
        portal = portal_app(settings)
        apps = {"registry": house.app, "graph": graph, "notify": notify}
        sessions = dict(accounts(planted, portal, settings))
        yield Houses(planted, apps, house.signer, portal, sessions, mailbox, work)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def accounts(
    planted: Planted, portal: Flask, settings: PortalSettings
) -> Iterator[tuple[str, str]]:
    """Open a session at the desk for each caller that may have an account."""
    office = planted.net.desk.office
    holders = {
        each["at"]["id"]: UUID(each["holders"][0]["contact_id"])
        for each in office.items("/v1/seats")
    }
    now = datetime.now(UTC)
    kept = StoredAccounts(open_engine(settings.database))
    people: dict[str, tuple[ViewerRole, UUID | None, str | None]] = {
        "office": ("office", None, None),
        "auditor": ("auditor", None, None),
        "lead": ("department", None, planted.lead),
        "department": ("department", None, planted.department),
        "nowhere": ("department", None, None),
        "own": ("liaison", holders[planted.net.naver], None),
        "left": ("liaison", holders[planted.left], None),
        "other": ("liaison", holders[planted.net.gist], None),
    }
    for caller, (role, contact, department) in people.items():
        account = Account(
            uuid7(),
            f"{caller}@ieum.example",
            f"담당 {caller}",
            role,
            "ko",
            "no password",
            now,
            contact_id=contact,
            department=None if department is None else UUID(department),
        )
        kept.add(account)
        token = new_token()
        began = WebSession(hash_of(token), account.id, began_at=now, seen_at=now)
        portal.extensions["ieum"].auth.sessions.add(began)
        yield caller, token


def test_nobody_finds_what_is_closed_to_them_in_the_record(record: Record) -> None:
    planted, found = record.planted, Found()
    for caller in CALLERS:
        for where, text in record_said(record, caller):
            found.look(caller, where, text)

    assert found.told_wrongly(planted) == []
    missed = {
        (word, caller)
        for word, callers in planted.secrets.items()
        for caller in callers
        if caller not in found.by_word.get(word, {})
    }
    assert missed == set()


LIAISONS = frozenset({"own", "other", "left"})
"""They may write what is theirs to reply to; an empty body lacks what that is."""


def record_said(record: Record, caller: str) -> Iterator[tuple[str, str]]:
    """Read every route of the registry in every way there is, and try every one that writes."""
    client, headers = record.house.app.test_client(), record.headers(caller)
    for rule in rules_of(record.house.app):
        for path in filled(rule, record.planted.ids):
            if (rule.methods or set()) & READING:
                for query in queries(rule, record.planted):
                    answer = client.get(path + query, headers=headers)
                    assert answer.status_code < 500, (path, query, text_of(answer))
                    yield path + query, text_of(answer)
            elif caller != "office":
                for method in (rule.methods or set()) & WRITING:
                    answer = client.open(path, method=method, json={}, headers=headers)
                    is_asked_more = caller in LIAISONS and answer.status_code in (422, 428)
                    is_theirs = "liaison" in getattr(
                        record.house.app.view_functions[rule.endpoint], RULE
                    )
                    assert answer.status_code in (401, 403, 404) or (is_asked_more and is_theirs), (
                        method,
                        path,
                        answer.status_code,
                    )
                    yield f"{method} {path}", answer.text


def text_of(answer: TestResponse) -> str:
    """Give what an answer says, as far as it is text: a file may be anything, or hold several."""
    data: bytes = answer.data
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "".join(parts.read(each).decode(errors="replace") for each in parts.namelist())


def rules_of(app: Flask) -> Iterator[Rule]:
    return (each for each in app.url_map.iter_rules() if each.endpoint not in SAYS_NOTHING)


NONE_PLANTED = {"redactions"}
"""Collections of which the planted record holds none, which only erasing makes."""

TYPES = {
    "calendar-days": "calendar_day",
    "service-fields": "service_field",
    "promise-reports": "promise_report",
    "journal": "journal",
}


def filled(rule: Rule, ids: Mapping[str, list[str]]) -> list[str]:
    """Give a route's addresses: one for each subject of the type that stands in its path."""
    if not rule.arguments:
        return [rule.rule]
    # A route of two fails here until it is named; each planted document has one page.
    [argument] = rule.arguments - {"page"}
    collection = rule.rule.split("/")[2]
    known = ids.get(TYPES.get(collection, collection.removesuffix("s").replace("ie", "y")))
    known = known or ids.get(argument.removesuffix("_id"), [])
    assert known or collection in NONE_PLANTED, rule.rule
    path = rule.rule.replace("<int:page>", "1")
    return [path.replace(f"<uuid:{argument}>", each) for each in known]


def queries(rule: Rule, planted: Planted) -> list[str]:
    """Give the ways to ask a route: the head, the past, other days, by word and as a sheet."""
    days = [planted.today, planted.today - timedelta(days=1), date(2022, 1, 10)]
    if rule.endpoint.startswith(("changes.", "history.")):
        return ["", "?limit=200"]
    if rule.endpoint == "access-records.list_access_records":
        return ["", "?limit=200"]
    clocks = ["", *(f"?known_at={each}" for each in planted.moments), *(f"?on={d}" for d in days)]
    if rule.arguments:
        return clocks
    more = [f"{each}{'&' if each else '?'}limit=200" for each in clocks]
    standing = ["?standing=true&limit=200"] if "agreements" in rule.endpoint else []
    return [*more, *standing, "?ends_to=2999-12-31"]


def test_no_search_finds_a_word_for_whom_it_is_closed(record: Record) -> None:
    planted, wrong, hits = record.planted, [], set()
    lists = searched(record)
    assert {"/v1/agreements", "/v1/milestones", "/v1/search"} <= set(lists)
    moments = ["", *(f"&known_at={each}" for each in planted.moments)]
    for caller in CALLERS:
        client, headers = record.house.app.test_client(), record.headers(caller)
        for path, word in product(lists, planted.secrets):
            is_asked_then = caller in ("stranger", "left") and path != "/v1/search"
            for moment in moments if is_asked_then else [""]:
                answer = client.get(f"{path}?q={word}{moment}", headers=headers)
                if answer.status_code in (401, 403):
                    break
                assert answer.status_code == 200, answer.text
                if answer.json is not None and (
                    answer.json.get("items") or answer.json.get("groups")
                ):
                    hits.add((word, caller))
                    if caller not in planted.secrets[word]:
                        wrong.append((path, word, caller, moment))

    assert wrong == []
    assert {word for word, caller in hits if caller == "office"} >= {
        word for word in planted.secrets if re.match("zq(title|renamed|number|duty)", word)
    }


def test_no_search_over_everything_tells_what_is_closed(record: Record) -> None:
    planted, found = record.planted, Found()
    partners = record.planted.net.desk.office.items("/v1/partners?own=any")
    words = [*planted.secrets, "2021", "ㄱㅈ", "네이버", *(each["name"]["ko"] for each in partners)]
    for caller in CALLERS:
        client, headers = record.house.app.test_client(), record.headers(caller)
        for word in words:
            answer = client.get(
                "/v1/search", query_string={"q": word, "limit": 20}, headers=headers
            )
            assert answer.status_code == 200, answer.text
            found.look(caller, f"search {word}", answer.text)

    assert found.told_wrongly(planted) == []
    assert any("office" in callers for callers in found.by_word.values())


def searched(record: Record) -> list[str]:
    """Give the lists that are searched by words, as the office is answered."""
    client, headers = record.house.app.test_client(), record.headers("office")
    paths = (
        rule.rule
        for rule in rules_of(record.house.app)
        if not rule.arguments and (rule.methods or set()) & READING
    )
    return [
        path
        for path in paths
        if {"items", "groups"} & set(client.get(f"{path}?q=x", headers=headers).json or {})
    ]


SHEET = {"Accept": "text/csv", "X-Access-Reason": "a look"}


def test_no_sheet_tells_what_the_list_does_not(record: Record) -> None:
    planted, found = record.planted, Found()
    for caller in CALLERS:
        client, headers = record.house.app.test_client(), record.headers(caller)
        for rule in rules_of(record.house.app):
            if not rule.arguments and (rule.methods or set()) & READING:
                answer = client.get(rule.rule, headers=headers | SHEET)
                found.look(caller, rule.rule, text_of(answer))

    assert found.told_wrongly(planted) == []
    assert any("office" in callers for callers in found.by_word.values())


def test_no_question_of_the_graph_names_what_is_closed(houses: Houses) -> None:
    planted, found, answered = houses.planted, Found(), set()
    clocks: list[dict[str, Any]] = [{"on": each} for each in (planted.today, WORKING_ON)]
    clocks += [{"on": WORKING_ON, "known_at": each} for each in planted.moments]
    for caller in CALLERS:
        client, headers = houses.apps["graph"].test_client(), houses.headers(caller)
        for rule in rules_of(houses.apps["graph"]):
            if rule.rule.startswith("/v1/questions/") or not (rule.methods or set()) & READING:
                continue
            found.look(caller, rule.rule, client.get(rule.rule, headers=headers).text)
        for registered in QUESTIONS:
            question = registered.question
            for asked, at in product(parameters(question.parameters, planted), clocks):
                answer = client.get(
                    f"/v1/questions/{question.name}",
                    query_string={**asked, **at, "limit": 200},
                    headers=headers,
                )
                if answer.status_code == 200:
                    answered.add(question.name)
                where = f"{question.name} {asked} {at}"
                found.look(caller, where, answer.get_data(as_text=True))

    assert found.told_wrongly(planted) == []
    assert answered == {each.question.name for each in QUESTIONS}
    named = {word for word, callers in found.by_word.items() if "office" in callers}
    assert {re.sub(r"(ko|en)?\d\dkv", "", word) for word in named} >= {"zqtitle", "zqrenamed"}


NODES = {
    "Partner": "partner",
    "Task": "task",
    "Event": "event",
    "Strategy": "strategy",
    "Programme": "programme",
    "ServiceField": "service_field",
    "Agreement": "agreement",
    "Technology": "technology",
}


def parameters(wanted: Any, planted: Planted) -> list[dict[str, str]]:  # noqa: ANN401
    """Give every way to fill a question's parameters, the optional ones left out first."""
    choices = [
        [*([] if each.is_required else [None]), *planted.ids.get(NODES[each.of], [])]
        for each in wanted
    ]
    return [
        {each.name: value for each, value in zip(wanted, values, strict=True) if value is not None}
        for values in product(*choices)
    ]


def test_nothing_that_notify_says_tells_what_is_closed(houses: Houses) -> None:
    planted, found = houses.planted, Found()
    office = houses.apps["notify"].test_client()
    listed = office.get("/v1/occurrences?limit=200", headers=houses.headers("office")).json
    assert listed is not None
    keys = [each["key"] for each in listed["items"]]
    for caller in CALLERS:
        client, headers = houses.apps["notify"].test_client(), houses.headers(caller)
        for rule in rules_of(houses.apps["notify"]):
            if (rule.methods or set()) & READING:
                for asked in ({}, {"limit": 200}, {"days": 90}, *({"key": each} for each in keys)):
                    answer = client.get(rule.rule, query_string=asked, headers=headers)
                    assert answer.status_code < 500, answer.text
                    found.look(caller, f"{rule.rule} {asked}", answer.get_data(as_text=True))
            elif caller != "office":
                answer = client.post(rule.rule, json={}, headers=headers)
                assert answer.status_code in (401, 403), (rule.rule, caller)

    assert keys
    assert found.told_wrongly(planted) == []
    assert any("office" in callers for callers in found.by_word.values())


def test_no_letter_names_what_its_reader_may_not_read(houses: Houses) -> None:
    planted, found = houses.planted, Found()
    readers = {"naver": "own", "left": "left", "gist": "other", "lead": "lead"}
    readers |= {"traffic": "department", "office": "office"}
    send(houses)
    for message in houses.mailbox.messages:
        caller = readers[str(message["To"]).split("<")[-1].split(".")[0]]
        parts = (each.get_payload(decode=True) for each in message.walk())
        texts = [each.decode() for each in parts if isinstance(each, bytes)]
        # Each reader's own name and address are theirs to see, whoever else may not.
        found.look(caller, str(message["Subject"]), "\n".join([str(message["Subject"]), *texts]))

    # Who answers for the city is named on purpose: docs/rules/reminders.md, R-38.
    wrongly = [each for each in found.told_wrongly(planted) if each[0] not in planted.answering]
    assert wrongly == []
    assert any("own" in found.by_word[each] for each in planted.answering & found.by_word.keys())
    told = {caller for callers in found.by_word.values() for caller in callers}
    assert told == {"own", "left", "lead", "department", "office"}
    kinds = {word[2:7] for word, callers in found.by_word.items() if "lead" in callers}
    assert "title" in kinds  # Its agreement ends soon.


def send(houses: Houses) -> None:
    """Send what is due, as the worker does."""
    while houses.work.dispatch(lambda: None).claimed:
        pass


def test_no_page_of_the_desk_shows_what_is_closed(houses: Houses) -> None:
    planted, found, opened = houses.planted, Found(), set()
    for caller in CALLERS:
        client = houses.portal.test_client()
        if caller in houses.sessions:
            client.set_cookie("ieum_session", houses.sessions[caller])
        for rule in houses.portal.url_map.iter_rules():
            if not (rule.methods or set()) & READING or rule.endpoint in NO_RECORD:
                continue
            for path in pages(rule, houses):
                for day in (None, planted.today - timedelta(days=1))[: days_of(caller)]:
                    on = "" if day is None else f"{'&' if '?' in path else '?'}on={day}"
                    answer = client.get(path + on)
                    assert answer.status_code < 500, (caller, path, answer.text[:500])
                    if answer.status_code == 200:
                        opened.add(rule.endpoint)
                    found.look(caller, path + on, words_in(answer))

    assert found.told_wrongly(planted) == []
    named = {re.sub(r"(ko|en)?\d\dkv", "", word) for word in found.by_word}
    assert {"zqtitle", "zqduty", "zqname", "zqpurpose", "zqreason"} <= named
    assert {"today.show", "agreement.show", "partner.show", "history.show"} <= opened


def words_in(answer: TestResponse) -> str:
    """Give what an answer says; of a workbook, what its parts say."""
    if not zipfile.is_zipfile(io.BytesIO(answer.data)):
        return text_of(answer)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        return "".join(parts.read(each).decode() for each in parts.namelist())


def days_of(caller: str) -> int:
    """Give on how many days a caller opens each page: who left yesterday, on that day too."""
    return 2 if caller == "left" else 1


NO_RECORD = {"asset", "healthz", "readyz", "metrics"}
"""Routes of the desk that show no record."""

PAGE_TYPES = {"commitment": "collaboration"}


def pages(rule: Rule, houses: Houses) -> list[str]:
    """Give a page's addresses; an argument that is no subject fails until it is named."""
    planted = houses.planted
    if not rule.arguments:
        return [rule.rule]
    if "mark" in rule.arguments:
        return [
            rule.rule.replace("<mark>", f"{kind}:{each}")
            for kind in ("partner", "contact", "agreement", "collaboration", "milestone")
            for each in planted.ids[kind]
        ]
    [argument] = rule.arguments - {"number"}  # Of a page of a document; each planted one has one.
    if argument == "account_id":
        accounts = houses.portal.extensions["ieum"].auth.accounts.all()
        return [rule.rule.replace("<uuid:account_id>", str(each.id)) for each in accounts]
    if argument == "text":
        return [rule.rule.replace("<text>", "no-link")]
    if argument == "token":
        return [rule.rule.replace("<token>", "no-token")]
    if argument == "code":
        return [rule.rule.replace("<code>", "no-code")]
    if argument == "name":
        return [rule.rule.replace("<name>", each) for each in questions(planted)]
    name = argument.removesuffix("_id")
    known = planted.ids.get(PAGE_TYPES.get(name, name))
    assert known is not None, rule.rule
    path = rule.rule.replace("<int:number>", "1")
    return [path.replace(f"<uuid:{argument}>", each) for each in known]


def questions(planted: Planted) -> list[str]:
    """Give the address of every question's page, about everything that it can be asked about."""
    return [
        f"{each.question.name}?{urlencode(asked)}"
        for each in QUESTIONS
        for asked in parameters(each.question.parameters, planted)
    ]
