"""Who looks at the page: `Visitor`, from an encrypted cookie that holds all there is of a session.

A token is kept in it as a keyed hash only, so that another token in the settings ends the sessions of the old one.
"""

import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web
from aiohttp.typedefs import Handler
from aiohttp_session import Session, get_session, session_middleware
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from pydantic import SecretStr

from bot.adapters.web.settings import WebSettings
from bot.locales import Texts
from bot.models import User
from bot.server.failures import wanted_language
from bot.settings import ServerSettings

COOKIE = "kennisbot"
MAX_AGE = 30 * 24 * 3600
"""Seconds after which somebody who did not come back is a new visitor."""

RENEWED_AFTER = 24 * 3600
"""Seconds: the age at which the cookie of somebody who did come back is made anew."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the page.

    `owner` is the key of their threads; `email` "" is an employee in no group; `may_ask` False: sign in first.
    """

    owner: str
    email: str
    name: str
    is_admin: bool
    language: str
    theme: str
    may_ask: bool
    can_sign_out: bool


class Sessions:
    """Tells visitors from their cookies."""

    def __init__(
        self, web_settings: WebSettings, server: ServerSettings, people: Iterable[User], texts: Texts, key: bytes
    ) -> None:
        """`people`: whom a visitor may be; `key`: 32 bytes, url-safe base64, of `session_key`."""
        self._settings = web_settings
        # Behind a proxy every request comes from this machine, whoever sent it.
        self._is_open = web_settings.demo or (server.is_local and server.public_url is None)
        self._people = {person.email: person for person in people}
        self._texts = texts
        self._key = key
        self._cookies = session_middleware(_Cookies(key, is_secure=(server.public_url or "").startswith("https:")))

    async def within(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Call a handler that may use the methods below, and send the cookie if they change it."""
        return await self._cookies(request, handler)

    async def visitor(self, request: web.Request) -> Visitor:
        """Return who sent a request; somebody new gets a session."""
        session = await _session(request)
        signed_in = self._holds(session, "signed_in", self._settings.access_token)
        is_admin = self._holds(session, "admin", self._settings.admin_token)
        email = self._email(session, signed_in=signed_in)
        person = self._people.get(email)
        return Visitor(
            owner=f"person:{email}" if email else f"visitor:{session['id']}",
            email=email,
            name=person.name if person else email,
            is_admin=is_admin,
            language=session.get("language") or wanted_language(request, self._texts),
            theme=session.get("theme") or "system",
            may_ask=signed_in or self._is_open,
            can_sign_out=signed_in or is_admin,
        )

    async def sign_in(self, request: web.Request, token: str) -> bool:
        """Give the session what the token opens; return whether it opens anything."""
        session = await _session(request)
        if _same(token, self._settings.access_token):
            # Whoever laid a cookie here before does not get to see what is asked from now on.
            session["id"] = _new_id()
            session["signed_in"] = self._fingerprint(token)
            return True
        if _same(token, self._settings.admin_token):
            session["admin"] = self._fingerprint(token)
            return True
        return False

    async def sign_out(self, request: web.Request) -> None:
        """Take from the session all that tokens opened; with it go the threads of who signed in without a name."""
        session = await _session(request)
        if session.pop("signed_in", None):
            session["id"] = _new_id()
        session.pop("admin", None)
        session.changed()

    async def choose_person(self, request: web.Request, email: str) -> bool:
        """Make the visitor a person ("": nobody in particular); False where there is none or no demo."""
        if not self._settings.demo or (email and email not in self._people):
            return False
        (await _session(request))["person"] = email
        return True

    async def prefer(self, request: web.Request, **values: str) -> None:
        """Keep how the page is to look."""
        (await _session(request)).update(values)

    def _email(self, session: Session, *, signed_in: bool) -> str:
        if self._settings.demo:
            chosen = str(session.get("person", ""))
            return chosen if chosen in self._people else ""
        return (self._settings.person or "").casefold() if signed_in else ""

    def _holds(self, session: Session, name: str, token: SecretStr | None) -> bool:
        if token is None:
            return False
        return hmac.compare_digest(str(session.get(name, "")), self._fingerprint(token.get_secret_value()))

    def _fingerprint(self, token: str) -> str:
        return hmac.new(self._key, token.encode(), sha256).hexdigest()


class _Cookies(EncryptedCookieStorage):
    def __init__(self, key: bytes, *, is_secure: bool) -> None:
        # "Lax", not "Strict": with that, whoever follows a link from a chat comes without their cookie, is taken
        # for somebody new, and loses their session to the new one. Nothing is changed by a GET, and everything
        # else has its origin checked.
        super().__init__(key.decode(), cookie_name=COOKIE, max_age=MAX_AGE, secure=is_secure, samesite="Lax")

    async def load_session(self, request: web.Request) -> Session:
        try:
            return await super().load_session(request)
        except ValueError:  # not even text
            return await self.new_session()


async def _session(request: web.Request) -> Session:
    session = await get_session(request)
    if "id" not in session:
        session["id"] = _new_id()
    elif time.time() - session.created > RENEWED_AFTER:
        session["id"] = session["id"]
    return session


def _new_id() -> str:
    return secrets.token_hex(16)


def _same(token: str, secret: SecretStr | None) -> bool:
    return secret is not None and hmac.compare_digest(token.encode(), secret.get_secret_value().encode())
