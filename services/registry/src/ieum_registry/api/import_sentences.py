"""What is said of a line of an import and of what became of it, in two languages."""

from collections.abc import Mapping

from changefeed.declared import Label
from changefeed.subjects.all import DECLARED
from httpedge.language import language
from ieum_registry.api.load_faults import SENTENCES as OF_FILES
from ieum_registry.api.problems import PROBLEMS, sentence
from ieum_registry.operations.ports.imports import Remark

SENTENCES: Mapping[str, tuple[str, str]] = {
    "partner.unknown": (
        "'{name}': 이 이름의 기관이 없거나 여럿입니다. 등록된 기관을 고르거나 새로 등록하십시오.",
        "'{name}': no partner, or more than one, is called so. Choose one, or register it.",
    ),
    "department.unknown": (
        "'{name}': 이 이름의 부서가 없거나 여럿입니다. 등록된 부서를 고르거나 새로 등록하십시오.",
        "'{name}': no department, or more than one, is called so. Choose one, or register it.",
    ),
    "import.own_side": (
        "시 측이 적혀 있지 않고 시 측 기관이 하나로 정해지지 않습니다. 시 측 기관을 고르십시오.",
        "The city's side is not named, and there is not just one. Choose the city's side.",
    ),
    "import.people": (
        "시 담당자 {count}명이 적혀 있습니다. 옮길지 정하십시오. 정하기 전에는 옮기지 않습니다.",
        "{count} of the city's people are named. Decide whether they are entered; until then not.",
    ),
    "person.which": (
        "'{name}': 같은 이름의 담당자가 여럿 등록되어 있습니다. 누구인지 고르십시오.",
        "'{name}': several people on record are called so. Choose who is meant.",
    ),
    "import.person_nowhere": (
        "'{name}': 담당부서가 없어 담당자를 옮기지 않습니다. 담당부서를 적으십시오.",
        "'{name}': the line names no department, so nobody is entered. Name the department.",
    ),
    "import.person_differs": (
        "'{name}': 등록된 연락처와 다릅니다. 등록된 것을 그대로 두니, 바뀌었으면 고치십시오.",
        "'{name}' is reached otherwise on record, which stays. Change it there if it is old.",
    ),
    "import.person_reach": (
        "'{name}'은(는) 전화번호나 전자우편 주소가 아니어서 옮기지 않습니다. 나중에 적으십시오.",
        "'{name}' is no telephone number or address and is left out. Enter it afterwards.",
    ),
    "import.remark_names": (
        "'{name}': 전화번호나 주소가 적혀 있어 비고를 옮기지 않습니다. 개인정보를 빼고 적으십시오.",
        "'{name}': the remark has somebody's number or address in it and is left out. Take it out.",
    ),
    "import.remark_nowhere": (
        "'{name}': 담당부서나 총괄부서가 없어 비고를 옮기지 않습니다. 담당부서를 적으십시오.",
        "'{name}': there is no department that the remark could be of. Name the department.",
    ),
    "record.which": (
        "같은 협약으로 보이는 것이 {count}건 있습니다. 하나를 고르거나 새 협약으로 하십시오.",
        "{count} agreements on record look the same. Choose one, or make it a new agreement.",
    ),
    "record.perhaps": (
        "등록된 협약과 같은 것일 수 있습니다. 그 협약을 고르거나 새 협약으로 하십시오.",
        "It may be one that is on record. Choose that, or make it a new agreement.",
    ),
    "import.record_twice": (
        "{other}행이 이미 같은 협약을 적었습니다. 한 줄만 남기십시오.",
        "Line {other} says the same agreement already. Keep one of the two.",
    ),
    "import.value_twice": (
        "{ko} {value}이(가) {other}행에도 있습니다. 둘 가운데 하나를 고치십시오.",
        "Line {other} has the {en} {value}, too. Mend one of the two.",
    ),
    "import.not_on_record": (
        "{ko} '{name}'은(는) 등록되어 있지 않아 옮기지 않습니다. 맞는 것을 나중에 고르십시오.",
        "'{name}' is on record as no {en} and is left out. Choose one afterwards.",
    ),
    "import.english_alone": (
        "{ko} '{name}': 한국어가 없어 옮기지 않습니다. 한국어를 함께 적으십시오.",
        "{en} '{name}' stands without Korean and is left out. Add the Korean.",
    ),
    "record.no_such_id": (
        "이 식별자의 협약이 없습니다. 식별자를 지우거나 새 협약으로 하십시오.",
        "No agreement has this id. Empty the cell, or make it a new agreement.",
    ),
    "import.changed_meanwhile": (
        "확인한 뒤에 누군가 바꾸어 덮어쓰지 않았습니다. 지금 내용을 보고 다시 가져오십시오.",
        "Somebody changed it after it was checked, so it stays. Look at it and import it again.",
    ),
    "import.gone": (
        "확인한 뒤에 없어진 자료입니다. 필요하면 다시 가져오십시오.",
        "It is no longer on record. Import the line again if it is wanted.",
    ),
    "import.touched": (
        "가져온 뒤에 누군가 바꾸어 그대로 두었습니다. 필요하면 손으로 고치십시오.",
        "Somebody changed it since, so it stays. Change it by hand if need be.",
    ),
    "import.named": (
        "다른 자료({type} {name})에서 쓰고 있어 그대로 두었습니다. 그 자료를 먼저 정리하십시오.",
        "Another record ({type} {name}) names it, so it stays. See to that record first.",
    ),
}


def remark_sentence(remark: Remark) -> str:
    """Say what is wrong, asked or told in the reader's language."""
    if remark.said is not None:
        return _in(remark.said)
    return said_of(remark.code, remark.facts or {})


def said_of(code: str, facts: Mapping[str, str]) -> str:
    """Say what a code means: ours, that of a file of records, or that of a rule."""
    both = SENTENCES.get(code) or OF_FILES.get(code)
    if both is None:
        return sentence(code, facts) if code in PROBLEMS else code
    korean, english = both
    about = DECLARED.get(facts.get("type", ""))
    if about is not None:
        facts = {**facts, "type": _in(about.declares.label)}
    return (korean if language() == "ko" else english).format(**facts)


def _in(label: Label) -> str:
    return label.ko if language() == "ko" else label.en
