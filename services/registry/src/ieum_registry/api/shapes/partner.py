"""Partners on the wire."""

from typing import Any

from marshmallow import pre_load

from ieum_registry.api.shapes.declared import body_shape, subject_shape
from ieum_registry.api.shapes.parts import Shape
from ieum_registry.domain.business_number import digits_of
from ieum_registry.domain.partner import Partner


class _NumberAsWritten(Shape):
    """Takes `124-81-00998` as people write it."""

    @pre_load
    def take_out_hyphens(self, data: Any, **_: object) -> Any:  # noqa: ANN401  Whatever came.
        """Leave the digits alone."""
        if isinstance(data, dict) and isinstance(data.get("business_number"), str):
            return {**data, "business_number": digits_of(data["business_number"]) or None}
        return data


PartnerShape = subject_shape("Partner", Partner, _NumberAsWritten)
PartnerBody = body_shape(PartnerShape)
