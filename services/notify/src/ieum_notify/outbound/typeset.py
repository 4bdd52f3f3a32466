"""Setting a letter: its text in letters/ and its values in, subject, plain text and HTML out.

The text is filled with marks in place of values, and what that gives is laid out once and kept;
for each letter the values take the marks' places. So no value is ever read as markup, and laying
out costs nothing for the next letter of its kind.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from string import Template

from css_inline import CSSInliner
from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from changefeed.particle import particle
from ieum_notify.domain.letter import Letter
from ieum_notify.domain.occurrence import NOBODY_TO_TELL
from ieum_notify.domain.rule import Rule
from ieum_notify.domain.words import Language
from ieum_notify.outbound.blocks import as_html, as_text

LETTERS = Path(__file__).parent.parent / "letters"
LANGUAGES: tuple[Language, ...] = ("ko", "en")

_MARK = re.compile("\x02([0-9]+)\x03")
_LAYOUTS = 512
"""So many layouts are kept: a letter has one for each way in which its conditions turn out."""

_FILLED = "filled values"
"""The name, impossible in a text, under which the values filled in are gathered."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter's words: one line, plain text, and HTML with its styles inlined."""

    subject: str
    text: str
    html: str


def typeset(letter: Letter, reply_to: str) -> Typeset:
    """Set a letter in its language.

    Args:
        reply_to: The address to which answers go.

    Raises:
        jinja2.UndefinedError: The text uses a value that was not given; nothing goes out half set.
        jinja2.SecurityError: A template reaches for what it may not.
    """
    filled: list[str] = []
    values = {"recipient": letter.to.name, "reply_to": reply_to, **letter.values, _FILLED: filled}
    marked = _environment().get_template(f"{letter.name}/{letter.language}.txt").render(values)
    layout = _layout(marked, letter.language)
    as_markup = [escape(each) for each in filled]
    return Typeset(
        layout.subject.filled(filled), layout.text.filled(filled), layout.html.filled(as_markup)
    )


def require_texts(rules: Iterable[Rule]) -> None:
    """Check that each rule's letter has its text in both languages.

    Raises:
        LookupError: It names every file that is missing, as `letters/milestone_due/ko.txt`.
    """
    names = dict.fromkeys([*(rule.letter for rule in rules), NOBODY_TO_TELL])
    wanted = (LETTERS / name / f"{language}.txt" for name in names for language in LANGUAGES)
    missing = [str(path.relative_to(LETTERS.parent)) for path in wanted if not path.is_file()]
    if missing:
        raise LookupError(f"letters without their text: {', '.join(missing)}")


@dataclass(frozen=True, slots=True)
class Gaps:
    """A text with gaps: what stands between them, and which value goes into each."""

    between: tuple[str, ...]
    values: tuple[int, ...]

    @classmethod
    def of(cls, marked: str) -> "Gaps":
        """Find the marks."""
        parts = _MARK.split(marked)
        return cls(tuple(parts[::2]), tuple(map(int, parts[1::2])))

    def filled(self, values: list[str]) -> str:
        """Put the values in; they are not looked at again."""
        found = [self.between[0]]
        for number, text in zip(self.values, self.between[1:], strict=True):
            found += (values[number], text)
        return "".join(found)


@dataclass(frozen=True, slots=True)
class Layout:
    """A letter laid out, ready for its values."""

    subject: Gaps
    text: Gaps
    html: Gaps


@lru_cache(_LAYOUTS)
def _layout(marked: str, language: Language) -> Layout:
    """Lay out a text: its parts are the subject, the sender, the letter itself and its foot."""
    subject, sender, letter, foot = (each.strip() for each in marked.split("\n---\n"))
    line = " ".join(subject.split())  # A line break would start another header.
    html = _frame().substitute(
        language=language,
        title=escape(line),
        sender=escape(sender),
        letter=as_html(letter),
        foot=as_html(foot),
    )
    text = f"{as_text(letter)}\n\n-- \n{sender}\n\n{as_text(foot)}\n"
    return Layout(Gaps.of(line), Gaps.of(text), Gaps.of(_inliner().inline(html)))


@pass_context
def _mark(context: Context, value: object) -> str:
    """Put a mark in a value's place; nothing in that of what is empty or None."""
    text = "" if value is None else " ".join(str(value).split())
    if not text:
        return ""
    filled: list[str] = context[_FILLED]
    filled.append(text)
    return f"\x02{len(filled) - 1}\x03"


@cache
def _environment() -> SandboxedEnvironment:
    """Make the sandbox once; each text is compiled once."""
    found = SandboxedEnvironment(
        loader=FileSystemLoader(LETTERS),
        autoescape=False,  # Values are escaped where they are filled in.
        finalize=_mark,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters["particle"] = particle
    return found


@cache
def _frame() -> Template:
    return Template((LETTERS / "frame.html").read_text(encoding="utf-8"))


@cache
def _inliner() -> CSSInliner:
    # Nothing is fetched: a letter's styles stand in its own frame.
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
