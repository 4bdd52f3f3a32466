"""Passwords are kept as argon2id and as nothing else."""

from argon2 import PasswordHasher

from ieum_portal.storage.passwords import Argon2Passwords

QUICK = Argon2Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_a_password_fits_its_own_hash_alone() -> None:
    kept = QUICK.hash("이음")

    assert kept.startswith("$argon2id$")
    assert QUICK.fits(kept, "이음")
    assert not QUICK.fits(kept, "이응")


def test_two_hashes_of_one_password_differ() -> None:
    assert QUICK.hash("이음") != QUICK.hash("이음")


def test_nobodys_password_never_fits() -> None:
    assert not QUICK.fits(None, "nobody has this password")


def test_a_broken_hash_fits_nothing() -> None:
    assert not QUICK.fits("plain text", "plain text")


def test_a_cheaper_hash_is_outdated() -> None:
    assert Argon2Passwords().is_outdated(QUICK.hash("이음"))
    assert not QUICK.is_outdated(QUICK.hash("이음"))
