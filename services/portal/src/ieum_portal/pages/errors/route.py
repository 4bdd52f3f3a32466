"""Errors as pages: what is wrong and what to do next, in the reader's language."""

import logging

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from httpedge.storage import is_full
from ieum_portal.domain.errors import (
    NeighbourDown,
    NeighbourRefused,
    NeighbourSlow,
    NoPartnerToday,
    NoSuchDraft,
    NoSuchPlace,
    NotFound,
    TooManyDrafts,
)
from ieum_portal.pages.errors.faults import BadRequest, NotForRole
from ieum_portal.pages.labels import NEIGHBOURS
from ieum_portal.pages.screen import Screen, screen_of

log = logging.getLogger(__name__)

SENTENCES = {
    "on.unreadable": (
        _l("기준일을 읽을 수 없습니다"),
        _l("주소의 기준일(on)을 2026-11-23처럼 적거나, 기준일을 지우고 다시 여십시오."),
    ),
    "after.unreadable": (
        _l("목록에 그런 자리가 없습니다"),
        _l(
            "주소의 after는 목록의 '다음 쪽'이 적어 주는 값입니다. "
            "주소에서 after를 지우고 목록을 처음부터 다시 보십시오."
        ),
    ),
    "question.unfinished": (
        _l("무엇을 물을지 아직 고르지 않았습니다"),
        _l("질문 화면에서 묻는 대상을 고른 뒤 파일을 받으십시오."),
    ),
    "rows.too_many": (
        _l("한 번에 내려받기에는 너무 많습니다"),
        _l(
            "파일 하나에는 20,000건까지 담습니다. 앞 화면에서 조건을 더해 좁힌 다음 "
            "나누어 내려받으십시오."
        ),
    ),
    "days.unreadable": (
        _l("기간을 읽을 수 없습니다"),
        _l(
            "첫날과 마지막 날을 2026-11-23처럼 적고, 첫날이 마지막 날보다 늦지 않게 해서 "
            "다시 찾으십시오."
        ),
    ),
    "form.unreadable": (
        _l("양식을 읽을 수 없습니다"),
        _l("앞 화면으로 돌아가 새로 고친 뒤 그 화면의 단추로 다시 보내십시오. 바뀐 것은 없습니다."),
    ),
    "form.outdated": (
        _l("양식이 오래되었습니다"),
        _l(
            "로그인이 끝났거나 다른 창에서 다시 로그인했습니다. "
            "앞 화면으로 돌아가 새로 고친 뒤 다시 보내십시오."
        ),
    ),
    "form.too_large": (
        _l("보낸 것이 너무 큽니다"),
        _l("앞 화면으로 돌아가 긴 글을 줄이거나 나누어 보내십시오. 저장된 것은 없습니다."),
    ),
    "form.too_slow": (
        _l("보낸 것이 제때 오지 않았습니다"),
        _l(
            "양식이 정해진 시간 안에 다 오지 않았습니다. 저장된 것은 없습니다. "
            "연결 상태를 확인하고 앞 화면에서 다시 보내십시오."
        ),
    ),
    "draft.not_found": (
        _l("작성 중인 것이 없습니다"),
        _l(
            "이미 버렸거나, 14일이 지나 지워졌거나, 다른 사람이 작성하던 것입니다. "
            "할 일의 ‘작성 중’에서 찾거나 처음부터 다시 작성하십시오."
        ),
    ),
    "draft.too_many": (
        _l("작성 중인 것이 너무 많습니다"),
        _l("할 일의 ‘작성 중’에서 쓰지 않을 것을 버리고 다시 여십시오."),
    ),
    "request.failed": (
        _l("요청을 처리할 수 없습니다"),
        _l("주소나 양식을 확인하고 다시 보내십시오."),
    ),
    "page.not_found": (
        _l("찾을 수 없습니다"),
        _l(
            "그런 화면이나 자료가 없거나, 볼 권한이 없습니다. "
            "주소를 확인하거나 파트너 목록에서 찾으십시오."
        ),
    ),
    "role.not_allowed": (
        _l("이 화면을 볼 권한이 없습니다"),
        _l("맡은 역할로는 열 수 없는 화면입니다. 필요하면 총괄부서에 문의하십시오."),
    ),
    "liaison.no_partner": (
        _l("지금 담당하는 협약기관이 없습니다"),
        _l(
            "연락담당자가 오늘 정해져 있지 않거나 다른 분으로 바뀌었습니다. "
            "총괄부서에 연락하면 다시 이어 드립니다."
        ),
    ),
    "service.fault": (
        _l("처리하지 못했습니다"),
        _l(
            "저희 쪽 문제입니다. 저장된 것은 없습니다. 다시 시도하고, "
            "계속되면 운영자에게 아래 요청 번호를 알려 주십시오."
        ),
    ),
    "storage.full": (
        _l("저장할 공간이 없습니다"),
        _l(
            "서버의 디스크가 가득 찼습니다. 저장된 것은 없습니다. 앞 화면으로 돌아가면 적으신 것이 "
            "그대로 있으니, 운영자가 공간을 비운 뒤 다시 보내십시오."
        ),
    ),
    "service.slow": (
        _l("제때 답이 오지 않았습니다"),
        _l(
            "필요한 서비스가 바빠 답이 늦습니다. 잠시 뒤 다시 여십시오. "
            "계속되면 운영자에게 아래 요청 번호를 알려 주십시오."
        ),
    ),
    "service.unavailable": (
        _l("지금은 보여 드릴 수 없습니다"),
        _l(
            "필요한 서비스에서 답이 없습니다. 잠시 뒤 다시 여십시오. "
            "계속되면 운영자에게 아래 요청 번호를 알려 주십시오."
        ),
    ),
}
"""Code → what is wrong, and the next step."""

