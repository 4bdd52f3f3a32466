"""Who works on one task: each partner with its roles, technologies, fields and days."""

from neo4j import ManagedTransaction

from ieum_graph.domain import columns
from ieum_graph.domain.answers import ROLES, SOURCES, Answer, Column, Link, Parameter, Question, Row
from ieum_graph.domain.words import Words
from ieum_graph.storage.questions.parts import (
    Askable,
    Asking,
    is_called,
    last_day,
    one_of,
    seen,
)

QUESTION = Question(
    "partners-on-task",
    Words("과제 담당 기관", "Who works on this task?"),
    (
        Parameter(
            "task", "Task", Words("과제의 키 또는 UUID", "A task's key or UUID"), is_required=True
        ),
    ),
    (
        columns.PARTNER,
        Column("roles", Words("역할", "Roles"), "text", ROLES),
        columns.TECHNOLOGIES,
        columns.SERVICE_FIELDS,
        Column("agreements", Words("근거 협약", "Agreements"), "agreement"),
        columns.SINCE,
        columns.UNTIL,
        SOURCES,
    ),
    {"task": "T01"},
)

TEXT = f"""
MATCH (task:Task {{id: $task}})<-[serves:ON]-(work:Collaboration)
WHERE {seen("serves")}
MATCH (partner:Partner)-[part:TAKES_PART]->(work)-[under:UNDER]->(agreement:Agreement)
WHERE {seen("part", "under")}
OPTIONAL MATCH (work)-[uses:USES]->(technology:Technology) WHERE {seen("uses")}
OPTIONAL MATCH (work)-[within:IN_FIELD]->(field:ServiceField) WHERE {seen("within")}
OPTIONAL MATCH (partner)-[works:WORKS_ON {{source_id: work.id}}]->(task) WHERE {seen("works")}
MATCH {one_of("partner", "one")}
WITH task, part, agreement, technology, field, work, works, one AS partner
RETURN task, partner, collect(DISTINCT part.role) AS roles,
       collect(DISTINCT technology) AS technologies, collect(DISTINCT field) AS fields,
       collect(DISTINCT agreement) AS agreements,
       min(part.valid_from) AS since, max(part.valid_to) AS until,
       collect(DISTINCT work.id) AS sources, collect(DISTINCT works) AS links,
       max(coalesce(works.illustrative, false)) AS illustrative
ORDER BY {is_called("partner")}, partner.id
"""


def partners_on_task(read: ManagedTransaction, asking: Asking) -> Answer:
    """Find who works on a task, one row for each partner, by Korean name.

    A partner with several commitments on the task is one row; its days run from the first to the
    last of them.
    """
    found = asking.run(read, TEXT)
    shown = found[: asking.limit]
    names = asking.names(read, shown)
    rows = tuple(
        Row(
            {
                "partner": names.of(each["partner"]),
                "roles": tuple(sorted(each["roles"])),
                "technologies": names.all(each["technologies"]),
                "service_fields": names.all(each["fields"]),
                "agreements": names.all(each["agreements"]),
                "since": each["since"].to_native(),
                "until": last_day(each["until"]),
            },
            tuple(sorted(each["sources"])),
            each["illustrative"],
        )
        for each in shown
    )
    links = tuple(
        Link(
            tie["id"],
            "WORKS_ON",
            each["partner"]["id"],
            each["task"]["id"],
            tie["source_id"],
            ROLES.get(tie["role"]),
        )
        for each in shown
        for tie in each["links"]
    )
    centre = (names.of(shown[0]["task"]),) if shown else ()
    return Answer(
        rows, len(found), (centre, tuple(names.of(each["partner"]) for each in shown)), links
    )


PARTNERS_ON_TASK = Askable(QUESTION, (TEXT,), partners_on_task)
