"""What a document holds, as it was when it was put on record, or why it cannot be given."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.media_type import READ
from ieum_registry.operations.document_check import fault_of
from ieum_registry.operations.ports.document_files import DocumentFiles, FileMissing
from ieum_registry.operations.ports.document_reader import DocumentReader, Passage, Unreadable
from ieum_registry.operations.ports.document_texts import DocumentTexts, ReadState, TextState

ShownState = ReadState | Literal["erased"]


def whole_content(facts: Mapping[str, Any], files: DocumentFiles) -> Iterator[bytes]:
    """Give the bytes of a document in pieces, once it is known that they are those of the log.

    Raises:
        RuleBroken: `document.is_erased`; `document.missing`; `document.altered`.

    Source: docs/rules/terms.md, T-49.
    """
    must_be_whole(facts, files)
    return files.read(facts["sha256"])


@contextmanager
def content_on_disk(facts: Mapping[str, Any], files: DocumentFiles) -> Iterator[Path]:
    """Give the same as a file on this machine, for as long as the block runs; raises as it does."""
    must_be_whole(facts, files)
    try:
        with files.on_disk(facts["sha256"]) as path:
            yield path
    except FileMissing as error:
        raise RuleBroken("document.missing", title=facts["title"]["ko"]) from error


def text_of(
    facts: Mapping[str, Any], files: DocumentFiles, reader: DocumentReader
) -> tuple[TextState, Sequence[Passage]]:
    """Read the text in a document's file; whatever keeps it from being read is no fault."""
    try:
        with content_on_disk(facts, files) as path:
            if reader.look(facts["media_type"], path).is_locked:
                return "locked", ()
            passages = reader.passages(facts["media_type"], path)
    except Unreadable:
        return "unreadable", ()
    except RuleBroken as error:
        return ("missing" if error.code == "document.missing" else "altered"), ()
    return ("kept", passages) if passages else ("none", ())


def text_state(facts: Mapping[str, Any], texts: DocumentTexts, now: datetime) -> ShownState:
    """Say what is known of the text in a document's file; pictures have none.

    Source: docs/rules/terms.md, T-78.
    """
    if facts.get("erased_on") is not None:
        return "erased"
    if facts["media_type"] not in READ:
        return "none"
    return texts.state(UUID(facts["id"]), now)


def must_be_whole(facts: Mapping[str, Any], files: DocumentFiles) -> None:
    """Make sure that a document's file is there and has the hash that the log has.

    Raises:
        RuleBroken: `document.is_erased`; `document.missing`; `document.altered`.
    """
    if facts.get("erased_on") is not None:
        raise RuleBroken("document.is_erased", erased_on=facts["erased_on"])
    fault = fault_of(facts["sha256"], files)
    if fault is not None:
        raise RuleBroken(f"document.{fault}", title=facts["title"]["ko"])
