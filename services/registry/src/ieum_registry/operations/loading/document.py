"""One file: its head, its sources, and each record that it declares, in the order of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from changefeed import limits
from changefeed.subjects.parts import Provenance, Source
from ieum_registry.operations.loading.row import Reading, Row
from ieum_registry.operations.loading.text import Fields, Node, Scalar

SECTIONS = {
    "departments": "department",
    "technologies": "technology",
    "partners": "partner",
    "agreements": "agreement",
    "contacts": "contact",
    "seats": "seat",
    "collaborations": "collaboration",
    "milestones": "milestone",
    "events": "event",
    "journal": "journal",
    "promises": "promise",
    "promise_reports": "promise_report",
    "calendar_days": "calendar_day",
}
"""The lists at the top of a file, and the type of what stands in each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One record as it stands in a file, before its fields are read.

    Attributes:
        key: None for a declared day without one, which is found by its day, or if it is faulty.
        above: Key of the programme or strategy under which it stands.
        position: From 1, where the file's order counts.
        own: Whether it is the city's own side.
    """

    subject_type: str
    row: Row
    key: str | None
    provenance: Provenance
    above: str | None = None
    position: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read.

    Attributes:
        illustrative: Whether its records are examples.
    """

    name: str
    sha256: str
    illustrative: bool
    drafts: tuple[Draft, ...]

    @property
    def own_keys(self) -> tuple[str, ...]:
        """Its partners that are the city's own, in order."""
        return tuple(each.key for each in self.drafts if each.own and each.key is not None)

    @property
    def partner_keys(self) -> tuple[str, ...]:
        """Its partners other than the city, in order: what `partners: all` means."""
        return tuple(
            draft.key
            for draft in self.drafts
            if draft.subject_type == "partner" and not draft.own and draft.key is not None
        )


def read_document(name: str, sha256: str, root: Node | None, about: Reading) -> Document:
    """Find out which records a file declares; what is wrong with its head is a fault."""
    if not isinstance(root, Fields):
        if root is not None:
            about.faults.add("document.not_map", name, root.line, "")
        return Document(name, sha256, illustrative=False, drafts=())
    top = Row(root, about)
    version = top.text("format", required=True)
    if version not in {None, "1"}:
        node = root.entries["format"]
        about.faults.add("document.format", name, node.line, node.pointer, given=version)
    illustrative = top.flag("illustrative") or False
    head = _Head(_sources(top), illustrative)
    drafts = list(_drafts(top, head))
    top.close()
    return Document(name, sha256, illustrative, tuple(drafts))


@dataclass(frozen=True, slots=True)
class _Head:
    """What holds for all records of the file."""

    sources: Mapping[str, Source]
    illustrative: bool

    def provenance(self, row: Row, above: Provenance | None = None) -> Provenance:
        """Give where a record comes from: its own sources, or those of what it stands under."""
        if not row.states("source"):
            return above or Provenance(illustrative=self.illustrative)
        node = row.node.entries["source"]
        one_name = isinstance(node, Scalar)
        names = (
            (row.text("source") or "",) if one_name else row.texts("source", most=limits.SOURCES)
        )
        found: list[Source] = []
        for each in names:
            if each in self.sources:
                found.append(self.sources[each])
            else:
                known = ", ".join(self.sources) or "–"
                about = row.about
                about.faults.add(
                    "source.unknown", about.file, node.line, node.pointer, key=each, near=known
                )
                row.faulty = True
        return Provenance(tuple(found), self.illustrative)


def _sources(top: Row) -> dict[str, Source]:
    listed = top.row("sources")
    found: dict[str, Source] = {}
    for name in [] if listed is None else list(listed.node.entries):
        row = listed.row(name) if listed is not None else None
        if row is None:
            continue
        title = row.text("title", required=True)
        kind = row.text("kind", required=True)
        published_on = row.day("published_on")
        if row.close() and title is not None and kind is not None:
            found[name] = Source(title, kind, published_on)
    return found


def _drafts(top: Row, head: _Head) -> Iterator[Draft]:
    for own in top.record_or_records("own"):
        yield replace(_draft("partner", own, head), own=True)
    if (programme := top.record("programme")) is not None:
        yield from _programme(programme, head)
    for section, subject_type in SECTIONS.items():
        for row in top.records(section):
            yield _draft(subject_type, row, head)


def _programme(row: Row, head: _Head) -> Iterator[Draft]:
    programme = _draft("programme", row, head)
    yield programme
    task_position = 0
    for position, inner in enumerate(row.records("strategies"), start=1):
        strategy = _under(programme, "strategy", inner, head, position)
        yield strategy
        for task in inner.records("tasks"):
            task_position += 1
            yield _under(strategy, "task", task, head, task_position)
    for position, inner in enumerate(row.records("service_fields"), start=1):
        yield _under(programme, "service_field", inner, head, position)


def _draft(subject_type: str, row: Row, head: _Head) -> Draft:
    key = row.key(required=subject_type != "calendar_day")
    return Draft(subject_type, row, key, head.provenance(row))


def _under(above: Draft, subject_type: str, row: Row, head: _Head, position: int) -> Draft:
    key = row.key()
    provenance = head.provenance(row, above.provenance)
    return Draft(subject_type, row, key, provenance, above.key, position)
