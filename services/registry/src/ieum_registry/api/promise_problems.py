"""What can go wrong with promises and reports on them, and what to do.

Source: docs/rules/lifecycle.md, L-60 to L-67.
"""

from httpedge.problem import ProblemTable, ProblemText

PROMISE_PROBLEMS: ProblemTable = {
    "promise.due_before_base": ProblemText(
        422,
        "이행기한이 기준 시작일보다 앞섭니다",
        "The by-day lies before the base day",
        "이행기한을 기준 시작일({base_on})이나 그 뒤의 날로 적으십시오.",
        "Give a by-day on or after the day that it counts from ({base_on}).",
    ),
    "promise.money_unit": ProblemText(
        422,
        "금액의 단위는 원입니다",
        "Money is counted in won",
        "투자금액의 단위 ‘{given}’을(를) ‘원’으로, 목표는 원 단위의 정수로 적으십시오.",
        "Write 원 instead of “{given}” as the unit of money, and the target in whole won.",
    ),
    "promise.unnamed": ProblemText(
        422,
        "지표 이름이 없습니다",
        "The indicator has no name",
        "자체 지표는 무엇을 세는지 이름을 적으십시오.",
        "Say by a name what an own indicator counts.",
    ),
    "promise.not_party": ProblemText(
        409,
        "협약의 당사자가 아닙니다",
        "The promiser is not party",
        "약속은 협약의 당사자가 합니다. 그 협약의 당사자인 기관을 고르십시오.",
        "A promise is made by a party of the agreement. Choose one of its parties.",
    ),
    "promise.other_programme": ProblemText(
        409,
        "다른 사업의 과제입니다",
        "A task of another programme",
        "과제 ‘{task}’은(는) 이 협약의 사업에 들지 않습니다. 그 사업의 과제를 고르십시오.",
        "The task “{task}” is not of the agreement's programme. Choose a task of that.",
    ),
    "promise.moved": ProblemText(
        409,
        "약속의 기관과 협약은 바뀌지 않습니다",
        "A promise stays its partner's",
        "다른 기관이나 협약의 약속이면 새로 등록하고, 잘못 등록한 것은 등록을 취소하십시오.",
        "If it is of another partner or agreement, record a new one, and take this one back.",
    ),
    "promise.settled": ProblemText(
        409,
        "이미 종결된 약속입니다",
        "The promise is settled",
        "{settled_on}에 ‘{outcome}’(으)로 종결되었습니다. 잘못 기록했으면 종결을 되돌린 뒤 다시 "
        "하십시오.",
        "It was settled on {settled_on} ({outcome_en}). If that is wrong, take it back first.",
    ),
    "promise.open": ProblemText(
        409,
        "되돌릴 것이 없습니다",
        "There is nothing to take back",
        "종결로 기록되지 않은 약속입니다. 다시 읽고 확인하십시오.",
        "The promise is not settled. Read it again.",
    ),
    "promise.same_target": ProblemText(
        409,
        "바뀐 것이 없습니다",
        "Nothing is different",
        "지금과 같은 목표와 이행기한입니다. 바뀐 값을 적으십시오.",
        "Target and by-day are as they are on record. Give what is different.",
    ),
    "promise.revised_later": ProblemText(
        409,
        "그날이나 그 뒤에 이미 변경되었습니다",
        "It was revised on that day or later",
        "마지막 변경일이 {last_on}입니다. 그보다 뒤의 날을 적으십시오.",
        "It was last revised on {last_on}. Give a later day.",
    ),
    "promise.revised_before_base": ProblemText(
        422,
        "변경일이 기준 시작일보다 늦어야 합니다",
        "The revision lies before the base day",
        "변경일을 기준 시작일({base_on})보다 뒤의 날로 적으십시오. 처음부터 잘못 적었으면 "
        "정정하십시오.",
        "Give a day after the one that it counts from ({base_on}). If it was wrong from the start, "
        "set it right instead.",
    ),
    "promise.settled_in_future": ProblemText(
        422,
        "아직 오지 않은 날입니다",
        "The day has not come",
        "종결일은 오늘({today})까지의 날로 적으십시오.",
        "The day on which it was settled is today ({today}) or before.",
    ),
    "promise.settled_before_base": ProblemText(
        422,
        "종결일이 기준 시작일보다 앞섭니다",
        "The day lies before the base day",
        "종결일을 기준 시작일({base_on})이나 그 뒤의 날로 적으십시오.",
        "Give a day on or after the one that it counts from ({base_on}).",
    ),
    "promise.has_reports": ProblemText(
        409,
        "이행 보고가 있는 약속입니다",
        "The promise has reports",
        "이행 보고의 등록을 먼저 취소하거나, 약속을 종결로 기록하십시오.",
        "Take its reports back first, or record what became of it.",
    ),
    "promise.too_many": ProblemText(
        422,
        "한 번에 더할 수 있는 약속보다 많습니다",
        "More promises than are added up at once",
        "약속 {most}건까지 더합니다. 협약, 기관, 과제나 이행기한으로 좁혀 물으십시오.",
        "Up to {most} promises are added up at once. Ask for fewer: of an agreement, a partner, a "
        "task, or by-days from one day to another.",
    ),
    "promise_report.in_future": ProblemText(
        422,
        "아직 오지 않은 날입니다",
        "The day has not come",
        "실적의 기준일은 오늘({today})까지의 날로 적으십시오.",
        "A report is of a day up to today ({today}).",
    ),
    "promise_report.before_base": ProblemText(
        422,
        "약속의 기준 시작일보다 앞섭니다",
        "The day lies before the base day",
        "실적의 기준일을 약속의 기준 시작일({base_on})이나 그 뒤의 날로 적으십시오.",
        "Give a day on or after the one that the promise counts from ({base_on}).",
    ),
    "promise_report.runs_backwards": ProblemText(
        409,
        "누적 실적이 줄어듭니다",
        "The figure runs backwards",
        "{on} 기준 실적이 {figure}입니다. 누적으로 맞게 적고, 실제로 줄었으면 실적이 줄어든 사유를 "
        "적으십시오.",
        "The figure as of {on} is {figure}. Give the total reached, or say why it is less.",
    ),
    "promise_report.other_document": ProblemText(
        409,
        "다른 협약의 문서입니다",
        "A document of another agreement",
        "약속이 속한 협약의 문서를 고르십시오.",
        "Choose a document of the agreement that the promise is under.",
    ),
    "promise_report.moved": ProblemText(
        409,
        "보고의 약속은 바뀌지 않습니다",
        "A report stays its promise's",
        "다른 약속의 보고이면 이 보고의 등록을 취소하고 새로 보고하십시오.",
        "If it is of another promise, take it back and record a new one.",
    ),
    "promise_report.ended": ProblemText(
        409,
        "이미 처리된 보고입니다",
        "The report is answered already",
        "‘{state}’(으)로 처리된 보고입니다. 다시 읽고 확인하십시오.",
        "It is {state_en} already. Read it again.",
    ),
}
