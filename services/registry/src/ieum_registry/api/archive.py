"""The whole register as one file, for the office to keep or to take elsewhere."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response
from marshmallow import fields, post_load

from changefeed.chain import wire_instant
from httpedge.access import allow, record_access
from httpedge.documented import also_answers
from httpedge.problems import MEDIA_TYPE as PROBLEM
from ieum_registry.api.answers import Routes
from ieum_registry.api.reasons import WHY, require_reason
from ieum_registry.api.shapes.parts import QueryShape
from ieum_registry.api.wired import wiring
from ieum_registry.domain.errors import RuleBroken
from ieum_registry.operations.register_archive import AT_ONCE, ArchiveUnfit, write_register
from ieum_registry.operations.register_packing import packed

routes = Routes("archive", __name__, url_prefix="/v1/archive", description=__doc__)

ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class ArchiveAsked:
    """How much is asked for."""

    with_people: bool


class ArchiveQuery(QueryShape):
    """The archive, with or without people."""

    people = fields.Boolean(
        load_default=False,
        metadata={"description": "Also names, addresses and telephones; whose is kept on record"},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> ArchiveAsked:
        """Give the value."""
        return ArchiveAsked(with_people=data["people"])


@routes.route("", methods=["GET"])
@routes.arguments(ArchiveQuery, location="query")
@routes.doc(parameters=[WHY])
@also_answers(200, "The archive, as ieum load and ieum restore take it", media_type=ZIP)
@also_answers(409, "The log is not whole, so it is not given out", media_type=PROBLEM)
@allow("office")
def show_archive(asked: ArchiveAsked) -> Response:
    """Give the log, verified, and all documents, as one file; that it was taken is on record."""
    if asked.with_people:
        require_reason()
    this, now = wiring(), wiring().clock()
    folder = TemporaryDirectory(prefix="ieum-register-")
    try:
        written = write_register(this.register, Path(folder.name), with_people=asked.with_people)
    except ArchiveUnfit as unfit:
        folder.cleanup()
        raise RuleBroken(unfit.code, seq=unfit.line) from unfit
    except BaseException:
        folder.cleanup()
        raise
    for start in range(0, max(len(written.people), 1), AT_ONCE):
        record_access(written.people[start : start + AT_ONCE])
    said = {"made_at": wire_instant(now), "made_by": "ieum-registry", "register": written.said}
    names = this.register.named_files()
    answer = Response(packed(said, Path(folder.name), this.documents.files, names), mimetype=ZIP)
    answer.call_on_close(folder.cleanup)
    name = f"ieum-register-{now:%Y%m%d-%H%M%S}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
