"""What the record's codes are called on the pages; a code that is not known shows as it is."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

Labels = Mapping[str, object]

NEIGHBOURS: Labels = {
    "registry": _l("대장(registry)"),
    "graph": _l("그래프(graph)"),
    "notify": _l("알림(notify)"),
}

PARTS: Labels = {
    "milestones": _l("마일스톤"),
    "owners": _l("이행 주체의 이름"),
    "agreements": _l("협약"),
    "standing": _l("협약 상태"),
    "commitments": _l("협력"),
    "names": _l("과제와 기술의 이름"),
    "partners": _l("파트너 목록"),
    "people": _l("연락처"),
    "network": _l("네트워크"),
    "planned": _l("보낼 알림"),
    "sender": _l("발송 상태"),
    "projection": _l("그래프 상태"),
}

PARTNER_KINDS: Labels = {
    "company": _l("기업"),
    "cooperative": _l("협동조합"),
    "university": _l("대학"),
    "institute": _l("연구기관"),
    "agency": _l("공공기관"),
    "government": _l("정부·지자체"),
    "association": _l("협회"),
    "foreign": _l("해외기관"),
}

AGREEMENT_KINDS: Labels = {
    "mou": _l("업무협약(MOU)"),
    "moa": _l("합의각서(MOA)"),
    "pact": _l("협정"),
    "annex": _l("부속합의"),
}

AGREEMENT_STATES: Labels = {
    "signing": _l("서명 중"),
    "in_force": _l("유효"),
    "ended": _l("종료"),
}

PARTY_STATES: Labels = {
    "awaited": _l("서명 대기"),
    "signed": _l("서명함"),
    "in_force": _l("유효"),
    "left": _l("탈퇴"),
    "ended": _l("종료"),
}

FLAGS: Labels = {
    "not_yet_effective": _l("효력 발생 전"),
    "overdue": _l("갱신 처리 지연"),
    "dormant": _l("오래 소식 없음"),
}

END_RULES: Labels = {
    "fixed": _l("정한 날까지"),
    "auto_renews": _l("자동 갱신"),
    "until_purpose_achieved": _l("목적 달성까지"),
    "evergreen": _l("기한 없음"),
}

ROLES: Labels = {
    "lead": _l("총괄"),
    "develop": _l("개발"),
    "supply": _l("공급"),
    "demonstrate": _l("실증"),
    "research": _l("연구"),
    "train": _l("인력양성"),
}

SEAT_ROLES: Labels = {
    "liaison": _l("연락담당자"),
    "officer": _l("담당자"),
    "deputy": _l("대직자"),
    "head": _l("책임자"),
}

LANGUAGES: Labels = {"ko": _l("한국어"), "en": _l("영어")}

VIEWER_ROLES: Labels = {
    "office": _l("총괄부서"),
    "department": _l("담당부서"),
    "liaison": _l("연락담당자"),
    "auditor": _l("의회 열람"),
}

NODE_KINDS: Labels = {
    "partner": _l("협약기관"),
    "task": _l("과제"),
    "technology": _l("기술"),
}

PROJECTION_STATES: Labels = {
    "rebuilding": _l("다시 만드는 중"),
    "stopped": _l("멈춤"),
}

NEXT_STEPS: Labels = {
    "appoint_seat": _l("알림을 받을 담당자 지정"),
    "record_outcome": _l("결과를 확인해 완료·취소 기록"),
    "collect_evidence": _l("이행 증빙을 받아 완료 기록"),
    "confirm_owner": _l("이행 주체와 진행 상황 확인"),
    "watch": _l("지켜보기"),
}

TABLES: Mapping[str, Labels] = {
    "neighbour": NEIGHBOURS,
    "part": PARTS,
    "partner_kind": PARTNER_KINDS,
    "agreement_kind": AGREEMENT_KINDS,
    "agreement_state": AGREEMENT_STATES,
    "party_state": PARTY_STATES,
    "flag": FLAGS,
    "end_rule": END_RULES,
    "role": ROLES,
    "seat_role": SEAT_ROLES,
    "language": LANGUAGES,
    "viewer_role": VIEWER_ROLES,
    "node_kind": NODE_KINDS,
    "projection_state": PROJECTION_STATES,
    "next_step": NEXT_STEPS,
}


def label(code: str, table: str) -> str:
    """Give what a code is called; the template filter `label`."""
    return str(TABLES[table].get(code, code))
