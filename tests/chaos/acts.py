"""What an office does: each act draws one write that its rules allow by then."""

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from tests.chaos.held import Held, Meant, Network
from tests.chaos.record import Facts
from workdays.calendar import WorkingDays

HOUSES = 8
"""How many partners a client has of its own."""
MOST_OPEN = 25
"""Open milestones and commitments of a client, each: a planner reads all of them at each change."""
MOST_EVENTS = 5
EVENT_DAYS, EVENT_STEPS = range(2, 15), (30, 14, 1)
"""How many days ahead events are, and how many before them letters go out (R-17)."""
MILESTONE_DAYS, MILESTONE_STEPS = range(1, 22), (30, 7, 1)
"""The same of milestones (docs/rules/reminders.md, R-1)."""
KINDS = ("company", "university", "institute", "agency")
ROLES = ("lead", "develop", "supply", "demonstrate", "research", "train")


def owing_at_once(
    today: date, ahead: Iterable[int], steps: Iterable[int], calendar: WorkingDays
) -> list[int]:
    """Choose the days ahead that owe a letter at once, whatever o'clock it is.

    A step that falls on today goes out at 09:00, and takes the place of those before it (R-3): at
    night it is not owed yet. So too one of tomorrow, as a run may go on past midnight.
    """
    steps, near = tuple(steps), {today, today + timedelta(days=1)}

    def days_out(days: int) -> set[date]:
        return {calendar.at_or_before(today + timedelta(days=days - step)) for step in steps}

    return [days for days in ahead if not days_out(days) & near]


