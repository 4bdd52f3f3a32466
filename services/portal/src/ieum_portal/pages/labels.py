"""What codes are called on the pages; a code that is not known shows as it is.

The record's own codes carry their words in their declarations (`changefeed.subjects`).
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from changefeed.coverage import COVERS
from changefeed.declared import Label, collection_of
from changefeed.kinds import KINDS, SUBJECT_TYPES
from changefeed.subjects.agreement import (
    AGREEMENT_FLAGS,
    AGREEMENT_KINDS,
    AGREEMENT_STATES,
    DISCLOSURES,
    END_RULES,
    SIDES,
)
from changefeed.subjects.all import DECLARED
from changefeed.subjects.collaboration import COLLABORATION_ROLES
from changefeed.subjects.event import DEADLINE_KINDS, EVENT_KINDS
from changefeed.subjects.partner import PARTNER_KINDS
from changefeed.subjects.parts import LANGUAGES
from changefeed.subjects.seat import SEAT_ROLES
from changefeed.words import facts_of, kind_label, type_label
from ieum_portal.pages.register import TITLES
from ieum_portal.pages.wired import language

Labels = Mapping[Any, object]

NEIGHBOURS: Labels = {
    "registry": _l("대장(registry)"),
    "graph": _l("그래프(graph)"),
    "notify": _l("알림(notify)"),
}

PARTS: Labels = {
    "milestones": _l("이행과제"),
    "owners": _l("이행 주체의 이름"),
    "agreements": _l("협약"),
    "endings": _l("협약 만료"),
    "standing": _l("협약 상태"),
    "commitments": _l("협력"),
    "names": _l("과제와 기술의 이름"),
    "partners": _l("파트너 목록"),
    "people": _l("연락처"),
    "network": _l("네트워크"),
    "questions": _l("물을 수 있는 것"),
    "answer": _l("질문의 답"),
    "planned": _l("보낼 알림"),
    "search": _l("대장에서 찾은 것"),
    "sender": _l("발송 상태"),
    "projection": _l("그래프 상태"),
    "coverage": _l("과제 적용 현황"),
    "rates": _l("약속 이행률"),
    "trend": _l("분기별 추이"),
    "history": _l("이력"),
    "document_state": _l("본문을 읽은 상태"),
    "chain": _l("위·변조 검증"),
    "events": _l("행사 목록"),
    "event": _l("행사의 상태"),
    "suggestions": _l("추가 초청 후보 기관"),
}
"""What a page may lack; a list is called as what it lists."""

SHORT_COVERS: Labels = {
    "nobody": _l("공백"),
    "unknown": _l("종료 미상"),
    "one": _l("하나뿐"),
    "several": _l("여럿"),
}

PARTY_STATES: Labels = {
    "awaited": _l("서명 대기"),
    "signed": _l("서명함"),
    "in_force": _l("유효"),
    "unknown_end": _l("종료 미상"),
    "left": _l("탈퇴"),
    "ended": _l("종료"),
}

FLAG_MEANINGS: Labels = {
    "not_yet_effective": _l("서명은 끝났고, 첫날이 아직 오지 않았습니다."),
    "overdue": _l("자동 갱신되는 기간이 지났는데 갱신이 기록되지 않았습니다."),
    "dormant": _l("365일 넘게 증빙이나 완료가 기록되지 않았습니다."),
}

DERIVED_DAYS: Labels = {
    "signed": _l("서명이 갖춰진 날"),
    "begins": _l("효력의 첫날"),
    "term": _l("현재 기간의 마지막 날"),
    "objection": _l("이의를 낼 수 있는 마지막 날"),
    "ends": _l("효력의 마지막 날"),
    "unknown": _l("효력을 알 수 없는 첫날"),
}

ORIGINS: Labels = {
    "own_signed": _l("시가 서명한 날"),
    "partner_signed": _l("상대 기관이 서명한 날"),
    "effective": _l("협약이 정한 발효일"),
    "joined": _l("기관이 참여한 날"),
    "own_left": _l("시가 나간 날"),
    "partner_left": _l("마지막 상대 기관이 나간 날"),
    "end_day": _l("협약이 정한 마지막 날"),
    "renewed": _l("마지막으로 갱신된 기간의 끝"),
    "notice_months": _l("기간의 마지막 날에서 통지 기한(개월)을 뺀 날. 휴일이어도 옮기지 않습니다"),
    "notice_days": _l("기간의 마지막 날에서 통지 기한(일)을 뺀 날. 휴일이어도 옮기지 않습니다"),
    "ended": _l("종료를 기록한 마지막 날"),
    "fixed": _l("정한 날까지"),
    "auto_renews": _l("자동 갱신: 기간이 끝나도 이어집니다"),
    "until_purpose_achieved": _l("목적 달성까지: 끝을 기록하면 정해집니다"),
    "evergreen": _l("기한 없음: 끝을 기록하면 정해집니다"),
    "unknown": _l("알 수 없음: 확인해 기록하면 정해집니다"),
}

EVENT_STATES: Labels = {
    "under_way": _l("진행 중"),
    "upcoming": _l("예정"),
    "past": _l("지남"),
    "cancelled": _l("취소됨"),
}

TEXT_STATES: Labels = {
    "reading": _l("읽는 중"),
    "kept": _l("읽음 (검색됨)"),
    "none": _l("글자 없음 (그림만)"),
    "locked": _l("못 읽음: 암호가 걸려 있습니다"),
    "missing": _l("못 읽음: 파일이 없습니다. 같은 파일을 다시 올리면 읽습니다"),
    "altered": _l("못 읽음: 파일이 등록한 것과 다릅니다. 같은 파일을 다시 올리면 읽습니다"),
    "unreadable": _l("못 읽음: 정해진 시간과 메모리 안에 열리지 않았습니다"),
}
"""What is known of the text in a document's file (T-78)."""

