"""The network: of one partner, what it does and who stands beside it; without one, of all."""

from neo4j import ManagedTransaction, Record

from ieum_graph.domain import columns
from ieum_graph.domain.answers import (
    ROLES,
    SOURCES,
    Answer,
    Column,
    Link,
    Parameter,
    Question,
    Row,
    Thing,
)
from ieum_graph.domain.words import Words
from ieum_graph.storage.questions.parts import (
    Askable,
    Asking,
    Names,
    commitment,
    is_called,
    one_of,
    seen,
)

QUESTION = Question(
    "partner-network",
    Words("기관의 협력 관계망", "What joins this partner to whom?"),
    (
        Parameter(
            "partner",
            "Partner",
            Words("협약기관의 키 또는 UUID; 없으면 전체", "A partner's key or UUID; all without"),
        ),
    ),
    (
        columns.PARTNER,
        columns.TASK,
        columns.ROLE,
        columns.TECHNOLOGIES,
        Column("service_field", Words("서비스 분야", "Service field"), "service_field"),
        columns.AGREEMENT,
        columns.SINCE,
        columns.UNTIL,
        SOURCES,
    ),
    {"partner": "naver"},
)

TEXT = f"""
MATCH (partner:Partner)-[part:TAKES_PART]->(work:Collaboration)-[serves:ON]->(task:Task)
WHERE ($one_with IS NULL OR partner.id IN $one_with) AND {seen("part", "serves")}
MATCH (partner)-[works:WORKS_ON {{source_id: work.id}}]->(task) WHERE {seen("works")}
MATCH (work)-[under:UNDER]->(agreement:Agreement) WHERE {seen("under")}
OPTIONAL MATCH (technology:Technology)-[used:USED_FOR {{source_id: work.id}}]->(task)
WHERE {seen("used")}
OPTIONAL MATCH (work)-[within:IN_FIELD]->(field:ServiceField) WHERE {seen("within")}
WITH partner, task, work, part, works, agreement, head(collect(field)) AS field,
     collect(DISTINCT technology) AS technologies, collect(DISTINCT used) AS used
MATCH {one_of("partner", "one")}
WITH one AS partner, task, work, part, works, agreement, field, technologies, used
RETURN partner, task, work, part, works, agreement, field, technologies, used
ORDER BY {is_called("partner")}, partner.id, task.position, part.valid_from, work.id
"""

# Who else works on the same tasks.
BESIDE = f"""
MATCH (task:Task)<-[works:WORKS_ON]-(other:Partner)
WHERE task.id IN $tasks AND NOT other.id IN $one_with AND {seen("works")}
MATCH {one_of("other", "one")}
WITH task.id AS task, one AS other, works
RETURN task, other, works
ORDER BY {is_called("other")}, other.id, works.id
"""


def partner_network(read: ManagedTransaction, asking: Asking) -> Answer:
    """Find a partner's commitments, one row each, and draw what they lead to.

    The picture shows the partner, its tasks and technologies and who else works on those tasks;
    without a partner, all partners, tasks and technologies.
    """
    one_with = asking.one_with
    found = asking.run(read, TEXT, one_with=one_with)
    shown = found[: asking.limit]
    names = asking.names(read, shown)
    rows = tuple(_row(each, names) for each in shown)
    centre = asking.named["partner"]
    if centre is None:
        rings, links = _everybody(shown, names)
    else:
        rings, links = _around(centre, read, asking, shown, names, one_with)
    return Answer(rows, len(found), rings, links)


def _row(each: Record, names: Names) -> Row:
    return Row(
        {
            **commitment(each, names),
            "technologies": names.all(each["technologies"]),
            "service_field": names.if_any(each["field"]),
        },
        (each["work"]["id"],),
        bool(each["works"]["illustrative"]),
    )


def _everybody(
    shown: list[Record], names: Names
) -> tuple[tuple[tuple[Thing, ...], ...], tuple[Link, ...]]:
    tasks = names.all(each["task"] for each in shown)
    partners = names.all(each["partner"] for each in shown)
    technologies = names.all([node for each in shown for node in each["technologies"]])
    return ((), technologies, tasks, partners), _links(shown)


def _around(
    centre: Thing,
    read: ManagedTransaction,
    asking: Asking,
    shown: list[Record],
    names: Names,
    one_with: list[str] | None,
) -> tuple[tuple[tuple[Thing, ...], ...], tuple[Link, ...]]:
    tasks = names.all(each["task"] for each in shown)
    technologies = names.all([node for each in shown for node in each["technologies"]])
    beside = asking.run(read, BESIDE, tasks=[task.id for task in tasks], one_with=one_with)
    others = asking.names(read, beside).all(each["other"] for each in beside)
    links = _links(shown) + tuple(
        Link(
            each["works"]["id"],
            "WORKS_ON",
            each["other"]["id"],
            each["task"],
            each["works"]["source_id"],
            ROLES.get(each["works"]["role"]),
        )
        for each in beside
    )
    return ((centre,), tasks, (*technologies, *others)), links


def _links(shown: list[Record]) -> tuple[Link, ...]:
    """Give the lines of the picture: partner to task, and to the task what is used for it."""
    links: list[Link] = []
    for each in shown:
        work, partner, task = each["work"]["id"], each["partner"]["id"], each["task"]["id"]
        role = ROLES.get(each["works"]["role"])
        links.append(Link(each["works"]["id"], "WORKS_ON", partner, task, work, role))
        links += (
            Link(tie["id"], "USED_FOR", tie.start_node["id"], task, work) for tie in each["used"]
        )
    return tuple(links)


PARTNER_NETWORK = Askable(QUESTION, (TEXT, BESIDE), partner_network)
