"""Departments on the wire."""

from changefeed.subjects.department import Department
from ieum_registry.api.shapes.declared import body_shape, subject_shape

DepartmentShape = subject_shape("Department", Department)
DepartmentBody = body_shape(DepartmentShape)