FILE_FAULTS: Labels = {
    "missing": _l("파일이 없음"),
    "altered": _l("등록한 파일과 다름"),
}

THEMES: Labels = {
    "system": _l("기기 설정대로"),
    "light": _l("밝게"),
    "dark": _l("어둡게"),
    "contrast": _l("고대비"),
}

VIEWER_ROLES: Labels = {
    "office": _l("총괄부서"),
    "department": _l("담당부서"),
    "liaison": _l("연락담당자"),
    "auditor": _l("의회 열람"),
}

ACTOR_ROLES: Labels = {
    **VIEWER_ROLES,
    "service": _l("서비스"),
    "rule": _l("정해진 규칙"),
}
"""In which role a change was made."""

ACCOUNT_STATES: Labels = {
    "invited": _l("초대함"),
    "open": _l("사용 중"),
    "locked": _l("잠김"),
    "ended": _l("종료됨"),
}

IMPORT_STATES: Labels = {
    "checking": _l("읽는 중"),
    "open": _l("확인할 것"),
    "committing": _l("등록하는 중"),
    "done": _l("등록 마침"),
    "undoing": _l("취소하는 중"),
    "undone": _l("취소함"),
}

ROW_STATES: Labels = {
    "question": _l("물음"),
    "fault": _l("고칠 것"),
    "changed": _l("달라짐"),
    "new": _l("새 협약"),
    "same": _l("그대로"),
    "passed": _l("협약이 아닌 줄"),
}

LETTER_STATES: Labels = {
    "waiting": _l("보내는 중"),
    "sent": _l("보냄"),
    "refused": _l("주소가 받지 않음"),
    "over": _l("링크 기한 지남"),
}

ACCOUNT_DONE: Labels = {
    "invited": _l("초대했습니다. 메일이 곧 갑니다."),
    "send": _l("링크를 다시 보냅니다."),
    "lock": _l("잠갔습니다."),
    "unlock": _l("잠금을 풀었습니다."),
    "appoint": _l("계정 관리자로 세웠습니다."),
    "dismiss": _l("계정 관리자에서 내렸습니다."),
    "change": _l("역할을 바꾸었습니다."),
    "end": _l("종료했습니다."),
}
"""What was just done with an account."""

