"""Which installation a verb is about: read from the environment once, at the start of a verb."""

import os

from ieum.home import Home, home_of
from ieum.ports import Ports, ports_of
from ieum.say import OperatorError


def here() -> tuple[Home, Ports]:
    """Give the home and its ports, whether or not anything runs there."""
    home = home_of(os.environ)
    return home, ports_of(home, os.environ)


def made() -> tuple[Home, Ports]:
    """Give the home and its ports.

    Raises:
        OperatorError: `home.absent` if nothing was ever started there.
    """
    home, ports = here()
    if not home.exists():
        raise OperatorError(
            "home.absent",
            f"{home.root}에 이음이 없습니다. make up 으로 시작하거나 IEUM_HOME을 확인하십시오.",
            f"There is no Ieum at {home.root}. Start one with make up, or check IEUM_HOME.",
        )
    return home, ports


def language() -> str:
    """Give the language of the person at the keyboard: `ko` unless the locale says English."""
    wanted = os.environ.get("IEUM_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return "en" if wanted.lower().startswith("en") else "ko"
