"""What can be wrong with a question or with the feed; codes are stable (api/problems.py)."""


class QuestionError(Exception):
    """A question that cannot be answered as asked.

    Attributes:
        code: Dotted and stable.
        facts: What the message names.
    """

    code = "question.refused"

    def __init__(self, **facts: object) -> None:
        """Keep what the message names."""
        super().__init__(self.code)
        self.facts = facts


class NotKnown(QuestionError):
    """The thing named by a parameter is not in the graph."""

    code = "question.not_known"


class InTheFuture(QuestionError):
    """`known_at` lies ahead of the log."""

    code = "known_at.in_future"


class Unreadable(QuestionError):
    """`known_at` is neither a number nor an instant with its zone."""

    code = "known_at.unreadable"


class EntryUnreadable(QuestionError):
    """An entry, given to see what it would do, has facts that cannot be drawn."""

    code = "consequences.entry_unreadable"


class Behind(QuestionError):
    """The graph has not come as far as the caller demands."""

    code = "graph.behind"


class Rebuilding(QuestionError):
    """The graph is being made anew."""

    code = "graph.rebuilding"


class NotGiven(QuestionError):
    """`min_seq` lies ahead of the log: the registry has given no such number."""

    code = "min_seq.not_given"


class NotForeseen(QuestionError):
    """Entries, given to see what they would do, begin further ahead than the log's next."""

    code = "consequences.not_given"


class GraphAway(QuestionError):
    """Neo4j does not answer."""

    code = "graph.unavailable"


class GraphEmpty(GraphAway):
    """Neo4j answers and has nothing of ours: its folder is new, or was lost."""