ACCOUNT_ACTS: Labels = {
    "sign_in": _l("로그인"),
    "passkey_sign_in": _l("패스키로 로그인"),
    "passkey_added": _l("패스키 추가"),
    "passkey_removed": _l("패스키 지움"),
    "oidc_sign_in": _l("통합로그인으로 로그인"),
    "gateway_sign_in": _l("통합인증으로 로그인"),
    "sign_out": _l("로그아웃"),
    "password_chosen": _l("링크로 비밀번호 정함"),
    "password_changed": _l("비밀번호 변경"),
    "account_invited": _l("계정 초대"),
    "account_send": _l("링크 보냄"),
    "account_lock": _l("계정 잠금"),
    "account_unlock": _l("잠금 풂"),
    "account_appoint": _l("계정 관리자로 세움"),
    "account_dismiss": _l("계정 관리자에서 내림"),
    "account_change": _l("역할 변경"),
    "account_end": _l("계정 종료"),
}
"""What the record of access notes of an account; anything else is a page that was denied."""

ACCESS_OUTCOMES: Labels = {
    "ok": _l("됨"),
    "wrong": _l("틀림"),
    "held": _l("기다려야 함"),
    "unknown": _l("계정 없음"),
    "locked": _l("잠긴 계정"),
    "stale": _l("시간 지남"),
    "many": _l("너무 많음"),
    "last": _l("마지막 것"),
    "state": _l("다른 창의 답"),
    "refused": _l("거절됨"),
    "token": _l("믿을 수 없는 답"),
    "down": _l("답 없음"),
    "elsewhere": _l("통합인증이 아닌 곳에서 옴"),
    "unclear": _l("읽을 수 없음"),
    "200": _l("보임"),
    "401": _l("거부됨"),
    "403": _l("거부됨"),
    "404": _l("거부됨"),
    "invitation": _l("됨"),
    "reset": _l("됨"),
}

SHOWN_BY: Labels = {
    "GET /v1/contacts": _l("연락처 목록"),
    "GET /v1/contacts/{id}": _l("연락처 한 건"),
    "GET /v1/contacts/{id}/export": _l("한 사람의 정보 모두"),
    "POST /v1/contacts": _l("연락처를 등록함"),
    "PATCH /v1/contacts/{id}": _l("연락처를 고침"),
    "GET /v1/documents/{id}/content": _l("닫힌 문서의 파일"),
    "GET /v1/documents/{id}/pages/{id}": _l("닫힌 문서의 쪽"),
    "GET /v1/imports/{id}/faults": _l("대장의 고칠 줄"),
    "GET /v1/imports/{id}/rows": _l("대장의 줄"),
    "GET /v1/search": _l("찾기"),
    "POST /v1/resolutions": _l("메일 받을 사람"),
}
"""By which route of the registry people were shown; another, as a denied one, is told as it is."""

PARTNER = _l("협약기관")
"""As ledgers and pictures call a partner."""

NODE_KINDS: Labels = {
    **{each: type_label(each) for each in SUBJECT_TYPES},
    "partner": PARTNER,
}

PROJECTION_STATES: Labels = {
    "rebuilding": _l("다시 만드는 중"),
    "stopped": _l("중단"),
}

NEXT_STEPS: Labels = {
    "appoint_seat": _l("알림을 받을 담당자 지정"),
    "record_outcome": _l("결과를 확인해 완료 기록"),
    "collect_evidence": _l("이행 증빙을 받아 완료 기록"),
    "confirm_owner": _l("이행 주체와 진행 상황 확인"),
    "watch": _l("지켜보기"),
}

