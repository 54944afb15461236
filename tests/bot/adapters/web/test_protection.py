"""Which requests are this page's own, for each way in which a server is set up."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.adapters.web.protection import Protection
from bot.adapters.web.refusals import Refusal
from bot.settings import ServerSettings

LOCAL = ServerSettings()
PUBLIC = ServerSettings(public_url="https://kennis.example.com")
WILDCARD = ServerSettings(host="0.0.0.0")  # noqa: S104 - under test
NAMED = ServerSettings(host="kennis.intern")


def outcome(server: ServerSettings, method: str = "GET", **headers: str) -> str:
    """Return the code of the refusal, "" where there is none."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        Protection(server).check(make_mocked_request(method, "/", headers=said))
    except Refusal as error:
        return error.problem.code
    return ""


@pytest.mark.parametrize(
    ("server", "host", "expected"),
    [
        (LOCAL, "127.0.0.1:8765", ""),
        (LOCAL, "localhost:8765", ""),
        (LOCAL, "LOCALHOST", ""),
        (LOCAL, "[::1]:8765", ""),
        (LOCAL, "kennis.example.com", "host"),
        (LOCAL, "192.168.1.7:8765", "host"),
        (PUBLIC, "kennis.example.com", ""),
        (PUBLIC, "kennis.example.com:443", ""),
        (PUBLIC, "evil.kennis.example.com", "host"),
        (WILDCARD, "192.168.1.7:8765", ""),
        (WILDCARD, "[fe80::1]:8765", ""),
        (WILDCARD, "evil.example", "host"),
        (NAMED, "kennis.intern:8765", ""),
        (NAMED, "192.168.1.7", "host"),
        (LOCAL, "", "host"),
        (LOCAL, "localhost:", "host"),
        (LOCAL, "localhost evil", "host"),
    ],
)
def test_host(server: ServerSettings, host: str, expected: str) -> None:
    """A name that somebody else may have made lead here is not taken; an address can't lead elsewhere."""
    assert outcome(server, Host=host) == expected


@pytest.mark.parametrize(
    ("server", "host", "origin", "expected"),
    [
        (LOCAL, "localhost:8765", "http://localhost:8765", ""),
        (LOCAL, "localhost:8765", "http://127.0.0.1:8765", "origin"),
        (LOCAL, "localhost:8765", "http://localhost", "origin"),
        (LOCAL, "127.0.0.1:8765", "http://localhost", "origin"),
        (PUBLIC, "kennis.example.com", "https://kennis.example.com", ""),
        (PUBLIC, "127.0.0.1:8765", "https://kennis.example.com", ""),
        (PUBLIC, "127.0.0.1:8765", "https://kennis.example.com.evil", "origin"),
        (PUBLIC, "127.0.0.1:8765", "", "origin"),
    ],
)
def test_origin(server: ServerSettings, host: str, origin: str, expected: str) -> None:
    """A proxy may hand on its own name or ours; the page's origin is the one that people see."""
    assert outcome(server, "POST", Host=host, Origin=origin) == expected


def test_browser_that_says_where_a_request_comes_from_is_believed() -> None:
    """No script can make that up; some forms come without an origin."""
    assert outcome(LOCAL, "POST", Host="localhost", Sec_Fetch_Site="same-origin") == ""
    assert outcome(LOCAL, "POST", Host="localhost", Origin="null", Sec_Fetch_Site="same-origin") == ""
    assert outcome(LOCAL, "POST", Host="localhost", Origin="http://localhost", Sec_Fetch_Site="cross-site") == "origin"


def test_link_from_elsewhere_is_followed() -> None:
    """People come by links in chats; a GET changes nothing."""
    assert outcome(LOCAL, Host="localhost", Sec_Fetch_Site="cross-site") == ""
