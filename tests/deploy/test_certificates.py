"""The proxy's certificate: one for its name, believed through one authority, renewed in time."""

import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

from ieum.certificates import (
    LASTS,
    RENEWED_BEFORE,
    authority,
    certificate,
    certificate_key,
    make_certificate,
)
from ieum.home import Home
from ieum.secret_distribution import make_and_hand_out

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.make()
    return made


def read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("ieum.city.example", x509.DNSName("ieum.city.example")),
        ("192.0.2.1", x509.IPAddress(ip_address("192.0.2.1"))),
    ],
)
def test_it_is_for_its_name_and_signed_by_the_authority(
    home: Home, host: str, named: x509.GeneralName
) -> None:
    assert make_certificate(home, host, NOW)

    made = read(certificate(home))
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert list(names) == [named]
    made.verify_directly_issued_by(read(authority(home)))
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=825)


def test_it_is_made_once(home: Home) -> None:
    make_certificate(home, "ieum.city.example", NOW)
    before = certificate(home).read_bytes()

    assert not make_certificate(home, "ieum.city.example", NOW + timedelta(days=1))
    assert certificate(home).read_bytes() == before


@pytest.mark.parametrize(
    ("host", "later"),
    [
        ("another.example", timedelta()),
        ("ieum.city.example", LASTS - RENEWED_BEFORE),
    ],
)
def test_another_is_made_for_another_name_or_before_its_end_by_the_same_authority(
    home: Home, host: str, later: timedelta
) -> None:
    make_certificate(home, "ieum.city.example", NOW)
    before = authority(home).read_bytes()

    assert make_certificate(home, host, NOW + later)
    assert authority(home).read_bytes() == before
    read(certificate(home)).verify_directly_issued_by(read(authority(home)))


def test_an_authority_outlasts_what_it_signs(home: Home) -> None:
    make_certificate(home, "ieum.city.example", NOW)
    later = NOW + timedelta(days=3000)

    assert make_certificate(home, "ieum.city.example", later)

    assert read(authority(home)).not_valid_after_utc > read(certificate(home)).not_valid_after_utc
    read(certificate(home)).verify_directly_issued_by(read(authority(home)))


def test_an_authority_that_was_lost_is_made_anew_with_what_it_signs(home: Home) -> None:
    make_certificate(home, "ieum.city.example", NOW)
    authority(home).unlink()

    assert make_certificate(home, "ieum.city.example", NOW)
    read(certificate(home)).verify_directly_issued_by(read(authority(home)))


def test_the_proxy_is_handed_the_chain_and_nobody_its_authoritys_key(
    home: Home, tmp_path: Path
) -> None:
    folder = tmp_path / "handed-out"

    made = make_and_hand_out(home, folder, proxy_host="ieum.city.example", now=NOW)

    proxy = folder / "proxy"
    assert "proxy-certificate" in made
    assert {each.name for each in proxy.iterdir()} == {
        "certificate.pem",
        "key.pem",
        "authority.pem",
    }
    assert len(x509.load_pem_x509_certificates((proxy / "certificate.pem").read_bytes())) == 2
    assert (proxy / "key.pem").read_text() == certificate_key(home).read_text()
    assert stat.S_IMODE((proxy / "key.pem").stat().st_mode) == 0o600
    secret = (home.secrets / "proxy-authority.key.pem").read_text()
    assert all(secret != each.read_text() for each in folder.rglob("*") if each.is_file())
    assert make_and_hand_out(home, folder, proxy_host="ieum.city.example", now=NOW) == []
