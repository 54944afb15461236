"""What somebody sends who means harm, or whose program is broken: a table of requests and what becomes of them.

Whatever it is: the server answers in few honest words, shows nothing of anybody else or of its own code, and goes on.
"""

import asyncio
import gzip
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from cryptography.fernet import Fernet

from bot.adapters.web.rendering import BlockNames
from bot.adapters.web.sessions import COOKIE, MAX_AGE
from bot.adapters.web.settings import WebSettings
from bot.adapters.web.sign_in import MOST_WRONG
from bot.adapters.web.streams import MOST_OF_VISITOR
from bot.adapters.web.views import reply_view
from bot.models import Link, Outcome, Reply
from bot.server.headers import SECURITY_HEADERS
from bot.settings import ServerSettings
from tests.fakes.web import ACCESS_TOKEN, ADMIN_TOKEN, CITATION, KEY, Browser, House, Plan, built, new_id

one_house = pytest.mark.asyncio(loop_scope="module")  # the whole table is played in it

QUESTION = "What-only-the-victim-asked"
OPEN_PLAN = Plan(web=WebSettings.model_validate({"admin_token": ADMIN_TOKEN}))
CLOSED_PLAN = Plan(
    web=WebSettings.model_validate({"access_token": ACCESS_TOKEN, "admin_token": ADMIN_TOKEN}),
    server=ServerSettings(public_url="http://kennis.example.com"),
)


@dataclass
class Scene:
    """A victim with a thread, and an attacker with a session of their own."""

    house: House
    thread: str
    turn: str
    victims_cookie: str
    cookie: str

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.house.port}"

    def stolen(self, key: bytes = KEY, age: int = 0, **changes: Any) -> str:  # noqa: ANN401 - what JSON can hold
        """Return the victim's session as a cookie of another key, age or content."""
        content = json.loads(Fernet(KEY).decrypt(self.victims_cookie.encode()))
        content["session"] |= changes
        return Fernet(key).encrypt_at_time(json.dumps(content).encode(), int(time.time()) - age).decode()


@dataclass(frozen=True)
class Request:
    """A request, sent byte by byte as it is; a header that is None is left out."""

    method: str = "GET"
    path: str = "/"
    headers: dict[str, str | None] = field(default_factory=dict)
    body: bytes = b""
    extra: bytes = b""
    version: str = "HTTP/1.1"

    def encoded(self, scene: Scene) -> bytes:
        headers: dict[str, str | None] = {
            "Host": scene.host,
            "Origin": f"http://{scene.host}",
            "Cookie": f"{COOKIE}={scene.cookie}",
            "Connection": "close",
        }
        if self.body:
            headers |= {"Content-Length": str(len(self.body)), "Content-Type": "application/json"}
        lines = [f"{name}: {value}" for name, value in (headers | self.headers).items() if value is not None]
        head = "\r\n".join([f"{self.method} {self.path} {self.version}", *lines]).encode("utf-8", "surrogateescape")
        return head + b"\r\n" + self.extra + b"\r\n" + self.body


Row = tuple[str, int, Callable[[Scene], Request]]


def ask(scene: Scene, body: bytes | str = b'{"text": "hello"}', **changes: Any) -> Request:  # noqa: ANN401 - any field
    body = body.encode() if isinstance(body, str) else body
    return replace(Request("PUT", f"/api/threads/{new_id()}/turns/{new_id()}", body=body), **changes)


def asking(body: bytes | str = b'{"text": "hello"}', **changes: Any) -> Callable[[Scene], Request]:  # noqa: ANN401 - any field
    return lambda scene: ask(scene, body, **changes)


def with_headers(**headers: str | None) -> Callable[[Scene], Request]:
    return lambda scene: ask(scene, headers={name.replace("_", "-"): value for name, value in headers.items()})


