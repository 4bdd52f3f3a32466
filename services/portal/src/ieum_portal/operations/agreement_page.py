"""One agreement: parties and standing, what is committed and promised under it, and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from uuid import UUID

from changefeed.mapping import to_facts
from changefeed.subjects.agreement import Agreement, Party
from changefeed.subjects.collaboration import Collaboration
from changefeed.subjects.milestone import Milestone
from changefeed.subjects.parts import Words
from ieum_portal.domain.bounds import DerivedDay, derived_days
from ieum_portal.domain.countdown import days_left
from ieum_portal.domain.difference import mentioned
from ieum_portal.domain.history import LogEntry
from ieum_portal.domain.next_acts import Act, next_acts
from ieum_portal.operations.commitment_lines import (
    CommitmentLine,
    TaskLines,
    by_task,
    commitment_lines,
)
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.names import names_behind, staff_names
from ieum_portal.operations.ports import Accounts, Neighbours, Registry
from registryclient.answers import AgreementStanding, MilestoneStanding, MoveStanding, Total

MOST_ENTRIES = 20
COMMITMENTS_A_PAGE = 100
MOST_MILESTONES_PAGES = 1


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A side with its name and what it is on the day; None for what could not be had."""

    party: Party
    name: Words | None
    state: str | None


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone and where it stands on the day.

    Attributes:
        days_left: Negative once overdue; None once done or cancelled.
    """

    milestone: Milestone
    state: str
    days_left: int | None
    owner: Words | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of the log about the agreement or what lies under it.

    Attributes:
        about: What it is about; None for the agreement itself, or if that is not known.
        by: The person's name, if the portal knows it and the viewer may.
    """

    entry: LogEntry
    about: Words | None
    by: str | None


@dataclass(frozen=True, slots=True)
class AgreementPage(Gathered):
    """Everything that the page shows; parts that could not be had are empty and named missing.

    Attributes:
        parent: What it hangs under, if the viewer may see that; `annexes` hang under it.
        days: The derived days, and where they come from.
        lead: The department that answers for it.
        commitments: Those of one page; `total` counts all, `following` leads on to the next page.
        acts: What the office does next.
        moves: What may become of it, where the viewer may move it.
        entries: The newest first.
        is_cut: Whether there are more entries than are shown.
        named: What its fields and its programme are called.
    """

    agreement: Agreement
    parent: Agreement | None
    annexes: Sequence[Agreement]
    standing: AgreementStanding | None
    days: Sequence[DerivedDay]
    lead: Words | None
    parties: Sequence[PartyLine]
    commitments: Sequence[CommitmentLine]
    total: Total | None
    following: str | None
    acts: Sequence[Act]
    moves: Sequence[MoveStanding]
    milestones: Sequence[MilestoneLine]
    entries: Sequence[EntryLine]
    is_cut: bool
    named: Mapping[UUID, Words]

    @property
    def groups(self) -> list[TaskLines]:
        """The commitments, task by task."""
        return by_task(self.commitments)


