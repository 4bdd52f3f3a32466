"""A letter's lines as the blocks that they are, written as plain text and as HTML.

A letter is one text. What a line begins with says what it is:

    # …                a heading; ## … the heading of a part
    - …   1. …         an item of a list
    | name | value     a fact; without a name one more line of the fact above
    > …                a note set apart
    [where to](address) alone in its line: a button
    anything else      a paragraph; a blank line ends it

Within a line `**…**` is strong, and `[where to](address)` a link. The texts come from letters/
alone: what a record holds is not in them yet (`typeset`), so nothing of it is ever markup.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from unicodedata import east_asian_width

Kind = Literal["h1", "h2", "ul", "ol", "facts", "note", "button", "p"]

_KINDS: Sequence[tuple[Kind, re.Pattern[str]]] = (
    ("h1", re.compile(r"# +(?P<text>.+)")),
    ("h2", re.compile(r"## +(?P<text>.+)")),
    ("ul", re.compile(r"- +(?P<text>.+)")),
    ("ol", re.compile(r"\d+\. +(?P<text>.+)")),
    ("facts", re.compile(r"\| *(?P<name>[^|]*?) *\| *(?P<text>.*)")),
    ("note", re.compile(r"> +(?P<text>.+)")),
    ("button", re.compile(r"(?P<text>\[[^\]]+\]\([^)\s]+\))")),
    ("p", re.compile(r"(?P<text>.+)")),
)
_RUNS, _PASSAGES = ("ul", "ol", "facts"), ("p", "note")
"""What makes one block as long as nothing else comes between; as long as no blank line does."""

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line and what it is; `name` of a fact alone, empty for one more line of it."""

    kind: Kind
    text: str
    name: str = ""


def blocks(text: str) -> list[tuple[Kind, list[Line]]]:
    """Give a text's blocks in order.

    Returns:
        Items of one list are one block, so are facts and the lines of a paragraph. A fact without
        a value is left out.
    """
    found: list[tuple[Kind, list[Line]]] = []
    is_new = True
    for written in text.splitlines():
        if not written.strip():
            is_new = True
            continue
        line = _line(written.strip())
        if line.kind == "facts" and not line.text:
            continue
        goes_on = line.kind in _RUNS or (line.kind in _PASSAGES and not is_new)
        if found and found[-1][0] == line.kind and goes_on:
            found[-1][1].append(line)
        else:
            found.append((line.kind, [line]))
        is_new = False
    return found


def _line(written: str) -> Line:
    for kind, pattern in _KINDS:
        if match := pattern.fullmatch(written):
            return Line(kind, **match.groupdict())
    raise ValueError(written)  # Never: the last pattern takes any line.


def as_text(text: str) -> str:
    """Write the blocks as somebody writes a letter by hand: blank lines, indents, numbers."""
    return "\n\n".join("\n".join(part) for part in _parts(blocks(text)))


def _parts(found: Sequence[tuple[Kind, list[Line]]]) -> Iterator[list[str]]:
    """Give each block's lines; a part's heading stands right above what it heads."""
    above: list[str] = []
    for kind, lines in found:
        written = list(_TEXT[kind](lines))
        if kind == "h2":
            if above:
                yield above
            above = written
            continue
        yield above + written
        above = []
    if above:
        yield above


def _text_lines(lines: Sequence[Line]) -> Iterator[str]:
    return (_plain(each.text) for each in lines)


def _text_items(lines: Sequence[Line]) -> Iterator[str]:
    return (f"  - {_plain(each.text)}" for each in lines)


def _text_numbered(lines: Sequence[Line]) -> Iterator[str]:
    return (f"  {number}. {_plain(each.text)}" for number, each in enumerate(lines, 1))


def _text_facts(lines: Sequence[Line]) -> Iterator[str]:
    indent = ""
    for each in lines:
        head = f"  {_plain(each.name)}: " if each.name else indent
        indent = " " * sum(2 if east_asian_width(one) in "WF" else 1 for one in head)
        yield f"{head}{_plain(each.text)}"


def _text_note(lines: Sequence[Line]) -> Iterator[str]:
    return (f"※ {_plain(each.text)}" for each in lines)


def _text_button(lines: Sequence[Line]) -> Iterator[str]:
    return (_LINK.sub(r"\1: \2", each.text) for each in lines)


_TEXT: dict[Kind, Callable[[Sequence[Line]], Iterator[str]]] = {
    "h1": _text_lines,
    "h2": _text_lines,
    "ul": _text_items,
    "ol": _text_numbered,
    "facts": _text_facts,
    "note": _text_note,
    "button": _text_button,
    "p": _text_lines,
}


def _plain(text: str) -> str:
    return _STRONG.sub(r"\1", _LINK.sub(r"\1 (\2)", text))


def as_html(text: str) -> str:
    """Write the blocks as HTML."""
    return "\n".join(_html(kind, lines) for kind, lines in blocks(text))


def _html(kind: Kind, lines: Sequence[Line]) -> str:
    match kind:
        case "ul" | "ol":
            items = "\n".join(f"<li>{_marked(each.text)}</li>" for each in lines)
            return f"<{kind}>\n{items}\n</{kind}>"
        case "facts":
            return f'<table class="facts">\n{_html_facts(lines)}\n</table>'
        case "note":
            return f'<p class="note">{_joined(lines)}</p>'
        case "button":
            return f'<p class="button">{_joined(lines)}</p>'
        case _:
            return f"<{kind}>{_joined(lines)}</{kind}>"


def _html_facts(lines: Sequence[Line]) -> str:
    facts: list[tuple[str, list[str]]] = []
    for each in lines:
        if each.name or not facts:
            facts.append((each.name, []))
        facts[-1][1].append(_marked(each.text))
    return "\n".join(
        f'<tr><th scope="row">{_marked(name)}</th><td>{"<br>".join(values)}</td></tr>'
        for name, values in facts
    )


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(_marked(each.text) for each in lines)


def _marked(text: str) -> str:
    linked = _LINK.sub(r'<a href="\2">\1</a>', escape(text))
    return _STRONG.sub(r"<strong>\1</strong>", linked)
