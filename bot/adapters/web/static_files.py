"""`StaticFiles`: what the page's HTML loads, under an address that changes with it."""

import gzip
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from aiohttp import web

_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class StaticFiles:
    """Holds all files, so that no path of a request is ever looked for on the disk."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """`folder`: where they are; the page's own by default."""
        found = folder or files(__package__).joinpath("static")
        self._contents: Mapping[str, bytes] = MappingProxyType(dict(_read(found, "")))
        self._compressed = {name: gzip.compress(content, mtime=0) for name, content in self._contents.items()}
        digest = sha256()
        for name, content in sorted(self._contents.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        self._hash = digest.hexdigest()[:16]

    @property
    def address(self) -> str:
        """The address of the folder."""
        return f"/static/{self._hash}"

    def routes(self) -> list[web.RouteDef]:
        """Return the route; it needs no session."""
        return [web.get("/static/{hash}/{file:.+}", self._send)]

    async def _send(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["file"]
        if request.match_info["hash"] != self._hash or name not in self._contents:
            raise web.HTTPNotFound
        headers = {"Cache-Control": _FOREVER, "Content-Type": _type(name), "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=self._contents[name], headers=headers)
        return web.Response(body=self._compressed[name], headers={**headers, "Content-Encoding": "gzip"})


def _type(name: str) -> str:
    return next(
        (f"{type_}; charset=utf-8" for ending, type_ in _TYPES.items() if name.endswith(ending)),
        "application/octet-stream",
    )


def _read(folder: Traversable, before: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        name = f"{before}{entry.name}"
        found += _read(entry, f"{name}/") if entry.is_dir() else [(name, entry.read_bytes())]
    return found
