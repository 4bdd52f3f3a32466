"""What a page of an import sends, as the decisions that the registry takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from changefeed.written_day import read_day

Form = MultiDict[str, str]
Decisions = Mapping[str, Any]


def _columns(form: Form) -> Decisions:
    """Read what each heading's column holds; one of a sheet that is not read is not asked for."""
    uses: dict[str, list[str]] = {}
    for number in _numbers(form, "heading"):
        heading = form[f"heading.{number}"]
        said = [each for each in form.getlist(f"use.{number}") if each]
        uses.setdefault(heading, said or ["ignore"])
    sheets = form.getlist("sheet")
    header = {}
    for number in _numbers(form, "name"):
        line = form.get(f"line.{number}", "").strip()
        if line.isascii() and line.isdigit():
            header[form[f"name.{number}"]] = int(line[:9])
    given: dict[str, Any] = {"uses": uses}
    if "name.0" in form:
        given |= {"sheets": sheets, "header": header}
    return given


def _settings(form: Form) -> Decisions:
    return {
        "match_by": form.get("match_by") or None,
        "mode": form.get("mode") or "update",
        "kind": form.get("kind") or None,
        "own_partner_id": form.get("own") or None,
        "department_id": form.get("department") or None,
    }


def _names(form: Form) -> Decisions:
    """Read what is decided of names; one left open is not sent."""
    decided: dict[str, dict[str, str]] = {each: {} for each in _DECIDED}
    for number in _numbers(form, "of"):
        said, subject_type = form.get(f"said.{number}", ""), form.get(f"type.{number}", "")
        if said and subject_type in decided:
            decided[subject_type][form[f"of.{number}"]] = said
    given: dict[str, Any] = {_DECIDED[each]: said for each, said in decided.items()}
    for each in ("new_partners", "new_departments"):
        if form.get(each) == "1":
            given[each] = True
    return given


_DECIDED = {"partner": "partners", "department": "departments", "contact": "named_people"}
"""By the type that a name is of, what its decision is called."""


def _people(form: Form) -> Decisions:
    """Read whether the city's people are entered; days as people write them."""
    taken = form.get("taken")
    if taken not in ("yes", "no"):
        return {"people": None}
    given: dict[str, Any] = {"taken": taken == "yes"}
    given |= {each: _day(form.get(each, "")) for each in ("consented_on", "retain_until")}
    purpose = form.get("purpose", "").strip()
    return {"people": {**given, **({"purpose": purpose} if purpose else {})}}


def _day(text: str) -> str | None:
    """Give a day as it is sent; what is none stays as it was typed, to be refused."""
    found = read_day(text.strip())
    if isinstance(found, date):
        return found.isoformat()
    return found.meant[0] if len(found.meant) == 1 else text.strip() or None


def _answers(form: Form) -> Decisions:
    """Read answers to questions of lines: what is typed goes before what is chosen."""
    answers = []
    for number in _numbers(form, "key"):
        line = form.get(f"line.{number}", "")
        said = form.get(f"typed.{number}", "").strip() or form.get(f"said.{number}", "")
        if said and line.isascii() and line.isdigit():
            answers.append(
                {
                    "sheet": form.get(f"sheet.{number}", ""),
                    "line": int(line[:9]),
                    "key": form[f"key.{number}"],
                    "said": said,
                }
            )
    return {"answers": answers}


READERS: Mapping[str, Callable[[Form], Decisions]] = {
    "columns": _columns,
    "settings": _settings,
    "names": _names,
    "people": _people,
    "answers": _answers,
}
"""By what a form of the page is for."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form held that was not taken, by what it is about: lines may stand elsewhere now.

    Attributes:
        names: By the type and the name.
        answers: By sheet, line and key.
        others: What was said of the whole import, as it is sent.
    """

    names: Mapping[tuple[str, str], str]
    answers: Mapping[tuple[str, int, str], str]
    others: Decisions
    reason: str


def typed_in(form: Form) -> Typed:
    """Give what a form holds, to be shown again where it belongs."""
    read = READERS.get(form.get("act", ""))
    given = {} if read is None else read(form)
    return Typed(
        {
            (subject_type, name): said
            for subject_type, several in _DECIDED.items()
            for name, said in given.get(several, {}).items()
        },
        {
            (each["sheet"], each["line"], each["key"]): each["said"]
            for each in given.get("answers", ())
        },
        given,
        form.get("reason", ""),
    )


def _numbers(form: Form, name: str) -> list[int]:
    marked = (each.removeprefix(f"{name}.") for each in form if each.startswith(f"{name}."))
    return sorted(int(each) for each in marked if each.isascii() and each.isdigit())
