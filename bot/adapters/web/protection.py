"""`Protection`: lets in what this page sends, and what a person opens; not what another site makes a browser send."""

import ipaddress
import re
import socket

from aiohttp import web
from yarl import URL

from bot.adapters.web.refusals import HOST, ORIGIN, Refusal
from bot.settings import ServerSettings

_HOST = re.compile(r"(?:\[(?P<address>[0-9a-fA-F:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(?::[0-9]{1,5})?")
_SAFE = frozenset({"GET", "HEAD"})
_HERE = ("localhost", "127.0.0.1", "::1")


class Protection:
    """Knows by which names and from which origins this server is used."""

    def __init__(self, server: ServerSettings) -> None:
        """`server`: where it listens, and the address that people use."""
        public = [URL(server.public_url)] if server.public_url else []
        self._origins = [str(url.origin()) for url in public]
        names = (*_HERE, server.host, socket.gethostname(), *(url.host or "" for url in public))
        self._names = frozenset(name.lower() for name in names)
        self._any_address = _is_wildcard(server.host)

    def check(self, request: web.Request) -> None:
        """Raise `Refusal` for a request that is not for this server, or that another site may have made."""
        host = request.headers.get("Host", "")
        if not self._knows(host):
            raise Refusal(HOST)
        if request.method not in _SAFE and not self._is_from_here(request, host):
            raise Refusal(ORIGIN)

    def _knows(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = (found["address"] or found["name"]).lower()
        # By an address nobody can be led here under another name.
        return name in self._names or (self._any_address and _is_address(name))

    def _is_from_here(self, request: web.Request, host: str) -> bool:
        origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
        if site is not None and site != "same-origin":
            return False
        if origin is None or origin == "null":  # browsers leave it out of some forms; none can make the other up
            return site == "same-origin"
        return origin in (f"http://{host}", f"https://{host}", *self._origins)


def _is_wildcard(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
