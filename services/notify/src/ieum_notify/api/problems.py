"""The one table of what can go wrong: code → status, and the sentence in Korean and in English."""

from flask import Flask, Response

from httpedge.problem import Problem, ProblemTable, ProblemText
from httpedge.problems import problem_response
from ieum_notify.domain.errors import CopyShort, FactsRefused, NotFound

PROBLEMS: ProblemTable = {
    "occurrence.unknown": ProblemText(
        404,
        "그런 알림이 없습니다",
        "No such reminder",
        "이 키로 계획된 알림이 없습니다. GET /v1/preview나 /v1/occurrences의 key를 넣으십시오.",
        "Nothing was ever planned under this key. Take one from /v1/preview or /v1/occurrences.",
    ),
    "consequences.facts_unreadable": ProblemText(
        422,
        "변경을 읽을 수 없습니다",
        "An entry cannot be read",
        "{about}의 사실로는 알림을 계획할 수 없습니다({fault}). 대장의 dry_run이 준 항목을 고치지 "
        "말고 그대로 보내십시오. 바뀐 것은 없습니다.",
        "No letters can be planned from the facts of {about} ({fault}). Send the entries as the "
        "registry's dry_run gave them, unchanged. Nothing was written.",
    ),
    "copy.behind": ProblemText(
        503,
        "알림이 아직 기록을 따라오지 못했습니다",
        "The post room is behind the record",
        "{wanted}번까지 필요하지만 {applied}번까지 읽었습니다. Retry-After 뒤에 다시 물으십시오. "
        "바뀐 것은 없습니다.",
        "Entry {wanted} is needed, {applied} is copied. Ask again after Retry-After. Nothing was "
        "written.",
    ),
    "copy.filling": ProblemText(
        503,
        "알림이 기록을 읽는 중입니다",
        "The post room is still reading the record",
        "기록의 사실을 아직 다 읽지 못했습니다({applied}번까지). Retry-After 뒤에 다시 물으십시오. "
        "계속되면 운영자에게 `ieum status`를 보아 달라고 하십시오.",
        "The record's facts are not all copied yet (up to {applied}). Ask again after Retry-After; "
        "if it goes on, have the operator look at `ieum status`.",
    ),
}

RETRY_AFTER_S = {"copy.behind": "1", "copy.filling": "5"}


def install_refusals(app: Flask) -> None:
    """Answer what the operations refuse."""

    def answer_not_found(_error: NotFound) -> Response:
        return problem_response(Problem("occurrence.unknown"))

    def answer_refused(error: FactsRefused) -> Response:
        return problem_response(Problem(error.code, error.facts))

    def answer_short(error: CopyShort) -> Response:
        headers = {"Retry-After": RETRY_AFTER_S[error.code]}
        return problem_response(Problem(error.code, error.facts, headers=headers))

    app.register_error_handler(NotFound, answer_not_found)
    app.register_error_handler(FactsRefused, answer_refused)
    app.register_error_handler(CopyShort, answer_short)
