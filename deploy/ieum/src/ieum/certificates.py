"""The certificate that the proxy shows, where the house has none of its own.

An authority of this installation signs it, so that a house tells its browsers of one file once and
not at each renewal. Names and lengths as browsers want them: a subject alternative name, and at
most 825 days.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ieum.home import Home
from ieum.keys import write_once

AUTHORITY_LASTS = timedelta(days=3650)
LASTS = timedelta(days=820)
RENEWED_BEFORE = timedelta(days=60)
"""How long before its end another is made; `ieum secrets` runs at each update."""

_EARLIER = timedelta(hours=1)  # Clocks differ.


def make_certificate(home: Home, host: str, now: datetime) -> bool:
    """Make the authority if there is none, and a certificate if none for this host lasts on.

    Args:
        host: A name or an address, as browsers ask for it.

    Returns:
        Whether one was made.
    """
    authority_key, authority = _authority(home, now)
    if _lasts(certificate(home), host, authority, now):
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _begun(host, authority.subject, key, now, LASTS)
        .add_extension(x509.SubjectAlternativeName([_san(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(authority_key, SHA256())
    )
    for path in (certificate_key(home), certificate(home)):
        path.unlink(missing_ok=True)
    write_once(certificate_key(home), _pem_of_key(key))
    write_once(certificate(home), _pem(made))
    return True


def authority(home: Home) -> Path:
    """Give the file that browsers are told to believe."""
    return home.secrets / "proxy-authority.pem"


def certificate(home: Home) -> Path:
    """Give the file with the certificate that the proxy shows."""
    return home.secrets / "proxy-certificate.pem"


def certificate_key(home: Home) -> Path:
    """Give the file with its private key."""
    return home.secrets / "proxy-certificate.key.pem"


def _authority(home: Home, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    path = home.secrets / "proxy-authority.key.pem"
    if path.exists() and authority(home).exists():
        key = load_pem_private_key(path.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  As we made it.
        found = x509.load_pem_x509_certificate(authority(home).read_bytes())
        if found.not_valid_after_utc >= now + LASTS:  # It outlasts what it signs.
            return key, found
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Ieum, the authority of this installation")
    made = (
        _begun("", name, key, now, AUTHORITY_LASTS, subject=name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    for old in (path, authority(home)):
        old.unlink(missing_ok=True)
    write_once(path, _pem_of_key(key))
    write_once(authority(home), _pem(made))
    return key, made


def _begun(
    host: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    lasts: timedelta,
    *,
    subject: x509.Name | None = None,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject or _name(host[:64]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + lasts)
    )


def _lasts(path: Path, host: str, authority: x509.Certificate, now: datetime) -> bool:
    if not path.exists():
        return False
    found = x509.load_pem_x509_certificate(path.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        _san(host) in list(names)
        and _is_signed_by(authority, found)
        and found.not_valid_after_utc > now + RENEWED_BEFORE
    )


def _is_signed_by(authority: x509.Certificate, made: x509.Certificate) -> bool:
    try:
        made.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError):
        return False
    return True


def _san(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(made: x509.Certificate) -> str:
    return made.public_bytes(Encoding.PEM).decode()


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
