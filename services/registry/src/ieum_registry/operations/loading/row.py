"""One record in a file: takes its fields by name and kind, and notes what does not fit."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import TypeVar, cast
from uuid import UUID

from changefeed import limits
from changefeed.subjects.parts import Evidence, PartDay, Place, PlaceType, Words
from changefeed.written_day import read_day
from ieum_registry.domain.civil_time import read_civil, read_clock
from ieum_registry.domain.errors import Refused
from ieum_registry.domain.naming import (
    HTTPS,
    KEY,
    PHONE,
    WEB,
    is_email_address,
    shows_nothing,
    unwritable,
)
from ieum_registry.domain.part_day import part_day
from ieum_registry.operations.loading.days import relative_day
from ieum_registry.operations.loading.faults import Faults
from ieum_registry.operations.loading.keys import Keys
from ieum_registry.operations.loading.text import LARGEST_BYTES, Fields, Node, Scalar, Series

Choice = TypeVar("Choice", bound=str)
Value = TypeVar("Value")

_WHOLE = re.compile(r"[0-9]{1,16}", re.ASCII)

CLOSE = 0.7
"""How like a word must be to be offered: `nmae` is it to `name`, `web` not to `website`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the fields of one file are read against."""

    file: str
    anchor_on: date
    keys: Keys
    faults: Faults


@dataclass(slots=True)
class Row:
    """One map of a file.

    Each getter returns None where the field is absent or does not fit; a fault is noted in the
    second case, and in the first if it was required. `close` notes the fields that nobody asked
    for.

    Attributes:
        within: Name, with a dot, of the field of the record that this map is the value of, so that
            a fault calls a title's Korean `title.ko`; empty for a record itself.
    """

    node: Fields
    about: Reading
    within: str = ""
    asked: set[str] = field(default_factory=set)
    faulty: bool = False

    def states(self, name: str) -> bool:
        """Say whether the field stands in the file with a value; null says nothing."""
        self.asked.add(name)
        node = self.node.entries.get(name)
        return node is not None and not (isinstance(node, Scalar) and node.is_null)

    def is_text(self, name: str, text: str) -> bool:
        """Say whether the field holds exactly this text."""
        node = self.node.entries.get(name)
        self.asked.add(name)
        return isinstance(node, Scalar) and node.text == text

    def is_list(self, name: str) -> bool:
        """Say whether the field holds a list."""
        self.asked.add(name)
        return isinstance(self.node.entries.get(name), Series)

    def text(
        self,
        name: str,
        *,
        required: bool = False,
        longest: int = limits.LINE,
        lines: bool = False,
    ) -> str | None:
        """Take text.

        Args:
            lines: Whether it may run over several lines.
        """
        node = self._scalar(name, required=required)
        if node is None:
            return None
        text = node.text.strip()
        if shows_nothing(text):
            self._wrong("field.blank", node, name=name)
            return None
        if (position := unwritable(text)) is not None:
            self._wrong("text.unwritable", node, position=position + 1)
            return None
        if len(text) > longest:
            self._wrong("field.too_long", node, name=name, length=len(text), longest=longest)
            return None
        if "\n" in text and not lines:
            self._wrong("field.line_break", node, name=name)
            return None
        return text

    def passage(
        self, name: str, *, required: bool = False, longest: int = limits.PASSAGE
    ) -> str | None:
        """Take text of several lines."""
        return self.text(name, required=required, longest=longest, lines=True)

    def key(self, name: str = "key", *, required: bool = True) -> str | None:
        """Take a key."""
        text = self.text(name, required=required)
        if text is not None and KEY.fullmatch(text) is None:
            self._wrong("field.key", self.node.entries[name], key=text)
            return None
        return text

    def choice(
        self, name: str, choices: Collection[Choice], *, required: bool = False
    ) -> Choice | None:
        """Take one of several words."""
        text = self.text(name, required=required)
        if text is None or text in choices:
            return cast("Choice | None", text)
        near = get_close_matches(text, list(choices), n=1, cutoff=CLOSE)
        meant = near[0] if near else ""
        self._wrong(
            "field.choice",
            self.node.entries[name],
            name=name,
            given=text,
            choices=", ".join(choices),
            meant=meant,
        )
        return None

    def flag(self, name: str, *, required: bool = False) -> bool | None:
        """Take true or false."""
        node = self._scalar(name, required=required)
        if node is None:
            return None
        if node.text not in {"true", "false"}:
            self._wrong("field.flag", node, name=name, given=node.text)
            return None
        return node.text == "true"

    def number(self, name: str, *, least: int = 1, most: int, required: bool = False) -> int | None:
        """Take a whole number from `least` on."""
        node = self._scalar(name, required=required)
        if node is None:
            return None
        if _WHOLE.fullmatch(node.text) is None or not least <= int(node.text) <= most:
            self._wrong("field.number", node, name=name, given=node.text, least=least, most=most)
            return None
        return int(node.text)

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Take a day: `YYYY-MM-DD`, or `{in: P5D}` or `{ago: P2M}` from the anchor day."""
        node = self._node(name, required=required)
        if isinstance(node, Fields):
            return self._relative(node, Row(node, self.about))
        if not isinstance(node, Scalar):
            if node is not None:
                self._wrong("field.day", node, name=name, given="[…]", why="unreadable")
            return None
        day = read_day(node.text)
        if isinstance(day, date):
            return day
        meant = ", ".join(day.meant)
        self._wrong("field.day", node, name=name, given=node.text, why=day.why, meant=meant)
        return None

    def day_or_part(
        self, name: str, *, required: bool = False
    ) -> tuple[date | None, PartDay | None]:
        """Take a day, or what an old ledger knows of it, as written.

        `2014.5` and `2019년경` stand for themselves; what names no year is meant so where it is
        written out, as `{written: 미상}`.
        """
        node = self._node(name)
        if isinstance(node, Fields) and "written" in node.entries:
            row = Row(node, self.about, within=f"{self.within}{name}.")
            written = row.text("written", required=True)
            self._closed(row)
            return None, None if written is None else self.made(lambda: part_day(written))
        if isinstance(node, Scalar):
            found = read_day(node.text)
            if not isinstance(found, date) and found.why == "day_missing":
                return None, part_day(node.text.strip())
        return self.day(name, required=required), None

    def civil(self, name: str) -> datetime | None:
        """Take a local time: `YYYY-MM-DDTHH:MM`, or `{in: P40D, at: "09:00"}`; it is required."""
        node = self._node(name, required=True)
        if isinstance(node, Fields):
            row = Row(node, self.about)
            clock = row.clock("at", required=True)
            day = self._relative(node, row)
            return None if day is None or clock is None else datetime.combine(day, clock)
        if node is None:
            return None
        text = node.text if isinstance(node, Scalar) else "[…]"
        civil = read_civil(text)
        if civil is None:
            self._wrong("field.civil", node, name=name, given=text)
        return civil

    def clock(self, name: str, *, required: bool = False) -> time | None:
        """Take a time of day, `HH:MM`."""
        text = self.text(name, required=required)
        clock = None if text is None else read_clock(text)
        if text is not None and clock is None:
            self._wrong("field.clock", self.node.entries[name], name=name, given=text)
        return clock

    def words(
        self, name: str, *, required: bool = False, longest: int = limits.LINE
    ) -> Words | None:
        """Take `{ko, en}`; English may be absent. What is longer than a line may have several."""
        row = self.row(name, required=required)
        if row is None:
            return None
        lines = longest == limits.PASSAGE
        ko = row.text("ko", required=True, longest=longest, lines=lines)
        en = row.text("en", longest=longest, lines=lines)
        self._closed(row)
        return None if ko is None else Words(ko, en)

    def texts(self, name: str, *, most: int) -> tuple[str, ...]:
        """Take a list of names, `most` of them at most."""
        found: list[str] = []
        for position, node in enumerate(self._items(name, most)):
            place = str(position)
            inner = Row(Fields(node.line, node.pointer, {place: node}, {}), self.about)
            inner.within = f"{self.within}{name}."
            text = inner.text(place)
            self.faulty |= inner.faulty
            if text is not None:
                found.append(text)
        return tuple(found)

    def email(self, name: str) -> str | None:
        """Take an e-mail address."""
        text = self.text(name, required=True)
        if text is not None and not is_email_address(text):
            self._wrong("field.email", self.node.entries[name], name=name)
            return None
        return text

    def phone(self, name: str) -> str | None:
        """Take a telephone number."""
        text = self.text(name, longest=limits.PHONE)
        if text is not None and PHONE.fullmatch(text) is None:
            self._wrong("field.phone", self.node.entries[name], name=name)
            return None
        return text

    def link(self, name: str, *, https: bool = True) -> str | None:
        """Take an https address, or any web address."""
        text = self.text(name, longest=limits.LINK)
        form = HTTPS if https else WEB
        if text is not None and form.fullmatch(text) is None:
            self._wrong("field.link", self.node.entries[name], name=name)
            return None
        return text

    def reference(self, name: str, subject_type: str, *, required: bool = False) -> UUID | None:
        """Take a key of another record, and give its id."""
        text = self.text(name, required=required)
        return None if text is None else self._known(text, subject_type, self.node.entries[name])

    def references(self, name: str, subject_type: str, *, most: int) -> tuple[UUID, ...]:
        """Take a list of keys of other records, `most` of them at most, and give their ids."""
        found: list[UUID] = []
        for node in self._items(name, most):
            if not isinstance(node, Scalar):
                self._wrong("field.not_text", node, name=name)
            elif (known := self._known(node.text, subject_type, node)) is not None:
                found.append(known)
        return tuple(found)

    def place(self, name: str) -> Place | None:
        """Take `{partner: key}` or `{department: key}`."""
        row = self.row(name, required=True)
        if row is None:
            return None
        stated: list[PlaceType] = [each for each in ("partner", "department") if row.states(each)]
        if len(stated) != 1:
            self._wrong("field.place", row.node, name=name)
            return None
        found = row.reference(stated[0], stated[0], required=True)
        self._closed(row)
        return None if found is None else Place(stated[0], found)

    def evidence(self, name: str = "evidence") -> tuple[Evidence, ...]:
        """Take a list of proofs."""
        found: list[Evidence] = []
        for row in self.rows(name, most=limits.EVIDENCE):
            on = row.day("on", required=True)
            text = row.passage("text", required=True)
            link = row.link("link")
            self._closed(row)
            if on is not None and text is not None:
                found.append(Evidence(on, text, link))
        return tuple(found)

    def fits(self, name: str, count: int, *, most: int) -> bool:
        """Say whether a field holds no more than it may; a fault is noted where it holds more."""
        if count > most:
            self._wrong(
                "field.too_many", self.node.entries[name], name=name, count=count, most=most
            )
        return count <= most

    def one_of(self, name: str, count: int, found: Sequence[str]) -> bool:
        """Say whether a field means one thing alone; a fault is noted where it may be several."""
        if count > 1:
            self._wrong("field.which", self.node.entries[name], name=name, found=", ".join(found))
        return count <= 1

    def row(self, name: str, *, required: bool = False) -> "Row | None":
        """Take a map."""
        node = self._node(name, required=required)
        if node is None:
            return None
        if not isinstance(node, Fields):
            self._wrong("field.not_map", node, name=name)
            return None
        return Row(node, self.about, within=f"{self.within}{name}.")

    def rows(self, name: str, *, most: int) -> Iterator["Row"]:
        """Take a list of maps, `most` of them at most, one after the other."""
        for position, node in enumerate(self._items(name, most)):
            if isinstance(node, Fields):
                yield Row(node, self.about, within=f"{self.within}{name}.{position}.")
            else:
                self._wrong("field.not_map", node, name=name)

    def rows_or_keys(self, name: str, *, most: int, key: str) -> Iterator["Row"]:
        """Take a list of maps, in which a lone text stands for a map with this key alone."""
        for position, node in enumerate(self._items(name, most)):
            within = f"{self.within}{name}.{position}."
            if isinstance(node, Fields):
                yield Row(node, self.about, within=within)
            else:
                yield Row(Fields(node.line, node.pointer, {key: node}, {}), self.about, within)

    def record(self, name: str) -> "Row | None":
        """Take a record, which is named by itself."""
        row = self.row(name)
        return None if row is None else Row(row.node, self.about)

    def record_or_records(self, name: str) -> Iterator["Row"]:
        """Take a record, or a list of records."""
        if self.is_list(name):
            yield from self.records(name)
        elif (one := self.record(name)) is not None:
            yield one

    def records(self, name: str) -> Iterator["Row"]:
        """Take a list of records, which are named by themselves, as many as there are."""
        for row in self.rows(name, most=LARGEST_BYTES):
            yield Row(row.node, self.about)

    def made(self, make: Callable[[], Value]) -> Value | None:
        """Make a value of what was taken; a rule that it breaks is a fault of this record."""
        try:
            return make()
        except Refused as refused:
            self.refuse(refused)
            return None

    def refuse(self, refused: Refused) -> None:
        """Note that a rule is broken, at the field it names if that stands in the file."""
        first = (refused.pointer or "").strip("/").split("/")[0]
        stem = first.removesuffix("_id").removesuffix("_at")
        for name in (first, stem, first.removesuffix("_ids") + "s"):
            if name in self.node.entries:
                self._wrong(refused.code, self.node.entries[name], **refused.facts)
                return
        self._wrong(refused.code, self.node, **refused.facts)

    def close(self) -> bool:
        """Note fields that nobody asked for.

        Returns:
            Whether the record can be used: nothing was wrong with it.
        """
        for name in self.node.entries.keys() - self.asked:
            near = get_close_matches(name, self.asked, n=1, cutoff=CLOSE)
            self.about.faults.add(
                "field.unknown",
                self.about.file,
                self.node.lines.get(name, self.node.line),
                f"{self.node.pointer}/{name}",
                name=f"{self.within}{name}",
                known=", ".join(sorted(self.asked)),
                meant=near[0] if near else "",
            )
            self.faulty = True
        return not self.faulty

    def _closed(self, row: "Row") -> None:
        self.faulty |= not row.close()

    def _node(self, name: str, *, required: bool = False) -> Node | None:
        node = self.node.entries.get(name)
        if self.states(name):
            return node
        if required:
            self._wrong("field.missing", node or self.node, name=name)
        return None

    def _scalar(self, name: str, *, required: bool = False) -> Scalar | None:
        node = self._node(name, required=required)
        if node is None or isinstance(node, Scalar):
            return node
        self._wrong("field.not_text", node, name=name)
        return None

    def _items(self, name: str, most: int) -> Sequence[Node]:
        node = self._node(name)
        if node is None:
            return ()
        if not isinstance(node, Series):
            self._wrong("field.not_list", node, name=name)
            return ()
        return node.items if self.fits(name, len(node.items), most=most) else ()

    def _relative(self, node: Fields, row: "Row") -> date | None:
        """Count a day from the anchor; `row` is the node's, closed after what else it holds."""
        found = [(each, text) for each in ("in", "ago") if (text := row.text(each)) is not None]
        self._closed(row)
        if len(found) != 1:
            self._wrong("field.relative_day", node, given="")
            return None
        day = relative_day(found[0][0], found[0][1], self.about.anchor_on)
        if day is None:
            self._wrong("field.relative_day", node, given=found[0][1])
        return day

    def _known(self, key: str, subject_type: str, node: Node) -> UUID | None:
        found = self.about.keys.id_of(subject_type, key)
        if found is None:
            near = ", ".join(self.about.keys.near(subject_type, key)) or "–"
            self._wrong("key.unknown", node, type=subject_type, key=key, near=near)
        return found

    def _wrong(self, code: str, node: Node, **facts: object) -> None:
        if "name" in facts and code.startswith("field."):
            facts["name"] = f"{self.within}{facts['name']}"
        self.about.faults.add(code, self.about.file, node.line, node.pointer, **facts)
        self.faulty = True
