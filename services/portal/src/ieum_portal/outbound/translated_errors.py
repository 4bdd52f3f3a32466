"""A neighbour's failures, translated into the errors that operations know."""

from collections.abc import Iterator
from contextlib import contextmanager

from ieum_portal.domain.errors import (
    Neighbour,
    NeighbourDown,
    NeighbourRefused,
    NeighbourSlow,
    NoSuchPlace,
    NotFound,
)
from registryclient.errors import RegistryRefused, RegistryTooSlow, RegistryUnavailable


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what the registry's client raises into what operations know.

    Raises:
        NotFound: A 404.
        NoSuchPlace: A list has no such place to go on from.
        NeighbourRefused: Any other no.
        NeighbourSlow: No answer yet, and no time to wait any longer.
        NeighbourDown: No answer, or one that cannot be read.
    """
    try:
        yield
    except RegistryTooSlow as error:
        raise NeighbourSlow("registry", str(error)) from error
    except RegistryUnavailable as error:
        raise NeighbourDown("registry", str(error)) from error
    except RegistryRefused as error:
        if error.is_not_found:
            raise NotFound from error
        if any(each.get("pointer") == "/after" for each in error.problem.errors):
            raise NoSuchPlace from error
        raise NeighbourRefused("registry", error.problem.code, error.problem.detail) from error


@contextmanager
def answer_parsed(neighbour: Neighbour) -> Iterator[None]:
    """Take an answer of another form than agreed for no answer: only its parsing stands within.

    One wrong field then costs a page the part that it is about, and not the page.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NeighbourDown(neighbour, f"unreadable: {error!r}") from error
