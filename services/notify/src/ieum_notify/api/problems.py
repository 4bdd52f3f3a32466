"""The one table of what can go wrong: code → status, and the sentence in Korean and in English."""

from flask import Flask, Response, current_app

from httpedge.problems import Problem, ProblemTable, ProblemText, problem_response
from ieum_notify.domain.errors import NotFound

PROBLEMS: ProblemTable = {
    "occurrence.unknown": ProblemText(
        404,
        "그런 알림이 없습니다",
        "No such reminder",
        "이 키로 계획된 알림이 없습니다. GET /v1/preview나 /v1/occurrences의 key를 넣으십시오.",
        "Nothing was ever planned under this key. Take one from /v1/preview or /v1/occurrences.",
    ),
}


def install_refusals(app: Flask) -> None:
    """Answer what the operations refuse."""

    def answer_not_found(_error: NotFound) -> Response:
        table: ProblemTable = current_app.extensions["ieum_problems"]
        return problem_response(Problem("occurrence.unknown"), table)

    app.register_error_handler(NotFound, answer_not_found)
