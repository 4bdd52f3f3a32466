"""How many letters only a person can decide about."""

from collections.abc import Iterator, Mapping
from typing import Any

from ieum.checks.finding import Finding


def letters(said: Mapping[str, Any] | None) -> Iterator[Finding]:
    """Say how many letters only a person can decide about.

    Args:
        said: What `/v1/sender` said; None if it said nothing, which others tell.
    """
    if said is None:
        return
    texts = {
        "in_doubt": (
            (
                "보냈는지 확인되지 않은 메일이 {n}건 있습니다. 받았는지 물어 보고, 다시 보낼지 "
                "정하십시오: "
                "GET /v1/occurrences?state=in_doubt"
            ),
            (
                "Nobody knows whether {n} letters were taken. Ask those who should have them and "
                "decide: GET /v1/occurrences?state=in_doubt"
            ),
        ),
        "dead": (
            (
                "보내지 못하고 그만둔 메일이 {n}건 있습니다. 주소와 메일 설정을 보십시오: "
                "GET /v1/occurrences?state=dead"
            ),
            (
                "{n} letters were given up. Look at addresses and mail settings: "
                "GET /v1/occurrences?state=dead"
            ),
        ),
    }
    for state, (ko, en) in texts.items():
        if number := said[state]:
            yield Finding(f"letters.{state}", "notify", ko.format(n=number), en.format(n=number))
