"""Make, revise, settle promises, and take reports of what was reached of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from changefeed.subjects.catalogue import Strategy, Task
from changefeed.subjects.document import Document
from changefeed.subjects.promise import Outcome
from ieum_registry.domain.agreement import Agreement
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.domain.promise import Promise, PromiseReport
from ieum_registry.operations.own_records import Asker, in_sight, organisation_of
from ieum_registry.operations.ports.condition import equal
from ieum_registry.operations.ports.ledger import Entry, Ledger, LedgerTransaction
from ieum_registry.operations.references import must_exist


def make_promise(promise: Promise, *, ledger: Ledger) -> Entry:
    """Record what a party said it would bring.

    Raises:
        RuleBroken: `reference.unknown`; `promise.not_party`; `promise.other_programme`.

    Source: docs/rules/lifecycle.md, L-60.
    """
    with ledger.open() as transaction:
        must_fit_promise(promise, transaction)
        return transaction.record("promise.made", promise)


def change_promise(
    promise_id: UUID,
    change: Callable[[Promise], Promise],
    *,
    reason: str | None,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what is now known of a promise; a figure or day that is set right says why.

    Raises:
        NotFound, Stale: No such promise; changed after version `seen`.
        RuleBroken: As on making; `promise.moved`; `change.reason_missing`, if target, unit,
            indicator or a day change.

    Source: docs/rules/lifecycle.md, L-61.
    """
    with ledger.open() as transaction:
        before = transaction.take(Promise, promise_id, seen)
        promise = change(before)
        must_fit_promise(promise, transaction, before=before)
        if any(getattr(before, each) != getattr(promise, each) for each in _WEIGHTY) and not reason:
            raise RuleBroken("change.reason_missing", pointer="/reason")
        return transaction.record_change("promise.changed", promise, reason)


_WEIGHTY = ("indicator", "target", "unit", "base_on", "due_on")
"""What rates are made of."""


