"""The one table of what can go wrong: code → status, and the sentence in Korean and in English."""

from collections.abc import Iterator

from flask import Flask, Response

from httpedge.problem import Problem, ProblemTable, ProblemText
from httpedge.problems import problem_response
from ieum_notify.domain.errors import (
    AccountLetterNotSent,
    CopyShort,
    FactsRefused,
    NotFound,
    NotGiven,
    ResendRefused,
)

PROBLEMS: ProblemTable = {
    "occurrence.unknown": ProblemText(
        404,
        "그런 알림이 없습니다",
        "No such reminder",
        "이 키로 계획된 알림이 없습니다. GET /v1/preview나 /v1/occurrences의 key를 넣으십시오.",
        "Nothing was ever planned under this key. Take one from /v1/preview or /v1/occurrences.",
    ),
    "mail.away": ProblemText(
        503,
        "메일 서버가 받지 않습니다",
        "The mail server takes nothing",
        "메일 서버가 지금 메일을 받지 않습니다({answer}). Retry-After 뒤에 그대로 다시 보내십시오. "
        "보관한 것은 없습니다.",
        "The mail server does not take the letter now ({answer}). Send the same request again "
        "after Retry-After. Nothing was kept.",
    ),
    "mail.refused": ProblemText(
        422,
        "이 주소로 보낼 수 없습니다",
        "This address takes no letters",
        "메일 서버가 이 주소를 받지 않습니다({answer}). 주소를 고쳐 다시 보내십시오. 보관한 것은 "
        "없습니다.",
        "The mail server refuses this address ({answer}). Correct it and send again. Nothing was "
        "kept.",
    ),
    "resend.nothing_waits": ProblemText(
        409,
        "다시 보낼 메일이 없습니다",
        "Nothing waits to be sent again",
        "거절되거나 미루어졌거나 보냈는지 모르는 메일이 없습니다. 이미 나갔거나, 지금 나가는 "
        "중이거나, 아직 보낼 때가 아닙니다. GET /v1/explain에서 이 알림의 상태를 보십시오. 바뀐 "
        "것은 없습니다.",
        "No letter was refused, put off or left in doubt: it went out, is going out now, or its "
        "hour has not come. See how it stands by GET /v1/explain. Nothing was changed.",
    ),
    "resend.not_owed": ProblemText(
        409,
        "더 보낼 메일이 아닙니다",
        "The letter is no longer owed",
        "이 메일은 이제 보내지 않습니다. {why_ko} 전할 것이 있으면 직접 연락하십시오. 바뀐 것은 "
        "없습니다.",
        "This letter goes out no more. {why_en} Write to them yourself if they must still hear of "
        "it. Nothing was changed.",
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
    "consequences.not_given": ProblemText(
        422,
        "아직 기록되지 않은 변경입니다",
        "The entries lie too far ahead",
        "entries는 {asked}번 다음부터인데 기록은 {head}번까지 있습니다. 대장의 dry_run을 다시 하여 "
        "그 항목을 보내십시오. 바뀐 것은 없습니다.",
        "The entries follow on entry {asked}, the log reaches to {head}. Do the registry's dry_run "
        "again and send what it gives. Nothing was written.",
    ),
    "copy.behind": ProblemText(
        503,
        "알림 서비스가 변경 이력을 아직 다 읽지 못했습니다",
        "The post room is behind the record",
        "{wanted}번까지 필요하지만 {applied}번까지 읽었습니다. Retry-After 뒤에 다시 물으십시오. "
        "바뀐 것은 없습니다.",
        "Entry {wanted} is needed, {applied} is copied. Ask again after Retry-After. Nothing was "
        "written.",
    ),
    "copy.filling": ProblemText(
        503,
        "알림 서비스가 변경 이력을 읽는 중입니다",
        "The post room is still reading the record",
        "기록의 사실을 아직 다 읽지 못했습니다({applied}번까지). Retry-After 뒤에 다시 물으십시오. "
        "계속되면 운영자에게 `ieum status`를 보아 달라고 하십시오.",
        "The record's facts are not all copied yet (up to {applied}). Ask again after Retry-After; "
        "if it goes on, have the operator look at `ieum status`.",
    ),
}

RETRY_AFTER_S = {"copy.behind": "1", "copy.filling": "5", "mail.away": "60"}


def refusal_lines(refused: NotFound | CopyShort | ResendRefused) -> Iterator[str]:
    """Say in a line of Korean and one of English why a verb did nothing."""
    code = "occurrence.unknown" if isinstance(refused, NotFound) else refused.code
    facts = {} if isinstance(refused, NotFound) else refused.facts
    text = PROBLEMS[code]
    yield f"{text.ko_title}: {text.ko_detail.format_map(facts)}"
    yield f"{text.en_title}: {text.en_detail.format_map(facts)}"


def install_refusals(app: Flask) -> None:
    """Answer what the operations refuse."""

    def answer_not_found(_error: NotFound) -> Response:
        return problem_response(Problem("occurrence.unknown"))

    def answer_refused(
        error: FactsRefused | NotGiven | ResendRefused | AccountLetterNotSent,
    ) -> Response:
        after = RETRY_AFTER_S.get(error.code)
        headers = {} if after is None else {"Retry-After": after}
        return problem_response(Problem(error.code, error.facts, headers=headers))

    def answer_short(error: CopyShort) -> Response:
        headers = {"Retry-After": RETRY_AFTER_S[error.code]}
        return problem_response(Problem(error.code, error.facts, headers=headers))

    app.register_error_handler(NotFound, answer_not_found)
    app.register_error_handler(FactsRefused, answer_refused)
    app.register_error_handler(NotGiven, answer_refused)
    app.register_error_handler(ResendRefused, answer_refused)
    app.register_error_handler(AccountLetterNotSent, answer_refused)
    app.register_error_handler(CopyShort, answer_short)
