"""marshmallow's messages in Korean; it has them in English alone."""

import re

_KOREAN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(english), korean)
    for english, korean in (
        (r"Missing data for required field\.", "꼭 필요한 항목입니다. 값을 넣으십시오."),
        (r"Field may not be null\.", "비워 둘 수 없습니다. 값을 넣으십시오."),
        (r"Unknown field\.", "알 수 없는 항목입니다. 이름을 확인하거나 빼십시오."),
        (r"Not a valid string\.", "글자로 적어야 합니다."),
        (r"Not a valid integer\.", "정수로 적어야 합니다."),
        (r"Not a valid number\.", "숫자로 적어야 합니다."),
        (r"Not a valid boolean\.", "true 또는 false로 적어야 합니다."),
        (r"This is no day\. (?:.+)", "날짜로 읽을 수 없습니다. 2021-11-16처럼 적으십시오."),
        (r"Write this day as (.+)\.", r"날짜를 이렇게 적으십시오: \1."),
        (
            r"Nobody can tell which day this is\. Write one of: (.+)\.",
            r"어느 날인지 가릴 수 없습니다. 다음 가운데 하나로 적으십시오: \1.",
        ),
        (
            r"The day of the month is missing\. (?:.+)",
            "며칠인지 빠져 있습니다. 2021-11-16처럼 연월일을 모두 적으십시오.",
        ),
        (
            r"There is no such day in the calendar\. (?:.+)",
            "달력에 없는 날입니다. 확인하여 고치십시오.",
        ),
        (
            r"Not a valid datetime\.",
            "올바른 시각이 아닙니다. 2026-11-23T00:00:00Z처럼 적으십시오.",
        ),
        (r"Not a valid UUID\.", "올바른 식별자(UUID)가 아닙니다."),
        (r"Not a valid list\.", "목록([…])으로 적어야 합니다."),
        (r"Not a valid mapping type\.", "항목 묶음({…})으로 적어야 합니다."),
        (r"Not a valid (?:URL|email address)\.", "올바른 주소가 아닙니다."),
        (r"Invalid input type\.", "형식이 맞지 않습니다."),
        (r"Invalid JSON body\.", "올바른 JSON이 아닙니다."),
        (r"Must be one of: (.+)\.", r"다음 가운데 하나여야 합니다: \1."),
        (
            r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.",
            r"\1 이상 \2 이하여야 합니다.",
        ),
        (r"Must be greater than or equal to (\S+)\.", r"\1 이상이어야 합니다."),
        (r"Must be less than or equal to (\S+)\.", r"\1 이하여야 합니다."),
        (r"Length must be between (\d+) and (\d+)\.", r"길이는 \1 이상 \2 이하여야 합니다."),
        (r"Shorter than minimum length (\d+)\.", r"\1자(개) 이상이어야 합니다."),
        (r"Longer than maximum length (\d+)\.", r"\1자(개) 이하여야 합니다."),
        (r"String does not match expected pattern\.", "정해진 꼴이 아닙니다."),
    )
)


def in_korean(message: str) -> str:
    """Give the Korean for one of marshmallow's messages; one that is not known stays as it is."""
    for english, korean in _KOREAN:
        if found := english.fullmatch(message):
            return found.expand(korean)
    return message