def revise_promise(
    promise_id: UUID,
    *,
    on: date,
    target: int | None,
    due_on: date | None,
    reason: str,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record that another target or by-day holds from a day on; the first stays beside it.

    Args:
        target: None stays as it is; so does `due_on`.

    Raises:
        NotFound, Stale: No such promise; changed after version `seen`.
        RuleBroken: As `Promise.revised`.
    """
    with ledger.open() as transaction:
        promise = transaction.take(Promise, promise_id, seen)
        revised = promise.revised(
            on,
            promise.target if target is None else target,
            promise.due_on if due_on is None else due_on,
            reason,
        )
        return transaction.record("promise.revised", revised, reason)


def settle_promise(
    promise_id: UUID,
    *,
    outcome: Outcome,
    settled_on: date,
    reason: str,
    today: date,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Record what became of a promise that nobody will deliver as made.

    Raises:
        NotFound, Stale: No such promise; changed after version `seen`.
        RuleBroken: As `Promise.settled`.
    """
    with ledger.open() as transaction:
        promise = transaction.take(Promise, promise_id, seen)
        settled = promise.settled(outcome, settled_on, today)
        return transaction.record("promise.settled", settled, reason)


def reopen_promise(promise_id: UUID, *, reason: str, seen: int, ledger: Ledger) -> Entry:
    """Record that an outcome was recorded wrongly, and why.

    Raises:
        NotFound, Stale: No such promise; changed after version `seen`.
        RuleBroken: `promise.open`.
    """
    with ledger.open() as transaction:
        promise = transaction.take(Promise, promise_id, seen)
        return transaction.record("promise.reopened", promise.reopened(), reason)


def retract_promise(promise_id: UUID, *, reason: str, seen: int, ledger: Ledger) -> Entry:
    """Record that it was never promised, and why; it is on record no longer.

    Raises:
        NotFound, Stale: No such promise; changed after version `seen`.
        RuleBroken: `promise.has_reports`.

    Source: docs/changes.md, kinds that retract.
    """
    with ledger.open() as transaction:
        promise = transaction.take(Promise, promise_id, seen)
        if any(True for _ in transaction.those(PromiseReport, equal("promise_id", promise_id))):
            raise RuleBroken("promise.has_reports")
        return transaction.record("promise.retracted", promise, reason)


def record_report(
    report: PromiseReport, *, today: date, ledger: Ledger, asker: Asker | None = None
) -> Entry:
    """Record what was reached of a promise; the office's word counts at once.

    Args:
        asker: The liaison who says so, of its own partner's promise; the office confirms it then.

    Raises:
        RuleBroken: `reference.unknown`; `reply.not_theirs`; `promise_report.other_document`; as
            `PromiseReport.must_fit`.

    Source: docs/rules/lifecycle.md, L-63 and L-64.
    """
    with ledger.open() as transaction:
        if asker is not None:
            in_sight("promise", report.promise_id, asker, pointer="/promise_id")
        promise = must_exist(transaction, Promise, report.promise_id, pointer="/promise_id")
        if asker is not None:
            if promise.partner_id not in organisation_of(asker.scope.partners or (), transaction):
                raise RuleBroken("reply.not_theirs", pointer="/promise_id")
            if report.document_id is not None:
                in_sight("document", report.document_id, asker, pointer="/document_id")
            report = replace(report, by="partner", state="open")
        fit = fitting_report(report, promise, transaction, today=today)
        entry = transaction.record("promise_report.recorded", fit)
        if fit.state == "confirmed":
            take_over(fit, transaction)
        transaction.answer_with(entry)
        return entry


def change_report(
    report_id: UUID,
    change: Callable[[PromiseReport], PromiseReport],
    *,
    reason: str | None,
    today: date,
    seen: int,
    ledger: Ledger,
) -> Entry:
    """Set a report right, and say why; its figure counts anew.

    Raises:
        NotFound, Stale: No such report; changed after version `seen`.
        RuleBroken: `promise_report.moved`; `promise_report.ended`, of a refused one; as on
            recording.
    """
    with ledger.open() as transaction:
        before = transaction.take(PromiseReport, report_id, seen)
        report = change(before)
        report.must_follow(before)
        if before.state == "refused":
            before.confirmed(today)  # Which says why not.
        promise = transaction.take(Promise, report.promise_id)
        fit = fitting_report(report, promise, transaction, today=today)
        entry = transaction.record_change("promise_report.changed", fit, reason)
        if fit.state == "confirmed" and transaction.entries:
            take_over(fit, transaction)
            transaction.answer_with(entry)
        return entry


def confirm_report(report_id: UUID, *, today: date, seen: int, ledger: Ledger) -> Entry:
    """Record that the office takes a partner's figure over.

    Raises:
        NotFound, Stale: No such report; changed after version `seen`.
        RuleBroken: `promise_report.ended`; as `PromiseReport.must_fit`, as other reports may have
            come in since.
    """
    with ledger.open() as transaction:
        report = transaction.take(PromiseReport, report_id, seen).confirmed(today)
        report.must_fit(transaction.take(Promise, report.promise_id), today)
        entry = transaction.record("promise_report.confirmed", report)
        take_over(report, transaction)
        transaction.answer_with(entry)
        return entry


def refuse_report(report_id: UUID, *, answer: str, today: date, seen: int, ledger: Ledger) -> Entry:
    """Record that the office does not take a figure over, and why, for the partner to read.

    Raises:
        NotFound, Stale: No such report; changed after version `seen`.
        RuleBroken: `promise_report.ended`.
    """
    with ledger.open() as transaction:
        report = transaction.take(PromiseReport, report_id, seen).refused(today, answer)
        return transaction.record("promise_report.refused", report, answer)


def retract_report(report_id: UUID, *, reason: str, seen: int, ledger: Ledger) -> Entry:
    """Record that a report should never have been recorded, and why; its figure counts no more.

    Raises:
        NotFound, Stale: No such report; changed after version `seen`.
    """
    with ledger.open() as transaction:
        report = transaction.take(PromiseReport, report_id, seen)
        entry = transaction.record("promise_report.retracted", report, reason)
        promise = transaction.take(Promise, report.promise_id)
        without = promise.without_report(report_id)
        if without != promise:
            transaction.record("promise.reported", without)
        transaction.answer_with(entry)
        return entry


def must_fit_promise(
    promise: Promise, transaction: LedgerTransaction, *, before: Promise | None = None
) -> None:
    """Hold a promise against what it names: made by a party, on a task of its programme.

    A partner that was merged may stand there under any of its records.

    Raises:
        RuleBroken: `reference.unknown`; `promise.not_party`; `promise.other_programme`;
            `promise.moved`.

    Source: docs/rules/lifecycle.md, L-60.
    """
    if before is not None:
        promise.must_follow(before)
    agreement = must_exist(transaction, Agreement, promise.agreement_id, pointer="/agreement_id")
    one = organisation_of([promise.partner_id], transaction)
    if not any(agreement.spans(each) for each in one):
        raise RuleBroken("promise.not_party", pointer="/partner_id")
    if promise.task_id is not None:
        task = must_exist(transaction, Task, promise.task_id, pointer="/task_id")
        if not agreement.may_serve(transaction.take(Strategy, task.strategy_id).programme_id):
            raise RuleBroken("promise.other_programme", pointer="/task_id", task=task.name.ko)


def fitting_report(
    report: PromiseReport, promise: Promise, transaction: LedgerTransaction, *, today: date
) -> PromiseReport:
    """Check a report against its promise, and give it with that one's agreement and partner.

    Raises:
        RuleBroken: `reference.unknown`; `promise_report.other_document`; as
            `PromiseReport.must_fit`.
    """
    fit = report.of(promise)
    fit.must_fit(promise, today)
    if fit.document_id is not None:
        document = must_exist(transaction, Document, fit.document_id, pointer="/document_id")
        if document.agreement_id != promise.agreement_id:
            raise RuleBroken("promise_report.other_document", pointer="/document_id")
    return fit


def take_over(report: PromiseReport, transaction: LedgerTransaction) -> None:
    """Write the figure of a confirmed report at its promise, in the same transaction.

    So each follower stays a function of one entry: a promise says by itself what was reached.

    Source: docs/rules/lifecycle.md, L-64.
    """
    promise = transaction.take(Promise, report.promise_id)
    reporting = promise.reporting(report)
    if reporting != promise:
        transaction.record("promise.reported", reporting)


def must_keep_promisers(
    before: Agreement, agreement: Agreement, transaction: LedgerTransaction
) -> None:
    """Make sure that no party is struck out that promised something; it leaves on a day.

    Raises:
        RuleBroken: `party.has_promises`.

    Source: docs/rules/lifecycle.md, L-60.
    """
    struck = {each.partner_id for each in before.parties if not agreement.spans(each.partner_id)}
    for promise in (
        transaction.those(Promise, equal("agreement_id", agreement.id)) if struck else ()
    ):
        one = organisation_of([promise.partner_id], transaction)
        if one & struck and not any(agreement.spans(each) for each in one):
            raise RuleBroken(
                "party.has_promises", pointer="/parties", partner_id=str(promise.partner_id)
            )
