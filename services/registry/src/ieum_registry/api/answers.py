"""How stored text leaves: one resource, a list, a sheet, a write's entry or a dry run's entries."""

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from flask import Response, g, request
from marshmallow import Schema, fields

from changefeed.page import to_wire
from httpedge import routes
from httpedge.access import caller
from httpedge.documented import also_answers
from httpedge.problem import Problem
from ieum_registry.api.asked import Asked, OneAsked
from ieum_registry.api.request_parser import RequestParser, is_dry_run
from ieum_registry.api.shapes.change import ChangeBody
from ieum_registry.api.sheets import Dressed, Sheet, csv_answer, declared_sheet, wants_csv
from ieum_registry.api.wired import ledger_transaction, now, records, scope, seq_known, wiring
from ieum_registry.operations.again import until_it_stands
from ieum_registry.operations.ports.idempotency import KeyUse, Remembered
from ieum_registry.operations.ports.ledger import Entry, LedgerTransaction
from ieum_registry.operations.ports.records import Reading, Total

Args = ParamSpec("Args")
View = TypeVar("View", bound=Callable[..., object])

RECORDS = "__ieum_records__"
"""The attribute of a view whose answer is an entry of the log; each writing route has it."""

DRY_RUN = {
    "in": "query",
    "name": "dry_run",
    "schema": {"type": "boolean", "default": False},
    "description": "Answer with the entries that would be written, and write none",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": 'The ETag last read, as "3"; 428 without it, 412 if it has changed',
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 200},
    "description": "Sent again within 24 hours, it is answered as it was then",
}
_TYPES = "application/json"
_CONDITIONS = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"})
"""What may turn an answer with an ETag into 304 or 412."""

_HEADERS = (
    ("Content-Type", _TYPES),
    ("Cache-Control", "private, no-cache"),
    ("Vary", "Authorization, Accept"),
)


class Routes(routes.Routes):
    """A group of routes that read what comes in through the registry's own door."""

    ARGUMENTS_PARSER = RequestParser()


class DryRunBody(Schema):
    """What a dry run answers: the entries that would be written."""

    dry_run = fields.Boolean(required=True)
    entries = fields.List(fields.Nested(ChangeBody), required=True)


class TotalBody(Schema):
    """How many a list holds in all for who asks, whatever is skipped by after=."""

    count = fields.Integer(required=True)
    exact = fields.Boolean(
        required=True, metadata={"description": "If not, there are more than count"}
    )


def tagged(view: View) -> View:
    """Document that a view answers with an ETag, and so by 304 or 412 to who sends one."""
    not_modified = also_answers(304, "The version of If-None-Match stands still: no body")
    return not_modified(also_answers(412, "Another version than that of If-Match stands")(view))


def listed(body: type[Schema]) -> Schema:
    """Give the shape of a list's page, for the documentation."""
    name = body.__name__.removesuffix("Body")
    shape: Schema = type(
        f"{name}Page",
        (Schema,),
        {
            "items": fields.List(fields.Nested(body), required=True),
            "next": fields.String(
                required=True,
                allow_none=True,
                metadata={"description": "Cursor for after=; null on the last page"},
            ),
            "previous": fields.String(
                allow_none=True,
                metadata={
                    "description": "Cursor for before=; null where the list begins, and left out"
                    " of a page that was asked for without a cursor"
                },
            ),
            "total": fields.Nested(
                TotalBody, metadata={"description": "Only if asked for by count=true"}
            ),
        },
    )()
    return shape


def json_answer(text: str, status: int = 200) -> Response:
    """Answer with JSON text as it is."""
    return Response(text, status=status, headers=_HEADERS)


def one(
    subject_type: str,
    subject_id: UUID,
    asked: OneAsked,
    *,
    dressed: Dressed | None = None,
) -> Response:
    """Answer with one subject's stored text, its version as ETag; 304 if the caller has it.

    Args:
        dressed: Gives the resources of readings, where more than the stored text is shown.
    """
    known_at = seq_known(asked.known_at)
    into = records().standing_for(subject_type, subject_id, known_at=known_at)
    if into is not None:
        return _to_who_stands_for_it(subject_id, into)
    reading = records().one(subject_type, subject_id, known_at=known_at, scope=scope())
    text = reading.resource if dressed is None else dressed([reading])[0]
    answer = json_answer(text)
    answer.set_etag(str(reading.version))
    if _CONDITIONS.isdisjoint(request.environ):
        return answer
    return cast("Response", answer.make_conditional(request))


def _to_who_stands_for_it(subject_id: UUID, into: UUID) -> Response:
    """Lead from a merged record to the one that stands for it, as asked: for now, not for ever.

    Source: docs/rules/terms.md, T-63.
    """
    there = request.full_path.rstrip("?").replace(str(subject_id), str(into), 1)
    return Response(status=307, headers={"Location": there, "Cache-Control": "private, no-cache"})


def listing(
    subject_type: str,
    asked: Asked,
    *,
    sheet: Sheet | None = None,
    dressed: Dressed | None = None,
) -> Response:
    """Answer with a page of a list, or with the whole of it as a sheet if CSV is asked for.

    Args:
        sheet: Made by hand; what is declared of the type makes it if left out.
        dressed: As for `one`.
    """
    if wants_csv():
        return csv_answer(subject_type, asked, sheet or declared_sheet(subject_type, dressed))
    page = records().list(
        subject_type,
        asked.conditions,
        q=asked.q,
        known_at=seq_known(asked.known_at),
        limit=asked.limit,
        after=asked.after,
        before=asked.before,
        sort=asked.sort,
        count=asked.with_count,
        scope=scope(),
    )
    texts = [each.resource for each in page.items] if dressed is None else dressed(page.items)
    items = ",".join(texts)
    more = _previous(asked, page.previous) + _told(page.total)
    return json_answer(f'{{"items":[{items}],"next":{json.dumps(page.next)}{more}}}')


