"""Who belongs at an event: who attends, and who works on what it is about and might be asked to."""

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
from ieum_graph.storage.questions.parts import Askable, Asking, Names, is_called, one_of, seen

ATTENDS = {"yes": Words("참가", "yes"), "no": Words("아니요", "no")}

QUESTION = Question(
    "event-neighbours",
    Words(
        "행사 참가 기관과 추가 초청 후보",
        "Who goes to this event, and who should be asked to?",
    ),
    (
        Parameter(
            "event",
            "Event",
            Words("행사의 키 또는 UUID", "An event's key or UUID"),
            is_required=True,
        ),
    ),
    (
        Column("event", Words("행사", "Event"), "event"),
        columns.PARTNER,
        Column("attends", Words("참가", "Attends"), "text", ATTENDS),
        Column("tasks", Words("관련 과제", "Tasks it is about"), "task"),
        columns.TECHNOLOGIES,
        SOURCES,
    ),
    {"event": "west-coast-expo"},
    Words(
        "`on`은 네트워크의 날입니다. 그날 관련 과제를 담당 기관을 봅니다. 앞으로 열릴 행사라면 그 "
        "첫날을 물으십시오.",
        "`on` is the day of the network: who works on the tasks that day. Of an event that lies "
        "ahead, ask for its first day.",
    ),
)

TEXT = f"""
MATCH (event:Event {{id: $event}})
CALL (event) {{
  MATCH (partner:Partner)-[attends:ATTENDS]->(event) WHERE {seen("attends")}
  RETURN partner, attends, null AS works, null AS task
  UNION ALL
  MATCH (event)-[about:ABOUT]->(task:Task)<-[works:WORKS_ON]-(partner:Partner)
  WHERE {seen("about", "works")}
  RETURN partner, null AS attends, works, task
}}
OPTIONAL MATCH (partner)-[brings:BRINGS {{source_id: works.source_id}}]->(technology:Technology)
WHERE {seen("brings")}
MATCH {one_of("partner", "one")}
WITH one AS partner, attends, works, task, technology
RETURN partner, head(collect(attends)) AS attends, collect(DISTINCT works) AS works,
       collect(DISTINCT task) AS tasks, collect(DISTINCT technology) AS technologies,
       max(coalesce(works.illustrative, false)) AS illustrative
ORDER BY attends IS NULL, {is_called("partner")}, partner.id
"""

# Also those tasks that nobody works on.
ABOUT = f"""
MATCH (event:Event {{id: $event}})-[about:ABOUT]->(task:Task) WHERE {seen("about")}
RETURN about, task ORDER BY task.position, task.id
"""


def event_neighbours(read: ManagedTransaction, asking: Asking) -> Answer:
    """Find an event's neighbours, one row for each partner; those who attend come first.

    The day asked about is the network's, not the event's: an event is tied to who attends it and
    to what it is about from the first, and what it asks for is who works on that on the day.
    An event without neighbours has no row; once cancelled, none has any.
    """
    found = asking.run(read, TEXT)
    about = asking.run(read, ABOUT)
    shown = found[: asking.limit]
    names = asking.names(read, shown, about)
    event = asking.named["event"]
    assert event is not None  # noqa: S101 - the parameter is required.
    tasks = tuple(dict.fromkeys(names.of(each["task"]) for each in about))
    rings = ((event,), tasks, tuple(names.of(each["partner"]) for each in shown))
    links = tuple(
        Link(each["about"]["id"], "ABOUT", event.id, each["task"]["id"], event.id) for each in about
    )
    return Answer(
        tuple(_row(each, event, names) for each in shown),
        len(found),
        rings,
        links + _links(shown, attended=event.id),
    )


def _row(each: Record, event: Thing, names: Names) -> Row:
    attends = each["attends"] is not None
    work = {tie["source_id"] for tie in each["works"]}
    return Row(
        {
            "event": event,
            "partner": names.of(each["partner"]),
            "attends": "yes" if attends else "no",
            "tasks": names.all(each["tasks"]),
            "technologies": names.all(each["technologies"]),
        },
        tuple(sorted({*work, event.id} if attends else work)),
        bool(each["illustrative"] or event.illustrative),
    )


def _links(shown: list[Record], *, attended: str) -> tuple[Link, ...]:
    links: list[Link] = []
    for each in shown:
        partner, attends = each["partner"]["id"], each["attends"]
        if attends is not None:
            links.append(Link(attends["id"], "ATTENDS", partner, attended, attended))
        links += (
            Link(
                tie["id"],
                "WORKS_ON",
                partner,
                tie.end_node["id"],
                tie["source_id"],
                ROLES.get(tie["role"]),
            )
            for tie in each["works"]
        )
    return tuple(links)


EVENT_NEIGHBOURS = Askable(QUESTION, (TEXT, ABOUT), event_neighbours)
