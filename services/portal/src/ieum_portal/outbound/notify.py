"""The post room over the wire."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from changefeed.subjects.parts import Place, Words
from ieum_portal.domain.command import Foretold
from ieum_portal.domain.consequences import Letter, Reposted
from ieum_portal.domain.operation import About, Alarm, LetterAhead, Mend, PlannedLetter, Sender
from ieum_portal.outbound.translated_errors import answer_parsed
from ieum_portal.outbound.wire import Wire


class NotifyOverHttp:
    """Asks notify in one viewer's name; see `operations.ports.Notify`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def sender(self) -> Sender:
        """Say how the sender is doing."""
        said, _ = self._wire.get("sender")
        with answer_parsed("notify"):
            found = cast(dict[str, Any], said)
            ago = found["seconds_ago"]
            return Sender(
                bool(found["alive"]),
                None if ago is None else int(ago),
                int(found["due"]),
                int(found["sent_today"]),
                int(found["feed"]["applied_seq"] or 0),
                int(found["feed"]["head_seq"] or 0),
                tuple(_alarm(each) for each in found["alarms"]),
            )

    def planned(self, *, days: int) -> Sequence[PlannedLetter]:
        """List the letters planned for the coming days, in order of time."""
        said, _ = self._wire.get("preview", {"days": str(days)})
        with answer_parsed("notify"):
            found = [_planned(each) for each in cast(dict[str, Any], said)["items"]]
        return sorted(found, key=lambda each: each.due_at)

    def ahead(self, *, days: int) -> Sequence[LetterAhead]:
        """List the same with what each is about and whom it goes to."""
        said, _ = self._wire.get("preview", {"days": str(days)})
        with answer_parsed("notify"):
            found = [
                LetterAhead(
                    About(each["subject"]["type"], UUID(each["subject"]["id"])), _letter(each)
                )
                for each in cast(dict[str, Any], said)["items"]
            ]
        return sorted(found, key=lambda each: each.letter.due_at)

    def resend(self, about: About) -> None:
        """Let the letters about something that could not be handed over go out again."""
        self._wire.post("resends", {"subject": {"type": about.type, "id": str(about.id)}})

    def consequences(self, entries: Sequence[Foretold]) -> Reposted:
        """Say what entries that are not yet written would change among the letters."""
        said = self._wire.post("consequences", {"entries": [each.told for each in entries]})
        with answer_parsed("notify"):
            found = cast(dict[str, Any], said)
            return Reposted(
                int(found["days"]),
                tuple(_letter(each) for each in found["added"]),
                tuple(_letter(each) for each in found["withdrawn"]),
                # Not yet told by a notify of the release before.
                tuple(_letter(each) for each in found.get("readdressed", [])),
                tuple(_letter(each) for each in found.get("moved", [])),
                int(found["kept"]),
            )


def _letter(said: Mapping[str, Any]) -> Letter:
    reason, place = said.get("reason"), said.get("place")
    # Not yet told by a notify of the release before.
    called = said.get("rule_title", {"ko": said["rule"]})
    return Letter(
        Words(called["ko"], called.get("en")),
        Words(said["title"]["ko"], said["title"].get("en")),
        datetime.fromisoformat(said["due_at"]),
        said.get("seat_role"),
        Words(reason["ko"], reason.get("en")) if reason else None,
        _instant(said.get("due_at_before")),
        None if place is None else Place(place["type"], UUID(place["id"])),
        said["letter"] == "nobody_to_tell",
    )


def _planned(said: Mapping[str, Any]) -> PlannedLetter:
    return PlannedLetter(
        _milestone(said["subject"]),
        said["letter"],
        datetime.fromisoformat(said["due_at"]),
    )


def _alarm(said: Mapping[str, Any]) -> Alarm:
    detail, about = said["detail"], said.get("subject")
    return Alarm(
        said["code"],
        _instant(said["since"]),
        Words(detail["ko"], detail.get("en")),
        None if about is None else About(about["type"], UUID(about["id"])),
        # Not yet told by a notify of the release before.
        tuple(
            Mend(About(each["type"], UUID(each["id"])), each["role"])
            for each in said.get("mends", [])
        ),
    )


def _milestone(subject: Mapping[str, Any]) -> UUID | None:
    return UUID(subject["id"]) if subject["type"] == "milestone" else None


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
