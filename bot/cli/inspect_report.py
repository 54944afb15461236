"""What Kennisbot makes of one file: the facts that `kennisbot inspect` shows, and their words."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from connectors.sources.filesystem.explanation import Explanation
    from pipelines.converters.conversion import File
    from pipelines.converters.processes import Converter
    from pipelines.inspection import IndexStatus, InspectedDocument, Inspection

_NO_SOURCE = (
    "no source reads it: it lies in the folder of none",
    "Put it in the folder of a source, or name its folder in a [[sources]] table of the settings.",
)
_SAY_WHO = "Say it in the front matter of Markdown, in an access.toml, or in the source's setting `access`."
_IN_INDEX = {
    "current": "yes, this version",
    "metadata": "yes, this text; who may read it, its title, link, owner or date has changed since",
    "older": "yes, an older version",
    "stale": "yes, an older version, kept since {since}, when a newer one could not be read",
    "leaving": "yes, until the next sync takes it out",
    "absent": "no",
    "unusable": "can't be told: {reason}",
}
_NEEDS_SYNC = ("metadata", "older", "absent")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or one inside it, is no part of any answer, and what to do about it."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What is known of the file at `path`.

    `explanations`: of the sources in whose folder it lies, those that read it first. `body`: what was read, by the
    first of them or, where none reads it, as a file that stands alone. `inspection` is None where that can't be
    used, `status` where there is no index or no source.
    """

    path: Path
    settings_file: Path | None
    explanations: "tuple[Explanation, ...]"
    body: "Explanation"
    inspection: "Inspection | None"
    status: "IndexStatus | None"

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    @property
    def document(self) -> "InspectedDocument | None":
        """The file itself as it would be indexed, None where it would not."""
        return next((one for one in self._documents if not one.name), None)

    @property
    def parts(self) -> "tuple[InspectedDocument, ...]":
        """The files inside it that can be read."""
        return tuple(one for one in self._documents if one.name)

    @property
    def unread_parts(self) -> dict[str, Problem]:
        """The files inside it that can't be read, by name."""
        issues = self.inspection.issues if self.inspection else ()
        return {issue.document_id: Problem(issue.reason, issue.remedy) for issue in issues if issue.document_id}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Whatever keeps the file out of the answers; empty where nothing does."""
        return tuple(self._problems())

    @property
    def principals(self) -> tuple[str, ...]:
        """Who may read it; empty for nobody. Of a file that can't be used: who may read the version before."""
        if self.body.document:
            return tuple(sorted(self.body.document.access))
        issue = self.body.issue
        return tuple(sorted(issue.access or ())) if issue and self.body.is_listed else ()

    @property
    def why(self) -> str:
        """What decides who may read it, or why nobody may."""
        if not self.body.is_listed:
            return "no source reads it" if self.settings_file else "no settings were found, so no source reads it"
        origin = self.body.access_from
        if origin is None:
            kept = "the version of before, as long as this one can't be read"
            return kept if self.principals else "it can't be read, so it can't be told who may"
        setting = f"the setting `access` of source {self.body.source}"
        where = {"front matter": "its front matter", "setting": setting}.get(origin.kind, origin.file)
        if self.principals:
            return f"as {where} says"
        if origin.kind == "setting":
            return f"it says nothing of that, no access.toml governs it, and {setting} is empty"
        return f"{where} grants it to nobody"

    @property
    def access_remedy(self) -> str | None:
        """What to do where nothing says who may read it, None where something does."""
        origin = self.body.access_from
        return _SAY_WHO if origin and origin.kind == "setting" and not self.principals else None

    @property
    def in_index(self) -> str | None:
        """Whether the index has it, and which version of it; None where it lies in no source's folder."""
        if self.status is None:
            return "there is no index yet: run `kennisbot sync`" if self.explanations else None
        since = (self.status.stale_since or "")[:10]
        text = _IN_INDEX[self.status.state].format(since=since, reason=self.status.reason)
        comes = self.status.state in _NEEDS_SYNC and not self.problems
        return f"{text}; `kennisbot sync` brings this one" if comes else text

    @property
    def outdated_access(self) -> tuple[str, ...] | None:
        """Who may read what the index has of it, None where that is as it should be."""
        indexed = self.status.access if self.status and self.status.state not in ("absent", "unusable") else None
        return None if indexed is None or set(indexed) == set(self.principals) else indexed

    @property
    def url(self) -> str | None:
        """The link to the document as a whole, None where no source reads it."""
        from connectors.base import whole_link

        document = self.body.document if self.body.is_listed else None
        return whole_link(document.url) if document else None

    @property
    def mime_type(self) -> str:
        """The format, by the ending of the name."""
        from connectors.formats import mime_type

        return mime_type(self.path.name, "text/plain")

    @property
    def format(self) -> str:
        """The format in a word, such as "docx"; where nothing converts it its MIME type."""
        from pipelines.converters.routing import CONVERTERS

        return CONVERTERS.get(self.mime_type, self.mime_type).partition(":")[0]

    @property
    def changed(self) -> str | None:
        """The date of its last change, as it says itself or else its file does (ISO)."""
        document = self.body.document
        return document.updated_at.isoformat() if document and document.updated_at else None

    @property
    def full_id(self) -> str | None:
        """The id in the index, None where no source reads the file."""
        return f"{self.body.source}/{self.body.document_id}" if self.body.is_listed else None

    @property
    def _documents(self) -> "tuple[InspectedDocument, ...]":
        return self.inspection.documents if self.inspection else ()

    def _problems(self) -> Iterator[Problem]:
        unlisted = [one.issue for one in self.explanations if one.issue and not one.is_listed]
        if not self.body.is_listed:
            yield from (Problem(f"no source reads it: {issue.reason}", issue.remedy) for issue in unlisted)
        if self.settings_file and not self.explanations:
            yield Problem(*_NO_SOURCE)
        if self.body.issue and self.body.issue.reason not in {issue.reason for issue in unlisted}:
            yield Problem(self.body.issue.reason, self.body.issue.remedy)
        for issue in self.inspection.issues if self.inspection else ():
            if not issue.document_id:
                yield Problem(issue.reason, issue.remedy)


def make_report(settings: "Settings", settings_file: Path | None, path: Path) -> FileReport:
    """Return what is known of the file at `path`; `settings_file` is None where none was found."""
    with ThreadPoolExecutor(1) as beside:
        # The process that converts takes a second to start, mostly for the detection of languages: so it does
        # that while the imports here, which take nearly as long, go on. Should it fail, so does the file itself.
        converter = _converter(settings)
        beside.submit(converter.convert, [_warm_up_file()])
        return _report(settings, settings_file, path, converter)


def _converter(settings: "Settings") -> "Converter":
    from pipelines.converters.processes import ConverterProcesses

    return ConverterProcesses(settings.conversion.model_copy(update={"processes": 1}), settings.languages)


def _warm_up_file() -> "File":
    from pipelines.converters.conversion import File

    return File("warm-up.txt", "text/plain", b"Text in some language.")


def _report(settings: "Settings", settings_file: Path | None, path: Path, converter: "Converter") -> FileReport:
    from bot import bootstrap
    from connectors.sources.filesystem.explanation import read_alone

    explanations = tuple(bootstrap.explain_file(settings, path))
    first = next(iter(explanations), None)
    body = first if first and first.is_listed else read_alone(path)
    inspection = bootstrap.inspect(settings, converter, body.source, body.document) if body.document else None
    status = bootstrap.status_in_index(settings, first) if first else None
    return FileReport(path.absolute(), settings_file, explanations, body, inspection, status)
