"""Which kinds of nodes and edges there are: the one declaration.

Constraints, indexes, the texts that write and read edges, and docs/graph-model.md are made from
these two tables. A new kind is a line here and the lines in `changes.py` that draw it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from types import MappingProxyType

from ieum_graph.domain.words import Words


@dataclass(frozen=True, slots=True)
class NodeKind:
    """One kind of thing, with the subject of the log that it stands for.

    Attributes:
        shows: Further properties for display and search, as known now.
    """

    label: str
    subject_type: str
    name: Words
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """One kind of tie.

    Attributes:
        type: Its name in Neo4j.
        ends: Which kinds it may join, source first.
        drawn_by: Subject types whose facts say it; `source_id` is such a subject.
        means: What it says, read from source to target.
        carries: Properties beside those that every edge has.
        derived: Whether another path says the same, kept for those who ask simply.
    """

    type: str
    ends: tuple[tuple[str, str], ...]
    drawn_by: tuple[str, ...]
    means: Words
    carries: tuple[str, ...] = ()
    derived: bool = False


NODE_KINDS = (
    NodeKind("Partner", "partner", Words("협약기관", "Partner"), ("kind", "own")),
    NodeKind(
        "Agreement",
        "agreement",
        Words("업무협약", "Agreement"),
        ("kind", "number", "lead_department_id"),
    ),
    NodeKind(
        "Collaboration",
        "collaboration",
        Words("협력(이행)", "Collaboration"),
        ("role",),
    ),
    NodeKind("Programme", "programme", Words("사업(비전)", "Programme")),
    NodeKind("Strategy", "strategy", Words("추진전략", "Strategy"), ("position",)),
    NodeKind("Task", "task", Words("과제", "Task"), ("position",)),
    NodeKind("Technology", "technology", Words("기술", "Technology")),
    NodeKind(
        "ServiceField",
        "service_field",
        Words("서비스 분야", "Service field"),
        ("position", "group"),
    ),
    NodeKind(
        "Milestone",
        "milestone",
        Words("이행과제", "Milestone"),
        ("due_on",),
    ),
    NodeKind(
        "Event",
        "event",
        Words("글로벌 네트워크 행사", "Event"),
        ("kind", "zone", "starts_at", "ends_at", "country"),
    ),
    NodeKind(
        "JournalEntry",
        "journal",
        Words("연락 기록", "Journal entry"),
        ("on", "kind", "department_id"),
    ),
)

_BY_COLLABORATION = ("collaboration",)

CALLED = "CALLED"
"""From a thing to itself: what it is called, between two entries, and whose that is to read."""

EDGE_KINDS = (
    EdgeKind(
        CALLED,
        tuple((kind.label, kind.label) for kind in NODE_KINDS),
        tuple(kind.subject_type for kind in NODE_KINDS),
        Words("이름은", "is called"),
        ("key", "label_ko", "label_en", "illustrative"),
    ),
    EdgeKind(
        "NAMED_IN",
        (("Partner", "Agreement"),),
        ("agreement",),
        Words("당사자로 올라 있다", "is named in, as a party that has not left"),
        ("span",),
    ),
    EdgeKind(
        "PARTY_TO",
        (("Partner", "Agreement"),),
        ("agreement",),
        Words("당사자로서 구속된다", "is bound by, as a party"),
        ("side", "span"),
    ),
    EdgeKind(
        "PERHAPS_PARTY_TO",
        (("Partner", "Agreement"),),
        ("agreement",),
        Words(
            "종료 미상 협약의 당사자이다",
            "may be bound by, as a party; nobody knows, as its end is unknown",
        ),
        ("side", "span"),
    ),
    EdgeKind(
        "TAKES_PART",
        (("Partner", "Collaboration"),),
        _BY_COLLABORATION,
        Words("이행한다", "carries out"),
        ("role",),
    ),
    EdgeKind(
        "UNDER",
        (("Collaboration", "Agreement"),),
        _BY_COLLABORATION,
        Words("협약에 따른다", "is promised under"),
    ),
    EdgeKind(
        "ON",
        (("Collaboration", "Task"),),
        _BY_COLLABORATION,
        Words("과제를 다룬다", "serves"),
    ),
    EdgeKind(
        "USES",
        (("Collaboration", "Technology"),),
        _BY_COLLABORATION,
        Words("기술을 쓴다", "uses"),
    ),
    EdgeKind(
        "IN_FIELD",
        (("Collaboration", "ServiceField"),),
        _BY_COLLABORATION,
        Words("분야에 속한다", "is for"),
    ),
    EdgeKind(
        "WORKS_ON",
        (("Partner", "Task"),),
        _BY_COLLABORATION,
        Words("과제 담당 기관이다", "works on"),
        ("role", "service_field_id", "illustrative"),
        derived=True,
    ),
    EdgeKind(
        "PERHAPS_WORKS_ON",
        (("Partner", "Task"),),
        _BY_COLLABORATION,
        Words(
            "종료 미상 협약에 따른 과제 담당 기관이다",
            "may work on; nobody knows, as the agreement's end is unknown",
        ),
        ("role", "service_field_id", "illustrative"),
        derived=True,
    ),
    EdgeKind(
        "BRINGS",
        (("Partner", "Technology"),),
        _BY_COLLABORATION,
        Words("기술을 제공한다", "brings"),
        derived=True,
    ),
    EdgeKind(
        "USED_FOR",
        (("Technology", "Task"),),
        _BY_COLLABORATION,
        Words("과제에 쓰인다", "is used for"),
        derived=True,
    ),
    EdgeKind(
        "PART_OF",
        (
            ("Strategy", "Programme"),
            ("Task", "Strategy"),
            ("ServiceField", "Programme"),
            ("Agreement", "Programme"),
        ),
        ("strategy", "task", "service_field", "agreement"),
        Words("속한다", "is part of"),
    ),
    EdgeKind(
        "ANNEX_OF",
        (("Agreement", "Agreement"),),
        ("agreement",),
        Words("상위 협약은", "hangs under, as an annex"),
    ),
    EdgeKind(
        "BROADER",
        (("Technology", "Technology"),),
        ("technology",),
        Words("상위 기술은", "has as its broader technology"),
    ),
    EdgeKind(
        "OWES",
        (("Partner", "Milestone"),),
        ("milestone",),
        Words("이행할 책임이 있다", "owes"),
    ),
    EdgeKind(
        "DUE_UNDER",
        (("Milestone", "Agreement"), ("Milestone", "Collaboration")),
        ("milestone",),
        Words("근거는", "is due under"),
    ),
    EdgeKind(
        "ATTENDS",
        (("Partner", "Event"),),
        ("event",),
        Words("행사에 참가한다", "attends"),
    ),
    EdgeKind(
        "ABOUT",
        (("Event", "Task"), ("JournalEntry", "Agreement")),
        ("event", "journal"),
        Words("관련된다", "is about"),
    ),
    EdgeKind(
        "MERGED_INTO",
        (("Partner", "Partner"),),
        ("partner",),
        Words("합쳐졌다", "is the same organisation as, which stands for it"),
    ),
    EdgeKind(
        "CONTACT_WITH",
        (("JournalEntry", "Partner"),),
        ("journal",),
        Words("연락 상대는", "was a contact with, and has been one since that day"),
    ),
)

NODES: Mapping[str, NodeKind] = MappingProxyType({kind.label: kind for kind in NODE_KINDS})
"""Every node kind by its label."""

EDGES: Mapping[str, EdgeKind] = MappingProxyType({kind.type: kind for kind in EDGE_KINDS})
"""Every edge kind by its type."""

NODE_OF_SUBJECT: Mapping[str, NodeKind] = MappingProxyType(
    {kind.subject_type: kind for kind in NODE_KINDS}
)
"""The node kind that a subject of the log becomes; subjects left out are not drawn."""

DRAWING_SUBJECTS = frozenset(subject for kind in EDGE_KINDS for subject in kind.drawn_by)
"""Subject types whose facts say any edge."""

EVERY_EDGE = (
    "id",
    "valid_from",
    "valid_to",
    "seq_from",
    "seq_to",
    "source_id",
    "agreement_id",
    "disclosed",
    "log",
)
"""What each edge carries whatever its kind (DESIGN section 5)."""

EVERY_NODE = ("id", "key", "label_ko", "label_en", "illustrative")
"""What each node carries whatever its kind; what is called how, and disclosed when, edges say."""

DRAWING = 7
"""To be raised when `changes.py` draws otherwise with the same kinds."""

FINGERPRINT = hashlib.sha256(
    repr((DRAWING, list(map(astuple, NODE_KINDS)), list(map(astuple, EDGE_KINDS)))).encode()
).hexdigest()
"""Which model a graph was drawn by; one drawn by another is drawn anew."""

PROJECTION = (
    "applied_seq",
    "hash",
    "applied_at",
    "head_seq",
    "heard_at",
    "state",
    "detail",
    "generation",
    "schema",
    "model",
    "log",
)
"""What the projection's own node carries."""


