"""A token says what was asked for, and nothing that the services would refuse."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
import responses

from httpedge.caller import Caller, KeyRing, Refused
from ieum.app import main
from ieum.home import Home
from ieum.keys import make_secrets

NAVER = UUID("01934d3c-0000-7000-8000-000000000001")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    make_secrets(made)
    monkeypatch.setenv("IEUM_HOME", str(made.root))
    monkeypatch.setenv("IEUM_PORT_BASE", "29500")
    return made


def identified(home: Home, printed: str, audience: str = "registry") -> Caller:
    return KeyRing(home.keys).identify(printed.strip(), audience, datetime.now(UTC))


def test_a_token_is_printed_alone_and_accepted(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["token", "--role", "office"]) == 0

    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert identified(home, printed).role == "office"
    assert identified(home, printed, "notify").issuer == "operator"


def test_a_liaisons_partner_is_given_by_id(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "--role", "liaison", "--partner", str(NAVER)]) == 0

    assert identified(home, capsys.readouterr().out).partners == (NAVER,)


@responses.activate
def test_a_liaisons_partner_is_found_by_key(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    responses.get("http://127.0.0.1:29501/v1/partners", json={"items": [{"id": str(NAVER)}]})

    assert main(["token", "--role", "liaison", "--partner", "naver"]) == 0
    assert identified(home, capsys.readouterr().out).partners == (NAVER,)


@responses.activate
def test_a_key_that_nobody_has_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    responses.get("http://127.0.0.1:29501/v1/partners", json={"items": []})

    assert main(["token", "--role", "liaison", "--partner", "nobody"]) == 1
    assert "[token.unknown_key]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--role", "liaison"], "token.partner_wanted"),
        (["--role", "office", "--partner", str(NAVER)], "token.partner_wanted"),
        (["--role", "office", "--ttl", "2d"], "token.ttl_unusable"),
        (["--role", "office", "--ttl", "25h"], "token.ttl_unusable"),
        (["--role", "office", "--audience", "portal"], "token.audience_unknown"),
    ],
)
def test_what_the_services_would_refuse_is_not_signed(
    home: Home, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    assert main(["token", *arguments]) == 1
    said = capsys.readouterr()
    assert f"[{code}]" in said.err
    assert said.out == ""


def test_a_token_for_one_service_is_refused_by_another(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["token", "--role", "office", "--audience", "graph"])

    with pytest.raises(Refused) as refused:
        identified(home, capsys.readouterr().out, "registry")
    assert refused.value.code == "token.wrong_audience"