def at(path: str, method: str = "GET", **changes: Any) -> Callable[[Scene], Request]:  # noqa: ANN401 - any field
    """Return a request to a path, in which {thread} and {turn} are the victim's."""

    def request(scene: Scene) -> Request:
        filled = path.replace("{thread}", scene.thread).replace("{turn}", scene.turn)
        return Request(method, filled, **changes)

    return request


def as_victim(make_cookie: Callable[[Scene], str]) -> Callable[[Scene], Request]:
    """Return a request for the victim's thread with a cookie that is not quite theirs."""
    return lambda scene: Request(
        path=f"/api/threads/{scene.thread}", headers={"Cookie": f"{COOKIE}={make_cookie(scene)}"}
    )


def form(fields: str, **headers: str | None) -> Callable[[Scene], Request]:
    form_type: dict[str, str | None] = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    return lambda scene: Request("POST", "/sign-in", form_type | headers, fields.encode())


FEEDBACK = b'{"helpful": true, "reason": "", "comment": ""}'

ROWS: list[Row] = [
    # Too much of it
    ("body of a megabyte", 413, asking(b'{"text": "' + b"a" * 2**20 + b'"}')),
    ("body that is said to be huge", 413, asking(b"a" * 70_000, headers={"Content-Length": str(2**40)})),
    ("small body that unpacks to a large one", 413, asking(
        gzip.compress(b" " * 10**7), headers={"Content-Encoding": "gzip"})),
    ("body that is not packed as it says", 400, asking(b"hello", headers={"Content-Encoding": "gzip"})),
    ("question of 4,001 characters", 413, asking(json.dumps({"text": "a" * 4_001}))),
    ("comment of 1,001 characters", 400, at("/api/turns/{turn}/feedback", "PUT", body=json.dumps(
        {"helpful": False, "reason": "other", "comment": "a" * 1_001}).encode())),
    ("header of 20 kilobytes", 400, with_headers(X_Long="a" * 20_000)),
    ("cookie of 20 kilobytes", 400, with_headers(Cookie=f"{COOKIE}={'a' * 20_000}")),
    ("three hundred headers", 400, at("/", extra=b"".join(b"X-%d: a\r\n" % number for number in range(300)))),
    ("address of 20 kilobytes", 400, at("/" + "a" * 20_000)),
    ("search of 7,000 characters", 200, at("/api/threads?search=" + "%25" * 2_300)),
    # From elsewhere
    ("another site's origin", 403, with_headers(Origin="https://evil.example")),
    ("origin that begins like ours", 403, with_headers(Origin="http://127.0.0.1.evil.example")),
    ("another port's origin", 403, with_headers(Origin="http://127.0.0.1:1")),
    ("no origin", 403, with_headers(Origin=None)),
    ("origin null", 403, with_headers(Origin="null")),
    ("origin of a sandbox", 403, with_headers(Origin="null", Sec_Fetch_Site="cross-site")),
    ("browser says another site", 403, with_headers(Sec_Fetch_Site="cross-site")),
    ("browser says a sister site", 403, with_headers(Sec_Fetch_Site="same-site")),
    ("browser says a person typed it", 403, with_headers(Sec_Fetch_Site="none")),
    ("another host", 421, at("/", headers={"Host": "evil.example"})),
    ("another host with our port", 421, at("/api/threads", headers={"Host": "evil.example:8765"})),
    ("host that is no host", 421, at("/", headers={"Host": "[::1"})),
    ("host with a name before it", 421, at("/", headers={"Host": "localhost@evil.example"})),
    ("our host after another's name", 421, at("/", headers={"Host": "evil.example@localhost"})),
    ("no host", 400, at("/", headers={"Host": None})),
    ("no host in HTTP/1.0", 421, at("/", headers={"Host": None}, version="HTTP/1.0")),
    ("two hosts", 400, at("/", extra=b"Host: evil.example\r\n")),
    ("whole address of another host", 421, at("http://evil.example/", headers={"Host": "evil.example"})),
    ("forwarded host is not believed", 200, at("/", headers={"X-Forwarded-Host": "evil.example"})),
    # Paths
    ("up from the static files", 404, at("/static/0/../../../settings.py")),
    ("up, encoded", 404, at("/static/0/%2e%2e/%2e%2e/settings.py")),
    ("up, encoded twice", 404, at("/static/0/%252e%252e%252fsettings.py")),
    ("up, with backslashes", 404, at("/static/0/..%5c..%5csettings.py")),
    ("up, with a NUL", 404, at("/static/0/base.css%00.py")),
    ("absolute path as a file", 404, at("/static/0//etc/passwd")),
    ("thread that is a path", 404, at("/api/threads/..%2f..%2fsettings")),
    ("document that is a path", 403, at("/api/knowledge/document?id=../../../etc/passwd")),
    ("citation that is no number", 404, at("/api/turns/{turn}/citations/1%20or%201=1")),
    ("citation number beyond all", 404, at("/api/turns/{turn}/citations/99999999999999999999")),
    ("path that is not UTF-8", 404, at("/api/threads/%ff%fe")),
    ("path of raw bytes", 400, at("/\udcff\udcfe")),
    ("query that is not UTF-8", 200, at("/api/threads?search=%ff%00%fe")),
    # Somebody else's
    ("another's thread", 404, at("/api/threads/{thread}")),
    ("another's thread as a page", 404, at("/threads/{thread}", headers={"Accept": "text/html"})),
    ("another's thread, deleted", 404, at("/api/threads/{thread}", "DELETE")),
    ("another's thread, asked in", 404, at(f"/api/threads/{{thread}}/turns/{new_id()}", "PUT", body=b'{"text": "hi"}')),
    ("another's turn, in a thread of one's own", 404, at(f"/api/threads/{new_id()}/turns/{{turn}}", "PUT",
        body=b'{"text": "hi"}')),
    ("another's stream", 404, at("/api/turns/{turn}/events")),
    ("another's answer, stopped", 404, at("/api/turns/{turn}/stop", "POST")),
    ("another's feedback", 404, at("/api/turns/{turn}/feedback", "PUT", body=FEEDBACK)),
    ("another's feedback, withdrawn", 404, at("/api/turns/{turn}/feedback", "DELETE")),
    ("another's source", 404, at("/api/turns/{turn}/citations/1")),
    ("another's document that may help", 404, at("/api/turns/{turn}/nearest/1")),
    ("another's words in a search", 200, at(f"/api/threads?search={QUESTION}")),
    ("somebody else in a house that is no demo", 404, at("/api/person", "PUT",
        body=b'{"email": "sanne@company.example"}')),
    # Cookies
    ("cookie that is changed", 404, as_victim(lambda s: s.victims_cookie[:-9] + "A" * 9)),
    ("cookie that is cut off", 404, as_victim(lambda s: s.victims_cookie[: len(s.victims_cookie) // 2])),
    ("cookie of another key", 404, as_victim(lambda s: s.stolen(key=Fernet.generate_key()))),
    ("cookie that is too old", 404, as_victim(lambda s: s.stolen(age=MAX_AGE + 60))),
    ("cookie that is not encrypted", 404, as_victim(lambda s: '{"session": {"id": "1"}}')),
    ("cookie that is not text", 404, as_victim(lambda s: "\udcff\udcfe")),
    ("cookie that is empty", 404, as_victim(lambda s: "")),
    ("two cookies", 404, lambda s: Request(
        path=f"/api/threads/{s.thread}", headers={"Cookie": f"{COOKIE}=x; {COOKIE}={s.cookie}"})),
    # JSON and its type
    ("JSON that is cut off", 400, asking(b'{"text": "hel')),
    ("JSON that is not UTF-8", 400, asking(b'{"text": "\xff\xfe"}')),
    ("JSON with half a character", 400, asking(b'{"text": "\\ud800"}')),
    ("JSON with a NUL in the question", 400, asking(b'{"text": "a\\u0000b"}')),
    ("JSON that is a list", 400, asking(b'["hello"]')),
    ("JSON with a number as question", 400, asking(b'{"text": 1}')),
    ("JSON with NaN", 400, asking(b'{"text": NaN}')),
    ("JSON with more than is known", 400, asking(b'{"text": "hello", "owner": "person:a@b"}')),
    ("JSON with a key twice", 202, asking(b'{"text": "one", "text": "two"}')),
    ("JSON 30,000 deep", 400, asking(b'{"text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}")),
    ("question of white space", 400, asking(b'{"text": " \\n\\t "}')),
    ("no body", 415, asking(b"")),
    ("form in the place of JSON", 415, asking(b"text=hello", headers={
        "Content-Type": "application/x-www-form-urlencoded"})),
    ("text in the place of JSON", 415, with_headers(Content_Type="text/plain")),
    ("two media types", 415, with_headers(Content_Type="text/plain; application/json")),
    ("language that is not spoken", 400, at("/api/preferences", "PUT", body=b'{"language": "../../etc"}')),
    ("theme that breaks out of its attribute", 400, at("/api/preferences", "PUT", body=b'{"theme": "\\"><script>"}')),
    # Methods and protocols
    ("GET where something is changed", 405, at("/api/turns/{turn}/stop")),
    ("GET with the method in a header", 405, at("/api/turns/{turn}/stop", headers={
        "X-HTTP-Method-Override": "POST"})),
    ("GET with the method in the query", 404, at("/api/threads/{thread}?_method=DELETE")),
    ("POST where a PUT belongs", 405, at("/api/preferences", "POST", body=b"{}")),
    ("TRACE", 405, at("/", "TRACE")),
    ("a method of their own", 400, at("/", "BREW")),
    ("OPTIONS of another site", 405, at("/api/threads", "OPTIONS", headers={
        "Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"})),
    ("CONNECT", 404, at("evil.example:443", "CONNECT")),
    ("length and chunks at once", 400, asking(b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"})),
    ("two lengths", 400, asking(extra=b"Content-Length: 5\r\n")),
    ("length that is no number", 400, asking(headers={"Content-Length": "+5"})),
    ("chunks under another name", 400, asking(b"0\r\n\r\n", headers={
        "Content-Length": None, "Transfer-Encoding": "xchunked"})),
    ("chunk of no size", 400, asking(b"zz\r\nhello\r\n", headers={
        "Content-Length": None, "Transfer-Encoding": "chunked"})),
    ("header with a line break in its name", 400, at("/", extra=b"X-A\nB: c\r\n")),
    ("header that goes on", 400, at("/", extra=b"X-A: b\r\n c\r\n")),
    ("another protocol", 400, at("/", version="SSH-2.0")),
    ("HTTP/9.9", 400, at("/", version="HTTP/9.9")),
    ("websocket", 404, at("/api/turns/{turn}/events", headers={
        "Connection": "Upgrade, close", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="})),
    ("an expectation that nobody fulfils", 417, at("/", headers={"Expect": "a-miracle"})),
    ("a range of everything many times", 200, at("/", headers={"Range": "bytes=" + ",".join(["0-"] * 500)})),
    # Signing in
    ("wrong token", 403, form("token=guess&next=/")),
    ("no token", 403, form("")),
    ("two tokens", 403, form(f"token=guess&token={ADMIN_TOKEN}")),
    ("token as a file", 415, form("token=guess", **{"Content-Type": "multipart/form-data; boundary=x"})),
    ("form that is not UTF-8", 403, form("token=%ff%fe")),
    ("token from another site", 403, form(f"token={ADMIN_TOKEN}", Origin="https://evil.example")),
    ("knowledge without being an administrator", 403, at("/api/knowledge/sources")),
    ("sync without being an administrator", 403, at("/api/knowledge/sources/wiki/sync", "POST")),
    ("stream of syncs without being an administrator", 403, at("/api/knowledge/events")),
    ("administrator by a forged fingerprint", 403, lambda s: Request(
        path="/api/knowledge/sources", headers={"Cookie": f"{COOKIE}={s.stolen(admin='0' * 64)}"})),
]  # fmt: skip

CLOSED_ROWS: list[Row] = [
    ("question without signing in", 401, asking()),
    ("threads without signing in", 401, at("/api/threads")),
    ("page without signing in", 303, at("/", headers={"Accept": "text/html"})),
    ("thread's page without signing in", 303, at("/threads/{thread}", headers={"Accept": "text/html"})),
    ("static files that are not there, without signing in", 404, at("/static/0/base.css")),
    ("cookie of a token of before", 401, as_victim(lambda s: s.stolen(signed_in="0" * 64))),
    ("cookie of another's token", 401, as_victim(lambda s: s.stolen(key=Fernet.generate_key()))),
    ("cookie with a fingerprint that is no text", 401, as_victim(lambda s: s.stolen(signed_in=["a"]))),
]


def by_name(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("expected", "make"), [row[1:] for row in rows], ids=[row[0] for row in rows])


def cookie_of(browser: Browser) -> str:
    return next(cookie.value for cookie in browser.http.cookie_jar if cookie.key == COOKIE)


async def sent(scene: Scene, request: Request) -> tuple[int, dict[str, str], str]:
    """Return the status, the headers and the body that come back before the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", scene.house.port)
    try:
        writer.write(request.encoded(scene))
        head, _, body = (await reader.read()).decode("utf-8", "replace").partition("\r\n\r\n")
    finally:
        writer.close()
    first, *lines = head.split("\r\n")
    return int(first.split(" ")[1]), dict(line.split(": ", 1) for line in lines), body


def check_answer(status: int, headers: dict[str, str], body: str) -> None:
    """Hold what every answer promises, whatever was asked."""
    assert status < 500
    assert not [mark for mark in ("Traceback", 'File "', ".py", "aiohttp", QUESTION) if mark in body]
    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert headers["Cache-Control"] == "no-store"
    if "application/json" in headers.get("Content-Type", "") and status >= 400:
        assert set(json.loads(body)) == {"error", "message"}


@asynccontextmanager
async def set_up(folder: Path, plan: Plan) -> AsyncIterator[tuple[Scene, Browser]]:
    """Yield the scene, and the victim's browser."""
    async with built(folder, plan) as house, Browser(house.url) as victim, Browser(house.url) as attacker:
        if plan.web.access_token:
            await victim.http.post("/sign-in", data={"token": ACCESS_TOKEN})
        for browser in (victim, attacker):
            await browser.page("/sign-in")
        thread = new_id()
        turn = await victim.asked(QUESTION, thread)
        yield Scene(house, thread, turn, cookie_of(victim), cookie_of(attacker)), victim


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Scene, Browser]]:
    async with set_up(tmp_path_factory.mktemp("open"), OPEN_PLAN) as scene:
        yield scene


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def closed_scene(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Scene, Browser]]:
    async with set_up(tmp_path_factory.mktemp("closed"), CLOSED_PLAN) as scene:
        yield scene


async def play(scene: Scene, victim: Browser, make: Callable[[Scene], Request], expected: int) -> None:
    before = await victim.json(f"/api/threads/{scene.thread}")
    status, headers, body = await sent(scene, make(scene))
    assert status == expected
    check_answer(status, headers, body)
    assert await victim.json(f"/api/threads/{scene.thread}") == before


@one_house
@by_name(ROWS)
async def test_request(open_scene: tuple[Scene, Browser], make: Callable[[Scene], Request], expected: int) -> None:
    """Each is answered as the table says; the victim's thread is as it was, and can still be read."""
    await play(*open_scene, make, expected)


@one_house
@by_name(CLOSED_ROWS)
async def test_request_to_a_closed_house(
    closed_scene: tuple[Scene, Browser], make: Callable[[Scene], Request], expected: int
) -> None:
    """Where one has to sign in, nothing of the page is to be had without."""
    await play(*closed_scene, make, expected)


async def ends(house: House, data: bytes) -> bytes:
    """Send what is not a whole request; return what comes back before the server ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(data)
    answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("data", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nHost: localhost\r\n"])
async def test_half_a_head(tmp_path: Path, data: bytes) -> None:
    """Who opens a connection and says nothing, or not all, holds it for a short time only."""
    async with built(tmp_path, Plan(head_seconds=0.05)) as house:
        assert await ends(house, data) == b""


async def test_head_that_drips(tmp_path: Path) -> None:
    """A byte now and then does not make the time longer."""
    async with built(tmp_path, Plan(head_seconds=0.1)) as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        ended = asyncio.create_task(reader.read())
        writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
        while not ended.done():
            writer.write(b"a")
            await asyncio.wait((ended,), timeout=0.01)
        assert ended.exception() or ended.result() == b""
        writer.close()


async def test_body_that_does_not_come(tmp_path: Path) -> None:
    """The answer says so, and the connection ends."""
    async with built(tmp_path, Plan(body_seconds=0.05)) as house:
        head = f"PUT /api/preferences HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nContent-Length: 20\r\n\r\n"
        answer = await ends(house, head.encode() + b"{")
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b'"error": "slow"' in answer


async def test_client_that_leaves_in_the_middle(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is there to be told, and the log does not fill with it."""
    head = f"PUT /api/preferences HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nContent-Length: 20\r\n\r\n"
    _, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(head.encode() + b"{")
    async with Browser(house.url) as browser:
        await browser.page("/")  # by now the head has been read
        writer.transport.abort()
        await browser.page("/")
    assert [record for record in caplog.records if record.name.startswith("aiohttp")] == []


async def test_connection_too_many(tmp_path: Path) -> None:
    """It is ended at once; where one is given up, there is room again."""
    async with built(tmp_path, Plan(most_connections=2)) as house:
        held = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(2)]
        request = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nConnection: close\r\n\r\n".encode()
        with suppress(ConnectionError):
            assert await ends(house, request) == b""
        for _, writer in held:
            writer.close()
        while not (answer := await _try(house, request)):  # noqa: ASYNC110 - nothing is told when it goes
            await asyncio.sleep(0)
        assert answer.startswith(b"HTTP/1.1 200 ")


async def _try(house: House, request: bytes) -> bytes:
    try:
        return await ends(house, request)
    except ConnectionError:
        return b""


async def test_streams_too_many_of_one_visitor(browser: Browser, house: House) -> None:
    """The eleventh is refused with when to come back; others have theirs."""
    turn = new_id()
    await browser.ask("wait", new_id(), turn)
    open_ones = [await browser.http.get(f"/api/turns/{turn}/events") for _ in range(MOST_OF_VISITOR)]
    async with browser.http.get(f"/api/turns/{turn}/events") as refused:
        assert (refused.status, (await refused.json())["error"]) == (503, "streams")
        assert refused.headers["Retry-After"] == "5"
    async with Browser(house.url) as other:
        await other.page("/")
        await other.asked("hello")
    for response in open_ones:
        response.close()


async def test_streams_too_many_in_all(tmp_path: Path) -> None:
    """Nobody opens so many that the server has none left for itself."""
    async with built(tmp_path, Plan(max_streams=1)) as house, Browser(house.url) as one, Browser(house.url) as other:
        turns = [new_id(), new_id()]
        for browser, turn in zip((one, other), turns, strict=True):
            await browser.page("/")
            await browser.ask("wait", new_id(), turn)
        held = await one.http.get(f"/api/turns/{turns[0]}/events")
        async with other.http.get(f"/api/turns/{turns[1]}/events") as refused:
            assert (refused.status, (await refused.json())["error"]) == (503, "streams")
        held.close()


@pytest.mark.parametrize("last", ["-1", "99999999999999999999", "abc", "1e3", "٣", "0x10", " 1", "1" * 5_000])
async def test_absurd_last_event_id(browser: Browser, last: str) -> None:
    """The page gets the reply all the same."""
    turn = await browser.asked("hello")
    assert [kind async for kind, _, _ in browser.events(turn, last)] == ["reply"]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028'\"&<img onerror=x>"])
async def test_script_in_a_question(browser: Browser, text: str) -> None:
    """It stays a text: in the page's data, in the list of threads, and in the answer that repeats it."""
    thread = new_id()
    await browser.asked(text, thread)
    page = await browser.page(f"/threads/{thread}")
    assert text not in page
    assert page.count("</script>") == page.count("<script ")
    data = await browser.data(f"/threads/{thread}")
    [turn] = data["thread"]["turns"]
    assert turn["question"] == text
    found = BeautifulSoup(turn["reply"]["html"], "html.parser")
    assert found.find(["script", "img"]) is None


async def test_script_in_a_document(browser: Browser, house: House) -> None:
    """Whoever may write a document does not write the page."""
    hostile = "<script>alert(1)</script>"
    house.index.title = hostile
    house.index.markdown = (
        f"# {hostile}\n\nCall in before nine. {hostile} [x](javascript:alert(1)) ![y](https://evil.example/pixel)\n"
    )
    turn = await browser.asked("hello")
    document = await browser.json(f"/api/turns/{turn}/citations/1")
    found = BeautifulSoup(document["html"], "html.parser")
    assert found.find(["script", "img", "iframe", "style"]) is None
    assert [link.get("href") for link in found.find_all("a")] == []
    assert document["title"] == hostile


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "data:text/html,x", "//evil", "http://[", ""]
)
async def test_address_in_a_document_that_is_no_web_page(url: str) -> None:
    """It is shown as text, and leads nowhere."""
    reply = Reply("It is so. [1]", Outcome.ANSWERED, "en", (replace(CITATION, url=url),), (Link("Title", url),))
    view = reply_view(reply, BlockNames("Table", "Code"))
    assert view["citations"][0]["url"] is None
    assert view["citations"][0]["address"] == url
    assert view["nearest"][0]["url"] is None


@pytest.mark.parametrize(
    "next_path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/%0d%0aSet-Cookie:a=b", "/\r\nX: y", "javascript:x",
     "/@evil.example:80", "", "/\t/evil.example", "knowledge", "%2f%2fevil.example",
     "/%2f/evil.example", "/%5cevil.example", "/%2e%2e//evil.example", "?x=//evil.example", "/?x=%0d%0aSet-Cookie:a=b",
     "/knowledge?x=\r\nX:y", "/knowledge?x=%7f", "/knowledge?x=%", "/knowledge?x=%1", "/knowledge?x=\\",
     "/?x=\"><b>", "http:/evil.example", "/\N{FULLWIDTH SOLIDUS}evil"],
)  # fmt: skip
async def test_signing_in_leads_nowhere_else(tmp_path: Path, next_path: str) -> None:
    """A link that somebody was sent signs them in here, and here only."""
    async with built(tmp_path, OPEN_PLAN) as house, Browser(house.url) as browser:
        fields = {"token": ADMIN_TOKEN, "next": next_path}
        async with browser.http.post("/sign-in", data=fields, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/")
            assert "X" not in response.headers
        page = await browser.page(f"/sign-in?{urlencode({'next': next_path})}")
        [field_] = BeautifulSoup(page, "html.parser").select('input[name="next"]')
        assert field_["value"] == "/"


async def test_tokens_are_not_guessed(tmp_path: Path) -> None:
    """After some wrong ones nobody gets in for a minute, not even with the right one."""
    async with built(tmp_path, OPEN_PLAN) as house, Browser(house.url) as browser:
        for number in range(MOST_WRONG):
            async with browser.http.post("/sign-in", data={"token": f"guess {number}"}) as response:
                assert response.status == 403
        async with browser.http.post("/sign-in", data={"token": ADMIN_TOKEN}) as response:
            assert (response.status, response.headers["Retry-After"]) == (429, "60")
