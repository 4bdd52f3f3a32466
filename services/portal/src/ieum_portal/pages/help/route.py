"""도움말: of every page, what it shows, what can be done there, and what its words mean."""

from collections.abc import Iterator

from flask import Blueprint, abort, g, render_template

from changefeed.declared import Label
from ieum_portal.domain.account import Account
from ieum_portal.pages.help.texts import FORM_ACTS, HELP, KEYS, LIST_ACTS, PAGE_ACTS, WORDS, Help
from ieum_portal.pages.labels import TABLES, said
from ieum_portal.pages.screen import Screen, screens

routes = Blueprint("help", __name__)


@routes.get("/help")
def index() -> str:
    """List the pages that the reader may open, each with a link to its help."""
    account: Account | None = g.get("account")
    found = dict.fromkeys(each for each in screens().values() if _may_open(account, each))
    return render_template("help/index.html", found=[each for each in found if _help(each)])


@routes.get("/help/<name>")
def show(name: str) -> str:
    """Help with one page, by its endpoint."""
    about = screens().get(name)
    told = _help(about)
    if about is None or told is None:
        abort(404)
    acts = (*told.acts, *_shared_acts(told, is_dated=about.is_dated))
    words = [each for word in told.words for each in _meant(word)]
    return render_template(
        "help/page.html", about=about, told=told, acts=acts, words=words, keys=KEYS
    )


def _may_open(account: Account | None, screen: Screen) -> bool:
    roles = {"public"} if account is None else {"public", account.role}
    administers = account is not None and account.administers
    return bool(roles & set(screen.roles)) and (administers or not screen.is_for_administrators)


def _help(screen: Screen | None) -> Help | None:
    return None if screen is None else HELP.get(screen.endpoint)


def _shared_acts(told: Help, *, is_dated: bool) -> tuple[Label, ...]:
    """Give what every page of its sort can."""
    of_sort = {"list": LIST_ACTS, "form": FORM_ACTS, "page": ()}[told.sort]
    return (*of_sort, *(PAGE_ACTS if is_dated else ()))


def _meant(word: str) -> Iterator[tuple[str, str]]:
    """Give words with what they mean: one of WORDS, or a table of labels that has meanings."""
    if word in WORDS:
        term, meaning = WORDS[word]
        yield said(term), said(meaning)
        return
    for code, meaning_of in TABLES[f"{word}_meaning"].items():
        yield said(TABLES[word][code]), said(meaning_of)
