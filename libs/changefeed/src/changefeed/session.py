"""Connections to another service of the house, and the tokens shown there."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import requests


@runtime_checkable
class Renewable(Protocol):
    """A source of tokens that keeps one for a while."""

    def renew(self) -> None:
        """Keep it no longer: it was not accepted."""
        ...


def ask_signed(
    ask: Callable[[str], requests.Response], token: Callable[[], str]
) -> requests.Response:
    """Ask with a token, and at once with another one if that was not accepted.

    A kept token may be of another hour than its checker's clock, or of a key that is no more.
    """
    answer = ask(token())
    if answer.status_code != 401 or not isinstance(token, Renewable):
        return answer
    token.renew()
    return ask(token())


def house_session() -> requests.Session:
    """Make shared connections that take nothing from the environment.

    By itself `requests` obeys HTTP_PROXY, though a neighbour is in the house, and lets a `.netrc`
    that knows the neighbour's host replace the Bearer token: the neighbour would then refuse
    every request.
    """
    session = requests.Session()
    session.trust_env = False
    return session
