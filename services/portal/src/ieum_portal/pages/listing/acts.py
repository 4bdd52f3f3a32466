"""Several rows of a list at once: which are marked, changing them, fetching them.

A change of several goes the way of every change: the form, what would follow, the button. Each
record is written by itself under its own version, so that what somebody changed meanwhile is left
and named, and everything else is done. Source: docs/adr/0029-several-rows-at-once.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask import Response, make_response, redirect, request
from flask_babel import lazy_gettext as _l

from changefeed.declared import Declaration
from changefeed.subjects.parts import Words
from ieum_portal.domain.command import Command, ManyChanged, Recorded
from ieum_portal.domain.draft import Draft, Topic
from ieum_portal.operations.drafts import Folder, open_draft
from ieum_portal.pages.changing.declared import Form, Subject
from ieum_portal.pages.changing.filled import Filled
from ieum_portal.pages.changing.steps import About, Change, walk
from ieum_portal.pages.drafts.keeping import address_of, asked_draft, folder_of
from ieum_portal.pages.waiting import take_time
from ieum_portal.pages.wired import account, neighbours

MOST_MARKED = 500
"""So many rows are changed at once: each is a request of its own, and somebody waits for it."""

MARKED = "marked"
"""The field that carries which records are meant, each as `id:version`."""


@dataclass(frozen=True, slots=True)
class Marked(Subject):
    """The records that are meant.

    Attributes:
        seen: Each with the version that the person had before them.
        names: What each is called now.
        done: How many were recorded just now, of which these are left; None if none were.
    """

    seen: Mapping[UUID, int] = field(default_factory=dict)
    names: Mapping[UUID, Words] = field(default_factory=dict)
    done: int | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be changed of several rows of a list, by the keys of its declaration."""

    endpoint: str
    path: str
    kind_of: type[Declaration]
    form: Form

    def begin(self, ids: Sequence[UUID], back: str) -> Response:
        """Make a draft of what is to be changed of some records, and lead to it."""
        found = neighbours().registry.versions(self.kind_of, ids)
        seen = {each: found[each].version for each in ids if each in found}
        values = {name: (str(each),) for name, each in self._first(seen).items()}
        draft = open_draft(
            self.endpoint,
            path=self.path,
            back=back,
            topic=_topic(len(seen)),
            values=values,
            seen=0,
            folder=folder_of(account().id),
        )
        return make_response(redirect(address_of(draft), 303))

    def walk(self) -> Response:
        """Take the next step of changing what a draft means."""
        take_time()
        change = Change(
            self.endpoint,
            self.form,
            self._read,
            template="listing/act.html",
            goes_on=self._goes_on,
        )
        return walk(change, self._about)

    def _first(self, seen: Mapping[UUID, int]) -> dict[str, str]:
        blank = {each.key: "" for each in self.form.asked}
        return {**blank, "reason": "", MARKED: _written(seen)}

    def _about(self) -> About:
        draft = asked_draft(folder_of(account().id))
        written = draft.values.get(MARKED, ()) if draft else request.form.getlist(MARKED)
        seen = _read_marked(" ".join(written))
        found = neighbours().registry.by_id(self.kind_of, seen)
        names = {each: _name_of(subject) for each, subject in found.items()}
        is_left = request.args.get("told") == "left" or request.args.get("done")
        done = request.args.get("done", "") if is_left else ""
        subject = Marked(
            seen={each: version for each, version in seen.items() if each in found},
            names=names,
            done=int(done) if done.isascii() and done.isdigit() and len(done) < 5 else None,
        )
        back = draft.back if draft else self.path.rpartition("/")[0]
        return About(subject, 0, back, self._first(seen), _topic(len(seen)))

    def _read(self, filled: Filled, subject: Subject) -> Command:
        assert isinstance(subject, Marked)  # noqa: S101  What `_about` gives.
        facts = self.form.read(filled, subject, neighbours().registry)
        chosen = {key: each for key, each in facts.items() if each is not None}
        reason = filled.passage("reason", required=self.form.needs_reason)
        first = self.form.asked[0].key
        if not subject.seen:
            filled.faults.setdefault(first, "none_marked")
        if not chosen:
            filled.faults.setdefault(first, "nothing_chosen")
        return ManyChanged(self.kind_of.subject_type, subject.seen, chosen, reason)

    def _goes_on(self, draft: Draft, recorded: Recorded, folder: Folder) -> str | None:
        """Keep what was left as a draft of its own, with the versions of now, and lead there."""
        if not recorded.left:
            return None
        found = neighbours().registry.versions(self.kind_of, recorded.left)
        before = _read_marked(" ".join(draft.values.get(MARKED, ())))
        seen = {each: found[each].version for each in recorded.left if each in found}
        left = open_draft(
            self.endpoint,
            path=self.path,
            back=draft.back,
            topic=_topic(len(seen)),
            values={**draft.values, MARKED: (_written(seen),)},
            seen=0,
            folder=folder,
        )
        return f"{address_of(left)}&done={len(before) - len(recorded.left)}"


def acts_of(name: str, path: str, kind_of: type[Declaration], keys: Sequence[str]) -> Acts | None:
    """Declare what may be changed of several rows of a list."""
    if not keys:
        return None
    leave = _l("고르지 않으면 그대로 둡니다.")
    form = Form(
        kind_of,
        *keys,
        hints=dict.fromkeys(keys, leave),
        reason=_l("기록마다 같은 이유가 남습니다. 개인정보는 적지 마십시오."),
        needs_reason=True,
        leaves_blank=True,
    )
    return Acts(f"{name}.act", f"{path}/act", kind_of, form)


def _topic(many: int) -> Topic:
    return Topic(Words(f"{many:,}건", f"{many:,} rows"))


def _name_of(subject: Declaration) -> Words:
    found = getattr(subject, "title", None) or getattr(subject, "name", None)
    return found if isinstance(found, Words) else Words("–")


def _written(seen: Mapping[UUID, int]) -> str:
    return " ".join(f"{each}:{version}" for each, version in seen.items())


def _read_marked(written: str) -> dict[UUID, int]:
    """Read which records are meant; what cannot be read was written by nobody's page."""
    found: dict[UUID, int] = {}
    for each in written.split():
        subject_id, _, version = each.partition(":")
        try:
            found[UUID(subject_id)] = int(version)
        except ValueError:
            continue
    return dict(list(found.items())[:MOST_MARKED])
