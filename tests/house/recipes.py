"""Reads the recipes of CONTRIBUTING.md, and finds out who forgot a file of one."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOLD = ROOT / "CONTRIBUTING.md"
WRITTEN = {".py", ".html", ".css", ".md", ".txt", ".json", ".po", ".toml"}
GENERATED = "by `make docs`"

Instance = Mapping[str, str]
"""What the words in braces stand for, as `type` and `Class`."""

Conditions = Mapping[str, Callable[[Instance], bool]]
"""For whom a row holds that begins with `if`, where the code itself says so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a recipe.

    Attributes:
        file: A pattern of paths, with words in braces.
        names: What the file names, one of them at least; none if it must only be there.
        what_for: What is written there; begins with `if` where not every instance needs it.
    """

    file: str
    names: tuple[str, ...]
    what_for: str

    @property
    def condition(self) -> str | None:
        """Who needs it; None is everybody."""
        found = re.match(r"if [^:;]*", self.what_for)
        return None if found is None else found.group().strip()

    def is_done_for(self, instance: Instance) -> bool:
        """Whether a file of the pattern names the instance."""
        files = matching(filled(self.file, instance))
        wanted = [filled(each, instance) for each in self.names]
        return any(
            not wanted or any(mentions(text_of(path), each) for each in wanted) for path in files
        )


def recipe(title: str) -> tuple[Row, ...]:
    """Give the rows of one recipe.

    Raises:
        LookupError: There is none of that name, or it names no file.
    """
    _, _, rest = TOLD.read_text(encoding="utf-8").partition(f"\n### {title}\n")
    section = re.split(r"^##", rest, maxsplit=1, flags=re.MULTILINE)[0]
    lines = (line.strip("|").split("|", 2) for line in section.splitlines() if line[:3] == "| `")
    rows = tuple(
        Row(in_backticks(file)[0], in_backticks(names), what_for.strip())
        for file, names, what_for in lines
    )
    if not rows:
        raise LookupError(f"{TOLD.name} has no recipe '{title}'")
    return rows


def in_backticks(cell: str) -> tuple[str, ...]:
    """Give what stands between backticks."""
    return tuple(re.findall("`([^`]+)`", cell))


def filled(pattern: str, instance: Instance) -> str:
    """Put what an instance is called into a pattern."""
    return re.sub(r"\{(\w+)\}", lambda found: instance[found.group(1)], pattern)


def forgotten(title: str, instances: Iterable[Instance], known: Conditions) -> list[str]:
    """Say which files of a recipe lack an instance that needs them."""
    all_of_them = list(instances)
    return [
        f"{filled(row.file, instance)} must name "
        f"{' or '.join(filled(each, instance) for each in row.names) or 'nothing, but be there'}"
        f": {row.what_for} (CONTRIBUTING.md, '{title}'; {dict(instance)})"
        for row in recipe(title)
        for instance in all_of_them
        if _needs(row, instance, known) and not row.is_done_for(instance)
    ]


def _needs(row: Row, instance: Instance, known: Conditions) -> bool:
    if row.condition is None:
        return True
    return row.condition in known and known[row.condition](instance)


def unused(title: str, instances: Iterable[Instance]) -> list[str]:
    """Give the rows of a recipe that no instance follows: they tell of something that is gone."""
    all_of_them = list(instances)
    return [
        row.file for row in recipe(title) if not any(row.is_done_for(each) for each in all_of_them)
    ]


def untold(
    title: str, example: Instance, words: Iterable[str], apart: Collection[str] = ()
) -> list[str]:
    """Give the files that name a recipe's example although the recipe does not say so.

    Args:
        words: What it is called in code and docs.
        apart: Files that mean something else by these words.
    """
    told = {path for row in recipe(title) for path in matching(filled(row.file, example))}
    wanted = list(words)
    return [
        f"{name} names {example}, and CONTRIBUTING.md, '{title}', does not say so"
        for path in by_hand()
        if path not in told
        and any(mentions(text_of(path), each) for each in wanted)
        and (name := path.relative_to(ROOT).as_posix()) not in apart
    ]


def by_hand() -> Iterator[Path]:
    """Give what people write, but for tests, and for what tells of the past."""
    for folder in ("libs", "services", "deploy", "docs/rules"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN)
    yield from (path for path in ROOT.glob("docs/*.md") if GENERATED not in text_of(path)[:400])


def mentions(text: str, word: str) -> bool:
    """Whether a text has a word by itself or as a part of a longer one, as `journal_span`."""
    if word not in text:
        return False
    before = r"(?<![A-Za-z0-9])" if word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if word[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(word)}{after}", text) is not None


@cache
def matching(pattern: str) -> tuple[Path, ...]:
    """Give the files that a pattern means."""
    return tuple(path for path in ROOT.glob(pattern) if path.suffix in WRITTEN)


@cache
def text_of(path: Path) -> str:
    """Give a file's text."""
    return path.read_text(encoding="utf-8")
