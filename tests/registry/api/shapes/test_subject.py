"""Patches share one shape, and each is laid over its own subject."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from marshmallow import fields

from changefeed.subjects.parts import Words
from ieum_registry.api.shapes.declared import subject_shape
from ieum_registry.api.shapes.subject import Patch, patch_of
from ieum_registry.domain.partner import Partner

BOTH = threading.Barrier(2)


def meet(_: str) -> None:
    """Wait until the other patch is being read too."""
    BOTH.wait(60)


MeetingShape = subject_shape("Meeting", Partner, but={"website": fields.String(validate=meet)})
"""A partner whose website is read by two at the same time."""


def test_two_patches_read_at_the_same_time_change_each_its_own_subject() -> None:
    shape = patch_of(MeetingShape)
    partners = [
        Partner(id=UUID(int=number), kind="company", name=Words(f"기관 {number}"))
        for number in (1, 2)
    ]
    patches: list[Patch] = [
        shape.load({"website": f"https://p{each.id.int}.example"}) for each in partners
    ]

    with ThreadPoolExecutor(2) as pool:
        changed = list(pool.map(lambda patch, partner: patch.onto(partner), patches, partners))

    assert [(each.id, each.name, each.website) for each in changed] == [
        (each.id, each.name, f"https://p{each.id.int}.example") for each in partners
    ]
