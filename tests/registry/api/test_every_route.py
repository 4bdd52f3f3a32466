"""What holds for each route and each stored body, whoever adds the next one."""

import inspect
import json
from urllib.parse import urlencode

from changefeed.mapping import from_facts, to_facts
from httpedge.access import RULE
from ieum_registry import operations
from ieum_registry.api.answers import RECORDS
from ieum_registry.api.import_sentences import SENTENCES as OF_LINES
from ieum_registry.api.journal import JournalEntryBody
from ieum_registry.api.load_faults import SENTENCES
from ieum_registry.api.problems import PROBLEMS
from ieum_registry.api.shapes.agreement import AgreementBody
from ieum_registry.api.shapes.calendar_day import CalendarDayBody
from ieum_registry.api.shapes.catalogue import (
    ProgrammeBody,
    ServiceFieldBody,
    StrategyBody,
    TaskBody,
    TechnologyBody,
)
from ieum_registry.api.shapes.collaboration import CollaborationBody
from ieum_registry.api.shapes.contact import ContactBody
from ieum_registry.api.shapes.department import DepartmentBody
from ieum_registry.api.shapes.document import DocumentBody
from ieum_registry.api.shapes.event import EventBody
from ieum_registry.api.shapes.handover import HandoverBody
from ieum_registry.api.shapes.load import LoadRecordBody
from ieum_registry.api.shapes.milestone import MilestoneBody
from ieum_registry.api.shapes.partner import PartnerBody
from ieum_registry.api.shapes.promise import PromiseBody, PromiseReportBody
from ieum_registry.api.shapes.redaction import RedactionBody
from ieum_registry.api.shapes.reply import ReplyBody
from ieum_registry.api.shapes.seat import SeatBody
from ieum_registry.api.shapes.subject import Body
from ieum_registry.domain.subjects import SUBJECTS
from tests.document_files import png
from tests.registry.desk import GWANGJU, ILLUSTRATION, Desk, House

BODIES: dict[str, type[Body]] = {
    "partner": PartnerBody,
    "department": DepartmentBody,
    "contact": ContactBody,
    "seat": SeatBody,
    "programme": ProgrammeBody,
    "strategy": StrategyBody,
    "task": TaskBody,
    "service_field": ServiceFieldBody,
    "technology": TechnologyBody,
    "agreement": AgreementBody,
    "collaboration": CollaborationBody,
    "milestone": MilestoneBody,
    "event": EventBody,
    "calendar_day": CalendarDayBody,
    "journal": JournalEntryBody,
    "document": DocumentBody,
    "promise": PromiseBody,
    "promise_report": PromiseReportBody,
    "reply": ReplyBody,
    "load": LoadRecordBody,
    "handover": HandoverBody,
    "redaction": RedactionBody,
}
OF_IMPORTS = {
    f"imports.{each}"
    for each in ("bring_sheet", "decide_import", "erase_import", "approve_import", "undo_import")
}
WRITES_OTHERWISE = {
    "documents.put_back",
    "loads.load_files",
    "resolutions.resolve_now",
    *OF_IMPORTS,
}
"""Loading records many entries and answers with a count; a file put back is on record already;
resolving writes nothing, and a step of an import stages something, beside the log."""


def test_every_writing_route_answers_with_what_it_recorded(house: House) -> None:
    writing = {
        rule.endpoint
        for rule in house.app.url_map.iter_rules()
        if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
    }

    silent = {each for each in writing if not hasattr(house.app.view_functions[each], RECORDS)}
    assert silent == WRITES_OTHERWISE


LIAISONS = {
    "replies.confirm",
    "replies.propose",
    "replies.succeed",
    "replies.withdraw",
    "documents.register",
    "promise-reports.record",
}
"""What a liaison writes; test_replies.py and test_promises.py say of what."""


def test_the_office_alone_may_use_a_writing_route(house: House) -> None:
    rules = {
        endpoint: getattr(view, RULE)
        for endpoint, view in house.app.view_functions.items()
        if hasattr(view, RECORDS) or endpoint in {"loads.load_files", *OF_IMPORTS}
    }

    assert {each for each, roles in rules.items() if "liaison" in roles} == LIAISONS
    assert {each for each, roles in rules.items() if not roles <= {"office", "liaison"}} == set()


