"""Proofs: files of a commitment or a milestone, sent by the office or by who owes it."""

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.document_files import docx, png
from tests.registry.api.bodies import Network
from tests.registry.desk import Answer, Asker

Body = dict[str, Any]


def liaison(net: Network, partner: str | None = None) -> Asker:
    return net.desk.of("liaison", [partner or net.naver], "liaison")


def sent(asker: Asker, data: bytes = b"", **said: object) -> Answer:
    about = {"title": "시연 결과", "file_name": "시연.png", **said}
    return asker.send(f"/v1/documents?{urlencode(about)}", data or png("proof"))


def owed(net: Network, **more: object) -> Body:
    return net.desk.office.made("/v1/milestones", net.milestone(**more))


def test_a_liaison_proves_what_its_partner_owes_with_a_file(each_net: Network) -> None:
    milestone = owed(each_net)
    work = each_net.desk.office.made("/v1/collaborations", each_net.collaboration())

    of_milestone = sent(liaison(each_net), milestone_id=milestone["id"])
    of_work = sent(liaison(each_net), png("work"), collaboration_id=work["id"])

    assert (of_milestone.status, of_work.status) == (201, 201), of_milestone.text
    made = of_milestone.json
    assert (made["agreement_id"], made["disclosure"]) == (each_net.agreement, "parties")
    assert made["kind"] == "attachment"
    assert [
        each["id"]
        for each in each_net.desk.office.items(f"/v1/documents?milestone={milestone['id']}")
    ] == [made["id"]]
    path = f"/v1/documents/{made['id']}"
    readers = {
        "office": each_net.desk.office,
        "its own": liaison(each_net),
        "another party": liaison(each_net, each_net.gist),
    }
    assert {who: each.get(f"{path}/content").status for who, each in readers.items()} == {
        "office": 200,
        "its own": 200,
        "another party": 200,
    }
    assert liaison(each_net, each_net.stranger).get(path).status == 404
    assert each_net.desk.public.get(path).status == 404


def test_the_office_keeps_a_proof_as_any_document(net: Network) -> None:
    milestone = owed(net)

    made = sent(net.desk.office, milestone_id=milestone["id"], disclosure="closed").json

    assert (made["milestone_id"], made["disclosure"]) == (milestone["id"], "closed")
    assert liaison(net).get(f"/v1/documents/{made['id']}").status == 404
    again = {"milestone_id": milestone["id"], "replaces_id": made["id"]}
    hidden = sent(liaison(net), png("new"), **again)
    assert (hidden.status, hidden.code) == (422, "reference.unknown")
    assert sent(net.desk.office, png("new"), **again).status == 201


@pytest.mark.parametrize(
    ("said", "status", "code", "pointer"),
    [
        ({"agreement_id": "agreement"}, 403, "document.not_a_proof", "/agreement_id"),
        ({"milestone_id": "theirs"}, 403, "reply.not_theirs", "/milestone_id"),
        ({"milestone_id": "hidden"}, 422, "reference.unknown", "/milestone_id"),
        ({"milestone_id": "loose"}, 409, "document.no_agreement", "/milestone_id"),
        ({}, 422, "request.invalid", "/agreement_id"),
        (
            {"milestone_id": "own", "collaboration_id": "own"},
            422,
            "request.invalid",
            "/milestone_id",
        ),
    ],
)
def test_what_is_not_a_proof_of_its_own_is_refused(
    net: Network, said: dict[str, str], status: int, code: str, pointer: str
) -> None:
    stranger = {"type": "partner", "id": net.stranger}
    ids = {
        "agreement": net.agreement,
        "own": owed(net)["id"],
        "theirs": owed(net, owner={"type": "partner", "id": net.gist})["id"],
        "hidden": owed(net, owner=stranger, agreement_id=None)["id"],
        "loose": owed(net, agreement_id=None)["id"],
    }
    head = net.desk.office.seq()

    answer = sent(liaison(net), **{name: ids[each] for name, each in said.items()})

    assert (answer.status, answer.code) == (status, code), answer.text
    assert answer.pointers == [pointer]
    assert net.desk.office.seq() == head


def test_a_file_of_another_type_is_refused_as_ever(net: Network) -> None:
    milestone = owed(net)["id"]
    for data, name, code in (
        (docx("글"), "시연.png", "document.not_what_it_claims"),
        (b"MZ", "시연.exe", "document.unknown_ending"),
    ):
        answer = sent(liaison(net), data, milestone_id=milestone, file_name=name)
        assert (answer.status, answer.code) == (422, code)


def test_a_proof_lies_under_the_agreement_of_what_it_proves(net: Network) -> None:
    other = net.desk.office.made(
        "/v1/agreements",
        {
            "kind": "mou",
            "title": {"ko": "다른 협약"},
            "signed_on": "2022-01-03",
            "end": {"rule": "evergreen"},
            "parties": [
                {"partner_id": net.city, "side": "own", "signed_on": "2022-01-03"},
                {"partner_id": net.naver, "signed_on": "2022-01-03"},
            ],
        },
    )

    answer = sent(net.desk.office, milestone_id=owed(net)["id"], agreement_id=other["id"])

    assert (answer.status, answer.code) == (422, "document.other_record")