def _previous(asked: Asked, cursor: str | None) -> str:
    """Give where the page before stands, to who did not ask from the beginning."""
    if asked.after is None and asked.before is None:
        return ""
    return f',"previous":{json.dumps(cursor)}'


def _told(total: Total | None) -> str:
    """Give what is put into a page after its cursor."""
    if total is None:
        return ""
    return f',"total":{{"count":{total.count},"exact":{json.dumps(total.is_exact)}}}'


def with_more(reading: Reading, more: Mapping[str, object]) -> str:
    """Give a resource with more after the stored text, which stays as it is."""
    return f"{reading.resource[:-1]},{json.dumps(more, ensure_ascii=False)[1:]}"


def recorded(
    status: int, *, dressed: Dressed | None = None
) -> Callable[[Callable[Args, Entry]], Callable[Args, Response]]:
    """Answer with the entry's text, its version as ETag, the last number written as X-Change-Seq.

    A write with an Idempotency-Key that was carried out before is answered as it was then. A dry
    run is answered with the entries that would be written, 200. A change without any difference
    is answered with what stands; its key is free again, as there is no entry to answer with.
    One that was overtaken by a change to something else than what the caller names by If-Match is
    carried out anew.

    Args:
        dressed: As for `one`.
    """

    def wrap(view: Callable[Args, Entry]) -> Callable[Args, Response]:
        @functools.wraps(view)
        def answer(*args: Args.args, **kwargs: Args.kwargs) -> Response:
            def carried_out(use: KeyUse | None) -> Response:
                entry = until_it_stands(lambda: view(*args, **kwargs))
                said = _entry_answer(entry, status, dressed)
                if use is not None and not ledger_transaction().entries:
                    wiring().keys.release(use)
                return said

            def again(before: Remembered) -> Response:
                found = records().one(before.subject_type, before.subject_id, known_at=before.seq)
                return _written(found, before.seq, status, dressed)

            return once(carried_out, again)

        described = {"manual_doc": {"parameters": _write_headers(view)}}
        vars(answer).update({RECORDS: True, "_apidoc": described})
        return also_answers(200, "A dry run: nothing was written", shape=DryRunBody)(answer)

    return wrap


def once(
    carry_out: Callable[[KeyUse | None], Response], again: Callable[[Remembered], Response]
) -> Response:
    """Carry a request out, unless one with its Idempotency-Key was carried out before.

    Args:
        carry_out: Gets the key, which whatever it writes settles; what it raises frees the key.
        again: Answers with what is remembered.

    Raises:
        Problem: `idempotency.unreadable`.
        RuleBroken: `idempotency.reused`; `idempotency.in_flight`.
    """
    use = key_use()
    if use is None:
        return carry_out(None)
    before = wiring().keys.claim(use)
    if before is not None:
        return again(before)
    g.key_use = use
    try:
        return carry_out(use)
    except BaseException:
        wiring().keys.release(use)
        raise


def _write_headers(view: Callable[..., Entry]) -> list[dict[str, Any]]:
    """Describe what a write takes beside its body, in the place where flask-smorest looks.

    A view with an id, beside its body or alone, changes something that is there, so it wants the
    version.
    """
    takes = inspect.signature(view).parameters
    changes_one = len(takes) > 1 or any(each.endswith("_id") for each in takes)
    return [DRY_RUN, *([IF_MATCH] if changes_one else []), KEY]


def key_use() -> KeyUse | None:
    """Give the use of an Idempotency-Key that this request is; None without one or on a dry run.

    Raises:
        Problem: `idempotency.unreadable`.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None or is_dry_run():
        return None
    if not (0 < len(key) <= 200 and key.isascii() and key.isprintable()):
        raise Problem("idempotency.unreadable")
    asker = caller()
    # Of a file that came by itself its hash, as it is never whole in memory.
    body = g.sent_hash if "sent_hash" in g else request.get_data()
    sent = request.full_path.encode() + b"\n" + body
    fingerprint = hashlib.sha256(sent).hexdigest()
    return KeyUse(asker.issuer, asker.subject, request.path, key, fingerprint, now())


def dry_answer(transaction: LedgerTransaction) -> Response:
    """Answer a dry run: the entries that would be written, as the feed would give them."""
    entries = [to_wire(entry.change) for entry in transaction.entries]
    body = {"dry_run": True, "entries": entries}
    return json_answer(json.dumps(body, ensure_ascii=False))


def last_seq(transaction: LedgerTransaction) -> int:
    """Give the number of the last entry that a transaction wrote; without any, of the log's last.

    Whoever waits until a follower has got this far then sees what stands.
    """
    return max((entry.seq for entry in transaction.entries), default=0) or records().head().seq


def _entry_answer(entry: Entry, status: int, dressed: Dressed | None) -> Response:
    transaction = ledger_transaction()
    if is_dry_run():
        return dry_answer(transaction)
    reading = Reading(entry.version, entry.text, whole=True)
    return _written(reading, last_seq(transaction), status, dressed)


def _written(reading: Reading, seq: int, status: int, dressed: Dressed | None) -> Response:
    text = reading.resource if dressed is None else dressed([reading])[0]
    answer = json_answer(text, status)
    answer.set_etag(str(reading.version))
    answer.headers["X-Change-Seq"] = str(seq)
    return answer
