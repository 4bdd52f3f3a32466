"""Tokens of wrong audience, issuer, role or age are refused; right ones say who is calling."""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from httpedge.caller import Caller, KeyRing, Refused, ServiceTokens, Signer

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
PARTNER = UUID(int=7)


def write_keys(folder: Path, kid: str, roles: list[str]) -> Path:
    """Make a key pair: the public half in `folder/keys`, the private one beside it."""
    key = OKPKey.generate_key("Ed25519", {"kid": kid})
    (folder / "keys").mkdir(exist_ok=True)
    public = {"kid": kid, "issuer": kid, "roles": roles, "jwk": key.as_dict(private=False)}
    (folder / "keys" / f"{kid}.json").write_text(json.dumps(public))
    private = folder / f"{kid}.key.json"
    private.write_text(json.dumps(key.as_dict(private=True)))
    return private


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(write_keys(tmp_path, "portal", ["office", "liaison", "auditor"]))


@pytest.fixture
def ring(signer: Signer, tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "keys")


def test_a_good_token_says_who_is_calling(signer: Signer, ring: KeyRing) -> None:
    token = signer.token(
        "liaison", ["registry", "graph"], now=NOW, subject="account-1", partners=[PARTNER]
    )

    assert ring.identify(token, "graph", NOW) == Caller(
        "account-1", "liaison", "portal", (PARTNER,)
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda s: s.token("office", ["graph"], now=NOW), "token.wrong_audience"),
        (lambda s: s.token("service", ["registry"], now=NOW), "token.role_not_allowed"),
        (lambda s: s.token("public", ["registry"], now=NOW), "token.role_not_allowed"),
        (
            lambda s: s.token("office", ["registry"], now=NOW - timedelta(minutes=11)),
            "token.expired",
        ),
        (
            lambda s: s.token(
                "office", ["registry"], now=NOW - timedelta(days=2), lifetime_s=10**7
            ),
            "token.expired",
        ),
        (
            lambda s: s.token("office", ["registry"], now=NOW + timedelta(minutes=5)),
            "token.not_yet_valid",
        ),
        (lambda s: s.token("liaison", ["registry"], now=NOW), "token.claims_invalid"),
        (
            lambda s: s.token("office", ["registry"], now=NOW, partners=[PARTNER]),
            "token.claims_invalid",
        ),
        (
            lambda s: s.token("office", ["registry"], now=NOW)[:-8] + "AAAAAAAA",
            "token.bad_signature",
        ),
        (lambda _: "no token", "token.malformed"),
        (lambda _: "", "token.malformed"),
        (lambda _: "e30.e30.e30", "token.malformed"),
    ],
)
def test_a_bad_token_is_refused_by_name(
    signer: Signer, ring: KeyRing, make: Callable[[Signer], str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        ring.identify(make(signer), "registry", NOW)

    assert refused.value.code == code


def forged(folder: Path, **said: object) -> str:
    """Sign claims that are good but for those given; `...` leaves one out."""
    key = OKPKey.import_key(json.loads((folder / "portal.key.json").read_text()))
    at = int(NOW.timestamp())
    good: dict[str, Any] = {
        "iss": "portal", "sub": "x", "role": "office", "aud": ["registry"],
        "iat": at, "exp": at + 60, "partners": [],
    }  # fmt: skip
    claims = {name: value for name, value in {**good, **said}.items() if value is not ...}
    return jwt.encode({"alg": "Ed25519", "kid": "portal"}, claims, key, algorithms=["Ed25519"])


WRONG: dict[str, list[object]] = {
    "iss": [..., None, "", 7, ["portal"]],
    "sub": [..., None, "", " ", 7, True, ["x"], {"x": 1}, "x" * 256, "a\x00b", "a\nb"],
    "role": [..., None, "", 7, ["office"], {"office": 1}],
    "aud": [..., None, "", 7, {"registry": 1}, ["registry", None], [["registry"]]],
    "iat": [..., None, "0", True, [1], {}, float("nan"), float("inf"), 10**30],
    "exp": [..., None, "9999999999", True, [1], float("inf"), -(10**30)],
    "nbf": [None, "0", False, [], "soon", float("nan")],
    "partners": [None, "", str(PARTNER), {str(PARTNER): 1}, 1, [7], [None], ["x"], [PARTNER.hex]],
    "department": [None, "", "x", 0, False, [], {}, PARTNER.hex, [str(PARTNER)]],
    "contact_id": [None, "", "x", 0, False, [], PARTNER.urn, f"{{{PARTNER}}}"],
}


@pytest.mark.parametrize(
    ("claim", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_claim_that_is_not_of_its_own_type_is_refused(
    ring: KeyRing, tmp_path: Path, claim: str, value: object
) -> None:
    token = forged(tmp_path, **{claim: value})

    for _ in range(2):
        with pytest.raises(Refused) as refused:
            ring.identify(token, "registry", NOW)
        assert refused.value.code == "token.claims_invalid"


def test_claims_of_all_right_types_are_taken(ring: KeyRing, tmp_path: Path) -> None:
    at = NOW.timestamp()
    token = forged(
        tmp_path,
        role="liaison",
        partners=[str(PARTNER).upper()],
        aud="registry",
        iat=at - 0.5,
        nbf=at,
        department=str(PARTNER),
        contact_id=str(PARTNER),
        jti=None,
    )

    assert ring.identify(token, "registry", NOW) == Caller(
        "x", "liaison", "portal", (PARTNER,), PARTNER, PARTNER
    )


def test_a_token_is_not_taken_before_the_instant_that_it_names(
    ring: KeyRing, tmp_path: Path
) -> None:
    token = forged(tmp_path, nbf=int(NOW.timestamp()) + 50)

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)
    assert refused.value.code == "token.not_yet_valid"
    assert ring.identify(token, "registry", NOW + timedelta(seconds=20)).subject == "x"
    with pytest.raises(Refused):
        ring.identify(token, "registry", NOW + timedelta(seconds=10))


def test_claims_nested_without_end_are_refused(ring: KeyRing, tmp_path: Path) -> None:
    deep: list[object] = []
    for _ in range(900):
        deep = [deep]

    with pytest.raises(Refused) as refused:
        ring.identify(forged(tmp_path, sub=deep), "registry", NOW)

    assert refused.value.code in {"token.claims_invalid", "token.bad_signature"}


def test_a_key_may_speak_for_its_own_issuer_alone(
    signer: Signer, ring: KeyRing, tmp_path: Path
) -> None:
    write_keys(tmp_path, "graph", ["service"])
    private = OKPKey.import_key(json.loads((tmp_path / "graph.key.json").read_text()))
    claims: dict[str, Any] = {
        "iss": "portal", "sub": "x", "role": "service", "aud": ["registry"],
        "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60,
    }  # fmt: skip
    token = jwt.encode({"alg": "Ed25519", "kid": "graph"}, claims, private, algorithms=["Ed25519"])

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)

    assert refused.value.code == "token.wrong_issuer"


def test_an_unsigned_token_is_refused(ring: KeyRing) -> None:
    import base64

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"iss": "portal", "sub": "x", "role": "office", "aud": ["registry"],
              "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 60}  # fmt: skip
    token = f"{part({'alg': 'none', 'kid': 'portal'})}.{part(claims)}."

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)

    assert refused.value.code == "token.bad_signature"


def test_a_key_taken_away_is_refused_at_once(signer: Signer, ring: KeyRing, tmp_path: Path) -> None:
    token = signer.token("office", ["registry"], now=NOW)
    ring.identify(token, "registry", NOW)

    (tmp_path / "keys" / "portal.json").unlink()

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)
    assert refused.value.code == "token.unknown_key"


