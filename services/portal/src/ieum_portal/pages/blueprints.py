"""The views of all pages: each folder's `routes`, found where they lie."""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import walk_packages

from flask import Blueprint

from ieum_portal import pages


def blueprints() -> Sequence[Blueprint]:
    """Give each once, by name."""
    modules = (
        import_module(each.name) for each in walk_packages(pages.__path__, "ieum_portal.pages.")
    )
    found = (getattr(each, "routes", None) for each in modules)
    by_name = {each.name: each for each in found if isinstance(each, Blueprint)}
    return [by_name[each] for each in sorted(by_name)]