class Desk:
    """One member of the office at work.

    Args:
        number: Names its marks.
        draw: Decides what it does.
        shared: The partner that all clients change.
        look: Asks for a subject as it is now; None if there is no answer.
    """

    def __init__(
        self,
        number: int,
        draw: random.Random,
        network: Network,
        shared: Held | None,
        today: date,
        look: Callable[[Held], Facts | None],
    ) -> None:
        self._number = number
        self._draw = draw
        self._network = network
        self._shared = shared
        self._today = today
        calendar = WorkingDays()
        self._event_days = owing_at_once(today, EVENT_DAYS, EVENT_STEPS, calendar)
        self._due_days = owing_at_once(today, MILESTONE_DAYS, MILESTONE_STEPS, calendar)
        self._look = look
        self._count = 0
        self._houses: list[Held] = []
        self._milestones: list[Held] = []
        self._works: list[Held] = []
        self._events: list[Held] = []
        # So that letters are owed from the beginning, however short the run.
        self._opening: list[Callable[[str], Meant | None]] = [
            *(self._register_house, self._register_person, self._fill_seat),
            *(self._register_house, self._register_person, self._fill_seat),
            *(self._promise, self._promise, self._commit, self._announce, self._announce),
            *(self._take_off, self._move_event, self._call_off),
        ]

    def next(self) -> Meant | None:
        """Draw what to do next; None if nothing of that sort can be done now."""
        self._count += 1
        mark = f"chaos-{self._number}-{self._count}"
        if self._opening:
            return self._opening.pop(0)(mark)
        acts: dict[Callable[[str], Meant | None], int] = {
            self._register_house: 5 if len(self._houses) < HOUSES else 0,
            self._rename_house: 3,
            self._register_person: 4,
            self._fill_seat: 8,
            self._hand_over: 3,
            self._promise: 12,
            self._move: 5,
            self._keep: 3 if len(self._milestones) < MOST_OPEN else 12,
            self._drop: 2 if len(self._milestones) < MOST_OPEN else 8,
            self._commit: 4 if len(self._works) < MOST_OPEN else 0,
            self._change_role: 3,
            self._end_work: 2,
            self._load_file: 1,
            self._change_shared: 2,
            self._announce: 4 if len(self._events) < MOST_EVENTS else 0,
            self._take_off: 3,
            self._put_back: 2,
            self._move_event: 2,
            self._call_off: 1 if len(self._events) < MOST_EVENTS else 3,
        }
        [act] = self._draw.choices(list(acts), list(acts.values()))
        return act(mark)

    def _free(self, held: list[Held]) -> Held | None:
        free = [each for each in held if not each.is_busy and each.is_open]
        return self._draw.choice(free) if free else None

    def _day(self, days: int) -> str:
        return (self._today + timedelta(days=days)).isoformat()

    def _register_house(self, mark: str) -> Meant:
        body = {"kind": self._draw.choice(KINDS), "name": {"ko": f"시험기관 {mark}"}}

        def keep(facts: Facts) -> None:
            self._houses.append(Held(facts["id"], f"/v1/partners/{facts['id']}", 1))

        return Meant(mark, "partner", "POST", "/v1/partners", body, then=keep)

    def _rename_house(self, mark: str) -> Meant | None:
        house = self._free(self._houses)
        if house is None:
            return None
        body = {"name": {"ko": f"시험기관 {mark}"}, "website": f"https://{mark}.example"}
        return self._change(mark, "partner renamed", house, body)

    def _register_person(self, mark: str) -> Meant | None:
        lonely = [each for each in self._houses if not each.people]
        house = self._free(lonely) or self._free(self._houses)
        if house is None:
            return None
        body = {
            "at": {"type": "partner", "id": house.id},
            "name": f"사람 {mark}",
            "email": f"{mark}@chaos.example",
            "language": self._draw.choice(("ko", "en")),
            "purpose": f"연락 {mark}",
            "consented_on": self._day(-90),
        }

        def keep(facts: Facts) -> None:
            house.people.append(facts["id"])

        return Meant(mark, "contact", "POST", "/v1/contacts", body, then=keep)

    def _fill_seat(self, mark: str) -> Meant | None:
        empty = [each for each in self._houses if each.people and each.seat is None]
        house = self._free(empty)
        if house is None:
            return None
        person = house.people[0]
        house.seat = Held("", "", 0, is_busy=True, people=[person])
        seat = house.seat
        body = {
            "key": mark,
            "at": {"type": "partner", "id": house.id},
            "role": "liaison",
            "language": "ko",
            "holders": [{"contact_id": person, "from": self._day(-40)}],
        }

        def keep(facts: Facts) -> None:
            seat.id, seat.path = facts["id"], f"/v1/seats/{facts['id']}"
            seat.version, seat.is_busy = facts["version"], False

        return Meant(mark, "seat", "POST", "/v1/seats", body, then=keep)

    def _hand_over(self, mark: str) -> Meant | None:
        able = [
            house
            for house in self._houses
            if house.seat is not None
            and not house.seat.is_busy
            and len(house.seat.people) <= 10
            and set(house.people) - set(house.seat.people)
        ]
        house = self._free(able)
        if house is None or house.seat is None:
            return None
        seat = house.seat
        person = self._draw.choice(sorted(set(house.people) - set(seat.people)))
        seat.people.append(person)
        # Each handover four days after the one before it, the last possible one today.
        taken_on = self._day(-40 + 4 * (len(seat.people) - 1))
        body = {"contact_id": person, "from": taken_on, "reason": mark}
        return Meant(mark, "handover", "POST", f"{seat.path}/handovers", body, held=seat)

    def _promise(self, mark: str) -> Meant | None:
        ready = [each for each in self._houses if each.seat is not None and each.seat.id]
        house = self._free(ready)
        if house is None:
            return None
        owner = {"type": "partner", "id": house.id}
        if self._draw.random() < 0.1:
            owner = {"type": "department", "id": self._draw.choice(self._network.departments)}
        days = self._draw.choice(self._due_days)
        body = {"title": {"ko": f"약속 {mark}"}, "due_on": self._day(days), "owner": owner}

        def keep(facts: Facts) -> None:
            path = f"/v1/milestones/{facts['id']}"
            self._milestones.append(Held(facts["id"], path, 1, days={days}))

        return Meant(mark, "milestone", "POST", "/v1/milestones", body, then=keep)

    def _move(self, mark: str) -> Meant | None:
        able = [each for each in self._milestones if len(each.days) < len(self._due_days)]
        milestone = self._free(able)
        if milestone is None:
            return None
        days = self._draw.choice([each for each in self._due_days if each not in milestone.days])
        milestone.days.add(days)
        body = {"title": {"ko": f"약속 {mark}"}, "due_on": self._day(days)}
        return self._change(mark, "milestone moved", milestone, body)

    def _keep(self, mark: str) -> Meant | None:
        milestone = self._free(self._milestones)
        if milestone is None:
            return None
        proof = {"on": self._day(0), "text": f"증빙 {mark}"}
        body = {"done_on": self._day(0), "evidence": [proof]}
        return self._close(mark, "milestone done", milestone, "completions", body)

    def _drop(self, mark: str) -> Meant | None:
        milestone = self._free(self._milestones)
        if milestone is None:
            return None
        body = {"cancelled_on": self._day(0), "reason": mark}
        return self._close(mark, "milestone cancelled", milestone, "cancellations", body)

    def _commit(self, mark: str) -> Meant:
        body = {
            "key": mark,
            "partner_id": self._draw.choice(self._network.partners),
            "agreement_id": self._network.agreement,
            "task_id": self._draw.choice(self._network.tasks),
            "role": self._draw.choice(ROLES),
            "starts_on": self._day(-self._draw.randrange(1000)),
            "disclosure": self._draw.choice(("public", "closed")),
        }

        def keep(facts: Facts) -> None:
            self._works.append(Held(facts["id"], f"/v1/collaborations/{facts['id']}", 1))

        return Meant(mark, "collaboration", "POST", "/v1/collaborations", body, then=keep)

    def _change_role(self, mark: str) -> Meant | None:
        work = self._free(self._works)
        if work is None:
            return None
        proof = {"on": self._day(-1), "text": f"증빙 {mark}"}
        body = {"role": self._draw.choice(ROLES), "evidence": [proof]}
        return self._change(mark, "collaboration changed", work, body)

    def _end_work(self, mark: str) -> Meant | None:
        work = self._free(self._works)
        if work is None:
            return None
        body = {"ends_on": self._day(self._draw.randrange(60)), "reason": mark}
        return self._close(mark, "collaboration ended", work, "endings", body)

    def _load_file(self, mark: str) -> Meant:
        count = self._draw.randrange(1, 6)
        lines = ["format: 1", "technologies:"]
        lines += [
            f'  - {{key: {mark}.{each}, name: {{ko: "시험 기술 {mark} {each}"}}}}'
            for each in range(count)
        ]
        body = {"documents": [{"name": f"{mark}.yaml", "text": "\n".join(lines) + "\n"}]}
        return Meant(mark, "load", "POST", "/v1/loads", body, entries=count + 1)

    def _change_shared(self, mark: str) -> Meant | None:
        if self._shared is None:
            return None
        known = self._look(self._shared)
        if known is None:
            return None
        body = {"name": {"ko": f"공동 기관 {mark}"}, "_seen": known["version"]}
        return Meant(
            mark,
            "shared partner",
            "PATCH",
            self._shared.path,
            body,
            held=self._shared,
            has_key=False,
            is_shared=True,
        )

    def _announce(self, mark: str) -> Meant | None:
        houses = self._listening()
        if not houses:
            return None
        days = self._draw.choice(self._event_days)
        body = {
            "title": {"ko": f"행사 {mark}"},
            "kind": "conference",
            "zone": self._draw.choice(("America/Los_Angeles", "Asia/Seoul", "Europe/Berlin")),
            **self._runs_on(days),
            "country": "US",
            "city": {"ko": "시험 도시", "en": "Trial City"},
            "department_id": self._draw.choice((None, *self._network.departments)),
            "partner_ids": self._draw.sample(houses, min(len(houses), self._draw.randint(1, 3))),
            "task_ids": [self._draw.choice(self._network.tasks)],
        }

        def keep(facts: Facts) -> None:
            event = Held(facts["id"], f"/v1/events/{facts['id']}", 1, days={days})
            event.people = list(facts["partner_ids"])
            self._events.append(event)

        return Meant(mark, "event", "POST", "/v1/events", body, then=keep)

    def _take_off(self, mark: str) -> Meant | None:
        """Take one of several participants off an event."""
        event = self._free([each for each in self._events if len(each.people) > 1])
        if event is None:
            return None
        gone = self._draw.choice(event.people)
        return self._name(mark, event, [each for each in event.people if each != gone])

    def _put_back(self, mark: str) -> Meant | None:
        """Name one more participant: one that was taken off before, if there is any."""
        event = self._free(self._events)
        others = set(self._listening()).difference(event.people if event else ())
        if event is None or not others:
            return None
        before = sorted(others & event.left) or sorted(others)
        return self._name(mark, event, [*event.people, self._draw.choice(before)])

    def _name(self, mark: str, event: Held, houses: list[str]) -> Meant:
        """Say who takes part; the title stays, so the mark is in the reason alone."""
        meant = self._change(mark, "participants", event, {"partner_ids": houses, "reason": mark})

        def keep(facts: Facts) -> None:
            event.left |= set(event.people) - set(facts["partner_ids"])
            event.people = list(facts["partner_ids"])

        meant.then = keep
        return meant

    def _move_event(self, mark: str) -> Meant | None:
        event = self._free(
            [each for each in self._events if len(each.days) < len(self._event_days)]
        )
        if event is None:
            return None
        days = self._draw.choice([each for each in self._event_days if each not in event.days])
        event.days.add(days)
        body = {"title": {"ko": f"행사 {mark}"}, **self._runs_on(days), "reason": mark}
        return self._change(mark, "event moved", event, body)

    def _runs_on(self, days: int) -> dict[str, str]:
        day = self._day(days)
        return {"starts_at": f"{day}T09:00", "ends_at": f"{day}T18:00"}

    def _listening(self) -> list[str]:
        """Give the partners in which somebody is known to hold the liaison's seat."""
        return [each.id for each in self._houses if each.seat is not None and each.seat.id]

    def _call_off(self, mark: str) -> Meant | None:
        event = self._free(self._events)
        if event is None:
            return None
        body = {"cancelled_on": self._day(0), "reason": mark}
        return self._close(mark, "event cancelled", event, "cancellations", body)

    def _change(self, mark: str, what: str, held: Held, body: Mapping[str, Any]) -> Meant:
        """Mean a PATCH, now and then one that is repeated by its key."""
        has_key = self._draw.random() < 0.3
        return Meant(mark, what, "PATCH", held.path, body, held=held, has_key=has_key)

    def _close(self, mark: str, what: str, held: Held, move: str, body: Mapping[str, Any]) -> Meant:
        """Mean a move after which nothing is changed any more."""
        held.is_open = False
        for mine in (self._milestones, self._works, self._events):
            if held in mine:
                mine.remove(held)
        return Meant(mark, what, "POST", f"{held.path}/{move}", body, held=held)