def agreement_page(
    agreement_id: UUID,
    *,
    on: date,
    neighbours: Neighbours,
    accounts: Accounts | None,
    may_move: bool = False,
    after: str | None = None,
) -> AgreementPage:
    """Gather the page for one viewer.

    Args:
        accounts: To name who made a change; None if the viewer is not told.
        may_move: Whether the viewer moves agreements: then it is asked which moves may be made.
        after: The cursor of a page of its commitments; None for the first.

    Raises:
        NotFound: No such agreement, or none that the viewer may see.
        NeighbourDown: The registry could not say.
    """
    registry, gathering = neighbours.registry, Gathering(neighbours.left_s)
    agreement = gathering.need("registry", lambda: registry.one(Agreement, agreement_id))
    stands = gathering.begin(
        "registry",
        "standing",
        lambda: registry.standing(Agreement, AgreementStanding, agreement_id, on=on),
        otherwise=None,
    )
    parents = gathering.begin(
        "registry",
        "agreements",
        lambda: registry.by_id(Agreement, [agreement.parent_id] if agreement.parent_id else []),
        otherwise=dict[UUID, Agreement](),
    )
    hang_under = gathering.begin(
        "registry", "agreements", lambda: registry.all(Agreement, parent=agreement_id), otherwise=()
    )
    may_become = gathering.begin(
        "registry",
        "moves",
        lambda: registry.moves(agreement_id) if may_move else (),
        otherwise=(),
    )
    commits = gathering.begin(
        "registry",
        "commitments",
        lambda: registry.page(
            Collaboration, after=after, limit=COMMITMENTS_A_PAGE, agreement=agreement_id, count=True
        ),
        otherwise=None,
    )
    promised: Sequence[tuple[Milestone, MilestoneStanding]] = gathering.ask(
        "registry",
        "milestones",
        lambda: registry.all_standing(
            Milestone,
            MilestoneStanding,
            at_most=MOST_MILESTONES_PAGES,
            agreement=agreement_id,
            on=on,
        ),
        otherwise=(),
    )
    milestones = [each for each, _ in promised]
    facts = to_facts(agreement)
    belongs = {key: facts[key] for key in ("service_field_ids", "programme_id")}
    named: Mapping[UUID, Words] = gathering.ask(
        "registry", "names", lambda: names_behind(mentioned(belongs), registry), otherwise={}
    )
    listed = commits()
    commitments: Sequence[Collaboration] = listed.items if listed else ()
    names: Mapping[UUID, Words] = gathering.ask(
        "registry", "owners", lambda: _names(agreement, milestones, registry), otherwise={}
    )
    committed = commitment_lines(commitments, names, on=on, gathering=gathering, registry=registry)
    subjects = [
        agreement_id,
        *(each.id for each in commitments),
        *(each.id for each in milestones),
    ]
    entries: Sequence[LogEntry] = gathering.ask(
        "registry",
        "history",
        lambda: neighbours.log.about(subjects, at_most=MOST_ENTRIES + 1),
        otherwise=(),
    )
    standing, annexes = stands(), hang_under()
    states = [each.state for each in standing.parties] if standing else []
    return AgreementPage(
        agreement,
        next(iter(parents().values()), None),
        annexes,
        standing,
        derived_days(agreement, standing) if standing else (),
        names.get(agreement.lead_department_id) if agreement.lead_department_id else None,
        [
            PartyLine(each, names.get(each.partner_id), state)
            for each, state in zip_longest(agreement.parties, states[: len(agreement.parties)])
        ],
        committed,
        listed.total if listed else None,
        listed.next if listed else None,
        next_acts(standing, on) if standing else (),
        may_become(),
        _milestones(promised, names, on),
        _entries(entries[:MOST_ENTRIES], _about(committed, milestones), accounts),
        len(entries) > MOST_ENTRIES,
        named,
        missing=tuple(gathering.missing),
    )


def _names(
    agreement: Agreement, milestones: Sequence[Milestone], registry: Registry
) -> dict[UUID, Words]:
    owners = [each.owner for each in milestones]
    lead = agreement.lead_department_id
    return registry.names_of(
        frozenset(
            [
                *(party.partner_id for party in agreement.parties),
                *(owner.id for owner in owners if owner.type == "partner"),
            ]
        ),
        frozenset(
            [
                *(owner.id for owner in owners if owner.type == "department"),
                *([lead] if lead else []),
            ]
        ),
    )


def _milestones(
    found: Sequence[tuple[Milestone, MilestoneStanding]], names: Mapping[UUID, Words], on: date
) -> list[MilestoneLine]:
    lines = []
    for each, standing in found:
        is_open = standing.state in ("due", "overdue")
        left = days_left(each.due_on, on) if is_open else None
        lines.append(MilestoneLine(each, standing.state, left, names.get(each.owner.id)))
    return sorted(lines, key=lambda line: (line.days_left is None, line.milestone.due_on))


def _about(
    commitments: Sequence[CommitmentLine], milestones: Sequence[Milestone]
) -> dict[UUID, Words]:
    about = {each.id: each.title for each in milestones}
    for line in commitments:
        if line.partner and line.task:
            about[line.commitment.id] = _joined(line.partner, line.task.name)
    return about


def _joined(partner: Words, task: Words) -> Words:
    english = f"{partner.en or partner.ko}: {task.en}" if task.en else None
    return Words(f"{partner.ko}: {task.ko}", english)


def _entries(
    found: Sequence[LogEntry], about: Mapping[UUID, Words], accounts: Accounts | None
) -> list[EntryLine]:
    who = staff_names((each.actor.id for each in found), accounts) if accounts else {}
    return [
        EntryLine(each, about.get(each.change.subject_id), who.get(each.actor.id)) for each in found
    ]
