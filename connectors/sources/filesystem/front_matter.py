"""What a Markdown document says about itself in the YAML block that it begins with.

The block fails closed: a first line `---` begins one, so a block that is not closed or not made of
`key: value` lines makes the document unusable. Otherwise a slip in the line that says who may
read it would open the document to whoever may read its folder.
"""

import re
from datetime import date, datetime

import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from connectors.sources.filesystem.access import normalise_principals
from connectors.sources.filesystem.errors import UnusableFile

_LIMIT = 64 * 1024  # characters; a real block has a few hundred, and YAML takes a second for each 500 kB
_BOUNDARY = YAMLHandler.FM_BOUNDARY
_SHAPE = "Begin the document with `---`, lines such as `title: Leave`, and `---`; a rule there is `***`."
_EXPECTED = {
    "title": "a text; put it in quotes",
    "owner": "a text; put it in quotes",
    "updated": "a date such as 2025-01-31",
    "access": 'a principal or a list of them, such as ["hr", "sanne@x.example"]; [] means nobody',
    "url": "a link that begins with https://, http:// or file://",
    "language": "a language code such as nl or en, in quotes",
}
# PyYAML lets the errors of Python's own conversions through: `!!timestamp x`, month 13, and so on.
_YAML_ERRORS = (yaml.YAMLError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


class FrontMatter(BaseModel):
    """The keys that are read; others are ignored, since every tool adds its own.

    `access` is None where the document does not say who may read it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str | None = None
    owner: str | None = None
    updated: date | None = None
    access: frozenset[str] | None = None
    url: str | None = None
    language: str | None = None

    @field_validator("title", "owner", "url", "language", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return (value.strip() or None) if isinstance(value, str) else value

    @field_validator("title", mode="before")
    @classmethod
    def _number_is_text(cls, value: object) -> object:
        is_number = isinstance(value, int | float | date) and not isinstance(value, bool)
        return str(value) if is_number else value

    @field_validator("updated", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) else value
        if not isinstance(moment, date | None):
            raise ValueError("not a date")
        return moment.date() if isinstance(moment, datetime) else moment

    @field_validator("access", mode="before")
    @classmethod
    def _principals(cls, value: object) -> frozenset[str]:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list | frozenset) or not all(isinstance(one, str) for one in values):
            raise ValueError("not texts")
        return normalise_principals(values)

    @field_validator("url")
    @classmethod
    def _is_whole_link(cls, url: str | None) -> str | None:
        # A link is shown to readers: it must not run anything (javascript:).
        if url is not None and not re.fullmatch(r"(?:https?|file)://\S+", url, re.IGNORECASE):
            raise ValueError("not a link")
        return url

    @field_validator("language")
    @classmethod
    def _code(cls, language: str | None) -> str | None:
        if language is None:
            return None
        code = re.fullmatch(r"([a-z]{2})(?:[-_]\w+)*", language.lower())
        if code is None:
            raise ValueError("not a code")
        return code[1]


class _Loader(yaml.SafeLoader):
    """Python's own loader: that of libyaml crashes the process on deep nesting."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases: a few lines of them can fill the memory."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # untyped in the stubs
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not read", problem_mark=mark)
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return what the block at the start of `text` says, and the text without the block.

    Raises `UnusableFile`: the block is broken, or a key has a value of the wrong kind.
    """
    handler = YAMLHandler()
    if not handler.detect(text.lstrip()):
        return FrontMatter(), text
    try:
        block, body = handler.split(text.lstrip())
    except ValueError:
        raise UnusableFile("its front matter has no closing `---`", _SHAPE) from None
    lines_before = text.count("\n", 0, text.index(block))
    return _checked(_loaded(block, lines_before)), body.lstrip("\r\n")


def _loaded(block: str, lines_before: int) -> dict[str, object]:
    if len(block) > _LIMIT:
        raise UnusableFile("its front matter is longer than 64 kB", _SHAPE)
    try:
        values = YAMLHandler().load(block, Loader=_Loader)
    except _YAML_ERRORS as error:
        raise UnusableFile(f"its front matter is broken{_place(error, lines_before)}", _SHAPE) from error
    if not isinstance(values, dict | None):
        raise UnusableFile("its front matter is not made of `key: value` lines", _SHAPE)
    return {str(key).strip().casefold(): value for key, value in (values or {}).items()}


def _place(error: Exception, lines_before: int) -> str:
    if not isinstance(error, yaml.MarkedYAMLError):
        return "" if isinstance(error, RecursionError) else f": {error}"
    mark = error.problem_mark
    line = f" at line {lines_before + mark.line + 1}" if mark else ""
    return f"{line}: {error.problem}"


def _checked(values: dict[str, object]) -> FrontMatter:
    try:
        return FrontMatter.model_validate(values)
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise UnusableFile(
            f"`{key}` in its front matter is not of the right kind",
            f"Write for `{key}` {_EXPECTED[key]}.",
        ) from error
