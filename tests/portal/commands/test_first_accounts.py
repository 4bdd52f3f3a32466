"""First passwords are told once and kept for the operator alone."""

import json
from pathlib import Path

from ieum_portal.commands.first_accounts import tell_first_accounts
from ieum_portal.operations.make_first_accounts import FIRST, Made, Outcome

OFFICE = Made("office@ieum.example", "office", "first")
LIAISON = Made("liaison@ieum.example", "liaison", "second")


def test_passwords_are_told_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "first-accounts.json"

    lines = list(tell_first_accounts(Outcome((OFFICE,), (FIRST[1],)), file))

    assert "first" in lines[0]
    assert "naver-liaison" in lines[1]
    assert file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(file.read_text("utf-8"))["accounts"]
    assert kept == [{"login": "office@ieum.example", "role": "office", "password": "first"}]


def test_later_accounts_are_added(tmp_path: Path) -> None:
    file = tmp_path / "first-accounts.json"
    list(tell_first_accounts(Outcome((OFFICE,), ()), file))
    list(tell_first_accounts(Outcome((LIAISON,), ()), file))

    kept = json.loads(file.read_text("utf-8"))["accounts"]
    assert [each["login"] for each in kept] == [OFFICE.login, LIAISON.login]


def test_nothing_new_says_nothing_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "first-accounts.json"

    assert list(tell_first_accounts(Outcome((), ()), file)) == []
    assert not file.exists()
