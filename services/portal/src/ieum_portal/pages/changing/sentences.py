"""What would change in the network, as sentences with their particles."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from changefeed.particle import particle
from changefeed.subjects.parts import Words
from ieum_portal.domain.consequences import Tie
from ieum_portal.pages.typeset import plain, say
from ieum_portal.pages.wired import language

SENTENCES = {
    "NAMED_IN": (
        _l("%(who)s 협약 ‘%(what)s’의 당사자로 올라갑니다."),
        _l("%(who)s 협약 ‘%(what)s’의 당사자에서 빠집니다."),
        _l("협약 ‘%(what)s’에서 %(who)s 당사자로 올라 있는 기간이 바뀝니다."),
    ),
    "PARTY_TO": (
        _l("%(who)s 협약 ‘%(what)s’의 당사자로서 구속됩니다."),
        _l("%(who)s 협약 ‘%(what)s’의 당사자로서 더 구속되지 않습니다."),
        _l("협약 ‘%(what)s’에 %(who)s 구속되는 기간이 바뀝니다."),
    ),
    "PERHAPS_PARTY_TO": (
        _l("%(who)s 언제 끝나는지 알 수 없는 협약 ‘%(what)s’의 당사자가 됩니다."),
        _l("%(who)s 언제 끝나는지 알 수 없는 협약 ‘%(what)s’의 당사자에서 빠집니다."),
        _l("협약 ‘%(what)s’에서 %(who)s 당사자인지 알 수 없는 기간이 바뀝니다."),
    ),
    "WORKS_ON": (
        _l("%(who)s ‘%(what)s’ 과제의 담당 기관이 됩니다."),
        _l("%(who)s ‘%(what)s’ 과제의 담당 기관에서 빠집니다."),
        _l("‘%(what)s’ 과제에서 %(who)s 담당하는 기간이 바뀝니다."),
    ),
    "PERHAPS_WORKS_ON": (
        _l("%(who)s ‘%(what)s’ 과제의 담당 기관으로 보이나, 협약이 언제 끝나는지 알 수 없습니다."),
        _l("%(who)s ‘%(what)s’ 과제의 담당 기관으로 더 보이지 않습니다."),
        _l("‘%(what)s’ 과제에서 %(who)s 담당하는지 알 수 없는 기간이 바뀝니다."),
    ),
    "BRINGS": (
        _l("%(who)s ‘%(what)s’ 기술을 제공하게 됩니다."),
        _l("%(who)s ‘%(what)s’ 기술을 더 제공하지 않게 됩니다."),
        _l("‘%(what)s’ 기술을 %(who)s 제공하는 기간이 바뀝니다."),
    ),
    "USED_FOR": (
        _l("%(who)s ‘%(what)s’ 과제에 쓰이게 됩니다."),
        _l("%(who)s ‘%(what)s’ 과제에 더 쓰이지 않게 됩니다."),
        _l("‘%(what)s’ 과제에 %(who)s 쓰이는 기간이 바뀝니다."),
    ),
    "OWES": (
        _l("%(who)s 이행과제 ‘%(what)s’의 이행 주체가 됩니다."),
        _l("%(who)s 이행과제 ‘%(what)s’의 이행 주체에서 빠집니다."),
        _l("이행과제 ‘%(what)s’에서 %(who)s 이행 주체인 기간이 바뀝니다."),
    ),
    "DUE_UNDER": (
        _l("이행과제 %(who)s ‘%(what)s’에 딸리게 됩니다."),
        _l("이행과제 %(who)s ‘%(what)s’에 더 딸리지 않게 됩니다."),
        _l("이행과제 %(who)s ‘%(what)s’에 딸려 있는 기간이 바뀝니다."),
    ),
    "ANNEX_OF": (
        _l("%(who)s ‘%(what)s’의 하위 협약이 됩니다."),
        _l("%(who)s ‘%(what)s’의 하위 협약이 아니게 됩니다."),
        _l("%(who)s ‘%(what)s’의 하위 협약인 기간이 바뀝니다."),
    ),
    "BROADER": (
        _l("%(who)s ‘%(what)s’ 기술에 속하게 됩니다."),
        _l("%(who)s ‘%(what)s’ 기술에 더 속하지 않게 됩니다."),
        _l("%(who)s ‘%(what)s’ 기술에 속하는 기간이 바뀝니다."),
    ),
    "PART_OF": (
        _l("%(who)s ‘%(what)s’에 속하게 됩니다."),
        _l("%(who)s ‘%(what)s’에 더 속하지 않게 됩니다."),
        _l("%(who)s ‘%(what)s’에 속하는 기간이 바뀝니다."),
    ),
    "CONTACT_WITH": (
        _l("%(who)s ‘%(what)s’의 연락 기록으로 이어집니다."),
        _l("%(who)s ‘%(what)s’의 연락 기록에서 빠집니다."),
        _l("%(who)s ‘%(what)s’의 연락 기록으로 이어지는 기간이 바뀝니다."),
    ),
    "MERGED_INTO": (
        _l("%(who)s ‘%(what)s’에 합쳐집니다."),
        _l("%(who)s ‘%(what)s’에서 다시 나뉩니다."),
        _l("%(who)s ‘%(what)s’에 합쳐진 기간이 바뀝니다."),
    ),
    "ATTENDS": (
        _l("%(who)s 행사 ‘%(what)s’에 참가하게 됩니다."),
        _l("%(who)s 행사 ‘%(what)s’에 참가하지 않게 됩니다."),
        _l("행사 ‘%(what)s’에 %(who)s 참가하는 기간이 바뀝니다."),
    ),
    "ABOUT": (
        _l("%(who)s ‘%(what)s’ 과제에 관한 행사가 됩니다."),
        _l("%(who)s ‘%(what)s’ 과제에 관한 행사가 아니게 됩니다."),
        _l("‘%(what)s’ 과제에 관해 %(who)s 열리는 기간이 바뀝니다."),
    ),
}
"""By kind of tie: when it opens, when it closes, when its last day moves."""

CHANGES = ("opens", "closes", "moves")


def install_sentences(app: Flask) -> None:
    """Make the filter `tie_sentence` known to the templates."""
    app.jinja_env.filters.update(tie_sentence=tie_sentence)


def tie_sentence(tie: Tie) -> Markup:
    """Say what becomes of a tie; one of a kind that is not known here by its words alone."""
    who, what = tie.source.label, tie.target.label
    found = SENTENCES.get(tie.type)
    if found is None:
        return Markup("{} – {} – {}").format(say(who), say(tie.means), say(what))
    sentence: Any = found[CHANGES.index(tie.change)]
    return escape(str(sentence)) % {"who": _subject(who), "what": say(what)}


def _subject(name: Words) -> Markup:
    """Set a name as what a sentence is about; in Korean with 이 or 가."""
    if language() != "ko":
        return say(name)
    return Markup("{}{}").format(say(name), particle(plain(name), "이/가"))
