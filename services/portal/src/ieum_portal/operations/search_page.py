"""The search over everything: what the record has, and beside it letters to come and questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from changefeed.finding import Match, Word, match, words
from changefeed.subjects.parts import Words
from ieum_portal.domain.network import Question
from ieum_portal.domain.operation import LetterAhead
from ieum_portal.domain.viewer import Viewer
from ieum_portal.domain.words import Language, said_in
from ieum_portal.operations.gathering import Gathered, Gathering
from ieum_portal.operations.ports import Neighbours
from registryclient.found import SearchFound

SHOWN_OF_EACH = 8
"""So many hits of a kind stand on the page if the kind has a list of its own for the rest."""

MOST_OF_EACH = 20
"""So many of the others."""

LETTERS_DAYS = 90
"""So far ahead letters are looked at."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; whether it is what was met."""

    text: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Something that was found by what it is called: a page, a question, a letter.

    Attributes:
        title: In the reader's language.
        met: The title, or the other language's, with what was met.
    """

    title: str
    met: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question to the network that was found."""

    question: Question
    named: Named


@dataclass(frozen=True, slots=True)
class FoundLetter:
    """A letter to come that was found.

    Attributes:
        recipient: Whom it goes to, if it was found by that.
    """

    letter: LetterAhead
    named: Named
    recipient: Words | None


@dataclass(frozen=True, slots=True)
class SearchPage(Gathered):
    """What was found.

    Attributes:
        found: None if the registry did not say.
        more_letters: How many letters were found beyond those.
    """

    found: SearchFound | None
    questions: Sequence[FoundQuestion]
    letters: Sequence[FoundLetter]
    more_letters: int


def search_page(
    q: str, *, viewer: Viewer, language: Language, neighbours: Neighbours
) -> SearchPage:
    """Ask the three side by side; what could not be had is missing, and noted."""
    gathering = Gathering(neighbours.left_s)
    found_then = gathering.begin(
        "registry",
        "search",
        lambda: neighbours.registry.search(q, limit=MOST_OF_EACH),
        otherwise=None,
    )
    questions_then = gathering.begin("graph", "questions", neighbours.graph.questions, otherwise=())
    letters_then = None
    if viewer.may_see_planned_letters:
        letters_then = gathering.begin(
            "notify",
            "planned",
            lambda: neighbours.notify.ahead(days=LETTERS_DAYS),
            otherwise=(),
        )
    found, asked = found_then(), words(q)
    questions = [
        FoundQuestion(each, named)
        for each in questions_then()
        if (named := called(asked, each.title, language)) is not None
    ]
    ahead = () if letters_then is None else letters_then()
    letters = list(_letters(ahead, asked, found, language))
    return SearchPage(
        found,
        questions[:SHOWN_OF_EACH],
        letters[:SHOWN_OF_EACH],
        max(len(letters) - SHOWN_OF_EACH, 0),
        missing=tuple(gathering.missing),
    )


def _letters(
    ahead: Sequence[LetterAhead],
    asked: Sequence[Word],
    found: SearchFound | None,
    language: Language,
) -> Iterator[FoundLetter]:
    """Find letters by what they are about, by their kind, and by whom they go to."""
    places = dict(_places(found))
    for each in ahead:
        title, kind = each.letter.title, each.letter.called
        about = Words(f"{title.ko} · {kind.ko}", f"{title.en or title.ko} · {kind.en or kind.ko}")
        named = called(asked, about, language)
        recipient = None if each.letter.place is None else places.get(each.letter.place.id)
        if named is not None or recipient is not None:
            shown = said_in(about, language).text
            yield FoundLetter(each, named or Named(shown, (Part(shown, is_met=False),)), recipient)


def _places(found: SearchFound | None) -> Iterator[tuple[UUID, Words]]:
    for group in () if found is None else found.groups:
        if group.subject_type in ("partner", "department"):
            for hit in group.hits:
                yield hit.id, Words(hit.facts["name"]["ko"], hit.facts["name"].get("en"))


def called(asked: Sequence[Word], name: Words, language: Language) -> Named | None:
    """Say whether each word stands in a name, in either language, and where."""
    for text in dict.fromkeys((said_in(name, language).text, name.ko, name.en or name.ko)):
        met = [match(word, text) for word in asked]
        if met and all(met):
            places = [each for each in met if each is not None]
            return Named(said_in(name, language).text, marked(text, places))
    return None


def marked(text: str, places: Sequence[Match]) -> tuple[Part, ...]:
    """Part a text at what was met."""
    found: list[Part] = []
    at = 0
    for each in sorted(places, key=lambda each: each.first):
        if each.first < at:
            continue
        found += [
            Part(text[at : each.first], is_met=False),
            Part(text[each.first : each.last], is_met=True),
        ]
        at = each.last
    found.append(Part(text[at:], is_met=False))
    return tuple(each for each in found if each.text)
