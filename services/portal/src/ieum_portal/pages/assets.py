"""Static files, each at an address that changes with its content: browsers keep them for ever."""

from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort

from httpedge.access import allow
from ieum_portal.pages.stylesheet import join_css

STYLESHEET = "ieum.css"
_SERVED = {".woff2": "font/woff2", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's content with the fingerprint that is part of its address."""

    name: str
    content: bytes

    @property
    def fingerprint(self) -> str:
        """The first twelve hex digits of its SHA-256."""
        return sha256(self.content).hexdigest()[:12]

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"/static/v/{self.fingerprint}/{self.name}"

    @property
    def type(self) -> str:
        """Its media type."""
        guessed, _ = guess_type(self.name)
        return _SERVED.get(Path(self.name).suffix, guessed or "application/octet-stream")


def install_assets(app: Flask, root: Path) -> None:
    """Read all static files and the joined sheet once, and serve them.

    Templates name one by `asset("vendor/…")`; one that is not there stops the page, not the reader.

    Args:
        root: The package's folder, with `static` and `pages` in it.
    """
    static = root / "static"
    assets = {
        asset.name: asset
        for path in sorted(static.rglob("*"))
        if path.is_file()
        for asset in [Asset(path.relative_to(static).as_posix(), path.read_bytes())]
    }
    css = join_css(root / "pages", lambda name: assets[name].url)
    assets[STYLESHEET] = Asset(STYLESHEET, css.encode())
    by_url = {asset.url: asset for asset in assets.values()}

    @allow("public")
    def asset(address: str) -> Response:
        found = by_url.get(f"/static/v/{address}")
        if found is None:
            abort(404)
        answer = Response(found.content, content_type=found.type)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    app.add_url_rule("/static/v/<path:address>", "asset", asset)
    app.jinja_env.globals["asset"] = lambda name: assets[name].url
