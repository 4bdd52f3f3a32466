"""A busy port is named with its holder and with a base that is free."""

import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ieum.home import Home
from ieum.ports import OFFSETS, Ports, is_free, ports_of, refuse_busy, wait_until_free
from ieum.say import OperatorError


@pytest.fixture
def base() -> int:
    return next(
        base
        for base in range(21000, 29000, 50)
        if all(is_free(Ports(base).of(name)) for name in OFFSETS)
    )


@pytest.fixture
def taken(base: int) -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", Ports(base).of("registry")))
        server.listen()
        yield Ports(base).of("registry")


def test_a_port_that_is_let_go_late_is_waited_for(base: int) -> None:
    server = socket.socket()
    server.bind(("127.0.0.1", Ports(base).of("neo4j")))
    server.listen()
    letting_go = threading.Timer(0.5, server.close)
    letting_go.start()

    assert wait_until_free(Ports(base), within_s=60) == []

    letting_go.join()
    refuse_busy(Ports(base))


def test_a_port_that_is_not_let_go_is_named(base: int, taken: int) -> None:
    assert wait_until_free(Ports(base), within_s=0) == ["registry"]


def test_free_ports_are_fine(base: int) -> None:
    refuse_busy(Ports(base))


def test_a_busy_port_is_named_with_its_holder_and_a_remedy(base: int, taken: int) -> None:
    with pytest.raises(OperatorError) as trouble:
        refuse_busy(Ports(base))

    assert trouble.value.code == "port.busy"
    assert f"{taken} (registry)" in trouble.value.ko
    assert f"pid {os.getpid()}" in trouble.value.en
    found = re.search(r"IEUM_PORT_BASE=(\d+) make up", trouble.value.en)
    assert found is not None
    refuse_busy(Ports(int(found[1])))


@pytest.mark.parametrize("text", ["eighty", "80", "65000", "-1"])
def test_a_base_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(OperatorError) as trouble:
        ports_of(Home(tmp_path), {"IEUM_PORT_BASE": text})

    assert trouble.value.code == "port.base_unusable"


def test_the_base_used_last_is_remembered(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    (home.run / "plan.json").write_text(json.dumps({"port_base": 9700}))

    assert ports_of(home, {}).base == 9700
    assert ports_of(home, {"IEUM_PORT_BASE": "9800"}).base == 9800


def test_a_new_home_starts_at_8400(tmp_path: Path) -> None:
    assert ports_of(Home(tmp_path), {}).base == 8400
