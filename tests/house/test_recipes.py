"""The recipes of CONTRIBUTING.md name each file that their instances need, and no other."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from flask import Blueprint, Flask

import changefeed
import ieum_portal.pages
from changefeed.declared import collection_of, fields_of, readers_of
from changefeed.kinds import KINDS
from changefeed.subjects.all import DECLARED
from ieum_graph.domain.kinds import CALLED, EDGE_KINDS, NODE_OF_SUBJECT
from ieum_graph.storage.questions.register import QUESTIONS
from ieum_notify.domain.rule import Rule
from ieum_portal.pages.blueprints import blueprints
from ieum_portal.pages.register import SCREENS
from ieum_registry.domain.subjects import SUBJECTS
from ieum_registry.operations.loading.document import SECTIONS
from tests.house.new_field import LINE
from tests.house.recipes import (
    ROOT,
    TOLD,
    Conditions,
    Instance,
    forgotten,
    in_backticks,
    mentions,
    recipe,
    text_of,
    untold,
    unused,
)

IN_THE_PROGRAMME = {
    "programme": "programme",
    "strategy": "strategies",
    "task": "tasks",
    "service_field": "service_fields",
}
"""What files hold beside their lists."""
SECTION = {**{of: name for name, of in SECTIONS.items()}, **IN_THE_PROGRAMME}


def fields(kind_of: type[object], subject_type: str) -> Iterator[Instance]:
    """Give a declaration's fields, and those of the parts that are its own."""
    module = kind_of.__module__.rpartition(".")[2]
    for each in fields_of(kind_of):
        if module != "parts" and each.name not in ("id", "key", "provenance"):
            yield {"type": subject_type, "module": module, "field": each.name}
        if each.parts is not None:
            yield from fields(each.parts, subject_type)


def rules() -> Iterator[Instance]:
    """Give the rules that are written by hand, with their letters."""
    for path in sorted((ROOT / "services/notify/src/ieum_notify/domain/rules").glob("[a-z]*.py")):
        if path.stem != "register":
            module = import_module(f"ieum_notify.domain.rules.{path.stem}")
            for name, rule in vars(module).items():
                if isinstance(rule, Rule):
                    told = {"RULE": name, "rule": rule.name, "letter": rule.letter}
                    yield {"module": path.stem, **told}


def pages() -> Iterator[Instance]:
    """Give each page with where its view stands, and what it is opened with."""
    app = Flask("recipes")
    for each in blueprints():
        app.register_blueprint(each)
    views = {
        routes.name: each.name.split(".")[-2:]
        for each in walk_packages(ieum_portal.pages.__path__, "ieum_portal.pages.")
        if isinstance(routes := getattr(import_module(each.name), "routes", None), Blueprint)
    }
    for screen in SCREENS:
        folder, module = views[screen.endpoint.partition(".")[0]]
        [argument] = next(app.url_map.iter_rules(screen.endpoint)).arguments or {"–"}
        test = folder if module == "route" else f"{folder}_{module}"
        told = {"page": screen.endpoint, "folder": folder, "module": module, "test": test}
        yield {**told, "argument": argument}


INSTANCES: dict[str, list[Instance]] = {
    "A field": [each for name, kind_of in DECLARED.items() for each in fields(kind_of, name)],
    "A subject": [
        {
            "type": name,
            "Class": kind_of.__name__,
            "place": collection_of(kind_of),
            "several": collection_of(kind_of).replace("-", "_"),
            "section": SECTION.get(name, "–"),
        }
        for name, kind_of in DECLARED.items()
    ],
    "A question": [
        {"name": each.question.name, "module": each.answer.__module__.rpartition(".")[2]}
        for each in QUESTIONS
    ],
    "A rule with its letter": list(rules()),
    "A page": list(pages()),
}


def is_closed_in_an_open_record(of: Instance) -> bool:
    """Whether a field of the type itself is closed, and its record is not."""
    kind_of = DECLARED[of["type"]]
    is_open = kind_of.declares.public or kind_of.declares.opened_by is not None
    return is_open and any(
        each.name == of["field"] and not each.fact.public for each in fields_of(kind_of)
    )


def is_of_the_kit(page: Instance) -> bool:
    """Whether a page is made by `ListPage` or `Form`, out of what is declared."""
    view = text_of(ROOT / PAGES / page["folder"] / f"{page['module']}.py")
    return any(mentions(view, f"{made}(") for made in ("ListPage", "Form"))


PAGES = "services/portal/src/ieum_portal/pages"

