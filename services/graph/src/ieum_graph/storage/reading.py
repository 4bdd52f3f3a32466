"""Read the graph for questions: one look is one read transaction with a time limit."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from neo4j import Driver, ManagedTransaction, Query, unit_of_work

from ieum_graph.domain.answers import Answer, Question, Thing
from ieum_graph.domain.changes import Edge
from ieum_graph.domain.clocks import FIRST_DAY, Clocks
from ieum_graph.domain.kinds import DRAWING_SUBJECTS, NODES
from ieum_graph.domain.words import Words
from ieum_graph.operations.ports import Inquiry, Standing
from ieum_graph.storage import texts
from ieum_graph.storage.cursor import READ, read_standing
from ieum_graph.storage.driver import DATABASE, CircuitBreaker, away
from ieum_graph.storage.edges import open_edges, work_of, working_on
from ieum_graph.storage.questions.parts import Asking, may_be_named, merges, one_with, seen, thing
from ieum_graph.storage.questions.register import QUESTIONS

Result = TypeVar("Result")
MOST_S = 20
"""How long one look may take before Neo4j ends it."""

NAMED_IN = f"""
MATCH (partner:Partner)-[named:NAMED_IN]->(agreement:Agreement)
WHERE partner.id IN $partners AND {seen("named")}
RETURN DISTINCT agreement.id AS id
"""

LED_BY = """
MATCH (agreement:Agreement) WHERE agreement.lead_department_id = $department
RETURN agreement.id AS id
"""

NONE_PARTED: Mapping[str, str] = MappingProxyType({})

NEVER = datetime.min.replace(tzinfo=UTC)
"""Before every entry."""

SEQ_AT = """
MATCH (moment:Moment) WHERE moment.at <= $instant
RETURN moment.seq AS seq ORDER BY moment.at DESC LIMIT 1
"""

_BY_NAME = {each.question.name: each for each in QUESTIONS}


class StoredReading:
    """The graph in Neo4j as questions see it; `operations.ports.Reading`."""

    def __init__(self, driver: Driver, pause: Callable[[float], None] = time.sleep) -> None:
        self._driver = driver
        self._breaker = CircuitBreaker(driver, pause)

    def questions(self) -> Sequence[Question]:
        """Give what can be asked."""
        return tuple(each.question for each in QUESTIONS)

    def standing(self) -> Standing:
        """Say how far the projection has come."""
        with self._breaker.session() as session:
            return session.execute_read(unit_of_work(timeout=MOST_S)(read_standing))

    def check(self) -> None:
        """See that Neo4j answers and is not empty; raises with a short reason if not."""
        with self._breaker.session() as session:
            if session.run(Query(READ, timeout=MOST_S)).single() is None:
                raise LookupError("empty: its follower fills it, or run ieum graph rebuild")

    def in_one_look(self, work: Callable[[Inquiry], Result]) -> Result:
        """Run `work` in one read transaction."""

        @unit_of_work(timeout=MOST_S)
        def look(read: ManagedTransaction) -> Result:
            return work(_Inquiry(read))

        with self._breaker.session() as session:
            return session.execute_read(look)

    def warm_up(self) -> None:
        """Ask every question once, so that Neo4j has planned it before a person asks.

        A plan belongs to a text and the types of its values, hence both kinds of scope, and
        each question both with all that it can name and with no more than it must. It may take
        as long as it takes: planning everything at once is slower than any look.
        """
        scopes: tuple[list[str] | None, ...] = (None, [])
        for scope in scopes:
            with away(), self._driver.session(database=DATABASE) as session:
                session.execute_read(_look_around, scope)


def _look_around(read: ManagedTransaction, scope: list[str] | None) -> None:
    """Find and ask everything there is, of nobody and before the first entry."""
    look = _Inquiry(read)
    clocks = Clocks(FIRST_DAY, 0)
    look.seq_at(NEVER)
    look.agreements_of((), clocks)
    look.agreements_led_by(UUID(int=0))
    for label in NODES:
        look.find(label, "", clocks, scope=scope)
    look.open_edges({subject_type: [""] for subject_type in DRAWING_SUBJECTS})
    look.working_on([""])
    look.work_of([""])
    look.things({label: [""] for label in NODES})
    for question in (each.question for each in QUESTIONS):
        for with_all in (True, False):
            named = {
                each.name: Thing(each.of, "", None, Words(""))
                for each in question.parameters
                if with_all or each.is_required
            }
            look.answer(question.name, named, clocks, scope=scope, limit=1)


def _find(label: str) -> str:
    """Find a thing of a kind by its id, else by the key that it had as known then."""
    return " UNION ALL ".join(
        f"MATCH (n:{label})-[called:CALLED]->(n) WHERE {which} AND {may_be_named('n')} "
        "RETURN $label AS label, n.id AS id, called"
        for which in ("n.id = toLower($reference)", "called.key = $reference")
    )


class _Inquiry:
    """One open read transaction; `operations.ports.Inquiry`."""

    def __init__(self, read: ManagedTransaction) -> None:
        self._read = read

    def seq_at(self, instant: datetime) -> int:
        record = self._read.run(SEQ_AT, instant=instant).single()
        return 0 if record is None else int(record["seq"])

    def agreements_of(self, partners: Sequence[UUID], clocks: Clocks) -> list[str]:
        stands = merges(self._read, clocks)
        ids = {one for each in partners for one in one_with(str(each), stands)}
        found = self._read.run(
            NAMED_IN,
            partners=sorted(ids),
            on=clocks.on,
            seq=clocks.seq,
            scope=None,  # The caller's own agreements are what makes the scope.
        )
        return sorted(record["id"] for record in found)

    def agreements_led_by(self, department: UUID) -> list[str]:
        found = self._read.run(LED_BY, department=str(department))
        return sorted(record["id"] for record in found)

    def find(
        self, label: str, reference: str, clocks: Clocks, *, scope: list[str] | None
    ) -> Thing | None:
        found = self._read.run(
            _find(NODES[label].label),
            label=label,
            reference=reference,
            on=clocks.on,
            seq=clocks.seq,
            scope=scope,
        )
        first = next(map(thing, found), None)
        if first is None or first.kind != "partner":
            return first
        one = merges(self._read, clocks).get(first.id)
        return first if one is None else self.find(label, one, clocks, scope=scope)

    def open_edges(self, subjects: Mapping[str, Collection[str]]) -> list[Edge]:
        return open_edges(self._read, subjects)

    def stands(self, seq: int, without: Mapping[str, str] = NONE_PARTED) -> Mapping[str, str]:
        return merges(self._read, Clocks(FIRST_DAY, seq), without)

    def work_of(self, partners: Collection[str]) -> list[Edge]:
        return work_of(self._read, partners) if partners else []

    def working_on(self, tasks: Collection[str]) -> list[Edge]:
        return working_on(self._read, tasks) if tasks else []

    def things(self, ids: Mapping[str, Collection[str]]) -> dict[str, Thing]:
        return {
            record["id"]: thing(record)
            for label, some in ids.items()
            for record in self._read.run(texts.nodes_of(NODES[label].label), ids=sorted(some))
        }

    def answer(
        self,
        name: str,
        named: Mapping[str, Thing],
        clocks: Clocks,
        *,
        scope: list[str] | None,
        limit: int,
    ) -> Answer:
        askable = _BY_NAME[name]
        all_named = {each.name: named.get(each.name) for each in askable.question.parameters}
        stands = merges(self._read, clocks)
        return askable.answer(self._read, Asking(all_named, clocks, scope, limit, stands))
