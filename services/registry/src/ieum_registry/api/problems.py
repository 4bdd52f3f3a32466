"""The one table of what can go wrong: code → status, and the sentence in Korean and in English.

422: the request does not fit by itself. 409: it does not fit what is on record.
"""

from collections.abc import Mapping
from uuid import UUID

from flask import Flask, Response, request

from httpedge.access import record_denial
from httpedge.common_problems import COMMON
from httpedge.language import language
from httpedge.problem import Problem, ProblemTable, ProblemText
from httpedge.problems import problem_response
from ieum_registry.api.move_problems import MOVE_PROBLEMS
from ieum_registry.api.promise_problems import PROMISE_PROBLEMS
from ieum_registry.api.wired import records, scope
from ieum_registry.domain.errors import NotFound, Refused
from ieum_registry.operations.ports.records import CursorRefused
from ieum_registry.operations.ports.scope import EVERYTHING

PROBLEMS: ProblemTable = {
    "subject.not_found": ProblemText(
        404,
        "찾을 수 없습니다",
        "Not found",
        "그런 자료가 없거나 볼 권한이 없습니다. 식별자를 확인하십시오.",
        "There is no such record, or it is not yours to see. Check the id.",
    ),
    "search.too_short": ProblemText(
        422,
        "찾을 말이 짧습니다",
        "Too short to search for",
        "로그인하지 않으면 한 글자나 초성 두 자로는 찾지 않습니다. "
        "두 글자 이상, 초성은 세 자 이상 적으십시오.",
        "Without a token one character or two initials are not searched for. "
        "Give two characters or more, of initials three.",
    ),
    "search.nothing_asked": ProblemText(
        422,
        "찾을 말이 없습니다",
        "Nothing to search for",
        "빈칸과 기호만으로는 찾지 않습니다. 이름, 제목, 번호의 일부나 초성을 적으십시오.",
        "Blanks and signs alone are not searched for. Give a part of a name, title or number, "
        "or initials.",
    ),
    "candidates.nothing_asked": ProblemText(
        422,
        "견줄 것이 없습니다",
        "Nothing to compare",
        "어느 기관과 같은지 찾으려면 이름, 번호, 누리집 가운데 하나는 적으십시오.",
        "To find who may be the same organisation give a name, a number or a website.",
    ),
    "cursor.other_sort": ProblemText(
        422,
        "다른 정렬의 이어 읽는 표시입니다",
        "The cursor belongs to another sort",
        "after의 값은 다른 순서로 읽던 목록의 것입니다. sort를 그때와 같이 적거나, "
        "after를 빼고 처음부터 읽으십시오.",
        "This after= comes from a list in another order. Give the sort= that it was read by, or "
        "leave after= out and read from the beginning.",
    ),
    "subject.redacted": ProblemText(
        410,
        "파기된 내용입니다",
        "Redacted",
        "그때의 내용을 담은 항목 {seq}은(는) 파기되었습니다. 이유는 항목 {by}에 있습니다. "
        "known_at을 {seq}보다 앞으로 하거나 그다음 판의 것으로 하여 읽으십시오.",
        "Entry {seq}, which held it then, was redacted; entry {by} says why. Read it with a "
        "known_at before {seq}, or from its next version on.",
    ),
    "subject.destroyed": ProblemText(
        410,
        "내용이 사라졌습니다",
        "Destroyed",
        "변경 이력에서 {type} {id}의 내용이 파기 기록 없이 사라졌습니다. 운영자에게 알려 "
        "ieum registry verify로 확인하고 백업에서 복구하게 하십시오.",
        "What the log said of {type} {id} is gone, and no redaction says why. Tell the operator "
        "to run ieum registry verify and to restore it from a backup.",
    ),
    "redaction.no_entry": ProblemText(
        422,
        "그런 항목이 없습니다",
        "There is no such entry",
        "변경 이력에 {seq}번 항목이 없습니다. 이력에서 번호를 확인하십시오.",
        "The log has no entry {seq}. Look its number up in the history.",
    ),
    "redaction.repeated": ProblemText(
        409,
        "이미 파기되었습니다",
        "Redacted already",
        "{seq}번 항목의 내용은 이미 파기되었습니다. 파기 기록 {id}을(를) 보십시오.",
        "Entry {seq} has been redacted already. See the redaction {id}.",
    ),
    "redaction.of_redaction": ProblemText(
        409,
        "파기 기록은 파기할 수 없습니다",
        "A redaction stays",
        "{seq}번은 파기 기록입니다. 무엇이 왜 없어졌는지 남아 있어야 하니 그대로 두십시오.",
        "Entry {seq} is a redaction itself. What is gone and why has to stay known: leave it.",
    ),
    "redaction.newest": ProblemText(
        409,
        "지금 쓰이는 내용입니다",
        "It is what stands now",
        "{seq}번은 그 자료의 마지막 판입니다. 지울 내용을 먼저 고쳐 새 판을 만든 다음 "
        "{seq}번을 파기하십시오.",
        "Entry {seq} is the newest version of its record. First change what is to go, so that "
        "there is a newer version, then redact {seq}.",
    ),
    "subject.taken": ProblemText(
        409,
        "이미 쓰이는 값입니다",
        "Already in use",
        "{field} 값이 다른 자료에 이미 있습니다. 다른 값을 쓰거나 그 자료를 고치십시오.",
        "Another record has this {field} already. Use another value, or change that record.",
    ),
    "version.stale": ProblemText(
        412,
        "그사이 바뀌었습니다",
        "Changed in the meantime",
        "읽으신 뒤에 바뀌어 지금은 판 {current}입니다(보내신 판: {seen}). "
        "다시 읽고 고쳐서 보내십시오. 저장된 것은 없습니다.",
        "It has been changed since you read it and stands at version {current} (you sent {seen}). "
        "Read it again, then send your change. Nothing was stored.",
    ),
    "change.overtaken": ProblemText(
        409,
        "다른 변경과 겹쳤습니다",
        "Overtaken by another change",
        "저장하는 동안 이 내용이 기대는 자료를 누군가 거듭 바꾸었습니다({type} {name} {id}). "
        "저장된 것은 없습니다. 잠시 뒤 그대로 다시 보내십시오.",
        "While this was being stored, somebody kept changing a record that it rests on ({type} "
        "{name} {id}). Nothing was stored. Send the same again in a moment.",
    ),
    "version.missing": ProblemText(
        428,
        "판 번호가 필요합니다",
        "The version is required",
        '읽을 때 받은 ETag를 If-Match 헤더에 넣으십시오. 예: If-Match: "3".',
        'Send the ETag that you were given on reading as If-Match, for example If-Match: "3".',
    ),
    "version.unreadable": ProblemText(
        412,
        "판 번호를 알아볼 수 없습니다",
        "The version cannot be read",
        'If-Match는 따옴표로 묶은 수 하나입니다. 예: "3". 다시 읽고 받은 ETag를 보내십시오.',
        'If-Match is one quoted number, as "3". Read the record again and send its ETag.',
    ),
    "change.reason_missing": ProblemText(
        422,
        "이유가 필요합니다",
        "A reason is required",
        "이 변경에는 이유를 남겨야 합니다. reason에 적어 다시 보내십시오.",
        "This change has to say why. Write it in reason and send it again.",
    ),
    "access_reason.missing": ProblemText(
        422,
        "왜 가져가는지 필요합니다",
        "Why it is taken out is required",
        "개인정보를 파일로 가져갈 때는 그 이유를 남깁니다. {header} 헤더에 퍼센트 부호화한 글로 "
        "적어 다시 보내십시오.",
        "Whoever takes data of people out says why. Send it percent-encoded in the header "
        "{header}.",
    ),
    "idempotency.reused": ProblemText(
        422,
        "같은 Idempotency-Key로 다른 내용이 왔습니다",
        "The Idempotency-Key came with another content",
        "이 키는 다른 요청에 쓰였습니다. 새 키로 보내십시오. 저장된 것은 없습니다.",
        "This key was used for another request. Send a new key. Nothing was stored.",
    ),
    "idempotency.in_flight": ProblemText(
        409,
        "같은 요청을 처리하고 있습니다",
        "The same request is under way",
        "잠시 뒤 같은 키로 다시 보내면 결과를 받습니다.",
        "Send it again with the same key in a moment to get its answer.",
    ),
    "idempotency.unreadable": ProblemText(
        422,
        "Idempotency-Key를 쓸 수 없습니다",
        "The Idempotency-Key is unusable",
        "보이는 ASCII 문자 1~200자로 된 키를 보내십시오.",
        "Send a key of 1 to 200 visible ASCII characters.",
    ),
    "reference.unknown": ProblemText(
        422,
        "가리키는 자료가 없습니다",
        "It points at nothing",
        "{type} {id}이(가) 없습니다. 먼저 등록하거나 식별자를 고치십시오.",
        "There is no {type} {id}. Register it first, or mend the id.",
    ),
    "term.reversed": ProblemText(
        422,
        "기간의 앞뒤가 바뀌었습니다",
        "The days are reversed",
        "끝나는 날({ends_on})이 시작하는 날({starts_on})보다 앞섭니다. 날짜를 고치십시오.",
        "The last day ({ends_on}) falls before the first ({starts_on}). Mend the days.",
    ),
    "partner.business_number": ProblemText(
        422,
        "사업자등록번호가 맞지 않습니다",
        "No business registration number",
        "{business_number}은(는) 검증 숫자가 맞지 않습니다. 등록증을 보고 고치십시오.",
        "The check digit of {business_number} does not fit. Compare it with the certificate.",
    ),
    "partner.is_merged": ProblemText(
        409,
        "이미 합친 기관입니다",
        "Merged already",
        "'{name}'은(는) '{into}'(으)로 합쳤습니다. '{into}'({into_id})에서 하거나, 먼저 합친 것을 "
        "되돌리십시오.",
        "'{name}' was merged into '{into}'. Do it there ({into_id}), or separate them first.",
    ),
    "partner.merge_itself": ProblemText(
        409,
        "같은 자료입니다",
        "The same record",
        "'{name}'을(를) 자기 자신과 합칠 수 없습니다. 다른 기관을 고르십시오.",
        "'{name}' cannot be merged into itself. Choose another partner.",
    ),
    "partner.merge_sides": ProblemText(
        409,
        "시 측과 협약기관입니다",
        "One is the city's own",
        "'{name}'과(와) '{into}' 가운데 하나만 시 측이라 합칠 수 없습니다. "
        "먼저 own을 같게 고치십시오.",
        "Only one of '{name}' and '{into}' is the city's own side. Make own the same first.",
    ),
    "partner.merge_own": ProblemText(
        409,
        "시 측입니다",
        "The city's own side",
        "'{name}'은(는) 시 측입니다. 두 시가 하나가 된 것이 맞으면 own_meant를 true로 보내십시오.",
        "'{name}' is the city's own side. If two cities became one, send own_meant as true.",
    ),
    "partner.merge_twice": ProblemText(
        409,
        "한 협약에 두 번 나옵니다",
        "Named twice in one agreement",
        "협약 '{title}'에 같은 기관이 같은 날 두 번, 또는 두 쪽에 나오게 됩니다. 먼저 그 협약의 "
        "당사자에서 하나를 빼십시오.",
        "'{title}' would name one organisation twice on a day, or on two sides. First take one of "
        "the two out of its parties.",
    ),
    "partner.not_merged": ProblemText(
        409,
        "합친 기관이 아닙니다",
        "Not merged into it",
        "'{name}'은(는) 여기에 합쳐져 있지 않습니다. 합친 기관 목록에서 고르십시오.",
        "'{name}' is not merged into this one. Choose from its merged partners.",
    ),
    "partner.merged_within": ProblemText(
        409,
        "다른 기관과 함께 합친 것입니다",
        "Merged along with another",
        "'{name}'은(는) '{into}'에 먼저 합친 것입니다. '{into}'을(를) 먼저 되돌리십시오.",
        "'{name}' was merged into '{into}' before. Separate '{into}' first.",
    ),
    "partner.apart_from_itself": ProblemText(
        409,
        "같은 기관입니다",
        "The same organisation",
        "'{name}'은(는) 이미 같은 기관으로 합쳤습니다. 다르면 먼저 합친 것을 되돌리십시오.",
        "'{name}' is the same organisation already. If it is not, separate them first.",
    ),
    "partner.side_recorded": ProblemText(
        409,
        "협약에 적힌 쪽입니다",
        "An agreement names its side",
        "협약 '{title}'의 당사자라서 own은 그대로입니다. 바꾸려면 먼저 당사자에서 빼십시오.",
        "It is party to '{title}', so own stays. To change it, first take it out of the parties.",
    ),
    "department.office_taken": ProblemText(
        409,
        "총괄부서는 하나뿐입니다",
        "There is one coordinating office",
        "지금 총괄부서는 {other}입니다. 그 부서의 office를 먼저 끄십시오.",
        "The office is {other} at present. First set its office to false.",
    ),
    "contact.is_erased": ProblemText(
        409,
        "삭제된 사람입니다",
        "This person was erased",
        "{on}에 개인정보를 삭제하여 바꿀 수 없습니다. 다시 연락할 사람은 새로 등록하십시오.",
        "Everything personal was erased on {on}, for good. Register whoever is to be written to "
        "anew.",
    ),
    "contact.reason_names": ProblemText(
        422,
        "사유에 개인정보가 있습니다",
        "The reason holds personal data",
        "사유는 변경 이력에 남습니다. 이름, 주소, 전화번호를 빼고 다시 적으십시오.",
        "The reason stays in the log. Write it again without name, address and telephone number.",
    ),
    "seat.holder_erased": ProblemText(
        422,
        "삭제된 사람은 담당자가 될 수 없습니다",
        "An erased person holds no seat",
        "연락처 {contact_id}의 개인정보는 삭제되었습니다. 다른 사람을 지정하십시오.",
        "Contact {contact_id} was erased. Name somebody else.",
    ),
    "contact.holds_seat": ProblemText(
        409,
        "담당 역할을 맡은 사람입니다",
        "The contact holds a seat",
        "지금 소속의 역할 {seat_id}을(를) 맡고 있거나 맡았습니다. 새 소속에는 따로 등록하십시오.",
        "They hold or held seat {seat_id} of the present house. Register them anew at the new one.",
    ),
    "seat.held_twice": ProblemText(
        422,
        "같은 사람이 같은 때에 두 번 있습니다",
        "Held twice by the same person",
        "한 담당자의 기간이 겹칩니다. 기간을 나누거나 하나로 합치십시오.",
        "Two terms of one contact overlap. Part them, or make them one.",
    ),
    "seat.holder_elsewhere": ProblemText(
        409,
        "다른 기관의 사람입니다",
        "The person belongs elsewhere",
        "담당(역할)은 같은 기관이나 부서의 사람만 맡습니다. 담당자의 소속을 확인하십시오.",
        "A seat is held by a contact of the same house. Check where the contact belongs.",
    ),
    "seat.handed_to_holder": ProblemText(
        409,
        "이미 맡고 있는 사람입니다",
        "The person holds it already",
        "{on}에 이미 이 담당(역할)을 맡고 있습니다. 다른 사람이나 다른 날을 고르십시오.",
        "They hold this seat on {on} already. Choose another person or day.",
    ),
    "seat.handed_before_taken": ProblemText(
        409,
        "그 뒤에 맡은 사람이 있습니다",
        "Somebody took it later",
        "{on}보다 뒤에 시작하는 담당자가 있습니다. 더 뒤의 날을 적거나 holders를 고쳐 주십시오.",
        "A holder begins after {on}. Give a later day, or change the seat's holders.",
    ),
    "technology.cycle": ProblemText(
        409,
        "상위 기술이 되돌아옵니다",
        "A technology above itself",
        "'{name}'이(가) 자기 자신의 상위가 됩니다. 다른 상위 기술을 고르십시오.",
        "'{name}' would become a kind of itself. Choose another broader technology.",
    ),
    "agreement.cycle": ProblemText(
        409,
        "상위 협약이 되돌아옵니다",
        "An agreement above itself",
        "협약이 자기 자신의 상위가 됩니다({way}). 다른 상위 협약을 고르거나 비우십시오.",
        "An agreement would hang under itself ({way}). Choose another parent, or none.",
    ),
    "agreement.sides": ProblemText(
        422,
        "당사자가 맞지 않습니다",
        "The parties do not fit",
        "시 측(own)과 상대 기관이 각각 하나 이상 필요합니다(지금 {own}, {partners}). 빠진 쪽을 "
        "넣으십시오.",
        "At least one own side and one partner are needed (now {own} and {partners}). Add what "
        "is missing.",
    ),
    "agreement.party_twice": ProblemText(
        422,
        "같은 기관의 기간이 겹칩니다",
        "Two spans of a partner overlap",
        "기관 {partner_id}이(가) 같은 날 두 번 당사자입니다(다시 들어온 날: {on}). 앞 기간의 "
        "left_on을 그보다 이른 날로 적거나, 하나를 빼십시오.",
        "Partner {partner_id} is party twice on the same day (the later span begins: {on}). Set "
        "the earlier span's left_on to a day before that, or take one out.",
    ),
    "agreement.party_two_sides": ProblemText(
        422,
        "같은 기관이 양쪽에 있습니다",
        "A partner stands on both sides",
        "기관 {partner_id}이(가) 시와 상대 기관 양쪽에 있습니다. 한쪽의 side를 고치거나 빼십시오.",
        "Partner {partner_id} stands on both sides. Mend the side of one of them, or take it out.",
    ),
    "agreement.own_side": ProblemText(
        409,
        "당사자의 쪽이 맞지 않습니다",
        "The side does not fit the partner",
        "'{name}'의 side를 고치십시오. 시 측(own)으로 등록된 기관만 own입니다.",
        "Mend the side of '{name}'. Those alone are own that are registered as the city's own.",
    ),
    "agreement.fixed_without_end": ProblemText(
        422,
        "끝나는 날이 없습니다",
        "The last day is missing",
        "end.rule이 fixed이면 end.ends_on이 필요합니다. 끝나는 날을 적으십시오. 며칠인지 모르면 "
        "end.ends_as.written에 적힌 그대로 적고, 아무도 모르면 end.rule을 unknown으로 하십시오.",
        "An end of rule fixed needs end.ends_on. Write the last day in force. If it is known in "
        "part only, write it as it stands in end.ends_as.written; if nobody knows it, set end.rule "
        "to unknown.",
    ),
    "agreement.term_without_end": ProblemText(
        422,
        "기간을 둘 수 없는 끝입니다",
        "Such an end has no term",
        "기간(end.term_months)과 통지 기한(end.notice_days)은 정한 날까지이거나 자동 갱신인 "
        "협약에만 있습니다. 둘을 비우거나 end.rule을 fixed 또는 auto_renews로 하십시오.",
        "A term (end.term_months) and notice (end.notice_days) belong to agreements that end on a "
        "fixed day or renew by themselves. Leave both out, or set end.rule to fixed or "
        "auto_renews.",
    ),
    "agreement.notice_twice": ProblemText(
        422,
        "통지 기한이 두 번 적혔습니다",
        "Notice is said twice",
        "통지 기한은 일수(end.notice_days)와 개월(end.notice_months) 가운데 협약서에 적힌 하나만 "
        "적습니다. 다른 하나를 비우십시오.",
        "Notice is counted in days (end.notice_days) or in months (end.notice_months), as the "
        "paper says. Leave the other one out.",
    ),
    "agreement.quorum_too_great": ProblemText(
        422,
        "서명 수가 당사자보다 많습니다",
        "More signatures than parties",
        "발효에 필요한 서명 수 {quorum}이 상대 당사자 수 {partners}보다 많습니다. 당사자를 "
        "더하거나 수를 줄이십시오.",
        "The signatures needed ({quorum}) are more than the counterparts named ({partners}). Add "
        "parties, or lower the number.",
    ),
    "agreement.amount_without_money": ProblemText(
        422,
        "금액만 있습니다",
        "An amount without money",
        "금액(amount_won)을 적으려면 재정 부담(money)이 있음(true)이어야 합니다. "
        "money를 true로 하거나 금액을 비우십시오.",
        "An amount (amount_won) wants money to be true. Set money to true, or leave the amount "
        "out.",
    ),
    "agreement.unsigned": ProblemText(
        422,
        "서명일이 없습니다",
        "The day of signing is missing",
        "signed_on에 서명일을 적으십시오. 며칠인지 모르면 signed_as.written에 적힌 그대로 "
        "적으십시오(예: 2014.5, 2019년경, 미상).",
        "Write the day of signing in signed_on. If it is known in part only, write it as it "
        "stands in signed_as.written (as 2014.5, or unknown).",
    ),
    "day.twice": ProblemText(
        422,
        "같은 날이 두 번 있습니다",
        "A day is said twice",
        "{on}과 적힌 그대로의 '{written}'이(가) 함께 있습니다. 하나만 남기고 다른 것은 null로 "
        "보내십시오.",
        "Both {on} and, as written, '{written}' are given. Keep one, and send null for the other.",
    ),
    "day.whole": ProblemText(
        422,
        "온전한 날짜입니다",
        "This is a whole day",
        "'{written}'은(는) 며칠까지 있는 날짜({meant})입니다. 날짜 항목에 그렇게 적으십시오.",
        "'{written}' is a whole day ({meant}). Write it so in the field of the day itself.",
    ),
    "day.not_in_calendar": ProblemText(
        422,
        "달력에 없는 날입니다",
        "There is no such day",
        "'{written}'은(는) 달력에 없습니다. 원본을 보고 고치십시오.",
        "'{written}' is not in the calendar. Look it up and mend it.",
    ),
    "agreement.unknown_with_end": ProblemText(
        422,
        "종료 미상에 끝나는 날이 있습니다",
        "An unknown end has a day",
        "end.rule이 unknown이면 end.ends_on을 적지 않습니다. 끝나는 날을 알면 end.rule을 fixed로 "
        "고치고, 모르면 ends_on을 빼십시오.",
        "An end of rule unknown has no end.ends_on. If the last day is known, set end.rule to "
        "fixed; if not, take ends_on out.",
    ),
    "party.has_collaborations": ProblemText(
        409,
        "이행 중인 협력이 있습니다",
        "The party has commitments",
        "기관 {partner_id}의 협력이 있어 뺄 수 없습니다. left_on에 나간 날을 적으십시오.",
        "Partner {partner_id} has commitments and cannot be struck out. Set its left_on instead.",
    ),
    "party.has_milestones": ProblemText(
        409,
        "맡은 이행과제가 있습니다",
        "The party owes something",
        "기관 {partner_id}이 맡은 이행과제({title})가 있어 뺄 수 없습니다. left_on에 나간 날을 "
        "적거나 이행과제의 이행 주체를 바꾸십시오.",
        "Partner {partner_id} owns a milestone ({title}) and cannot be struck out. Set its left_on "
        "or give the milestone another owner.",
    ),
    "collaboration.not_party": ProblemText(
        409,
        "당사자가 아닙니다",
        "The partner is not party",
        "협력은 그 협약의 당사자만 시작합니다. 협약이나 기관을 고치십시오.",
        "Only a party to the agreement commits itself under it. Mend the agreement or partner.",
    ),
    "collaboration.never_holds": ProblemText(
        409,
        "효력이 있는 날이 없습니다",
        "It would hold on no day",
        "그 기관이 협약에 묶이는 기간과 겹치지 않습니다. 기간이나 서명일을 고치십시오.",
        "Its days do not meet those on which the party is bound. Mend the days or the signature.",
    ),
    "collaboration.other_programme": ProblemText(
        409,
        "다른 사업의 과제입니다",
        "A task of another programme",
        "과제 '{task}'은(는) 협약의 사업에 속하지 않습니다. 과제를 고치십시오.",
        "The task '{task}' does not belong to the agreement's programme. Choose another task.",
    ),
    "collaboration.moved": ProblemText(
        409,
        "기관과 협약은 바뀌지 않습니다",
        "Partner and agreement stay",
        "협력은 처음의 기관과 협약에 남습니다. 끝내고 새로 시작하십시오(파일에서는 새 키로).",
        "A commitment stays its partner's, under its agreement. End it and start another (in a "
        "file, under a new key).",
    ),
    "collaboration.agreement_closed": ProblemText(
        409,
        "협약이 비공개입니다",
        "The agreement is closed",
        "비공개 협약 아래의 협력은 공개되지 않습니다. 협약의 disclosure를 먼저 바꾸거나 협력을 "
        "closed로 두십시오.",
        "What lies under a closed agreement cannot be public. First change the agreement's "
        "disclosure, or leave the commitment closed.",
    ),
    "programme.has_commitments": ProblemText(
        409,
        "다른 사업의 협력이 있습니다",
        "Commitments tie it to its programme",
        "협력이 맡은 과제 '{task}'이(가) 협약과 다른 사업에 놓이게 됩니다. 그대로 두거나 그 협력의 "
        "과제를 먼저 바꾸십시오.",
        "The task '{task}' of a commitment would lie in another programme than its agreement. "
        "Leave it, or change that commitment's task first.",
    ),
    "collaboration.already_ended": ProblemText(
        409,
        "이미 끝났습니다",
        "Ended already",
        "{ends_on}에 끝나는 것으로 적혀 있습니다. 더 이른 날을 적거나 그대로 두십시오.",
        "It is recorded to end on {ends_on}. Give an earlier day, or leave it.",
    ),
    "milestone.done_and_cancelled": ProblemText(
        422,
        "완료와 취소가 함께 있습니다",
        "Done and cancelled at once",
        "둘 가운데 하나만 적으십시오.",
        "Give one of the two.",
    ),
    "document.unknown_ending": ProblemText(
        422,
        "받지 않는 형식입니다",
        "A format that is not taken",
        "이름이 {taken} 가운데 하나로 끝나는 파일만 올립니다. 그 가운데 하나로 저장하거나 "
        "PDF로 내보낸 뒤 올리십시오.",
        "Only files whose name ends with one of {taken} are taken. Save it as one of these, or "
        "export it as PDF, and send that.",
    ),
    "document.empty": ProblemText(
        422,
        "빈 파일입니다",
        "The file is empty",
        "파일에 아무 내용이 없습니다. 열어서 확인하고 내용이 있는 파일을 올리십시오.",
        "There is nothing in the file. Open it to see, and send one that holds something.",
    ),
    "document.not_what_it_claims": ProblemText(
        422,
        "이름과 내용이 다른 파일입니다",
        "The file is not what its name says",
        "이름의 끝과 달리 내용이 {type} 형식이 아닙니다. 파일을 열어 이 형식으로 다시 "
        "저장하거나, 이름의 끝을 바로잡아 올리십시오.",
        "By its ending it is {type}, by its bytes it is not. Open it and save it anew in that "
        "format, or set its ending right, and send it again.",
    ),
    "document.unreadable": ProblemText(
        422,
        "열리지 않는 파일입니다",
        "The file does not open",
        "주어진 시간과 메모리 안에서 파일이 열리지 않았습니다. 손상되지 않았는지 열어서 "
        "확인하고, 다시 저장하거나 PDF로 내보낸 뒤 올리십시오.",
        "It did not open within the time and memory that it gets. See whether it is damaged, save "
        "it anew or export it as PDF, and send that.",
    ),
    "document.locked": ProblemText(
        422,
        "암호가 걸린 파일입니다",
        "The file is locked",
        "파일 전체가 암호로 잠겨 있어 무엇인지 확인할 수 없습니다. 암호를 풀어 저장한 뒤 "
        "올리십시오.",
        "The whole file is encrypted, so nobody can tell what it is. Save it without its password "
        "and send that.",
    ),
    "document.macros": ProblemText(
        422,
        "매크로가 든 파일입니다",
        "The file holds macros",
        "파일 안의 {part}에 매크로(스크립트)가 있습니다. 매크로 없이 다시 저장하거나 PDF로 "
        "내보낸 뒤 올리십시오.",
        "There are macros (scripts) in {part}. Save it without them or export it as PDF, and send "
        "that.",
    ),
    "document.bomb": ProblemText(
        422,
        "풀면 지나치게 커지는 파일입니다",
        "The file grows too large when unpacked",
        "압축을 풀면 받을 수 없는 크기가 됩니다. 파일을 열어 다시 저장하거나 PDF로 내보낸 뒤 "
        "올리십시오.",
        "Unpacked it becomes larger than is taken. Open it and save it anew, or export it as PDF, "
        "and send that.",
    ),
    "document.is_erased": ProblemText(
        410,
        "파일을 지운 문서입니다",
        "The document's file was erased",
        "{erased_on}에 파일과 본문을 지웠고 해시와 이력만 남아 있습니다. 다시 필요하면 새 "
        "문서로 올리십시오.",
        "Its file and text were erased on {erased_on}; its hash and history stay. If it is needed "
        "again, send it as a new document.",
    ),
    "register.damaged": ProblemText(
        409,
        "변경 이력이 온전하지 않습니다",
        "The log is not whole",
        "{seq}번 항목이 맞지 않아 자료 전체를 내보내지 않았습니다. 운영자에게 ieum registry "
        "verify 를 하고 RUNBOOK의 ‘기록이 맞지 않을 때’를 따르게 하십시오.",
        "Entry {seq} does not fit, so the register was not given out. Have the operator run ieum "
        "registry verify and follow the runbook, “The log is not whole”.",
    ),
    "document.missing": ProblemText(
        409,
        "문서의 파일이 없습니다",
        "The document's file is missing",
        "‘{title}’의 파일이 보관 장소에 없습니다. 운영자에게 알려 백업에서 복구하게 하거나, "
        "같은 파일이 있으면 다시 올리십시오.",
        "The file of “{title}” is not where it is kept. Have the operator restore it from a "
        "backup, or send the same file again if you have it.",
    ),
    "document.altered": ProblemText(
        409,
        "문서의 파일이 기록과 다릅니다",
        "The document's file is not the one on record",
        "보관된 ‘{title}’의 파일이 이력에 적힌 해시와 달라 내주지 않습니다. 운영자에게 알려 "
        "백업에서 복구하게 하십시오.",
        "What is kept of “{title}” does not have the hash that the log has, so it is not given "
        "out. Have the operator restore it from a backup.",
    ),
    "document.no_page": ProblemText(
        404,
        "그런 쪽이 없습니다",
        "There is no such page",
        "이 문서에는 볼 수 있는 쪽이 {pages}쪽 있습니다. 그 안의 수를 적거나 파일을 "
        "내려받으십시오.",
        "This document has {pages} pages to look at. Give a number among these, or take the file.",
    ),
    "document.not_drawn": ProblemText(
        409,
        "이 쪽을 그리지 못했습니다",
        "The page could not be drawn",
        "{page}쪽을 주어진 시간 안에 그리지 못했습니다. 파일을 내려받아 보십시오.",
        "Page {page} could not be drawn in time. Take the file and look at it there.",
    ),
    "document.replaced": ProblemText(
        409,
        "이미 새 판이 있는 문서입니다",
        "The document has a newer version",
        "이 문서를 대체한 판이 이미 있습니다. 목록을 다시 읽고 가장 새로운 판을 대체하십시오.",
        "A newer version has replaced it already. Read the list again and replace the newest.",
    ),
    "document.other_agreement": ProblemText(
        422,
        "다른 협약의 문서입니다",
        "A document of another agreement",
        "새 판은 같은 협약의 문서만 대체합니다. 그 협약의 문서를 고르거나 대체하지 않고 "
        "올리십시오.",
        "A version replaces a document of the same agreement. Name one of these, or none.",
    ),
    "document.other_record": ProblemText(
        422,
        "다른 협약의 협력이나 이행과제입니다",
        "Of another agreement",
        "적은 협약에 딸린 협력이나 이행과제가 아닙니다. agreement_id를 빼거나 그 협약의 것을 "
        "적으십시오.",
        "The commitment or milestone lies under another agreement. Leave agreement_id out, or "
        "name one of that agreement.",
    ),
    "document.no_agreement": ProblemText(
        409,
        "협약에 딸리지 않은 이행과제입니다",
        "The milestone is under no agreement",
        "문서는 협약에 딸린 것에만 붙입니다. 이행과제에 협약을 적은 뒤 올리거나, 증빙의 글과 "
        "주소로 남기십시오.",
        "Documents belong to what lies under an agreement. Give the milestone its agreement first, "
        "or record a proof in words with an address.",
    ),
    "document.not_a_proof": ProblemText(
        403,
        "연락담당자는 증빙만 올립니다",
        "A liaison sends proofs alone",
        "자기 기관의 협력이나 이행과제의 증빙만 올릴 수 있습니다. collaboration_id나 "
        "milestone_id를 적거나, 협약의 문서는 총괄부서에 보내십시오.",
        "A liaison sends proofs of its own commitments and milestones. Name one of these, or send "
        "papers of the agreement to the coordinating office.",
    ),
    "document.wider_than_agreement": ProblemText(
        409,
        "협약보다 넓게 공개할 수 없습니다",
        "A document is no wider open than its agreement",
        "모두에게 공개하지 않은 협약의 문서입니다. 협약을 먼저 공개하거나, 문서를 당사자 "
        "공개 또는 비공개로 하십시오.",
        "Its agreement is not public. Make that public first, or open the document to the parties "
        "alone, or keep it closed.",
    ),
    "agreement.has_public_documents": ProblemText(
        409,
        "공개한 문서가 있습니다",
        "It has public documents",
        "이 협약의 문서 ‘{title}’이(가) 공개되어 있습니다. 문서의 공개를 먼저 거둔 뒤 협약의 "
        "공개를 바꾸십시오.",
        "Its document “{title}” is public. Close that first, then change what is disclosed of the "
        "agreement.",
    ),
    "milestone.closed": ProblemText(
        409,
        "이미 끝난 이행과제입니다",
        "The milestone is closed",
        "이미 끝난 것으로 기록되어 있습니다(완료일 {done_on}, 취소일 {cancelled_on}). "
        "잘못 기록했으면 되돌린 뒤 다시 기록하고, "
        "그렇지 않으면 새 이행과제를 정하십시오.",
        "It is closed on record (done on {done_on}, cancelled on {cancelled_on}). If that is "
        "wrong, take it back and record it again; else set a new milestone.",
    ),
    "milestone.open": ProblemText(
        409,
        "되돌릴 것이 없습니다",
        "There is nothing to take back",
        "완료로도 취소로도 기록되지 않은 이행과제입니다(기한 {due_on}). 다시 읽고 확인하십시오.",
        "The milestone is neither done nor cancelled (due on {due_on}). Read it again.",
    ),
    "milestone.done_in_future": ProblemText(
        422,
        "아직 오지 않은 날입니다",
        "The day has not come",
        "완료한 날은 오늘({today})까지의 날로 적으십시오.",
        "The day on which it was done is today ({today}) or before.",
    ),
    "milestone.cancelled_in_future": ProblemText(
        422,
        "아직 오지 않은 날입니다",
        "The day has not come",
        "취소한 날은 오늘({today})까지의 날로 적으십시오. 미루려면 due_on을 고치십시오.",
        "The day on which it was cancelled is today ({today}) or before. To put it off, change "
        "due_on.",
    ),
    "milestone.other_agreement": ProblemText(
        409,
        "협약과 협력이 맞지 않습니다",
        "Agreement and commitment differ",
        "그 협력은 다른 협약에 속합니다. 협약을 빼거나, 그 협약 아래의 협력을 고르십시오.",
        "The commitment lies under another agreement. Leave the agreement out, or choose a "
        "commitment under it.",
    ),
    "milestone.owner_not_party": ProblemText(
        409,
        "협약의 당사자가 아닙니다",
        "The owner is not party",
        "협약 아래의 이행과제는 기한까지 당사자인 기관이나 부서가 맡습니다. 이행 주체나 기한을 "
        "고치십시오.",
        "A milestone under an agreement is owned by one that is party until it is due, or by a "
        "department. Choose another owner, or change the day.",
    ),
    **PROMISE_PROBLEMS,
    "party.has_promises": ProblemText(
        409,
        "약속한 것이 있는 당사자입니다",
        "The party made promises",
        "{partner_id}의 약속이 있어 당사자에서 지울 수 없습니다. 탈퇴일을 적거나, 약속의 등록을 "
        "먼저 취소하십시오.",
        "Partner {partner_id} made promises and cannot be struck out. Set its left_on, or take the "
        "promises back first.",
    ),
    "event.zone_unknown": ProblemText(
        422,
        "모르는 시간대입니다",
        "An unknown time zone",
        "'{zone}'은(는) IANA 시간대 이름이 아닙니다. America/Los_Angeles처럼 적으십시오."
        "{near_ko} 고쳐서 다시 보내십시오.",
        "'{zone}' is no IANA name, as America/Los_Angeles is.{near_en} Mend the zone.",
    ),
    "partner.country_unknown": ProblemText(
        422,
        "모르는 국가 부호입니다",
        "An unknown country",
        "'{country}'은(는) ISO 3166-1 두 글자 국가 부호가 아닙니다. KR처럼 대문자로 적으십시오.",
        "'{country}' is no ISO 3166-1 code. Write two capital letters, as KR.",
    ),
    "event.country_unknown": ProblemText(
        422,
        "모르는 국가 부호입니다",
        "An unknown country",
        "'{country}'은(는) ISO 3166-1 두 글자 국가 부호가 아닙니다. US처럼 대문자로 적으십시오.",
        "'{country}' is no ISO 3166-1 code. Write two capital letters, as US.",
    ),
    "event.year": ProblemText(
        422,
        "다룰 수 없는 해입니다",
        "A year out of reach",
        "{year}년의 행사는 다루지 않습니다. 1900년에서 2999년 사이의 날로 적으십시오.",
        "Events of the year {year} are out of reach. Give a day from 1900 to 2999.",
    ),
    "event.no_such_time": ProblemText(
        422,
        "그곳에 없는 시각입니다",
        "No clock there shows it",
        "{zone}에서는 서머타임이 시작되어 {time}이(가) 없습니다. 앞이나 뒤의 시각으로 고치십시오.",
        "In {zone} summer time begins and skips {time}. Give a time before or after it.",
    ),
    "event.ends_first": ProblemText(
        422,
        "끝이 시작보다 뒤가 아닙니다",
        "It ends before it starts",
        "끝({ends_at})은 시작({starts_at})보다 뒤여야 합니다. 시각을 고치십시오.",
        "The end ({ends_at}) must come after the start ({starts_at}). Mend the times.",
    ),
    "event.too_long": ProblemText(
        422,
        "행사가 너무 깁니다",
        "The event is too long",
        "한 행사는 {days}일까지입니다. 해마다 열리면 해마다 따로 적으십시오.",
        "One event lasts {days} days at most. Record what recurs once for each time.",
    ),
    "event.deadline_twice": ProblemText(
        422,
        "같은 마감이 두 번 있습니다",
        "A deadline stands twice",
        "'{kind}' 마감은 하나만 적습니다. 하나를 빼십시오.",
        "There is one deadline of the kind '{kind}'. Take the other out.",
    ),
    "event.deadline_after_end": ProblemText(
        422,
        "마감이 행사보다 늦습니다",
        "A deadline after the end",
        "'{kind}' 마감({on})이 행사가 끝나는 때({ends_at})보다 늦습니다. 날짜를 고치십시오.",
        "The deadline '{kind}' ({on}) falls after the end of the event ({ends_at}). Mend the day.",
    ),
    "event.is_cancelled": ProblemText(
        409,
        "취소된 행사입니다",
        "The event is cancelled",
        "{cancelled_on}에 취소되어 더 바뀌지 않습니다. 예정대로 열린다면 먼저 취소를 되돌리고, "
        "따로 다시 열린다면 새 행사로 등록하십시오(파일에서는 새 키로).",
        "It was cancelled on {cancelled_on} and stays as it is. If it takes place after all, take "
        "the cancellation back first; if it is held another time, register another event (in a "
        "file, under a new key).",
    ),
    "event.not_cancelled": ProblemText(
        409,
        "취소되지 않은 행사입니다",
        "The event is not cancelled",
        "{starts_at}에 예정대로 열리는 행사여서 되돌릴 취소가 없습니다. 어느 행사인지 다시 확인"
        "하십시오.",
        "It takes place at {starts_at} as planned, so there is no cancellation to take back. Check "
        "which event you mean.",
    ),
    "event.is_over": ProblemText(
        409,
        "끝났을 행사입니다",
        "The event would be over",
        "이 행사는 {ends_at}({zone})에 끝나기로 되어 있었습니다. 지난 행사의 취소는 되돌릴 수 "
        "없으니, 다시 열린다면 새 행사로 등록하십시오.",
        "It was to end at {ends_at} ({zone}). What is past is not taken back: if it is held after "
        "all, register another event.",
    ),
    "event.cancelled_in_future": ProblemText(
        422,
        "아직 오지 않은 날입니다",
        "The day has not come",
        "취소한 날은 오늘({today})까지의 날로 적으십시오. 미뤄졌다면 starts_at과 ends_at을 고치십"
        "시오.",
        "The day on which it was cancelled is today ({today}) or before. If it was put off, "
        "change starts_at and ends_at.",
    ),
    "handover.to_oneself": ProblemText(
        422,
        "자기 자신에게는 넘길 수 없습니다",
        "Nobody hands over to themselves",
        "넘기는 쪽과 맡는 쪽이 같습니다. 맡는 쪽을 다르게 고르십시오.",
        "Who hands over and who takes over are the same. Choose somebody else to take over.",
    ),
    "handover.other_kind": ProblemText(
        422,
        "사람과 부서가 섞였습니다",
        "A person and a department are mixed",
        "사람의 일은 사람에게, 부서의 일은 부서에게 넘깁니다. 맡는 쪽을 같은 종류로 고르십시오.",
        "A person hands over to a person, a department to a department. Choose a taker of the "
        "same kind.",
    ),
    "handover.taker_left": ProblemText(
        422,
        "그날에는 없는 사람입니다",
        "The taker is gone by that day",
        "맡는 사람의 정보는 {until}까지입니다. 다른 사람을 고르거나, 계속 근무하면 연락처의 보유 "
        "기한부터 고치십시오.",
        "The taker's data are kept until {until}. Choose somebody else; if they stay, change how "
        "long the contact is kept first.",
    ),
    "handover.twice": ProblemText(
        422,
        "같은 것이 두 번 있습니다",
        "Named twice",
        "{first}번째에 이미 적은 것입니다. 하나를 빼십시오.",
        "It stands at place {first} already. Take one of them out.",
    ),
    "handover.not_held": ProblemText(
        409,
        "넘기는 쪽의 것이 아닙니다",
        "Not the giver's to hand over",
        "{type} {id}은(는) 그날 넘기는 쪽이 맡고 있지 않습니다. 목록을 다시 읽고 빼십시오.",
        "{type} {id} is not the giver's on that day. Read the list again and leave it out.",
    ),
    "handover.before_its_start": ProblemText(
        409,
        "맡기 전의 날입니다",
        "Before it was taken",
        "{starts_on}부터 맡기로 되어 있어 {on}에는 넘길 수 없습니다. 그날이나 뒤의 날을 적거나, "
        "이것을 빼십시오.",
        "It is held from {starts_on} on, so it cannot be handed over on {on}. Give that day or a "
        "later one, or leave it out.",
    ),
    "handover.has_it_already": ProblemText(
        409,
        "이미 맡고 있습니다",
        "The taker has it already",
        "맡는 사람이 {on}이나 그 뒤에 이미 맡기로 되어 있습니다. 다른 사람을 고르거나, 이것을 "
        "빼십시오.",
        "The taker holds it on {on} or later already. Choose somebody else, or leave it out.",
    ),
    "handover.undone": ProblemText(
        409,
        "이미 되돌렸습니다",
        "Taken back already",
        "{on}에 되돌린 인사이동입니다. 다시 넘기려면 새로 기록하십시오.",
        "This handover was taken back on {on}. To hand over again, record another one.",
    ),
    "handover.too_late": ProblemText(
        409,
        "되돌릴 수 있는 날이 지났습니다",
        "Too late to take back",
        "인사이동은 {on}까지만 한꺼번에 되돌립니다. 이제는 반대 방향의 인사이동을 기록하십시오.",
        "A handover is taken back as a whole until {on}. Record one in the other direction.",
    ),
    "handover.all_touched": ProblemText(
        409,
        "되돌릴 것이 남지 않았습니다",
        "Nothing is left to take back",
        "넘긴 것을 그 뒤에 모두 다른 사람이 고쳤습니다. 하나씩 보고 고치십시오.",
        "Everything handed over was changed by somebody since. Look at each and change it there.",
    ),
    "document.other_bytes": ProblemText(
        422,
        "다른 파일입니다",
        "Another file",
        "이 문서에 올렸던 ‘{name}’과 내용이 달라 되돌려 놓을 수 없습니다. 보관하던 원본을 찾아 "
        "올리거나, 원본이 없으면 새 판으로 올리십시오.",
        "It differs from “{name}” as it was put on record. Find the very file that was kept; if "
        "there is none, put this one on record as a new version.",
    ),
    "reply.other_partner": ProblemText(
        403,
        "다른 기관입니다",
        "Another organisation",
        "연락담당자는 자기 기관의 자료에만 회신합니다. 담당하는 기관을 고르십시오.",
        "A liaison replies for its own organisation. Name the one that you are liaison of.",
    ),
    "reply.not_theirs": ProblemText(
        403,
        "기관의 자료가 아닙니다",
        "Not the organisation's own",
        "볼 수는 있으나 이 기관의 자료가 아니어서 회신할 수 없습니다. 잘못된 것을 보았다면 "
        "총괄부서에 알려 주십시오.",
        "It is yours to see, not to speak of: it is another's. Tell the coordinating office what "
        "you found.",
    ),
    "reply.record_moved": ProblemText(
        409,
        "그사이 자료가 바뀌었습니다",
        "The record was changed meanwhile",
        "보신 뒤에 시에서 이 자료를 고쳤습니다. 화면을 새로 열어 지금 내용을 보고 회신하십시오.",
        "It was changed after you looked at it. Open the page anew, and reply to what it says now.",
    ),
    "reply.closed_field": ProblemText(
        422,
        "기관이 정정을 제안하는 항목이 아닙니다",
        "Not a field to propose for",
        "‘{label}’ 항목은 시가 관리합니다. 이 항목을 빼고 보내거나 총괄부서에 알려 주십시오.",
        "“{label_en}” is the office's own. Leave it out, or tell the coordinating office.",
    ),
    "reply.nothing_changed": ProblemText(
        422,
        "달라지는 것이 없습니다",
        "Nothing would change",
        "기록된 값과 같습니다. 다른 값을 적거나, 맞으면 ‘맞음’으로 회신하십시오.",
        "It says what is on record. Write what would be right, or confirm the record.",
    ),
    "reply.too_long": ProblemText(
        422,
        "값이 너무 깁니다",
        "Too long",
        "한 항목은 {longest}자까지 제안합니다. 줄이거나, 설명에 적어 총괄부서가 고치게 하십시오.",
        "A field takes up to {longest} characters here. Shorten it, or say it in the note and let "
        "the office change it.",
    ),
    "reply.ended": ProblemText(
        409,
        "이미 처리된 회신입니다",
        "Answered already",
        "이 회신은 ‘{state}’ 상태입니다. 목록을 새로 열어 결과를 확인하십시오.",
        "This reply is “{state_en}”. Open the list anew to see what came of it.",
    ),
    "reply.record_gone": ProblemText(
        409,
        "대상 자료가 없어졌습니다",
        "The record is gone",
        "정정하려던 자료가 더는 기록에 없습니다. 그 이유를 적어 반려하십시오.",
        "What it would correct is on record no longer. Refuse it, and say so.",
    ),
    "reply.record_changed": ProblemText(
        409,
        "제안한 뒤 자료가 바뀌었습니다",
        "The record was changed after it was proposed",
        "‘{label}’이(가) 지금은 ‘{now}’이고 제안은 ‘{right}’입니다. 어느 쪽이 맞는지 확인하여 "
        "직접 고치거나 이유를 적어 반려하십시오.",
        "“{label_en}” says “{now}” now, and “{right}” is proposed. See which is right: change it "
        "yourself, or refuse the proposal and say why.",
    ),
    "reply.person_changed": ProblemText(
        409,
        "제안한 뒤 연락처가 바뀌었습니다",
        "The contact was changed after it was proposed",
        "그사이 이 사람의 연락처를 고쳤습니다. 지금 내용과 제안을 견주어 직접 고치거나 이유를 "
        "적어 반려하십시오.",
        "Somebody changed this contact meanwhile. Compare what it says with what is proposed: "
        "change it yourself, or refuse the proposal and say why.",
    ),
    "reply.seat_changed": ProblemText(
        409,
        "제안한 뒤 담당이 바뀌었습니다",
        "The seat was changed after it was proposed",
        "그사이 이 담당(역할)의 기록을 고쳤습니다. 지금 맡은 사람을 확인하여 담당자 변경에서 직접 "
        "넘기거나 이유를 적어 반려하십시오.",
        "Somebody changed this seat meanwhile. See who holds it now: hand it over yourself, or "
        "refuse the proposal and say why.",
    ),
    "reply.person_gone": ProblemText(
        409,
        "제안한 사람의 이름과 연락처가 남아 있지 않습니다",
        "The name and addresses that it proposes are kept no longer",
        "이름과 연락처는 이력 밖에 두며, 이 제안의 것은 지금 없습니다. 이유를 적어 반려하고 "
        "연락담당자에게 다시 보내 달라고 하십시오.",
        "Names and addresses lie beside the log, and those of this proposal are gone. Refuse it, "
        "say why, and ask the liaison to send it again.",
    ),
    "load.refused": ProblemText(
        422,
        "불러올 수 없습니다",
        "The files cannot be loaded",
        "잘못이 {count}곳 있습니다. errors에 적힌 파일과 줄을 고친 뒤 모두 다시 불러오십시오. "
        "저장된 것은 없습니다.",
        "There are {count} faults. Mend the files at the lines listed in errors, then load all of "
        "them again. Nothing was stored.",
    ),
    "import.unreadable": ProblemText(
        422,
        "읽을 수 없는 파일입니다",
        "The file cannot be read",
        "파일을 열지 못했습니다({why}).",
        "The file was not opened ({why}).",
    ),
    "import.people_purpose": ProblemText(
        422,
        "담당자를 무엇에 쓸지 적지 않았습니다",
        "It is not said what the people are held for",
        "담당자의 개인정보를 가지는 목적을 적으십시오. 예: 협약 업무 담당. 저장된 것은 없습니다.",
        "Say what their data are held for, such as work on agreements. Nothing was stored.",
    ),
    "import.people_consent": ProblemText(
        422,
        "동의한 날을 적지 않았습니다",
        "The day of consent is missing",
        "담당자들에게 알리고 동의받은 날을 적거나, 옮기지 않기로 하십시오. 저장된 것은 없습니다.",
        "Give the day on which they were told and agreed, or leave them out. Nothing was stored.",
    ),
    "import.state": ProblemText(
        409,
        "지금은 할 수 없습니다",
        "Not now",
        "이 가져오기는 {state} 상태입니다. 다시 읽어 상태를 보고 그에 맞게 하십시오.",
        "This import is {state}. Read it again and do what fits its state.",
    ),
    "import.unanswered": ProblemText(
        409,
        "정하지 않은 줄이 있습니다",
        "Some lines are not decided",
        "물음이 남은 줄 {questions}개, 고칠 줄 {faults}개가 있습니다. 답하거나, 확실한 줄만 "
        "넣도록 only_clean을 true로 하십시오. 저장된 것은 없습니다.",
        "{questions} lines ask something and {faults} have faults. Answer them, or send "
        "only_clean as true to write the clear lines alone. Nothing was stored.",
    ),
    "import.nothing_to_write": ProblemText(
        409,
        "넣을 것이 없습니다",
        "There is nothing to write",
        "새로 넣거나 바꿀 협약이 없습니다(물음 {questions}줄, 고칠 줄 {faults}줄). "
        "물음에 답하거나 파일을 고쳐 다시 올리십시오.",
        "No agreement is new or changed ({questions} lines ask something, {faults} have faults). "
        "Answer the questions, or mend the file and bring it again.",
    ),
    **MOVE_PROBLEMS,
}


