"""Setting a letter: its folder's templates and its values in, subject, text and HTML out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from ieum_notify.domain.letter import Letter

LETTERS = Path(__file__).parent.parent / "letters"


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter's words: one line, plain text, and HTML with its styles inlined."""

    subject: str
    text: str
    html: str


def typeset(letter: Letter) -> Typeset:
    """Set a letter in its language.

    Raises:
        jinja2.UndefinedError: The text uses a value that was not given; nothing goes out half set.
        jinja2.SecurityError: A template reaches for what it may not.
    """
    folder = f"{letter.name}/{letter.language}"
    values: Mapping[str, object] = {"recipient": letter.to.name, **letter.values}
    subject = _environment(is_html=False).get_template(f"{folder}.subject.txt").render(values)
    text = _environment(is_html=False).get_template(f"{folder}.text.txt").render(values)
    html = _environment(is_html=True).get_template(f"{folder}.html").render(values)
    # A line break would start another header: one line, whatever the title holds.
    return Typeset(" ".join(subject.split()), text.strip() + "\n", _inliner().inline(html))


@cache
def _environment(*, is_html: bool) -> SandboxedEnvironment:
    """Make the sandbox once for each kind; templates are compiled once."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(LETTERS),
        autoescape=is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def _inliner() -> CSSInliner:
    # Nothing is fetched: a letter's styles stand in its own frame.
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
