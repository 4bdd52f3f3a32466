"""What stands against a move of an agreement's life, and what would make it lawful.

Source: docs/rules/lifecycle.md, L-39 to L-47.
"""

from httpedge.problem import ProblemTable, ProblemText

MOVE_PROBLEMS: ProblemTable = {
    "agreement.is_ended": ProblemText(
        409,
        "이미 종료한 협약입니다",
        "The agreement has been ended",
        "종료를 기록한 협약은 더 바뀌지 않습니다. 잘못 종료했으면 먼저 종료를 되돌리십시오.",
        "Nothing more happens to an agreement that was ended. If that was a mistake, take the "
        "ending back first.",
    ),
    "agreement.is_signed": ProblemText(
        409,
        "이미 서명한 협약입니다",
        "Somebody has signed it already",
        "검토·승인·반려는 아무도 서명하지 않은 제안에만 합니다. 서명한 뒤에는 변경 협약이나 종료로 "
        "기록하십시오.",
        "Only a proposal that nobody has signed is reviewed, approved or returned. Record an "
        "amendment or an ending instead.",
    ),
    "agreement.not_signed": ProblemText(
        409,
        "아직 체결되지 않은 협약입니다",
        "Not enough parties have signed it",
        "시와 필요한 수의 상대 기관이 서명한 뒤에 할 수 있습니다. 먼저 서명을 기록하십시오.",
        "This can be done once the city and enough others have signed. Record their signatures "
        "first.",
    ),
    "agreement.is_reviewed": ProblemText(
        409,
        "이미 검토한 제안입니다",
        "The proposal is reviewed already",
        "다시 검토하려면 먼저 반려하십시오. 내용을 고치면 저절로 초안이 됩니다.",
        "Return it first to review it again; a change of what it says makes it a draft by itself.",
    ),
    "agreement.not_reviewed": ProblemText(
        409,
        "아직 검토하지 않은 제안입니다",
        "The proposal is not reviewed",
        "제안한 사람이 아닌 담당자가 먼저 검토를 기록하십시오.",
        "Somebody else than its proposer must record a review first.",
    ),
    "agreement.is_approved": ProblemText(
        409,
        "이미 승인한 제안입니다",
        "The proposal is approved already",
        "다시 승인하려면 먼저 반려하십시오. 다음은 서명 기록입니다.",
        "Return it first to approve it again; what comes next are signatures.",
    ),
    "agreement.not_approved": ProblemText(
        409,
        "아직 승인하지 않은 제안입니다",
        "The proposal is not approved",
        "승인하지 않은 제안에는 서명할 수 없습니다. 먼저 검토와 승인을 기록하십시오.",
        "Nobody signs what is not approved. Record its review and its approval first.",
    ),
    "agreement.own_proposal": ProblemText(
        409,
        "자기가 제안한 협약입니다",
        "It is your own proposal",
        "제안한 사람은 자기 제안을 검토하거나 승인하지 않습니다. 다른 담당자에게 맡기십시오.",
        "Nobody reviews or approves their own proposal. Ask a colleague.",
    ),
    "agreement.all_signed": ProblemText(
        409,
        "서명을 기다리는 당사자가 없습니다",
        "No signature is awaited",
        "당사자가 모두 서명했습니다. 새로 들어온 기관은 참여로 기록하십시오.",
        "All parties have signed. Record a partner that comes in later as joining.",
    ),
    "agreement.all_left": ProblemText(
        409,
        "탈퇴할 당사자가 없습니다",
        "Nobody is left to leave",
        "서명하고 남아 있는 당사자만 탈퇴합니다.",
        "Only parties that signed and stayed can leave.",
    ),
    "agreement.no_term": ProblemText(
        409,
        "갱신할 기간이 없습니다",
        "There is no term to renew",
        "마지막 날이 있는 협약(정한 날까지, 자동 갱신)만 갱신합니다. 끝을 알면 협약을 고쳐 마지막 "
        "날을 기록하십시오.",
        "Only an agreement with a last day (fixed, or renewing by itself) is renewed. If its end "
        "is known, record the last day first.",
    ),
    "agreement.is_over": ProblemText(
        409,
        "이미 만료된 협약입니다",
        "The agreement is over",
        "끝난 협약은 갱신하지 않습니다. 이어서 협력하려면 새 협약을 등록하고 갱신 대상으로 이 "
        "협약을 적으십시오. 만료일이 잘못됐으면 협약을 고치십시오.",
        "What has ended is not renewed. Record a new agreement that names this one as renewed; if "
        "its last day is wrong, correct it.",
    ),
    "agreement.not_ended": ProblemText(
        409,
        "종료를 기록하지 않은 협약입니다",
        "No ending is on record",
        "되돌릴 종료가 없습니다. 기간이 지나 끝난 협약이면 협약을 고쳐 마지막 날을 바로잡으십시오.",
        "There is no ending to take back. If its term is over by a mistake, correct its last day.",
    ),
    "agreement.proposed_signed": ProblemText(
        422,
        "제안에 서명일이 있습니다",
        "A proposal has no signatures",
        "제안은 아무도 서명하지 않은 협약입니다. 서명일을 비우거나, 이미 체결했으면 협약으로 "
        "등록하십시오.",
        "A proposal is what nobody has signed. Leave the days of signing out, or record it as an "
        "agreement if it was signed.",
    ),
    "agreement.not_awaited": ProblemText(
        422,
        "서명을 기다리는 당사자가 아닙니다",
        "No signature of this partner is awaited",
        "당사자가 아니거나 이미 서명한 기관입니다. 새로 들어온 기관은 참여로 기록하십시오.",
        "It is no party, or has signed already. Record a partner that comes in later as joining.",
    ),
    "agreement.signed_in_future": ProblemText(
        422,
        "아직 오지 않은 날입니다",
        "The day has not come",
        "{on}은 아직 오지 않았습니다. 있었던 일만 기록합니다. 오늘까지의 날을 적으십시오.",
        "{on} has not come. Only what has happened is recorded: write today or an earlier day.",
    ),
    "agreement.not_a_party": ProblemText(
        422,
        "남아 있는 당사자가 아닙니다",
        "It is no party that stays",
        "이 협약의 당사자가 아니거나 이미 탈퇴한 기관입니다. 당사자 가운데에서 고르십시오.",
        "It is no party of this agreement, or has left already. Choose one of its parties.",
    ),
    "agreement.term_unknown": ProblemText(
        422,
        "새 기간의 마지막 날을 알 수 없습니다",
        "The new term's last day is not known",
        "갱신 기간(개월)이 적혀 있지 않습니다. 새 마지막 날을 직접 적으십시오.",
        "The agreement says no length of a term. Write the new last day.",
    ),
    "agreement.renewal_shorter": ProblemText(
        422,
        "새 마지막 날이 지금보다 늦지 않습니다",
        "The new last day is not later",
        "새 마지막 날 {ends_on}은 지금의 마지막 날 {running}보다 뒤여야 합니다. 줄이려면 협약을 "
        "고치거나 종료하십시오.",
        "The new last day {ends_on} must be later than {running}. To shorten the term, change the "
        "agreement or end it.",
    ),
    "agreement.never_concluded": ProblemText(
        422,
        "종료 구분이 맞지 않습니다",
        "That is not how it ended",
        "아무도 서명하지 않은 제안만 '체결하지 않음'으로, 서명한 협약은 달성·만료·해지·대체로 "
        "종료합니다.",
        "Only a proposal that nobody signed is not concluded; what was signed is achieved, expired,"
        " terminated or superseded.",
    ),
    "agreement.ended_before_signing": ProblemText(
        422,
        "서명하기 전의 날입니다",
        "The day lies before the signing",
        "종료일 {on}이 첫 서명일 {signed}보다 앞섭니다. 서명일이나 그 뒤의 날을 적으십시오.",
        "The last day {on} lies before the first signature on {signed}. Write that day or a later "
        "one.",
    ),
    "agreement.joined_after_end": ProblemText(
        422,
        "끝난 뒤의 날입니다",
        "The day lies after the end",
        "{on}은 협약의 마지막 날 {last}보다 늦어, 그날부터는 묶이지 않습니다. 그날까지의 날을 "
        "적거나 먼저 갱신하십시오.",
        "{on} lies after the agreement's last day, {last}: nobody is bound from then on. Write an "
        "earlier day, or renew the agreement first.",
    ),
    "agreement.ended_later": ProblemText(
        422,
        "정한 마지막 날보다 늦습니다",
        "The day lies after its own end",
        "종료일 {on}이 협약의 마지막 날 {agreed}보다 늦습니다. 그날까지의 날을 적거나 먼저 "
        "갱신하십시오.",
        "The last day {on} lies after the agreed one, {agreed}. Write an earlier day, or renew the "
        "agreement first.",
    ),
}
