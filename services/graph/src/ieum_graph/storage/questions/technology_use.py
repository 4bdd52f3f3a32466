"""Who uses one technology, and on which task."""

from neo4j import ManagedTransaction

from ieum_graph.domain import columns
from ieum_graph.domain.answers import ROLES, SOURCES, Answer, Link, Parameter, Question, Row
from ieum_graph.domain.words import Words
from ieum_graph.storage.questions.parts import (
    Askable,
    Asking,
    commitment,
    is_called,
    one_of,
    seen,
)

QUESTION = Question(
    "technology-use",
    Words("기술을 쓰는 기관과 과제", "Who uses this technology, and for what?"),
    (
        Parameter(
            "technology",
            "Technology",
            Words("기술의 키 또는 UUID", "A technology's key or UUID"),
            is_required=True,
        ),
    ),
    (
        columns.PARTNER,
        columns.TASK,
        columns.ROLE,
        columns.AGREEMENT,
        columns.SINCE,
        columns.UNTIL,
        SOURCES,
    ),
    {"technology": "digital-twin"},
)

TEXT = f"""
MATCH (technology:Technology {{id: $technology}})<-[uses:USES]-(work:Collaboration)
MATCH (work)-[serves:ON]->(task:Task)
WHERE {seen("uses", "serves")}
MATCH (partner:Partner)-[part:TAKES_PART]->(work)-[under:UNDER]->(agreement:Agreement)
WHERE {seen("part", "under")}
OPTIONAL MATCH (partner)-[works:WORKS_ON {{source_id: work.id}}]->(task) WHERE {seen("works")}
OPTIONAL MATCH (technology)-[used:USED_FOR {{source_id: work.id}}]->(task) WHERE {seen("used")}
MATCH {one_of("partner", "one")}
WITH technology, one AS partner, task, work, part, agreement, works, used
RETURN technology, partner, task, work, part, agreement, works, used
ORDER BY {is_called("partner")}, partner.id, task.position, part.valid_from, work.id
"""


def technology_use(read: ManagedTransaction, asking: Asking) -> Answer:
    """Find the commitments that use a technology, one row each, and draw what they join it to."""
    found = asking.run(read, TEXT)
    shown = found[: asking.limit]
    names = asking.names(read, shown)
    rows = tuple(
        Row(
            commitment(each, names),
            (each["work"]["id"],),
            bool(each["works"] and each["works"]["illustrative"]),
        )
        for each in shown
    )
    links: list[Link] = []
    for each in shown:
        work, task = each["work"]["id"], each["task"]["id"]
        for tie, source, role in (
            (each["works"], each["partner"]["id"], ROLES.get(each["part"]["role"])),
            (each["used"], each["technology"]["id"], None),
        ):
            if tie is not None:
                links.append(Link(tie["id"], tie.type, source, task, work, role))
    rings = (
        (names.of(shown[0]["technology"]),) if shown else (),
        names.all(each["task"] for each in shown),
        names.all(each["partner"] for each in shown),
    )
    return Answer(rows, len(found), rings, tuple(links))


TECHNOLOGY_USE = Askable(QUESTION, (TEXT,), technology_use)