def as_markdown() -> str:
    """Write docs/graph-model.md."""
    lines = [
        "# The graph's model",
        "",
        "Made from `services/graph/src/ieum_graph/domain/kinds.py` by `make docs`; do not edit.",
        "",
        f"Every node carries {_listed(EVERY_NODE)}, as known now. Every edge carries",
        f"{_listed(EVERY_EDGE)}: half-open on both axes, `[valid_from, valid_to)` in days and",
        "`[seq_from, seq_to)` in entries of the change log; open ends are 9999-12-31 and 2^53−1.",
        "`source_id` is the subject whose facts say it, `agreement_id` what it lies under,",
        "`log` the hash of the first entry of the log that says so.",
        "Of subjects that are the office's own (docs/rules/access.md, A-1a), as the journal, no",
        "edge is disclosed and none lies under an agreement: who does not see all sees none.",
        "A question names a thing by its `CALLED` edge alone: as it was called then, and only for",
        "whom that was disclosed and the thing still is (docs/rules/lifecycle.md, L-12). Node",
        "properties are for whoever may see everything.",
        "",
        "## Nodes",
        "| label | 한국어 | subject of the log | further properties |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{kind.label}` | {kind.name.ko} | `{kind.subject_type}` | {_listed(kind.shows)} |"
        for kind in NODE_KINDS
    ]
    lines += [
        "",
        "## Edges",
        "| type | from → to | says | said by | further properties |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{kind.type}`{' (derived)' if kind.derived else ''} "
        f"| {'; '.join(f'{source} → {target}' for source, target in kind.ends)} "
        f"| {kind.means.ko} · {kind.means.en} "
        f"| {_listed(kind.drawn_by)} | {_listed(kind.carries)} |"
        for kind in EDGE_KINDS
    ]
    lines += [
        "",
        "## Beside them",
        "| label | properties | what for |",
        "|---|---|---|",
        f"| `Projection` | {_listed(PROJECTION)} | how far it has come; moves with the edits |",
        "| `Moment` | `at`, `seq` | the last entry of each instant, for `known_at` |",
        "",
    ]
    return "\n".join(lines)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"
