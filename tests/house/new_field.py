"""Tries a field that was added to each subject by one line; run by test_recipes over a copy.

`python -m tests.house.new_field FOLDER`: the declarations that are imported are the copy's.
"""

import json
import sys
from contextlib import closing
from pathlib import Path

from changefeed.declared import collection_of
from changefeed.mapping import from_facts, to_facts
from changefeed.subjects.all import DECLARED
from changefeed.words import facts_of
from docs import facts, fields
from ieum_registry.domain.disclosure import disclosed, told_to_parties
from ieum_registry.storage.migrate import STEPS
from ieum_registry.storage.store import Store
from tests.contract.record import NETWORK, send_document
from tests.document_files import png
from tests.registry.desk import Asker, Desk, House

FIELD = "memo2"
LINE = f'    {FIELD}: Annotated[str | None, Fact("덧붙인 비고", "second memo")] = None\n'
SECRET = "zebra"
NOT_CHANGED = {"handover", "load", "redaction", "reply"}
"""What is recorded once and for all."""


def try_it(folder: Path) -> None:
    """Look at everything that follows from a declaration."""
    _is_read_everywhere()
    url = f"sqlite:///{folder / 'registry.db'}"
    STEPS.migrate(url)
    with closing(Store(url, disclose=disclosed)) as store:
        desk = Desk(House.build(folder, url), store)
        answer = desk.load(network=NETWORK.replace("memo: 메모", f"memo: 메모, {FIELD}: {SECRET}"))
        assert answer.status == 201, answer.text
        paper = {"title": "협약서", "file_name": "협약서.png"}
        signed = desk.office.by_key("/v1/agreements", "open")["id"]
        send_document(desk.office, png("a field"), {**paper, "agreement_id": signed})
        _is_in_the_shapes(desk)
        for name in DECLARED.keys() - NOT_CHANGED:
            _is_written_and_read(desk.office, name)
        _is_closed(desk)


def _is_read_everywhere() -> None:
    told, who = facts.as_markdown(), fields.as_markdown()
    assert told.count(f"| `{FIELD}` |") == who.count(f"| `{FIELD}` |") == len(DECLARED)
    assert who.count(f"| `{FIELD}` | 덧붙인 비고 · second memo | closed |") == len(DECLARED)
    for name in DECLARED:
        assert facts_of(name)[FIELD].fact.ko == "덧붙인 비고", name


def _is_in_the_shapes(desk: Desk) -> None:
    shapes = desk.public.get("/openapi.json").json["components"]["schemas"]
    bodies = [each for each in shapes.values() if FIELD in each.get("properties", {})]
    assert len(bodies) >= 2 * len(DECLARED)


def _is_written_and_read(office: Asker, name: str) -> None:
    place = f"/v1/{collection_of(DECLARED[name])}"
    before = office.items(f"{place}?own=any" if name == "partner" else place)[0]
    address = f"{place}/{before['id']}"
    change = {FIELD: f"{SECRET} {name}", "reason": "덧붙임"}
    answer = office.patch(address, change, seen=before["version"])
    assert answer.status == 200, (name, answer.text)

    assert office.get(address).json[FIELD] == f"{SECRET} {name}"
    newest = office.get(f"/v1/history?subject={before['id']}").json["items"][0]
    assert newest["entry"]["body"][FIELD] == f"{SECRET} {name}"
    assert newest["previous"][FIELD] == before[FIELD]
    body = newest["entry"]["body"]
    assert getattr(from_facts(DECLARED[name], body), FIELD) == f"{SECRET} {name}"
    assert to_facts(from_facts(DECLARED[name], body)) == body
    older = {key: value for key, value in body.items() if key != FIELD}
    assert getattr(from_facts(DECLARED[name], older), FIELD) is None
    assert FIELD not in (disclosed(name, body) or {})
    assert FIELD not in told_to_parties(name, body)


def _is_closed(desk: Desk) -> None:
    maker = desk.office.by_key("/v1/partners", "maker")
    office = desk.office.by_key("/v1/departments", "office")
    feed = desk.office.get("/v1/changes?limit=1000").text
    assert all(f"{SECRET} {name}" in feed for name in DECLARED.keys() - NOT_CHANGED)
    places = [f"/v1/{collection_of(each)}" for each in DECLARED.values()]
    listed = {each: desk.office.get(f"{each}?limit=200") for each in places}
    single = [
        f"{place}/{each['id']}"
        for place, answer in listed.items()
        if answer.status == 200
        for each in answer.json["items"]
    ]
    for caller in (
        desk.public,
        desk.of("liaison", [maker["id"]]),
        desk.of("department", department=office["id"]),
    ):
        told = [caller.get(each) for each in ("/v1/changes?limit=1000", "/v1/history?limit=200")]
        told += [caller.get(f"{each}?limit=200") for each in places]
        told += [caller.get(each, Accept="text/csv", X_Access_Reason="x") for each in places]
        told += [caller.get(each) for each in single]
        assert sum(each.status == 200 for each in told) > len(DECLARED)
        assert [each.text for each in told if SECRET in each.text] == []


if __name__ == "__main__":
    try_it(Path(sys.argv[1]))
    print(json.dumps({"tried": len(DECLARED)}))
