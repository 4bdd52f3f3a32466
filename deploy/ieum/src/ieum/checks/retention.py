"""Whether people are kept longer than they may be."""

from collections.abc import Iterator, Mapping
from typing import Any

from ieum.checks.finding import Finding


def retention(said: Mapping[str, Any] | None) -> Iterator[Finding]:
    """Say whether contacts are kept whose last day of retention has passed.

    The day after it they are erased by `registry-retain`, which runs once a day.

    Args:
        said: What `/v1/contacts?expired=true` said of yesterday; None if it said nothing.
    """
    if said is None or not said.get("items"):
        return
    yield Finding(
        "people.expired",
        "registry",
        "보유기간이 지난 사람의 개인정보가 남아 있습니다. registry-retain 이 도는지 보고"
        "(make status), 지금 지우려면 ieum registry retain 을 하십시오.",
        "People are kept whose retention has run out. See that registry-retain runs (make status); "
        "to erase them now: ieum registry retain.",
    )
