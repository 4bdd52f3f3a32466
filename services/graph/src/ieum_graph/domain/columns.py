"""Columns that several questions have, each called the same in all of them."""

from ieum_graph.domain.answers import ROLES, Column
from ieum_graph.domain.words import Words

PARTNER = Column("partner", Words("협약기관", "Partner"), "partner")
TASK = Column("task", Words("과제", "Task"), "task")
ROLE = Column("role", Words("역할", "Role"), "text", ROLES)
AGREEMENT = Column("agreement", Words("근거 협약", "Agreement"), "agreement")
SINCE = Column("since", Words("시작일", "Since"), "day")
UNTIL = Column("until", Words("종료일", "Until"), "day")
TECHNOLOGIES = Column("technologies", Words("기술", "Technologies"), "technology")
SERVICE_FIELDS = Column("service_fields", Words("서비스 분야", "Service fields"), "service_field")
