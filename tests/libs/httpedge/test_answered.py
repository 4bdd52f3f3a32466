"""What is done at each answer is done at every answer, in order, and may add to its head."""

from flask import Flask

from httpedge.answered import Answered, at_each_answer


def make_app(seen: list[tuple[str, str | None, int]]) -> Flask:
    app = Flask("asked")

    def see(answered: Answered) -> None:
        assert answered.took_s >= 0
        assert ("X-First", "1") in answered.headers
        seen.append((answered.method, answered.route, answered.status))

    @app.get("/cups/<int:number>")
    def cup(number: int) -> str:
        return str(1 / number)

    at_each_answer(app, lambda answered: answered.headers.append(("X-First", "1")))
    at_each_answer(app, see)
    return app


def test_every_answer_is_seen_with_its_route_and_what_was_added_to_it_is_sent() -> None:
    seen: list[tuple[str, str | None, int]] = []
    client = make_app(seen).test_client()

    answers = [
        client.get("/cups/2"),
        client.head("/cups/2"),
        client.post("/cups/2"),
        client.get("/cups/0"),
        client.get("/nowhere"),
        client.open("/cups/1", method="get"),
    ]

    assert seen == [
        ("GET", "/cups/<int:number>", 200),
        ("HEAD", "/cups/<int:number>", 200),
        ("POST", None, 405),
        ("GET", "/cups/<int:number>", 500),
        ("GET", None, 404),
        ("GET", "/cups/<int:number>", 200),
    ]
    assert [each.status_code for each in answers] == [status for _, _, status in seen]
    assert all(each.headers["X-First"] == "1" for each in answers)
