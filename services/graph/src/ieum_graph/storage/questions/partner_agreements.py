"""Which agreements bind a partner, which perhaps do, what they hang under, and who was in touch."""

from neo4j import ManagedTransaction, Record
from neo4j.graph import Relationship

from changefeed.subjects.agreement import SIDES
from ieum_graph.domain import columns
from ieum_graph.domain.answers import SOURCES, Answer, Column, Link, Parameter, Question, Row
from ieum_graph.domain.words import Words
from ieum_graph.storage.questions.parts import (
    Askable,
    Asking,
    Names,
    is_called,
    last_day,
    one_of,
    seen,
)

BOUND = {
    "PARTY_TO": Words("유효", "in force"),
    "PERHAPS_PARTY_TO": Words("종료 미상", "end not known"),
}
ON_SIDE: dict[str, Words] = {side: Words(label.ko, label.en) for side, label in SIDES.items()}

QUESTION = Question(
    "partner-agreements",
    Words(
        "기관이 당사자인 협약",
        "Which agreements bind this partner, and of which does nobody know?",
    ),
    (
        Parameter(
            "partner",
            "Partner",
            Words("협약기관의 키 또는 UUID", "A partner's key or UUID"),
            is_required=True,
        ),
    ),
    (
        Column("agreement", Words("업무협약", "Agreement"), "agreement"),
        Column("bound", Words("상태", "State"), "text", BOUND),
        Column("parent", Words("상위 협약", "Hangs under"), "agreement"),
        Column("side", Words("구분", "Side"), "text", ON_SIDE),
        columns.SINCE,
        columns.UNTIL,
        Column("last_contact", Words("마지막 연락", "Last contact"), "day"),
        SOURCES,
    ),
    {"partner": "naver"},
    Words(
        "종료 미상 협약은 유효한 협약 뒤에, 부속합의는 상위 협약 바로 아래에 놓입니다. "
        "마지막 연락은 총괄부서와 의회 열람만 봅니다.",
        "Agreements of unknown end come after those in force, an annex right below what it hangs "
        "under. The last contact is told to the office and auditors alone.",
    ),
)

TEXT = f"""
MATCH (partner:Partner)-[party:PARTY_TO|PERHAPS_PARTY_TO]->(agreement:Agreement)
WHERE partner.id IN $one_with AND {seen("party")}
OPTIONAL MATCH (agreement)-[hangs:ANNEX_OF]->(parent:Agreement) WHERE {seen("hangs")}
OPTIONAL MATCH (entry:JournalEntry)-[about:ABOUT]->(agreement) WHERE {seen("about")}
OPTIONAL MATCH (entry)-[contact:CONTACT_WITH]->(met:Partner)
WHERE met.id IN $one_with AND {seen("contact")}
WITH agreement, party, parent, hangs, max(contact.valid_from) AS last_contact,
     [each IN collect(contact) WHERE each IS NOT NULL | each.source_id] AS contacts
RETURN agreement, party, parent, hangs, last_contact, contacts
ORDER BY type(party), coalesce({is_called("parent")}, {is_called("agreement")}),
         hangs IS NOT NULL, {is_called("agreement")}, agreement.id, party.valid_from
"""

# Who else signed them.
BESIDE = f"""
MATCH (other:Partner)-[party:PARTY_TO|PERHAPS_PARTY_TO]->(agreement:Agreement)
WHERE agreement.id IN $agreements AND NOT other.id IN $one_with AND {seen("party")}
MATCH {one_of("other", "one")}
WITH agreement.id AS agreement, one AS other, party
RETURN agreement, other, party
ORDER BY {is_called("other")}, other.id, party.id
"""


def partner_agreements(read: ManagedTransaction, asking: Asking) -> Answer:
    """Find a partner's agreements on a day, one row for each, those of unknown end apart.

    The picture shows who else signed them: an office knows its network by that long before anybody
    records who works on what.

    An annex stands below its parent where the asker may know what it hangs under; a parent that
    is not theirs to see is not named.
    """
    one_with = asking.one_with
    found = asking.run(read, TEXT, one_with=one_with)
    shown = found[: asking.limit]
    names = asking.names(read, shown)
    partner = asking.named["partner"]
    assert partner is not None  # noqa: S101 - the parameter is required.
    agreements = [names.if_any(each["agreement"]) for each in shown]
    parents = names.all(each["parent"] for each in shown if each["parent"] is not None)
    drawn = dict.fromkeys((*(each for each in agreements if each is not None), *parents))
    signed = [each["agreement"]["id"] for each in shown]
    beside = asking.run(read, BESIDE, agreements=signed, one_with=one_with)
    others = asking.names(read, beside).all(each["other"] for each in beside)
    links = [link for each in shown for link in _links(each, partner.id)]
    links += [_signed(each["party"], each["other"]["id"], each["agreement"]) for each in beside]
    rows = tuple(_row(each, names) for each in shown)
    return Answer(rows, len(found), ((partner,), tuple(drawn), others), tuple(links))


def _row(each: Record, names: Names) -> Row:
    party, agreement = each["party"], names.if_any(each["agreement"])
    last_contact = each["last_contact"]
    return Row(
        {
            "agreement": agreement,
            "bound": party.type,
            "parent": names.if_any(each["parent"]),
            "side": party["side"],
            "since": party["valid_from"].to_native(),
            "until": last_day(party["valid_to"]),
            "last_contact": None if last_contact is None else last_contact.to_native(),
        },
        (each["agreement"]["id"], *sorted(set(each["contacts"]))),
        agreement is not None and agreement.illustrative,
    )


def _links(each: Record, partner_id: str) -> list[Link]:
    hangs, agreement = each["hangs"], each["agreement"]["id"]
    found = [_signed(each["party"], partner_id, agreement)]
    if hangs is not None:
        found.append(Link(hangs["id"], "ANNEX_OF", agreement, each["parent"]["id"], agreement))
    return found


def _signed(party: Relationship, partner_id: str, agreement_id: str) -> Link:
    return Link(party["id"], party.type, partner_id, agreement_id, agreement_id)


PARTNER_AGREEMENTS = Askable(QUESTION, (TEXT, BESIDE), partner_agreements)
