"""Which places of the world a form offers: zones by their IANA names, countries in words."""

from functools import cache
from importlib import resources

from changefeed.countries import COUNTRIES
from ieum_portal.pages.labels import said

_NO_PLACES = frozenset(("Brazil", "Canada", "Chile", "Etc", "Mexico", "US"))
"""Older names beside those by continent and city; they are taken, and not offered."""


@cache
def zones() -> tuple[str, ...]:
    """Give the names by continent and city, as `America/Los_Angeles`, in order."""
    # Of the package alone, as the registry does: a machine's own folder may know others.
    names = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return tuple(
        sorted(each for each in names if "/" in each and each.partition("/")[0] not in _NO_PLACES)
    )


def countries() -> list[tuple[str, str]]:
    """Give ISO 3166-1 codes with what each is called in the reader's language, by that name."""
    named = ((code, said(label)) for code, label in COUNTRIES.items())
    return sorted(named, key=lambda each: each[1])
