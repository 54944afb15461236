"""What an administrator sets for a folder of files."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, field_validator

from connectors.formats import MIME_TYPES
from connectors.schedule import Schedule
from connectors.sources.filesystem.access import normalise_principals

Glob = Annotated[str, StringConstraints(pattern=r"^[^/\\]")]


class FilesystemSettings(Schedule):
    """One folder, which of its files to read, and what holds for all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["filesystem"] = Field("filesystem", description="The kind of source.")
    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        description="What the source is called in citations and settings: lower case, digits, hyphens.",
    )
    path: Path = Field(description="The folder; everything in it is read, hidden files excepted.")
    include: tuple[Glob, ...] = Field(
        tuple(f"**/*{ending}" for ending in MIME_TYPES),
        description="Which files to read, as globs from the folder; `**` stands for any folders.",
    )
    exclude: tuple[Glob, ...] = Field(
        (),
        description="Which files to leave out, as globs from the folder; "
        "a glob that matches a folder leaves out all that is in it.",
    )
    url: str | None = Field(
        None,
        description="A document's link: {path} is its path from the folder, {anchor} the section's anchor. "
        "Without it, links lead to the file itself. A PDF's link gets #{anchor} where it has none: its page.",
    )
    access: tuple[str, ...] = Field(
        (),
        description="Who may read the documents that do not say so themselves and that no access.toml "
        "governs: e-mail addresses, groups, `everyone` or `public`. Empty: nobody.",
    )
    owner: str | None = Field(None, description="Who answers for documents that name no owner.")
    sync_on_change: bool = Field(
        True,
        description="Whether `kennisbot sync --watch` syncs the folder as soon as something in it changes. What other "
        "machines change on a network share is not seen: that comes with `sync_every`.",
    )

    @field_validator("url")
    @classmethod
    def _check_placeholders(cls, url: str | None) -> str | None:
        if url is None:
            return None
        if "{path}" not in url:
            raise ValueError("the link needs {path}, such as https://wiki.example.com/{path}#{anchor}")
        if any(brace in url.replace("{path}", "").replace("{anchor}", "") for brace in "{}"):
            raise ValueError("a link has no placeholders but {path} and {anchor}")
        return url

    @field_validator("access")
    @classmethod
    def _normalise(cls, access: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(normalise_principals(access)))
