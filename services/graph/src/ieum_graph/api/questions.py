"""Questions: which there are, and their answers as JSON or as a sheet."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, request
from marshmallow import RAISE

from httpedge.access import allow, caller
from httpedge.documented import also_answers
from httpedge.language import language
from httpedge.routes import Routes
from httpedge.sheet import MEDIA_TYPE
from ieum_graph.api.bodies import answer_body, question_body, sheet_text
from ieum_graph.api.shapes import AnswerBody, QuestionAsked, QuestionsBody, query_of
from ieum_graph.api.wired import wired
from ieum_graph.domain.answers import Question
from ieum_graph.operations.ask import Answered, Asked, Asker, ask, lag_seconds

SEE_ALL = ("office", "auditor", "service")
SILENCE_S = 60
"""A follower that was not heard of for so long makes the lag count."""


def question_routes(questions: Sequence[Question]) -> Routes:
    """Make the list, and one route for each question with its own parameters."""
    routes = Routes("questions", __name__, url_prefix="/v1/questions", description="Questions")

    @routes.route("", methods=["GET"])
    @routes.response(200, QuestionsBody)
    @allow("public")
    def list_questions() -> dict[str, Any]:
        """List what can be asked."""
        items = [question_body(each, language()) for each in wired().reading.questions()]
        return {"items": items, "next": None}

    for question in questions:
        _add(routes, question)
    return routes


def _add(routes: Routes, question: Question) -> None:
    @allow("public")
    @also_answers(200, "The rows as a sheet, for Accept: text/csv", media_type="text/csv")
    def answer(asked: QuestionAsked) -> Response:
        return _answered(question, asked)

    answer.__name__ = question.name.replace("-", "_")
    answer.__doc__ = _described(question)
    documented = routes.response(200, AnswerBody)(answer)
    taking = routes.arguments(query_of(question), location="query", unknown=RAISE)(documented)
    routes.route(f"/{question.name}", methods=["GET"])(taking)


def _described(question: Question) -> str:
    title = f"{question.title.ko} {question.title.en}"
    return title if question.on is None else f"{title}\n\n{question.on.ko} {question.on.en}"


def _answered(question: Question, asked: QuestionAsked) -> Response:
    parts = wired()
    answered = ask(
        Asked(
            question,
            asked.parameters,
            asked.on or parts.today(),
            asked.known_at,
            asked.min_seq,
            asked.limit,
        ),
        Asker(
            caller().role in SEE_ALL,
            caller().partners,
            caller().department if caller().role == "department" else None,
        ),
        reading=parts.reading,
        today=parts.today(),
        now=parts.now(),
        waiting=parts.waiting,
        kept=parts.kept,
    )
    return _with_headers(_answer(question, answered), answered)


def _answer(question: Question, answered: Answered) -> Response:
    wanted = request.accept_mimetypes.best_match(("application/json", "text/csv"))
    if wanted != "text/csv":
        return jsonify(answer_body(question, answered, language()))
    answer = Response(sheet_text(question, answered, language()), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{question.name}-{answered.clocks.on}.csv"'
    )
    return answer


def _with_headers(answer: Response, answered: Answered) -> Response:
    answer.headers["X-Graph-Seq"] = str(answered.standing.cursor.seq)
    lag_s = lag_seconds(answered.standing, wired().now(), silence_s=SILENCE_S)
    answer.headers["X-Graph-Lag-Seconds"] = f"{lag_s:.1f}"
    answer.headers["Content-Language"] = language()
    answer.headers["Vary"] = "Accept, Accept-Language, Authorization"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
