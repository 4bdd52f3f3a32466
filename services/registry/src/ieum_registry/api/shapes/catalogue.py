"""Programmes, strategies, tasks, service fields and technologies on the wire."""

from changefeed.subjects.catalogue import Programme, ServiceField, Strategy, Task, Technology
from ieum_registry.api.shapes.declared import body_shape, subject_shape

ProgrammeShape = subject_shape("Programme", Programme)
ProgrammeBody = body_shape(ProgrammeShape)
StrategyShape = subject_shape("Strategy", Strategy)
StrategyBody = body_shape(StrategyShape)
TaskShape = subject_shape("Task", Task)
TaskBody = body_shape(TaskShape)
ServiceFieldShape = subject_shape("ServiceField", ServiceField)
ServiceFieldBody = body_shape(ServiceFieldShape)
TechnologyShape = subject_shape("Technology", Technology)
TechnologyBody = body_shape(TechnologyShape)
