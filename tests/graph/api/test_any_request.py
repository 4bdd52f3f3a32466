"""Whatever is sent, in whatever role: no answer is undocumented, and none is a fault of ours."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask

from httpedge.caller import Role, Signer
from tests.any_request import ROLES, ask_whatever
from tests.graph.conftest import Graph
from tests.graph.makers import id_of, small_city


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_asked_is_answered_as_documented(
    graph: Graph, app: Flask, signer: Signer, role: Role
) -> None:
    graph.follow(small_city())
    partners = [UUID(id_of("naver"))] if role == "liaison" else []
    token = signer.token(role, ["graph"], now=datetime.now(UTC), partners=partners)
    headers = {} if role == "public" else {"Authorization": f"Bearer {token}"}

    assert ask_whatever(app, headers) > 5
