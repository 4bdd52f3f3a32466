"""People who are kept too long are told to the operator."""

from ieum.checks.retention import retention
from tests.deploy.checks.makers import codes


def test_who_is_kept_too_long_is_told() -> None:
    assert codes(list(retention({"items": [{"id": "x"}]}))) == ["people.expired"]


def test_whoever_is_erased_in_time_is_well() -> None:
    assert list(retention({"items": []})) == []
    assert list(retention(None)) == []