def test_every_stored_body_fits_its_schema(desk: Desk) -> None:
    desk.load(GWANGJU, ILLUSTRATION)
    place = desk.office.items("/v1/departments")[0]["id"]
    partner = desk.office.items("/v1/partners")[0]["id"]
    liaison = desk.of("liaison", [partner])
    record = {"type": "partner", "id": partner, "version": 1}
    said = {"partner_id": partner, "records": [record]}
    liaison.made("/v1/replies/confirmations", said)
    visit = {"partner_id": partner, "department_id": place, "on": "2026-11-20", "kind": "visit"}
    desk.office.made("/v1/journal", {**visit, "text": "진행 상황 확인"})
    other = desk.office.made("/v1/departments", {"name": {"ko": "다른 과"}})["id"]
    [*_, held] = desk.office.get(f"/v1/handovers/held?department={place}").json["items"]
    matter = {each: held["resource"][each] for each in ("id", "version")}
    desk.office.made(
        "/v1/handovers",
        {
            "from_department_id": place,
            "to_department_id": other,
            "on": "2026-11-20",
            "reason": "조직 개편",
            "matters": [{"type": held["type"], **matter}],
        },
    )
    agreement = desk.office.items("/v1/agreements")[0]["id"]
    promised = {"agreement_id": agreement, "partner_id": partner, "indicator": "jobs"}
    days = {"base_on": "2022-01-01", "due_on": "2026-12-31"}
    made = desk.office.made("/v1/promises", {**promised, **days, "target": 30, "unit": "명"})
    told = {"promise_id": made["id"], "on": "2026-10-31", "reached": 12}
    desk.office.made("/v1/promise-reports", told)
    day = {"on": "2026-12-24", "working": False, "name": {"ko": "x"}, "decreed_by": "y"}
    made = desk.office.made("/v1/calendar-days", day)
    desk.office.patch(f"/v1/calendar-days/{made['id']}", {"working": True}, seen=1)
    about = {"agreement_id": agreement, "title": "정본", "file_name": "정본.png"}
    sent = desk.office.send(f"/v1/documents?{urlencode(about)}", png("every body"))
    assert sent.status == 201, sent.text
    desk.office.made("/v1/redactions", {"seq": desk.office.seq() - 2, "reason": "z"})

    changes = desk.office.get("/v1/changes?limit=1000").json["items"]

    assert {each["subject_type"] for each in changes} == set(BODIES) == set(SUBJECTS)
    for change in changes:
        kind, body = change["subject_type"], change["body"]
        if body is None:
            continue
        loaded = BODIES[kind]().load(body | {"version": change["version"]})
        assert loaded == from_facts(SUBJECTS[kind], body)
        assert json.loads(json.dumps(to_facts(loaded))) == body


def test_every_problem_ends_with_a_next_step_in_both_languages() -> None:
    for code, text in PROBLEMS.items():
        assert text.ko_detail.rstrip().endswith(("오.", ").", '".', "다.")), code
        assert text.en_detail.rstrip().endswith((".", '".')), code
    for code, (korean, english) in {**SENTENCES, **OF_LINES}.items():
        assert korean.endswith("."), code
        assert english.endswith("."), code


def test_every_refusal_has_a_sentence() -> None:
    """Each code in the source that is raised by a rule stands in one of the tables."""
    import pkgutil
    import re
    from importlib import import_module

    import ieum_registry.domain

    raised: set[str] = set()
    for package in (operations, ieum_registry.domain):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            source = inspect.getsource(import_module(found.name))
            raised |= set(re.findall(r"""RuleBroken\(\s*"([a-z_.]+)\"""", source))
            raised |= set(
                re.findall(
                    r"""(?:_wrong|\.add|_note|_stop)\(\s*(?:draft, )?"([a-z_]+\.[a-z_]+)\"""",
                    source,
                )
            )

    assert raised
    assert raised - PROBLEMS.keys() - SENTENCES.keys() == set()


def test_the_document_describes_every_route(desk: Desk) -> None:
    document = desk.public.get("/openapi.json").json

    documented = {
        (method, path.replace("{", "<").replace("}", ">"))
        for path, methods in document["paths"].items()
        for method in methods
    }
    served = {
        (method.lower(), rule.rule.replace("<uuid:", "<").replace("<int:", "<"))
        for rule in desk.app.url_map.iter_rules()
        if rule.rule.startswith("/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {
        each for each in documented if each[1].startswith("/v1/") and each[0] != "parameters"
    }
