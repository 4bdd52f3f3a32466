"""YAML as a tree that remembers its lines, and nothing that a file of records does not need.

Read from the parser's events: no tags, no anchors, no merging, no guessing of types (`no` stays
text until a field says that it wants a yes or no). A key that stands twice is a fault, as is an
alias, which could make a small file huge. Source: ADR 0006.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from ieum_registry.domain.naming import composed, unwritable
from ieum_registry.operations.loading.faults import Faults

LARGEST_BYTES = 5 * 1024 * 1024
_MOST_NODES = 200_000
_DEEPEST = 12
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text; `plain` if it stood without quotes, so that `~` and nothing at all mean null."""

    line: int
    pointer: str
    text: str
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether it says that there is nothing."""
        return self.plain and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Series:
    """A list."""

    line: int
    pointer: str
    items: list["Node"]


@dataclass(frozen=True, slots=True)
class Fields:
    """A map from names to nodes, with the line of each name."""

    line: int
    pointer: str
    entries: dict[str, "Node"]
    lines: dict[str, int]


Node: TypeAlias = Scalar | Series | Fields


class _Stop(Exception):
    """The file cannot be read any further; the fault is noted."""


def read_yaml(file: str, text: str, faults: Faults) -> Node | None:
    """Read one document.

    Args:
        file: Its name, for the faults.

    Returns:
        Its root; None if it could not be read to its end, in which case the faults say why.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        faults.add("yaml.too_large", file, 1, "", megabytes=LARGEST_BYTES // 1024**2)
        return None
    if _hidden_characters(file, text, faults):
        return None
    try:
        return _Reader(file, faults).read(composed(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        faults.add("yaml.malformed", file, line, "", problem=error.problem or "")
    except yaml.YAMLError as error:
        faults.add("yaml.malformed", file, 1, "", problem=str(error).splitlines()[0])
    except _Stop:
        pass
    return None


def _hidden_characters(file: str, text: str, faults: Faults) -> bool:
    """Note each line with a control or hidden character; tabs are left to YAML's own rules."""
    body = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\t", " ")
    if unwritable(body) is None:
        return False
    for number, line in enumerate(body.split("\n"), start=1):
        position = unwritable(line)
        if position is not None:
            faults.add("text.unwritable", file, number, "", position=position + 1)
    return True


class _Reader:
    """Turns one stream of events into a tree."""

    def __init__(self, file: str, faults: Faults) -> None:
        self._file = file
        self._faults = faults
        self._events: Iterator[Any] = iter(())
        self._nodes = 0

    def read(self, text: str) -> Node | None:
        self._events = iter(yaml.parse(text, Loader=_Loader))
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                if root is not None:
                    self._stop("yaml.second_document", event, "")
                root = self._node(event, "", 0)
        if root is None:
            self._faults.add("yaml.empty", self._file, 1, "")
        return root

    def _node(self, event: Any, pointer: str, depth: int) -> Node:  # noqa: ANN401  PyYAML's events.
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            self._stop("yaml.too_many", event, pointer, most=_MOST_NODES)
        if depth > _DEEPEST:
            self._stop("yaml.too_deep", event, pointer, most=_DEEPEST)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._stop("yaml.alias", event, pointer)
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, pointer, event.value, event.implicit[0])
        if isinstance(event, yaml.SequenceStartEvent):
            items = [
                self._node(inner, f"{pointer}/{position}", depth + 1)
                for position, inner in enumerate(self._until(yaml.SequenceEndEvent))
            ]
            return Series(line, pointer, items)
        return self._fields(line, pointer, depth)

    def _fields(self, line: int, pointer: str, depth: int) -> Fields:
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for event in self._until(yaml.MappingEndEvent):
            at = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                self._stop("yaml.name_not_text", event, pointer)
            name = event.value
            inside = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            value = self._node(next(self._events), inside, depth + 1)
            if name in entries:
                first = lines[name]
                self._faults.add("yaml.name_twice", self._file, at, inside, name=name, first=first)
            else:
                entries[name], lines[name] = value, at
        return Fields(line, pointer, entries, lines)

    def _until(self, end: type) -> Iterator[Any]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _stop(self, code: str, event: Any, pointer: str, **facts: object) -> None:  # noqa: ANN401
        self._faults.add(code, self._file, event.start_mark.line + 1, pointer, **facts)
        raise _Stop
