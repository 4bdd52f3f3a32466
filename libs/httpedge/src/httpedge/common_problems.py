"""The codes that every service knows, whatever it does."""

from httpedge.problem import ProblemTable, ProblemText

COMMON: ProblemTable = {
    "request.malformed": ProblemText(
        400,
        "요청을 읽을 수 없습니다",
        "The request cannot be read",
        "본문이 올바른 JSON이 아닙니다. 형식을 확인하고 다시 보내십시오.",
        "The body is not well-formed JSON. Check its form and send it again.",
    ),
    "request.invalid": ProblemText(
        422,
        "내용이 맞지 않습니다",
        "The content does not fit",
        "errors에 적힌 항목을 고친 뒤 다시 보내십시오. 저장된 것은 없습니다.",
        "Mend the places listed in errors and send it again. Nothing was stored.",
    ),
    "request.too_large": ProblemText(
        413,
        "요청이 너무 큽니다",
        "The request is too large",
        "허용 크기를 넘었습니다. 나누어 보내십시오. 저장된 것은 없습니다.",
        "It exceeds the size allowed. Send it in parts. Nothing was stored.",
    ),
    "request.too_slow": ProblemText(
        408,
        "요청이 제때 오지 않았습니다",
        "The request did not come in time",
        "본문이 정해진 시간 안에 다 오지 않았습니다. 저장된 것은 없습니다. 연결 상태를 확인하고 "
        "처음부터 다시 보내십시오.",
        "Its body was not there in time. Nothing was stored. Look at the connection and send it "
        "again from the beginning.",
    ),
    "storage.full": ProblemText(
        507,
        "저장할 공간이 없습니다",
        "No room left to store it",
        "서버의 디스크가 가득 찼습니다. 저장된 것은 없습니다. 운영자가 공간을 비운 뒤 "
        "(`ieum doctor`) 다시 보내십시오.",
        "The server's disk is full. Nothing was stored. Have the operator make room "
        "(`ieum doctor`), then send it again.",
    ),
    "request.not_found": ProblemText(
        404,
        "찾을 수 없습니다",
        "Not found",
        "그런 주소나 자료가 없거나 볼 권한이 없습니다. 주소를 확인하십시오.",
        "There is no such address or record, or it is not yours to see. Check the address.",
    ),
    "request.method_not_allowed": ProblemText(
        405,
        "허용되지 않는 방식입니다",
        "Method not allowed",
        "이 주소에서 쓸 수 있는 방식은 Allow 헤더에 있습니다.",
        "The methods this address takes are in the Allow header.",
    ),
    "request.unsupported_media_type": ProblemText(
        415,
        "지원하지 않는 형식입니다",
        "Unsupported media type",
        "Content-Type을 application/json으로 보내십시오.",
        "Send it as application/json.",
    ),
    "request.failed": ProblemText(
        400,
        "요청을 처리할 수 없습니다",
        "The request cannot be handled",
        "요청을 확인하고 다시 보내십시오.",
        "Check the request and send it again.",
    ),
    "known_at.in_future": ProblemText(
        422,
        "아직 오지 않은 시점입니다",
        "That lies in the future",
        "known_at={asked}은(는) 아직 기록되지 않았습니다. 지금은 {head}까지 있으니 그 번호까지나 "
        "지난 시각을 쓰거나 빼십시오.",
        "known_at={asked} has not been recorded yet. The log reaches to {head}: use a number up to "
        "that, a past instant, or leave it out.",
    ),
    "known_at.unreadable": ProblemText(
        422,
        "시점을 알아볼 수 없습니다",
        "The instant cannot be read",
        "known_at에는 변경 번호나 2026-11-23T09:00:00+09:00 같은 시각을 적으십시오.",
        "known_at takes a number of the log or an instant like 2026-11-23T09:00:00+09:00.",
    ),
    "cursor.refused": ProblemText(
        422,
        "이어 읽는 표시가 맞지 않습니다",
        "The cursor does not fit",
        "after에는 같은 목록의 next 값을 그대로 넣으십시오. 처음부터 다시 읽어도 됩니다.",
        "after takes the next of the same list, unchanged. Or read the list from its beginning.",
    ),
    "token.required": ProblemText(
        401,
        "로그인이 필요합니다",
        "A token is required",
        "Authorization 헤더에 Bearer 토큰을 넣으십시오. 운영자는 `ieum token`으로 만듭니다.",
        "Send a Bearer token in the Authorization header. An operator makes one by `ieum token`.",
    ),
    "token.refused": ProblemText(
        401,
        "토큰을 받을 수 없습니다",
        "The token is refused",
        "토큰이 거절되었습니다({fault}). 새 토큰을 받아 다시 보내십시오.",
        "The token was refused ({fault}). Obtain a new one and send the request again.",
    ),
    "role.not_allowed": ProblemText(
        403,
        "권한이 없습니다",
        "Not allowed for this role",
        "역할 {role}에는 허용되지 않는 일입니다. 총괄부서에 문의하십시오.",
        "The role {role} may not do this. Ask the coordinating office.",
    ),
    "service.not_allowed": ProblemText(
        403,
        "이 서비스에는 허용되지 않습니다",
        "Not allowed for this service",
        "{issuer}의 서비스 토큰으로는 할 수 없는 일입니다. 사람의 토큰으로 요청하거나 운영자에게 "
        "문의하십시오.",
        "A service token of {issuer} may not do this. Ask with a person's token, or ask the "
        "operator.",
    ),
    "service.unavailable": ProblemText(
        503,
        "지금은 답할 수 없습니다",
        "Not available now",
        "잠시 뒤 다시 시도하십시오. 계속되면 운영자에게 요청 번호를 알려 주십시오.",
        "Try again in a moment. If it goes on, give the operator the request id.",
    ),
    "service.fault": ProblemText(
        500,
        "처리하지 못했습니다",
        "Something went wrong here",
        "저장된 것은 없습니다. 다시 시도하고, 계속되면 운영자에게 요청 번호를 알려 주십시오.",
        "Nothing was stored. Try again; if it goes on, give the operator the request id.",
    ),
}
