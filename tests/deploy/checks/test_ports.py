"""Who holds a port of ours is named."""

import os
import socket

from ieum.checks.ports import ports
from ieum.ports import holder, is_free
from tests.deploy.checks.makers import this_process


def test_a_port_held_by_another_program_is_named_with_its_holder() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        [found] = ports({"registry": port}, {}, is_free, holder)
        none = list(ports({"registry": port}, {"registry": this_process()}, is_free, holder))

    assert found.code == "port.taken"
    assert str(os.getpid()) in found.en
    assert none == []
