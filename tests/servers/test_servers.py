"""The servers themselves: what the other tests rest on."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers import cache, running
from tests.servers.running import Server

_SLOW = 120  # seconds: a model is loaded with its first question


def _answer(ollama: Server, path: str, **question: Any) -> Any:  # noqa: ANN401 - JSON
    response = httpx.post(ollama.url + path, json={"stream": False, **question}, timeout=_SLOW)
    response.raise_for_status()
    return response.json()


@pytest.mark.weaviate
def test_weaviate_is_the_version_that_is_pinned(weaviate: Server) -> None:
    """The one that the documents name as supported."""
    assert httpx.get(f"{weaviate.url}/v1/meta").json()["version"] == cache.WEAVIATE_VERSION


@pytest.mark.weaviate
def test_schema_is_never_guessed(weaviate: Server) -> None:
    """An object of an unknown class is refused: access would be split into words."""
    written = httpx.post(f"{weaviate.url}/v1/objects", json={"class": "Guessed", "properties": {"access": ["a-b"]}})
    assert written.is_client_error


@pytest.mark.ollama
def test_ollama_answers(ollama: Server) -> None:
    """The small chat model says something within the length that is asked for."""
    messages = [{"role": "user", "content": "Say hello."}]
    said = _answer(ollama, "/api/chat", model=cache.CHAT_MODEL, messages=messages, options={"num_predict": 20})
    assert said["message"]["content"].strip()
    assert said["eval_count"] <= 20


@pytest.mark.ollama
def test_ollama_embeds(ollama: Server) -> None:
    """The small embedding model gives its dimensions, the same for the same text."""
    said = _answer(ollama, "/api/embed", model=cache.EMBEDDING_MODEL, input=["leave", "leave", "bicycle"])
    first, again, other = said["embeddings"]
    assert len(first) == 384
    assert first == pytest.approx(again, abs=1e-5)
    assert first != pytest.approx(other, abs=1e-2)


@pytest.mark.weaviate
def test_server_that_can_not_start_is_told(tmp_path: Path) -> None:
    """With what it wrote, so that nobody searches for it."""
    with (
        pytest.raises(running.ServerFailed, match="does not answer"),
        running.weaviate(tmp_path, {"RAFT_BOOTSTRAP_EXPECT": "none"}),
    ):
        pass