class _Shown(dict[str, object]):
    """Facts for a sentence; one that is missing shows as a dash, and so does one that is none."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        """Leave out what is none."""
        super().__init__({name: each for name, each in facts.items() if each is not None})

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Say in the reader's language what is wrong and what to do next."""
    text = PROBLEMS.get(code) or COMMON[code]
    said = text.ko_detail if language() == "ko" else text.en_detail
    return said.format_map(_Shown(facts))


def problem_of(refused: Refused) -> Problem:
    """Translate what the domain refused into an answer; a field at fault gets its pointer."""
    errors: list[dict[str, object]] = []
    if refused.pointer is not None:
        detail = sentence(refused.code, refused.facts)
        errors = [{"pointer": refused.pointer, "detail": detail}]
    return Problem(refused.code, refused.facts, errors=errors)


def _is_there(error: NotFound) -> bool:
    """Say whether what was not found is there for others to see."""
    try:
        records().one(str(error.facts["type"]), UUID(str(error.facts["id"])))
    except (Refused, ValueError):
        return False
    return True


def install_refusals(app: Flask) -> None:
    """Answer what domain and store refuse by the table above."""

    def refused(error: Refused) -> Response:
        if isinstance(error, NotFound) and scope() != EVERYTHING and _is_there(error):
            record_denial("404", [str(error.facts["id"])])
        return problem_response(problem_of(error))

    def cursor_refused(error: CursorRefused) -> Response:
        name = "before" if "before" in request.args else "after"
        errors = [{"in": "query", "pointer": f"/{name}", "detail": request.args.get(name, "")}]
        code = "cursor.other_sort" if error.is_of_another_order else "cursor.refused"
        problem = Problem(code, errors=errors)
        return problem_response(problem)

    app.register_error_handler(Refused, refused)
    app.register_error_handler(CursorRefused, cursor_refused)
