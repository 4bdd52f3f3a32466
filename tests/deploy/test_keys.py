"""Secrets are made once, read by the owner alone, and vouch for the right roles only."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from httpedge.caller import KeyRing, Refused, Signer
from ieum.home import Home
from ieum.keys import make_secrets, private_key

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    make_secrets(made)
    return made


def test_nobody_else_can_read_a_secret(home: Home) -> None:
    modes = {stat.S_IMODE(each.stat().st_mode) for each in home.secrets.iterdir()}
    folders = {stat.S_IMODE(each.stat().st_mode) for each in (home.root, home.secrets, home.keys)}

    assert modes == {0o600}
    assert folders == {0o700}


def test_a_second_start_makes_nothing_new(home: Home) -> None:
    before = {each.name: each.read_bytes() for each in home.secrets.iterdir()}

    made = make_secrets(home)

    assert made == []
    assert {each.name: each.read_bytes() for each in home.secrets.iterdir()} == before


@pytest.mark.parametrize(
    ("kid", "role"),
    [("portal", "office"), ("portal", "service"), ("graph", "service"), ("operator", "service")],
)
def test_what_a_key_signs_is_accepted(home: Home, kid: str, role: str) -> None:
    token = Signer(private_key(home, kid)).token(role, ["registry"], now=NOW)  # type: ignore[arg-type]  # a role by name

    caller = KeyRing(home.keys).identify(token, "registry", NOW)

    assert (caller.role, caller.issuer) == (role, kid)


@pytest.mark.parametrize(
    ("kid", "role"), [("portal", "public"), ("graph", "office"), ("notify", "auditor")]
)
def test_a_key_cannot_claim_what_it_may_not(home: Home, kid: str, role: str) -> None:
    token = Signer(private_key(home, kid)).token(role, ["registry"], now=NOW)  # type: ignore[arg-type]  # a role by name

    with pytest.raises(Refused) as refused:
        KeyRing(home.keys).identify(token, "registry", NOW)

    assert refused.value.code == "token.role_not_allowed"


def test_a_public_key_holds_nothing_private(home: Home) -> None:
    assert all('"d"' not in each.read_text() for each in home.keys.iterdir())


def test_a_lost_public_key_is_made_again_from_the_private_one(home: Home) -> None:
    lost = home.keys / "graph.json"
    before = lost.read_text()
    lost.unlink()

    make_secrets(home)

    assert lost.read_text() == before
