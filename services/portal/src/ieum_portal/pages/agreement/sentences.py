"""What the log says of an agreement, as a sentence with its particles."""

from flask_babel import gettext
from markupsafe import Markup, escape

from changefeed.particle import particle
from ieum_portal.pages.labels import label
from ieum_portal.pages.wired import language


def recorded_by(role: str, name: str | None, kind: str) -> Markup:
    """Say who entered what, as `총괄부서 김이음이 ‘이행과제 완료’를 입력했습니다`.

    Args:
        role: In which it was entered.
        name: Of the person; None if the reader is not told.
        kind: What the log calls the entry, in the reader's language.
    """
    called = label(role, "actor_role")
    who = f"{called} {name}" if name else called
    if language() == "ko":
        who, kind = f"{who}{particle(who, '이/가')}", f"‘{kind}’{particle(kind, '을/를')}"
    return escape(gettext("%(who)s %(kind)s 입력했습니다.")) % {"who": who, "kind": kind}
