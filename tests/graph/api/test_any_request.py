"""Whatever is sent, in whatever role: no answer is undocumented, and none is a fault of ours."""

from datetime import UTC, datetime
from itertools import product
from uuid import UUID

from flask import Flask

from httpedge.caller import Role, Signer
from tests.any_request import ROLES, ask_whatever, routes_of
from tests.graph.conftest import Graph
from tests.graph.makers import id_of, small_city


def test_whatever_is_asked_is_answered_as_documented(
    graph: Graph, app: Flask, signer: Signer
) -> None:
    graph.follow(small_city())

    asked = ask_whatever(app, {role: headers(signer, role) for role in ROLES})

    assert set(asked) == set(product(ROLES, routes_of(app)))


def headers(signer: Signer, role: Role) -> dict[str, str]:
    if role == "public":
        return {}
    partners = [UUID(id_of("naver"))] if role == "liaison" else []
    token = signer.token(role, ["graph"], now=datetime.now(UTC), partners=partners)
    return {"Authorization": f"Bearer {token}"}
