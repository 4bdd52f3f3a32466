"""What people call a promise: what it counts, how much of it, and whose it is."""

from collections.abc import Mapping
from uuid import UUID

from changefeed.subjects.parts import Words
from changefeed.subjects.promise import INDICATORS, Promise


def measure_of(promise: Promise) -> Words:
    """Give what a promise counts: its own name if it has one, else its indicator's."""
    label = INDICATORS[promise.indicator]
    return promise.name or Words(label.ko, label.en)


def called(promise: Promise, names: Mapping[UUID, Words]) -> Words:
    """Call a promise by what it counts and how much of it, and by its partner if that is named."""
    measure = measure_of(promise)
    told = f"{promise.target:,}{promise.unit}"
    ko, en = f"{measure.ko} {told}", f"{measure.en or measure.ko} {told}"
    partner = names.get(promise.partner_id)
    if partner is None:
        return Words(ko, en)
    return Words(f"{partner.ko} · {ko}", f"{partner.en or partner.ko} · {en}")
