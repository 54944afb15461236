"""Everything that can be set, with its default; how it is read is told in `bot.configuration`.

Each layer owns its own settings; here they come together. Importing this is quick: neither
Haystack nor the model is loaded for it.
"""

import ipaddress
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.adapters.web.settings import WebSettings
from bot.configuration.keys import DELIMITER, PREFIX
from bot.configuration.reader import read_settings
from bot.configuration.sources import CONFIG_VARIABLE
from connectors.sources.filesystem.settings import FilesystemSettings
from pipelines.settings import (
    AnswerSettings,
    ChunkSettings,
    ConversionSettings,
    DocumentStoreSettings,
    EmbedderSettings,
    RetrievalSettings,
)

Language = Literal["nl", "en"]


class LogSettings(BaseModel):
    """What is written to standard error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is logged; of the libraries never less than a warning."
    )
    format: Literal["auto", "console", "json"] = Field(
        default="auto", description="`auto`: readable on a terminal, else one JSON object a line."
    )
    questions: bool = Field(default=False, description="Whether the texts of questions may be logged.")


class ServerSettings(BaseModel):
    """The one HTTP server of the bot, for its page and for the platforms that call it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", description="The address to listen on; 127.0.0.1 is this machine alone.")
    port: int = Field(default=8765, ge=0, le=65535, description="The port to listen on; 0: any that is free.")
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/?#\s]+$",
        description="The address that people use where a proxy stands before the server: https://kennisbot.example.com",
    )
    shutdown_seconds: int = Field(
        default=30,
        ge=0,
        le=600,
        description="How long answers that are being made may go on when the server is stopped.",
    )

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Settings(BaseSettings):
    """All settings; `load_settings` reads them from all their sources and makes paths whole."""

    model_config = SettingsConfigDict(
        case_sensitive=True,  # in the file; the environment's names are in capitals
        env_nested_delimiter=DELIMITER,
        env_prefix=PREFIX,
        frozen=True,
    )

    data_folder: Path = Field(
        default=Path(".kennisbot"), description="Where the index and what the bot remembers are kept."
    )
    languages: tuple[Language, ...] = Field(
        default=("nl", "en"),
        min_length=1,
        description="ISO 639-1 codes; a question in another language is answered in the first of these.",
    )
    people_file: Path | None = Field(
        default=None, description="A TOML file of who belongs to which groups; none: nobody has groups."
    )
    sources: tuple[FilesystemSettings, ...] = Field(default=(), description="Where the knowledge comes from.")
    document_store: DocumentStoreSettings = DocumentStoreSettings()
    embedder: EmbedderSettings = EmbedderSettings()
    conversion: ConversionSettings = ConversionSettings()
    chunks: ChunkSettings = ChunkSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answers: AnswerSettings = AnswerSettings()
    suggested_prompts: dict[Language, tuple[str, ...]] = Field(
        default={}, description="Questions to begin with, by language."
    )
    web: WebSettings = WebSettings()
    server: ServerSettings = ServerSettings()
    log: LogSettings = LogSettings()

    @field_validator("sources")
    @classmethod
    def _names_are_unique(cls, sources: tuple[FilesystemSettings, ...]) -> tuple[FilesystemSettings, ...]:
        counts = Counter(source.name for source in sources)
        if shared := [f"'{name}'" for name, count in counts.items() if count > 1]:
            raise ValueError(f"several sources are named {' and '.join(shared)}; each needs a name of its own")
        return sources

    @field_validator("server")
    @classmethod
    def _is_guarded(cls, server: ServerSettings, info: ValidationInfo) -> ServerSettings:
        web = info.data.get("web")
        if server.is_local or not web:
            return server
        reached = f"{server.host} can be reached from other machines"
        if web.demo:
            raise ValueError(f"{reached}, and with web.demo every visitor may be anybody. Set host to 127.0.0.1")
        if not web.access_token:
            raise ValueError(f"{reached}, so people have to sign in. Set web.access_token, or host to 127.0.0.1")
        return server


def find_config(config: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the file to read: `config`, else KENNISBOT_CONFIG, else kennisbot.toml in the working folder."""
    return config or Path(environment.get(CONFIG_VARIABLE) or "kennisbot.toml")


def load_settings(
    config: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Return the settings in force; `flags` is nested like the file.

    Raises `SettingsError` with everything that is wrong with them.
    """
    return read_settings(Settings, find_config(config, environment), environment, flags or {})
