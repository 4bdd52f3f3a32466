"""The one table of this service's own codes: status and text in two languages."""

import logging

from flask import Flask, Response

from httpedge.problem import Problem, ProblemTable, ProblemText
from httpedge.problems import problem_response
from ieum_graph.domain.errors import EntryUnreadable, GraphAway, QuestionError

log = logging.getLogger(__name__)

PROBLEMS: ProblemTable = {
    "question.not_known": ProblemText(
        404,
        "그런 대상이 없습니다",
        "No such thing",
        "{parameter}={reference}에 해당하는 것이 그래프에 없습니다. 키나 UUID를 확인하고, "
        "방금 등록했다면 min_seq를 붙여 다시 물으십시오.",
        "Nothing in the graph goes by {parameter}={reference}. Check the key or UUID; if it was "
        "registered just now, ask again with min_seq.",
    ),
    "consequences.entry_unreadable": ProblemText(
        422,
        "변경을 읽을 수 없습니다",
        "An entry cannot be read",
        "entries[{position}]({kind})의 사실로는 그래프를 그릴 수 없습니다({fault}). 대장의 "
        "dry_run이 준 항목을 고치지 말고 그대로 보내십시오. 바뀐 것은 없습니다.",
        "The facts of entries[{position}] ({kind}) cannot be drawn ({fault}). Send the entries as "
        "the registry's dry_run gave them, unchanged. Nothing was written.",
    ),
    "consequences.not_given": ProblemText(
        422,
        "아직 기록되지 않은 변경입니다",
        "The entries lie too far ahead",
        "entries는 {asked}번 다음부터인데 기록은 {head}번까지 있습니다. 대장의 dry_run을 다시 하여 "
        "그 항목을 보내십시오. 바뀐 것은 없습니다.",
        "The entries follow on entry {asked}, the log reaches to {head}. Do the registry's dry_run "
        "again and send what it gives. Nothing was written.",
    ),
    "min_seq.not_given": ProblemText(
        422,
        "아직 매겨지지 않은 번호입니다",
        "No such entry has been recorded",
        "min_seq={asked}번은 없습니다. 기록은 {head}번까지 있으니 변경할 때 받은 X-Change-Seq를 "
        "넣거나 빼십시오.",
        "There is no entry {asked} (min_seq); the log reaches to {head}. Send the X-Change-Seq of "
        "a write, or leave it out.",
    ),
    "graph.behind": ProblemText(
        503,
        "그래프에 아직 반영되지 않았습니다",
        "The graph is behind",
        "{wanted}번까지 필요하지만 {applied}번까지 반영했습니다. Retry-After 뒤에 다시 물으십시오.",
        "Entry {wanted} is asked for, {applied} is applied. Ask again after Retry-After.",
    ),
    "graph.rebuilding": ProblemText(
        503,
        "그래프를 다시 만드는 중입니다",
        "The graph is being rebuilt",
        "기록에서 그래프를 다시 만들고 있습니다. Retry-After 뒤에 다시 물으십시오.",
        "The graph is being made anew from the record. Ask again after Retry-After.",
    ),
    "graph.unavailable": ProblemText(
        503,
        "그래프 데이터베이스가 답하지 않습니다",
        "The graph database does not answer",
        "잠시 뒤 다시 물으십시오. 계속되면 운영자에게 `ieum status`를 보아 달라고 하십시오.",
        "Ask again in a moment; if it goes on, have the operator look at `ieum status`.",
    ),
}

RETRY_AFTER_S = {"graph.behind": "1", "graph.rebuilding": "5", "graph.unavailable": "5"}


def install_refusals(app: Flask) -> None:
    """Answer what questions raise by the table."""

    def answer(error: QuestionError) -> Response:
        if isinstance(error, GraphAway):
            log.warning("Neo4j does not answer", extra={"reason": error.facts.get("reason")})
        after = RETRY_AFTER_S.get(error.code)
        headers = {} if after is None else {"Retry-After": after}
        errors = _places(error) if isinstance(error, EntryUnreadable) else ()
        return problem_response(Problem(error.code, error.facts, errors=errors, headers=headers))

    app.register_error_handler(QuestionError, answer)


def _places(error: EntryUnreadable) -> tuple[dict[str, object], ...]:
    pointer = f"/entries/{error.facts['position']}/body"
    return ({"in": "json", "pointer": pointer, "detail": error.facts["fault"]},)