NEXT_ACTS: Labels = {
    "record_renewal": _l("갱신 여부를 확인해 기록하십시오."),
    "decide_end": _l("90일 안에 끝납니다. 갱신할지 종료할지 협의하십시오."),
    "find_end": _l("언제 끝나는지 협약서에서 확인해 기록하십시오."),
    "await_review": _l("제안한 사람이 아닌 담당자의 검토를 받으십시오."),
    "await_approval": _l("제안한 사람이 아닌 담당자의 승인을 받으십시오."),
    "await_signatures": _l("서명하지 않은 당사자가 있습니다. 서명을 받아 기록하십시오."),
    "collect_evidence": _l("이행 증빙을 받아 기록하십시오."),
    "report_end": _l("최근에 끝났습니다. 종료 보고와 공개를 확인하십시오."),
}

MILESTONE_STATES: Labels = {
    "due": _l("남음"),
    "overdue": _l("기한 지남"),
    "done": _l("완료"),
    "cancelled": _l("취소"),
}

CHANGES: Labels = TITLES | {
    "complete": TITLES["changing.complete"],
    "start": TITLES["changing.start"],
    "end": TITLES["changing.end"],
    "contact": TITLES["changing.contact"],
    "hand_over": TITLES["seat_form.hand_over"],
    "register_event": TITLES["event_changing.register"],
    "change_event": TITLES["event_changing.change"],
    "cancel_event": TITLES["event_changing.cancel"],
}

FIELD_FAULTS: Labels = {
    "empty": _l("비어 있습니다. 적거나 고르십시오."),
    "too_long": _l("너무 깁니다. 줄여 적으십시오."),
    "no_day": _l("날짜가 아닙니다. 2026-11-23처럼 적으십시오."),
    "no_part": _l(
        "날짜로 읽을 수 없습니다. 2026-11-23처럼 적거나, 아는 만큼만 2019년경, '21.11월, 미상처럼 "
        "적으십시오."
    ),
    "no_months": _l("기간이 아닙니다. 36개월이나 3년처럼 적으십시오."),
    "no_amount": _l("금액이 아닙니다. 120,000,000이나 1억 2천만원처럼 적으십시오."),
    "no_such_day": _l("달력에 없는 날입니다. 며칠인지 다시 확인해 적으십시오."),
    "day_missing": _l("며칠인지 없습니다. 2026-11-23처럼 날까지 적으십시오."),
    "day_order": _l(
        "어느 쪽이 달인지 알 수 없습니다. 2026-11-23처럼 해, 달, 날 차례로 적으십시오."
    ),
    "too_many_cells": _l(
        "적는 칸보다 칸이 많은 줄이 있어 하나도 옮기지 않았습니다. "
        "이 표의 열만 골라 다시 붙여 넣으십시오."
    ),
    "too_many_rows": _l("한 번에 50줄까지 적습니다. 나누어 붙여 넣으십시오."),
    "no_table": _l(
        "따옴표의 짝이 맞지 않아 하나도 옮기지 않았습니다. 엑셀에서 다시 복사해 붙여 넣으십시오."
    ),
    "not_taken": _l("아직 표로 옮기지 않았습니다. ‘표로 옮기기’를 누르십시오."),
    "no_figure": _l("0부터의 정수가 아닙니다. 1,200이나 5억처럼 적으십시오."),
    "no_whole": _l("1부터의 수가 아니거나 너무 큽니다. 숫자로 적으십시오."),
    "no_civil": _l("날짜와 시각이 아닙니다. 2027-01-06 09:00처럼 적으십시오."),
    "no_clock": _l("시각이 아닙니다. 17:30처럼 적으십시오."),
    "no_day_for_hour": _l("시각만 있고 날짜가 없습니다. 날짜를 적거나 시각을 지우십시오."),
    "not_yet": _l("아직 오지 않은 날입니다. 오늘까지의 날을 적으십시오."),
    "reversed": _l("첫날보다 앞섭니다. 날짜를 고치십시오."),
    "no_web": _l("https://나 http://로 시작하는 주소를 적으십시오."),
    "no_link": _l("https://로 시작하는 주소를 적으십시오."),
    "none_marked": _l("표시한 줄이 없습니다. 목록에서 표시하고 다시 오십시오."),
    "nothing_chosen": _l("바꿀 것이 없습니다. 하나 이상 고르십시오."),
    "chosen_too": _l(
        "위에서 사람을 골랐습니다. 그 사람이 맡으면 여기를 비우고, "
        "새 사람이면 위의 고름을 비우십시오."
    ),
    "not_offered": _l("고를 수 없는 값입니다. 다시 고르십시오."),
    "refused": _l("이대로는 기록할 수 없습니다. 고치십시오."),
}