def test_a_key_name_cannot_leave_the_folder(ring: KeyRing, tmp_path: Path) -> None:
    private = write_keys(tmp_path, "portal", ["office"])
    key = OKPKey.import_key(json.loads(private.read_text()))
    token = jwt.encode({"alg": "Ed25519", "kid": "../portal.key"}, {}, key, algorithms=["Ed25519"])

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)

    assert refused.value.code == "token.unknown_key"


def test_a_token_seen_before_is_refused_once_its_key_is_taken_away(
    signer: Signer, ring: KeyRing, tmp_path: Path
) -> None:
    token = signer.token("office", ["registry"], now=NOW)
    ring.identify(token, "registry", NOW)

    (tmp_path / "keys" / "portal.json").unlink()

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)
    assert refused.value.code == "token.unknown_key"


def test_a_token_seen_before_is_refused_once_its_key_is_another(
    signer: Signer, ring: KeyRing, tmp_path: Path
) -> None:
    token = signer.token("office", ["registry"], now=NOW)
    ring.identify(token, "registry", NOW)

    write_keys(tmp_path, "portal", ["office"])
    os.utime(tmp_path / "keys" / "portal.json", (1, 1))

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)
    assert refused.value.code == "token.bad_signature"


@pytest.mark.parametrize(
    ("audience", "later", "code"),
    [
        ("notify", timedelta(), "token.wrong_audience"),
        ("registry", timedelta(minutes=11), "token.expired"),
        ("registry", -timedelta(minutes=2), "token.not_yet_valid"),
    ],
)
def test_a_token_seen_before_is_held_against_audience_and_clock_each_time(
    signer: Signer, ring: KeyRing, audience: str, later: timedelta, code: str
) -> None:
    token = signer.token("office", ["registry"], now=NOW)
    ring.identify(token, "registry", NOW)

    with pytest.raises(Refused) as refused:
        ring.identify(token, audience, NOW + later)

    assert refused.value.code == code