_BY_STATUS = {
    403: "role.not_allowed",
    404: "page.not_found",
    408: "form.too_slow",
    413: "form.too_large",
}

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def install_error_pages(app: Flask) -> None:
    """Answer every error of the application as a page."""
    app.register_error_handler(BadRequest, lambda fault: _page(400, fault.code))
    app.register_error_handler(CSRFError, lambda _: _page(400, "form.outdated"))
    app.register_error_handler(NoSuchPlace, lambda _: _page(400, "after.unreadable"))
    app.register_error_handler(NoSuchDraft, lambda _: _page(404, "draft.not_found"))
    app.register_error_handler(TooManyDrafts, lambda _: _page(409, "draft.too_many"))
    app.register_error_handler(NotFound, lambda _: _page(404, "page.not_found"))
    app.register_error_handler(NotForRole, _not_for_role)
    app.register_error_handler(NoPartnerToday, lambda _: _page(403, "liaison.no_partner"))
    app.register_error_handler(NeighbourDown, _neighbour_down)
    app.register_error_handler(NeighbourRefused, _neighbour_refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def unavailable(error: Exception) -> Answer:
    """Answer when something that every page needs is away, as the portal's own database."""
    log.warning("unavailable", extra={"fault": type(error).__name__})
    return _page(503, "service.unavailable", headers={"Retry-After": "10"})


def _not_for_role(_: NotForRole) -> Answer:
    screen = screen_of(request.endpoint)
    return _page(403, "role.not_allowed", closed=screen)


def _neighbour_down(down: NeighbourDown) -> Answer:
    log.warning("neighbour_down", extra={"neighbour": down.neighbour, "fault": str(down)})
    return _page(
        503,
        "service.slow" if isinstance(down, NeighbourSlow) else "service.unavailable",
        cause=NEIGHBOURS[down.neighbour],
        headers={"Retry-After": "10"},
    )


def _neighbour_refused(refused: NeighbourRefused) -> Answer:
    log.warning("neighbour_refused", extra={"neighbour": refused.neighbour, "code": refused.code})
    if refused.code == "role.not_allowed":
        return _page(403, "role.not_allowed")
    return _page(
        503, "service.unavailable", cause=f"{NEIGHBOURS[refused.neighbour]}: {refused.code}"
    )


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if status >= 500:
        return _fault(error)
    code = _BY_STATUS.get(status, "request.failed")
    allow = error.get_response().headers.get("Allow")
    return _page(status, code, headers={"Allow": allow} if allow else {})


def _fault(error: Exception) -> Answer:
    if is_full(error):
        log.error("storage full", extra={"fault": type(error).__name__})
        return _page(507, "storage.full")
    log.error("fault", exc_info=error)
    return _page(500, "service.fault")


def _page(
    status: int,
    code: str,
    *,
    cause: object = None,
    closed: Screen | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    title, detail = SENTENCES[code]
    text = render_template(
        "errors/page.html",
        status=status,
        code=code,
        title=title,
        detail=detail,
        cause=cause,
        closed=closed,
    )
    return text, status, headers or {}