LETTER_CHANGES: Labels = {
    "withdrawn": _l("보내지 않음"),
    "added": _l("새로 보냄"),
    "readdressed": _l("받는 사람 바뀜"),
    "moved": _l("날짜가 바뀌는 알림"),
}

TIE_CHANGES: Labels = {"opens": _l("이어짐"), "closes": _l("끊어짐"), "moves": _l("기간 바뀜")}

TABLES: Mapping[str, Labels] = {
    "neighbour": NEIGHBOURS,
    "part": {**{collection_of(each): each.declares.label for each in DECLARED.values()}, **PARTS},
    "cover": SHORT_COVERS,
    "cover_meaning": COVERS,
    "partner_kind": PARTNER_KINDS,
    "agreement_kind": AGREEMENT_KINDS,
    "agreement_state": AGREEMENT_STATES,
    "party_state": PARTY_STATES,
    "flag": AGREEMENT_FLAGS,
    "flag_meaning": FLAG_MEANINGS,
    "derived_day": DERIVED_DAYS,
    "origin": ORIGINS,
    "side": SIDES,
    "end_rule": END_RULES,
    "event_kind": EVENT_KINDS,
    "event_state": EVENT_STATES,
    "deadline": DEADLINE_KINDS,
    "role": COLLABORATION_ROLES,
    "seat_role": SEAT_ROLES,
    "language": LANGUAGES,
    "viewer_role": VIEWER_ROLES,
    "actor_role": ACTOR_ROLES,
    "account_state": ACCOUNT_STATES,
    "account_act": ACCOUNT_ACTS,
    "shown_by": SHOWN_BY,
    "account_done": ACCOUNT_DONE,
    "letter_state": LETTER_STATES,
    "import_state": IMPORT_STATES,
    "row_state": ROW_STATES,
    "access_outcome": ACCESS_OUTCOMES,
    "node_kind": NODE_KINDS,
    "projection_state": PROJECTION_STATES,
    "next_step": NEXT_STEPS,
    "next_act": NEXT_ACTS,
    "subject_type": {each: type_label(each) for each in SUBJECT_TYPES},
    "import_record": {each: type_label(each) for each in SUBJECT_TYPES} | {"partner": PARTNER},
    "entry_kind": {each: kind_label(each) for each in KINDS},
    "disclosure": DISCLOSURES,
    "milestone_state": MILESTONE_STATES,
    "change": CHANGES,
    "field_fault": FIELD_FAULTS,
    "letter_change": LETTER_CHANGES,
    "tie_change": TIE_CHANGES,
    "theme": THEMES,
    "text_state": TEXT_STATES,
    "file_fault": FILE_FAULTS,
}


def label(code: str, table: str) -> str:
    """Give what a code is called; the template filter `label`."""
    return said(TABLES[table].get(code, code))


def said(word: object) -> str:
    """Give a declared word in the reader's language; any other as it is."""
    if isinstance(word, Label):
        return word.en if language() == "en" else word.ko
    return str(word)


def fact_label(key: str, subject_type: str) -> str:
    """Give what a fact of a type is called; the template filter `fact_label`."""
    field = facts_of(subject_type).get(key)
    return key if field is None else said(field.fact.label)
