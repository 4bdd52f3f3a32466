"""A program ends with 2 where what it was told does not fit, whichever service it is."""

import argparse
from collections.abc import Mapping

import pytest

from httpedge.environ import Environ
from httpedge.program import run_verb, serve_service


def read_settings(values: Mapping[str, str]) -> str:
    environ = Environ(values)
    database = environ.url("A_DATABASE")
    environ.check()
    return database


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    shown = made.add_subparsers(required=True).add_parser("show")
    shown.add_argument("--times", type=int, default=1)
    shown.set_defaults(run=lambda settings, asked: print(settings * asked.times) or 0)
    return made


def test_a_verb_is_given_the_settings_and_what_was_asked(
    parser: argparse.ArgumentParser,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("A_DATABASE", "sqlite:///x")

    assert run_verb(parser, read_settings, ["show", "--times", "2"]) == 0
    assert capsys.readouterr().out == "sqlite:///x" * 2 + "\n"


def test_settings_that_do_not_fit_are_listed_and_nothing_is_run(
    parser: argparse.ArgumentParser,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("A_DATABASE", raising=False)

    assert run_verb(parser, read_settings, ["show"]) == 2
    told = capsys.readouterr()
    assert "A_DATABASE is not set" in told.err
    assert told.out == ""


def test_several_processes_on_sqlite_are_refused_with_the_settings_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert serve_service("notify", ("127.0.0.1", 1), 2, "sqlite:////tmp/none.db") == 2

    told = capsys.readouterr().err
    assert "IEUM_NOTIFY_PROCESSES above 1 needs PostgreSQL: set IEUM_NOTIFY_DATABASE" in told
