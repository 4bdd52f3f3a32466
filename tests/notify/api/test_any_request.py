"""Whatever is sent, in whatever role: no answer is undocumented, and none is a fault of ours."""

from itertools import product

from flask.testing import FlaskClient

from tests.any_request import ROLES, ask_whatever, routes_of
from tests.notify.api.conftest import Headers
from tests.notify.makers import MONDAY, PostRoom, milestone


def test_whatever_is_asked_is_answered_as_documented(
    client: FlaskClient, as_role: Headers, room: PostRoom
) -> None:
    room.registry.record(milestone(MONDAY))
    room.follow()
    headers = {role: {} if role == "public" else as_role(role) for role in ROLES}

    asked = ask_whatever(client.application, headers)

    assert set(asked) == set(product(ROLES, routes_of(client.application)))
