"""Words find a subject by nothing that its declaration closes to who may know of it."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

import pytest

from changefeed.declared import Fact, Subject
from changefeed.searched import ClosedButSearched, require_open
from changefeed.subjects.all import DECLARED
from changefeed.subjects.parts import BY_HAND, Id, Key, Origin


@dataclass(frozen=True, slots=True)
class Noted:
    """A subject that is open, with one field that is not."""

    subject_type: ClassVar[str] = "noted"
    declares: ClassVar[Subject] = Subject("메모", "note", public=True)

    id: Id
    memo: Annotated[str, Fact("비고", "memo", searched=True)]
    key: Key = None
    provenance: Origin = BY_HAND


@dataclass(frozen=True, slots=True)
class Pointing:
    """A subject that is open, found by the title of what may be closed."""

    subject_type: ClassVar[str] = "pointing"
    declares: ClassVar[Subject] = Subject("가리킴", "pointer", public=True)

    id: Id
    agreement_id: Annotated[
        UUID, Fact("협약", "agreement", public=True, names="agreement", searched=True)
    ]
    key: Key = None
    provenance: Origin = BY_HAND


@pytest.mark.parametrize("kind_of", [Noted, Pointing])
def test_a_closed_field_is_not_searched(kind_of: Any) -> None:  # noqa: ANN401
    with pytest.raises(ClosedButSearched):
        require_open(kind_of, DECLARED)


def test_nothing_that_is_declared_is_searched_and_closed() -> None:
    for kind_of in DECLARED.values():
        require_open(kind_of, DECLARED)
