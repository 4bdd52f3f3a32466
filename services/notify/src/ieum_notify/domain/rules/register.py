"""Every rule there is. A new one is a file beside this, a line here and a folder in letters/."""

from ieum_notify.domain.rule import Rule
from ieum_notify.domain.rules.milestone_due import MILESTONE_DUE

RULES: tuple[Rule, ...] = (MILESTONE_DUE,)
