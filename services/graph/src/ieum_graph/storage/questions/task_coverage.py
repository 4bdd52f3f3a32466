"""Which tasks have nobody, one partner alone, or several: every task with its strategy."""

from neo4j import ManagedTransaction, Record
from neo4j.graph import Node

from changefeed.coverage import COVERS, covered
from ieum_graph.domain import columns
from ieum_graph.domain.answers import ROLES, SOURCES, Answer, Column, Link, Parameter, Question, Row
from ieum_graph.domain.words import Words
from ieum_graph.storage.questions.parts import Askable, Asking, Names, one_of, seen

STATUS: dict[str, Words] = {cover: Words(label.ko, label.en) for cover, label in COVERS.items()}

QUESTION = Question(
    "task-coverage",
    Words("과제별 담당 기관 현황", "Which tasks has nobody, or one alone?"),
    (
        Parameter(
            "programme", "Programme", Words("사업의 키 또는 UUID", "A programme's key or UUID")
        ),
        Parameter("strategy", "Strategy", Words("전략의 키 또는 UUID", "A strategy's key or UUID")),
        Parameter(
            "service_field",
            "ServiceField",
            Words("이 분야의 이행만 셈", "Count only commitments in this service field"),
        ),
    ),
    (
        Column("strategy", Words("추진전략", "Strategy"), "strategy"),
        columns.TASK,
        Column("status", Words("상태", "Status"), "text", STATUS),
        Column("count", Words("기관 수", "Partners"), "number"),
        Column("partners", Words("협약기관", "Partners"), "partner"),
        Column("unknown", Words("종료 미상", "Not known"), "partner"),
        columns.SERVICE_FIELDS,
        SOURCES,
    ),
    {},
)

TEXT = f"""
MATCH (task:Task)-[within:PART_OF]->(strategy:Strategy)-[of:PART_OF]->(programme:Programme)
WHERE {seen("within", "of")}
  AND ($programme IS NULL OR programme.id = $programme)
  AND ($strategy IS NULL OR strategy.id = $strategy)
OPTIONAL MATCH (partner:Partner)-[works:WORKS_ON]->(task)
WHERE {seen("works")} AND ($service_field IS NULL OR works.service_field_id = $service_field)
OPTIONAL MATCH (field:ServiceField {{id: works.service_field_id}})
OPTIONAL MATCH {one_of("partner", "one")}
WITH strategy, task, works, field, one AS partner
WITH strategy, task, collect(DISTINCT partner) AS partners, collect(DISTINCT field) AS fields,
     collect(DISTINCT works.source_id) AS sources,
     collect(DISTINCT CASE WHEN works IS NULL THEN null ELSE {{tie: works, by: partner.id}} END)
     AS links, max(coalesce(works.illustrative, false)) AS is_example
OPTIONAL MATCH (other:Partner)-[perhaps:PERHAPS_WORKS_ON]->(task)
WHERE {seen("perhaps")}
  AND ($service_field IS NULL OR perhaps.service_field_id = $service_field)
OPTIONAL MATCH {one_of("other", "one")}
WITH strategy, task, partners, fields, links, sources, is_example, perhaps, one AS other
RETURN strategy, task, partners, fields, links, sources, is_example,
       collect(DISTINCT other) AS perhaps,
       collect(DISTINCT CASE WHEN perhaps IS NULL THEN null
                        ELSE {{tie: perhaps, by: other.id}} END) AS doubts
ORDER BY strategy.position, strategy.id, task.position, task.id
"""


def task_coverage(read: ManagedTransaction, asking: Asking) -> Answer:
    """Count the partners on every task, in the order of the programme; one row for each task.

    Those of whom nobody knows whether they still work on it stand apart and are not counted.
    """
    found = asking.run(read, TEXT)
    shown = found[: asking.limit]
    names = asking.names(read, shown)
    rows = tuple(_row(each, names) for each in shown)
    links = tuple(
        Link(
            link["tie"]["id"],
            "WORKS_ON",
            link["by"],
            each["task"]["id"],
            link["tie"]["source_id"],
            ROLES.get(link["tie"]["role"]),
        )
        for each in shown
        for link in each["links"]
    )
    tasks = tuple(names.of(each["task"]) for each in shown)
    everybody = names.all([partner for each in shown for partner in each["partners"]])
    return Answer(rows, len(found), ((), tasks, everybody), links)


def _row(each: Record, names: Names) -> Row:
    found = covered(_ids(each["partners"]), _ids(each["perhaps"]))
    doubts = [doubt["tie"] for doubt in each["doubts"] if doubt["by"] in found.unknown]
    return Row(
        {
            "strategy": names.of(each["strategy"]),
            "task": names.of(each["task"]),
            "status": found.cover,
            "count": len(found.partners),
            "partners": names.all(each["partners"]),
            "unknown": names.all(each for each in each["perhaps"] if each["id"] in found.unknown),
            "service_fields": names.all(each["fields"]),
        },
        tuple(sorted({*each["sources"], *(tie["source_id"] for tie in doubts)})),
        each["is_example"] or any(tie["illustrative"] for tie in doubts),
    )


def _ids(nodes: list[Node]) -> list[str]:
    return [each["id"] for each in nodes]


TASK_COVERAGE = Askable(QUESTION, (TEXT,), task_coverage)
