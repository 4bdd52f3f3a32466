"""Whatever is sent, in whatever role: no answer is undocumented, and none is a fault of ours."""

import pytest
from flask.testing import FlaskClient

from httpedge.caller import Role
from tests.any_request import ROLES, ask_whatever
from tests.notify.api.conftest import Headers
from tests.notify.makers import MONDAY, PostRoom, milestone


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_asked_is_answered_as_documented(
    client: FlaskClient, as_role: Headers, room: PostRoom, role: Role
) -> None:
    room.registry.record(milestone(MONDAY))
    room.follow()
    headers = {} if role == "public" else as_role(role)

    assert ask_whatever(client.application, headers) > 5
