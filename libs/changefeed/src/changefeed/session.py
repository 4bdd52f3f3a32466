"""Connections to another service of the house."""

import requests


def house_session() -> requests.Session:
    """Make shared connections that take nothing from the environment.

    By itself `requests` obeys HTTP_PROXY, though a neighbour is in the house, and lets a `.netrc`
    that knows the neighbour's host replace the Bearer token: the neighbour would then refuse
    every request.
    """
    session = requests.Session()
    session.trust_env = False
    return session
