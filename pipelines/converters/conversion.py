"""One file's way from bytes to sections, as a worker process goes it.

Everything that looks into a file that somebody else made happens in here, so that limits of time and
memory hold for all of it. Importing this is quick: a format's library is loaded with its first file.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from pipelines.converters import ConvertedText
from pipelines.converters.refusals import SAVE_AGAIN
from pipelines.converters.routing import CONVERTERS, converter
from pipelines.converters.signature import check_signature
from pipelines.errors import UnreadableContent
from pipelines.language import LanguageDetector
from pipelines.markdown import Section, split_sections

CONVERTER_VERSION = "1"
"""Part of the index's fingerprint: raise it when a converter makes something else of the same file."""

_MOST_PARTS = 100  # of one file; a mail with more is a mailbox, and needs to be exported mail by mail
_DEEPEST = 3
_LONGEST_SUMMARY = 120
_LONGEST_TITLE = 300
_LONGEST_TEXT = 5_000_000  # characters, some 2,000 pages; more is an export of data, which answers no question
_TOO_LONG = "More than 5 million is not indexed as one document: split it, or exclude it."


@dataclass(frozen=True, slots=True)
class File:
    """A file to convert. `title` and `language` (ISO 639-1) are what its source states, None where it does not."""

    name: str
    mime_type: str
    data: bytes
    title: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file could not be converted, and what an administrator can do about it."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a file holds.

    `left_out` counts what no reader sees, by what it is. `parts` are the files inside it, each with a name that
    is unique in it.
    """

    markdown: str
    title: str
    language: str
    sections: list[Section]
    left_out: dict[str, int]
    parts: "tuple[tuple[str, Conversion | Refusal], ...]" = ()

    @property
    def holds_text(self) -> bool:
        """Whether there is anything to read, headings counted."""
        return any(section.blocks or "".join(section.path) for section in self.sections)


def convert_file(file: File, languages: tuple[str, ...], depth: int = 0) -> Conversion | Refusal:
    """Convert `file` and the files inside it; `languages`: ISO 639-1 codes, the default language first.

    Whatever a library raises on a broken file is a `Refusal` too. `depth`: how many files it is inside of.
    Raises `MemoryError`, and `ImportError` where the product is not installed whole.
    """
    try:
        return structured(file, _converted(file), languages, depth)
    except UnreadableContent as error:
        return Refusal(error.reason, error.remedy)
    except (MemoryError, ImportError):
        raise  # not the file's fault
    except RecursionError:
        return Refusal("its elements are nested too deeply", "Simplify the file or exclude it.")
    except Exception as error:  # noqa: BLE001 - a library may raise anything on a file that is broken
        return Refusal(f"it is damaged ({_summary(error)})", SAVE_AGAIN)


def _converted(file: File) -> ConvertedText:
    if file.mime_type not in CONVERTERS:
        formats = ", ".join(sorted({name.partition(":")[0] for name in CONVERTERS.values()}))
        raise UnreadableContent(f"there is no converter for the format {file.mime_type}", f"Readable are: {formats}.")
    if file.mime_type.startswith("text/"):
        return converter(file.mime_type)(_text(file.data))
    check_signature(file.data, file.mime_type)
    return converter(file.mime_type)(file.data)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableContent("it is not UTF-8 text", "Save it as UTF-8.") from error


def structured(file: File, text: ConvertedText, languages: tuple[str, ...], depth: int = 0) -> Conversion:
    """Return what a file holds whose text is `text`; arguments as in `convert_file`. Raises `UnreadableContent`."""
    markdown = text.markdown.strip()
    if len(markdown) > _LONGEST_TEXT:
        raise UnreadableContent(f"it holds {len(markdown):,} characters of text", _TOO_LONG)
    language = file.language or LanguageDetector(languages).detect(markdown)
    sections = split_sections(markdown, language)
    title = file.title or _title(sections, text.title) or _title_of_path(file.name)
    read = text.attachments[: _MOST_PARTS if depth < _DEEPEST else 0]
    parts = tuple(
        (part.name, convert_file(File(part.name, part.mime_type, part.data), languages, depth + 1)) for part in read
    )
    unread = {"attachments beyond the limit": len(text.attachments) - len(read)}
    left_out = {what: count for what, count in {**text.left_out, **unread}.items() if count}
    return Conversion(markdown, title[:_LONGEST_TITLE], language, sections, left_out, parts)


def _title(sections: list[Section], stated: str | None) -> str | None:
    """Return the one heading of level one; where there are several, what the format states, else the first."""
    tops = [section.path[0] for section in sections[1:] if section.level == 1]
    return stated if stated and len(tops) != 1 else next(iter(tops), None)


def _title_of_path(path: str) -> str:
    words = PurePosixPath(path).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else path


def _summary(error: Exception) -> str:
    """Return what a library said in one line; its text may quote the file, so it is kept short."""
    said = " ".join(str(error).split())[:_LONGEST_SUMMARY]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
