"""OpenAPI 3.1 at `/openapi.json` and a documentation page at `/docs` that needs no network."""

from functools import cache
from pathlib import Path

import swagger_ui_bundle
from flask import Flask, Response, send_from_directory
from flask_smorest import Api
from marshmallow import Schema, fields

from httpedge.access import allow
from httpedge.documented import document
from httpedge.problems import MEDIA_TYPE

PAGE = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script></body></html>
"""
START = 'window.ui = SwaggerUIBundle({url: "/openapi.json", dom_id: "#swagger-ui"});\n'


class ErrorPlace(Schema):
    """One place at fault; a loaded file adds its name and line."""

    in_ = fields.String(
        data_key="in",
        metadata={"description": "Where it stood: json, query, path, headers, form or files"},
    )
    pointer = fields.String(metadata={"description": "JSON pointer, RFC 6901"})
    detail = fields.String()
    code = fields.String(metadata={"description": "Of a fault in a loaded file; stable"})
    file = fields.String()
    line = fields.Integer()


class ProblemBody(Schema):
    """RFC 9457; `code` is stable and `detail` ends with the next step."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    request_id = fields.String(allow_none=True)
    errors = fields.List(fields.Nested(ErrorPlace))


class ProblemApi(Api):
    """flask-smorest's Api, with errors documented as problem+json and answered by `problems`."""

    ERROR_SCHEMA = ProblemBody

    def _register_responses(self) -> None:
        """Document errors under their own media type; only here, so that the answers stay JSON."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_error_handlers(self) -> None:
        """Leave errors to `httpedge.problems`."""


def make_api(app: Flask, title: str) -> ProblemApi:
    """Give the application its API and documentation page; every route of both is public.

    Args:
        title: As the document and the page name it.
    """
    app.config.update(
        API_TITLE=title,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
    )
    api = ProblemApi(app)
    api.spec.components.security_scheme(
        "bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    )
    _add_pages(app, api, title)
    return api


def _add_pages(app: Flask, api: ProblemApi, title: str) -> None:
    assets = Path(swagger_ui_bundle.swagger_ui_path)

    @cache
    def written() -> str:
        """Write it once: it does not change, and anybody may ask for it."""
        return app.json.dumps(document(app, api.spec), separators=(",", ":"))

    @allow("public")
    def openapi() -> Response:
        return Response(written(), content_type="application/json")

    @allow("public")
    def docs() -> Response:
        answer = Response(PAGE.format(title=title), content_type="text/html; charset=utf-8")
        # Swagger UI writes styles into the page; nothing else may, and nothing is loaded from afar.
        answer.headers["Content-Security-Policy"] = (
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return answer

    @allow("public")
    def docs_start() -> Response:
        return Response(START, content_type="text/javascript; charset=utf-8")

    @allow("public")
    def docs_asset(name: str) -> Response:
        return send_from_directory(assets, name, max_age=86_400)

    app.add_url_rule("/openapi.json", "openapi", openapi)
    app.add_url_rule("/docs", "docs", docs)
    app.add_url_rule("/docs/start.js", "docs_start", docs_start)
    app.add_url_rule("/docs/assets/<path:name>", "docs_asset", docs_asset)