KNOWN: Conditions = {
    "if it is closed while its record is open": is_closed_in_an_open_record,
    "if it has rules of its own": lambda of: SUBJECTS[of["type"]] is not DECLARED[of["type"]],
    "if files may write it": lambda of: of["type"] in SECTION,
    "if it is the office's own, as no field of it is opened": lambda of: (
        readers_of(DECLARED[of["type"]]) == "office"
    ),
    "if it is drawn": lambda of: of["type"] in NODE_OF_SUBJECT,
    "if it is drawn with edges": lambda of: any(
        of["type"] in kind.drawn_by for kind in EDGE_KINDS if kind.type != CALLED
    ),
    "if it is neither a list nor a form of the kit": lambda of: not is_of_the_kit(of),
    "if it is opened with an id": lambda of: of["argument"] != "–",
    "if it can be changed": lambda of: f"{of['type']}.changed" in KINDS,
}

WORDS = {
    "A field": ("memo",),
    "A subject": ("journal", "JournalEntry"),
    "A question": ("partners-on-task", "partners_on_task", "PARTNERS_ON_TASK"),
    "A rule with its letter": ("agreement_ends", "AGREEMENT_ENDS"),
    "A page": ("coverage.show", "coverage_page"),
}
"""What the example of each recipe is called; the recipe itself names it by the first."""

FOLDERS = ("libs", "services", "deploy", "docs", "tests")
"""Where a path may begin that is told from within a package."""

ORIGIN = "    provenance: Origin = BY_HAND\n"
"""The last line of each declaration."""

KEEPS_A_JOURNAL = {
    "libs/sqlstore/src/sqlstore/copies.py",
    "libs/sqlstore/src/sqlstore/engine.py",
    "services/registry/src/ieum_registry/storage/database/sqlite.py",
}
"""SQLite's own, of its writes."""


def example_of(title: str) -> Instance:
    """Give the example of a recipe; of fields the one of a partner."""
    called = WORDS[title][0]
    return next(each for each in INSTANCES[title] if called in each.values())


@pytest.mark.parametrize("title", INSTANCES)
def test_nobody_forgot_a_file_of_a_recipe(title: str) -> None:
    assert INSTANCES[title]
    assert forgotten(title, INSTANCES[title], KNOWN) == []


@pytest.mark.parametrize("title", INSTANCES)
def test_each_row_of_a_recipe_is_followed_by_somebody(title: str) -> None:
    assert unused(title, INSTANCES[title]) == []


@pytest.mark.parametrize("title", INSTANCES)
def test_the_example_of_a_recipe_is_named_nowhere_else(title: str) -> None:
    assert untold(title, example_of(title), WORDS[title], KEEPS_A_JOURNAL) == []


@pytest.mark.parametrize("title", INSTANCES)
def test_a_new_one_that_forgets_a_file_is_told_which_and_why(title: str) -> None:
    new = dict.fromkeys(INSTANCES[title][0], "zebra") | (
        {"type": "partner"} if title == "A field" else {}
    )

    found = forgotten(title, [new], {})

    always = [row for row in recipe(title) if row.condition is None]
    assert len(found) == len(always) > 0
    for line, row in zip(found, always, strict=True):
        assert "zebra" in line
        assert row.what_for in line
        assert f"CONTRIBUTING.md, '{title}'" in line


def test_a_condition_that_the_code_knows_is_asked_of_a_new_one_too() -> None:
    closed = {"type": "partner", "module": "partner", "field": "zebra"}

    [first, second] = forgotten(
        "A field", [closed], {"if it is closed while its record is open": lambda _: True}
    )

    assert "partner.py must name zebra" in first
    assert "planting.py must name zebra" in second


def test_what_a_recipe_does_not_tell_of_its_example_is_found() -> None:
    elsewhere = untold("A question", example_of("A question"), ["agreement_ends"])

    assert any("rules/register.py" in each for each in elsewhere)


def test_a_recipe_that_is_not_there_is_no_recipe() -> None:
    with pytest.raises(LookupError, match="A zebra"):
        recipe("A zebra")


def test_every_condition_that_is_known_stands_in_a_recipe() -> None:
    told = {row.condition for title in INSTANCES for row in recipe(title)}

    assert set(KNOWN) <= told


def test_every_path_in_contributing_is_there() -> None:
    paths = [
        each
        for line in TOLD.read_text(encoding="utf-8").splitlines()
        for each in in_backticks(line)
        if re.fullmatch(r"[\w./-]*(/[\w.-]*|\.(py|md|yml|toml|example))", each)
    ]

    there = [path.as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    lost = [
        each
        for each in paths
        if not any(ROOT.glob(each))
        and not any(f"/{path}/".endswith(f"/{each.strip('/')}/") for path in there)
    ]
    assert len(paths) > 30
    assert lost == []


@pytest.mark.usefixtures("other_processes")
def test_a_field_is_one_line_and_closed(tmp_path: Path) -> None:
    copy = tmp_path / "src" / "changefeed"
    shutil.copytree(Path(changefeed.__file__).parent, copy)
    for path in (copy / "subjects").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(ORIGIN, LINE + ORIGIN, text), encoding="utf-8")

    tried = subprocess.run(
        [sys.executable, "-m", "tests.house.new_field", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(copy.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode == 0, tried.stderr
    assert json.loads(tried.stdout) == {"tried": len(DECLARED)}
