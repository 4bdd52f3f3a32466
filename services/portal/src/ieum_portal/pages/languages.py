"""Which language a page is in, and where its words come from.

The texts stand in the templates in Korean; `translations/en/LC_MESSAGES/messages.po` holds the
English. It is read as it is at start-up: there is no compiled file that could be older.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, Response, g, request
from flask_babel import Babel, Domain

from ieum_portal.domain.words import LANGUAGES, Language

COOKIE = "ieum_language"
KEPT_S = 365 * 24 * 3600


def install_languages(app: Flask, root: Path) -> None:
    """Choose a language for each request, and answer in it."""
    babel = Babel()
    babel.init_app(
        app,
        default_locale="ko",
        default_timezone="Asia/Seoul",
        locale_selector=lambda: g.get("language", "ko"),
        timezone_selector=lambda: "Asia/Seoul",
    )
    words = WordsOfRequest({"ko": Translations(), "en": english(root)})
    babel.domain_instance = words
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Of its extension.
        gettext=lambda text: words.get_translations().ugettext(text),
        ngettext=lambda one, several, times: words.get_translations().ungettext(
            one, several, times
        ),
        newstyle=True,
    )
    app.before_request(_choose)
    app.after_request(_tell)


class WordsOfRequest(Domain):  # type: ignore[misc]  # Its library has no types.
    """The words in the language of the request under way.

    Flask-Babel works out anew for each word which locale is meant; a page has a thousand.
    """

    def __init__(self, words: Mapping[Language, Translations]) -> None:
        super().__init__()
        self._words = words

    def get_translations(self) -> Translations:
        """Give the words in the language of the request; in Korean without one."""
        language: Language = g.get("language", "ko") if g else "ko"
        return self._words[language]


def english(root: Path) -> Translations:
    """Read the English words.

    Args:
        root: The package's folder.
    """
    text = root / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    compiled = BytesIO()
    with text.open("rb") as file:
        write_mo(compiled, read_po(file, locale="en"))
    compiled.seek(0)
    return Translations(compiled)


def prefer_account_language(language: Language) -> None:
    """Take the account's language where the browser has not chosen one itself."""
    if not g.language_is_chosen:
        g.language = language


def _choose() -> None:
    """Take `?lang=`, else the browser's earlier choice, else what it says it likes, else Korean."""
    wishes = (request.args.get("lang"), request.cookies.get(COOKIE))
    chosen = next((each for wish in wishes for each in LANGUAGES if each == wish), None)
    g.language_is_chosen = chosen is not None
    g.language = chosen or request.accept_languages.best_match(LANGUAGES, default="ko")


def _tell(answer: Response) -> Response:
    if answer.mimetype != "text/html":
        return answer
    answer.headers["Content-Language"] = g.get("language", "ko")
    answer.vary.update(["Accept-Language", "Cookie"])
    if request.args.get("lang") in LANGUAGES:
        answer.set_cookie(
            COOKIE, g.language, max_age=KEPT_S, httponly=True, samesite="Lax", path="/"
        )
    return answer
