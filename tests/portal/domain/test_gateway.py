"""The gateway's header is believed from its own addresses, once, and under one spelling."""

from ipaddress import ip_network

import pytest

from ieum_portal.domain.gateway import Gateway, NotToBeTrusted, header_fault

GATEWAY = Gateway("RemoteUser", (ip_network("10.2.0.7"), ip_network("2001:db8::/126")))


@pytest.mark.parametrize("address", ["10.2.0.7", "::ffff:10.2.0.7", "2001:db8::3"])
def test_the_login_is_taken_from_the_named_addresses(address: str) -> None:
    said = GATEWAY.login(" Office@Ieum.example ", address=address, connection="keep-alive")

    assert said == "office@ieum.example"


@pytest.mark.parametrize(
    "address", ["10.2.0.8", "2001:db8::4", "::10.2.0.7", "unknown", "", None, "10.2.0.7, 1.1.1.1"]
)
def test_from_elsewhere_it_is_not(address: str | None) -> None:
    with pytest.raises(NotToBeTrusted) as no:
        GATEWAY.login("office@ieum.example", address=address, connection="")
    assert no.value.why == "elsewhere"


@pytest.mark.parametrize(
    ("said", "connection"),
    [
        ("", ""),
        ("  ", ""),
        ("office@ieum.example,auditor@ieum.example", ""),
        ("office@ieum.example auditor", ""),
        ("office@ieum.example\x00", ""),
        ("a" * 255, ""),
        ("office@ieum.example", "close, remoteuser"),
    ],
)
def test_what_is_no_single_login_is_not_taken(said: str, connection: str) -> None:
    with pytest.raises(NotToBeTrusted) as no:
        GATEWAY.login(said, address="10.2.0.7", connection=connection)
    assert no.value.why == "unclear"


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("RemoteUser", True),
        ("Remoteuser2", True),
        ("X-Remote-User", False),
        ("X_Remote_User", False),
        ("Cookie", False),
        ("authorization", False),
        ("사용자", False),
    ],
)
def test_a_header_has_one_spelling_and_a_meaning_of_its_own(name: str, *, fits: bool) -> None:
    assert (header_fault(name) is None) is fits
