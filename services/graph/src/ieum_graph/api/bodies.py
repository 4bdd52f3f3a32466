"""How an answer is said: as JSON in a language, or as a sheet."""

from datetime import date
from itertools import chain
from typing import Any

from httpedge.sheet import sheet_of
from ieum_graph.domain.answers import Cell, Column, Question, Row, Thing
from ieum_graph.domain.kinds import EDGES
from ieum_graph.domain.words import Words
from ieum_graph.operations.ask import Answered
from ieum_graph.operations.foresee import Foreseen


def answer_body(question: Question, answered: Answered, language: str) -> dict[str, Any]:
    """Give the body of an answer (DESIGN section 8)."""
    return {
        "question": question.name,
        "title": question.title.within(language),
        "parameters": {name: _thing(each, language) for name, each in answered.named.items()},
        "on": answered.clocks.on.isoformat(),
        "seq": answered.clocks.seq,
        "sees": answered.sight,
        "columns": [
            {"name": each.name, "title": each.title.within(language), "kind": each.kind}
            for each in question.columns
        ],
        "rows": [_row(row, question.columns, language) for row in answered.answer.rows],
        "total": answered.answer.total,
        "truncated": answered.is_cut,
        "network": _network(answered, language),
    }


def question_body(question: Question, language: str) -> dict[str, Any]:
    """Give one question of the list."""
    asked = "&".join(f"{name}={value}" for name, value in question.example.items())
    return {
        "name": question.name,
        "title": {"ko": question.title.ko, "en": question.title.en},
        "parameters": [
            {
                "name": each.name,
                "of": each.of,
                "title": each.means.within(language),
                "required": each.is_required,
            }
            for each in question.parameters
        ],
        "example": f"/v1/questions/{question.name}" + (f"?{asked}" if asked else ""),
    }


def sheet_text(question: Question, answered: Answered, language: str) -> str:
    """Give the rows as comma-separated values."""
    titles = [each.title.within(language) for each in question.columns]
    said = (_row(row, question.columns, language) for row in answered.answer.rows)
    rows = ([_flat(each[column.name]) for column in question.columns] for each in said)
    return sheet_of(chain([titles], rows))


def foreseen_body(foreseen: Foreseen) -> dict[str, Any]:
    """Give what would follow, every name in both languages."""
    things = foreseen.things
    return {
        "seq": foreseen.seq,
        "on": foreseen.on,
        "edges": [
            {
                "change": each.change,
                "type": each.tie.type,
                "means": _both(EDGES[each.tie.type].means),
                "source": _named(things[each.tie.source]),
                "target": _named(things[each.tie.target]),
                "valid_from": each.tie.valid_from,
                "valid_to": each.tie.valid_to,
            }
            for each in foreseen.turns
        ],
        "coverage": [
            {
                "task": _named(things[each.task]),
                "before": len(each.before.partners),
                "after": len(each.after.partners),
                "unknown_before": len(each.before.unknown),
                "unknown_after": len(each.after.unknown),
                "status_before": each.before.cover,
                "status_after": each.after.cover,
            }
            for each in foreseen.shifts
        ],
    }


def _named(thing: Thing) -> dict[str, Any]:
    return {"id": thing.id, "kind": thing.kind, "label": _both(thing.label)}


def _both(words: Words) -> dict[str, str | None]:
    return {"ko": words.ko, "en": words.en}


def _row(row: Row, columns: tuple[Column, ...], language: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        each.name: _cell(row.cells[each.name], each, language)
        for each in columns
        if each.kind != "sources"
    }
    said["codes"] = {each.name: row.cells[each.name] for each in columns if each.words}
    return said | {"sources": list(row.sources), "illustrative": row.illustrative}


def _cell(cell: Cell, column: Column, language: str) -> Any:  # noqa: ANN401  Any JSON value.
    if column.words:
        codes = (cell,) if isinstance(cell, str) else cell
        assert isinstance(codes, tuple)  # noqa: S101 - a coded column holds codes.
        return ", ".join(column.words[str(code)].within(language) for code in codes)
    if isinstance(cell, Thing):
        return _thing(cell, language)
    if isinstance(cell, tuple):
        return [_thing(each, language) for each in cell if isinstance(each, Thing)]
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _thing(thing: Thing, language: str) -> dict[str, Any]:
    return {"id": thing.id, "key": thing.key, "label": thing.label.within(language)}


def _network(answered: Answered, language: str) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "id": each.id,
                "kind": each.kind,
                "key": each.key,
                "label": each.label.within(language),
                "x": answered.positions[each.id][0],
                "y": answered.positions[each.id][1],
            }
            for ring in answered.answer.rings
            for each in ring
        ],
        "edges": [
            {
                "id": each.id,
                "kind": each.kind,
                "source": each.source,
                "target": each.target,
                "label": each.says.within(language) if each.says is not None else "",
                "source_id": each.source_id,
            }
            for each in answered.answer.links
        ],
    }


def _flat(value: Any) -> Any:  # noqa: ANN401  Any JSON value.
    if isinstance(value, list):
        return [_flat(each) for each in value]
    return value["label"] if isinstance(value, dict) else value
