"""Declared days on the wire."""

from changefeed.subjects.calendar_day import CalendarDay
from ieum_registry.api.shapes.declared import body_shape, subject_shape

CalendarDayShape = subject_shape("CalendarDay", CalendarDay)
CalendarDayBody = body_shape(CalendarDayShape)
