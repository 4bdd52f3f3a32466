"""Every question there is; a new one is a file beside this one and a line here."""

from ieum_graph.storage.questions.event_neighbours import EVENT_NEIGHBOURS
from ieum_graph.storage.questions.partner_agreements import PARTNER_AGREEMENTS
from ieum_graph.storage.questions.partner_network import PARTNER_NETWORK
from ieum_graph.storage.questions.partners_on_task import PARTNERS_ON_TASK
from ieum_graph.storage.questions.parts import Askable
from ieum_graph.storage.questions.task_coverage import TASK_COVERAGE
from ieum_graph.storage.questions.technology_use import TECHNOLOGY_USE

QUESTIONS: tuple[Askable, ...] = (
    PARTNERS_ON_TASK,
    TASK_COVERAGE,
    PARTNER_NETWORK,
    PARTNER_AGREEMENTS,
    EVENT_NEIGHBOURS,
    TECHNOLOGY_USE,
)
