"""Static files, each at an address that changes with its content: browsers keep them for ever."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort
from markupsafe import Markup

from httpedge.access import allow
from ieum_portal.pages.stylesheet import join_css

STYLESHEET = "ieum.css"
_SERVED = {
    ".woff2": "font/woff2",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


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
    def integrity(self) -> str:
        """What a browser holds a script against before it runs it."""
        return f"sha256-{b64encode(sha256(self.content).digest()).decode()}"

    @property
    def type(self) -> str:
        """Its media type."""
        guessed, _ = guess_type(self.name)
        return _SERVED.get(Path(self.name).suffix, guessed or "application/octet-stream")


def install_assets(app: Flask, root: Path) -> None:
    """Read all static files, the joined sheet and the pages' scripts once, and serve them.

    Templates name one by `asset("vendor/…")`, a script by `script("parts/copying.js")`, from where
    it lies among the pages; one that is not there stops the page, not the reader.

    Args:
        root: The package's folder, with `static` and `pages` in it.
    """
    static, pages = root / "static", root / "pages"
    assets = _read(static, "*") | _read(pages, "*.js")
    css = join_css(pages, lambda name: assets[name].url)
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
    app.jinja_env.globals["script"] = lambda name: _tag(assets[name])


def _read(folder: Path, which: str) -> dict[str, Asset]:
    paths = [path for path in sorted(folder.rglob(which)) if path.is_file()]
    names = [path.relative_to(folder).as_posix() for path in paths]
    return {name: Asset(name, path.read_bytes()) for name, path in zip(names, paths, strict=True)}


def _tag(script: Asset) -> Markup:
    """Give the element that loads a script when the page is read, if it is the one meant."""
    tag = '<script type="module" src="{}" integrity="{}"></script>'
    return Markup(tag).format(script.url, script.integrity)  # noqa: S704  A text of this file.