def test_a_token_seen_before_is_refused_once_another_key_of_the_same_hour_lies_there(
    signer: Signer, ring: KeyRing, tmp_path: Path
) -> None:
    place = tmp_path / "keys" / "portal.json"
    token = signer.token("office", ["registry"], now=NOW)
    ring.identify(token, "registry", NOW)
    before = place.stat()

    (tmp_path / "other").mkdir()
    write_keys(tmp_path / "other", "portal", ["office", "liaison", "auditor"])
    (tmp_path / "other" / "keys" / "portal.json").replace(place)
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert place.stat().st_size == before.st_size
    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)
    assert refused.value.code == "token.bad_signature"


def test_a_token_seen_before_is_refused_once_its_key_may_not_claim_the_role(
    signer: Signer, ring: KeyRing, tmp_path: Path
) -> None:
    token = signer.token("office", ["registry"], now=NOW)
    ring.identify(token, "registry", NOW)

    place = tmp_path / "keys" / "portal.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), "roles": ["auditor"]}))

    with pytest.raises(Refused) as refused:
        ring.identify(token, "registry", NOW)
    assert refused.value.code == "token.role_not_allowed"


def test_many_threads_with_many_tokens_are_each_told_apart(
    signer: Signer, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("httpedge.caller.MOST_CHECKED", 3)
    names = [f"account-{number}" for number in range(8)]
    tokens = {name: signer.token("office", ["registry"], now=NOW, subject=name) for name in names}

    def ask(start: int) -> list[bool]:
        order = names[start:] + names[:start]
        return [ring.identify(tokens[each], "registry", NOW).subject == each for each in order * 5]

    with ThreadPoolExecutor(8) as pool:
        assert all(all(found) for found in pool.map(ask, range(8)))


def test_a_signature_is_checked_once_for_a_token_and_few_are_remembered(
    signer: Signer, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    decode = jwt.decode

    def counted(token: str, key: OKPKey, algorithms: list[str]) -> jwt.Token:
        checked.append(token)
        return decode(token, key, algorithms=algorithms)

    monkeypatch.setattr("httpedge.caller.jwt.decode", counted)
    monkeypatch.setattr("httpedge.caller.MOST_CHECKED", 2)
    first, second, third = (
        signer.token("office", ["registry"], now=NOW, subject=name) for name in "abc"
    )

    for token in (first, first, second, first, third, third, first):
        ring.identify(token, "registry", NOW)

    assert checked == [first, second, third, first]


class Clocks:
    """A wall clock that somebody may set, and a steady one that nobody can."""

    def __init__(self) -> None:
        self.wall, self.steady = NOW, 1000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def tokens(tmp_path: Path, clocks: Clocks) -> ServiceTokens:
    signer = Signer(write_keys(tmp_path, "notify", ["service"]))
    return ServiceTokens(signer, ("registry",), lambda: clocks.wall, lambda: clocks.steady)


def test_a_services_token_is_kept_until_a_minute_before_its_end(
    tokens: ServiceTokens, clocks: Clocks
) -> None:
    first = tokens()
    clocks.pass_by(539)
    kept = tokens()
    clocks.pass_by(2)

    assert kept == first
    assert tokens() != first


@pytest.mark.parametrize("hours", [-48, -2, -0.01, 0.01, 2, 48])
def test_after_the_clock_was_set_a_token_of_the_hour_is_signed_at_once(
    tokens: ServiceTokens, clocks: Clocks, tmp_path: Path, hours: float
) -> None:
    tokens()
    clocks.wall += timedelta(hours=hours)

    caller = KeyRing(tmp_path / "keys").identify(tokens(), "registry", clocks.wall)

    assert caller.role == "service"


def test_a_token_that_was_not_accepted_is_signed_anew(
    tokens: ServiceTokens, clocks: Clocks
) -> None:
    first = tokens()
    clocks.pass_by(5)
    tokens.renew()

    assert tokens() != first
