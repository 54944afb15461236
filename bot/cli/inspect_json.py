"""What `kennisbot inspect --json` prints."""

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.cli.inspect_report import FileReport
    from connectors.sources.filesystem.explanation import Explanation
    from pipelines.inspection import InspectedDocument


def as_document(report: "FileReport") -> dict[str, Any]:
    """Return a report as `--json` prints it: the keys are always these.

    `file`, `settings` (paths, the latter null where no settings were found), `source`, `document_id` (null where no
    source reads it), `title`, `format` (MIME type), `size` (bytes), `language`, `owner`, `changed` (ISO date), `url`;
    `access`: `principals`, `from` ("front matter", "access.toml", "setting" or null), `file` (the access.toml or
    null), `why`, `remedy` (or null);
    `index`: null where there is none, else `state`, `access`, `updated_at`, `stale_since` and `reason`
    (`pipelines.inspection.IndexStatus`);
    `sources`: of each source in whose folder it lies `source`, `document_id`, `reads`, `reason`, `remedy`;
    `problems`: `reason` and `remedy` of each;
    `left_out` (counts), `markdown` (null where it can't be read), `chunks`: `number`, `section`, `place`, `anchor`,
    `characters`, `text` of each;
    `parts`: of each file inside it `name`, `title`, `language`, `left_out`, `markdown`, `chunks`, `problem`.
    """
    document = report.body.document
    text = _text(report.document)
    return {
        "file": os.fsencode(report.path).decode("utf-8", "backslashreplace"),
        "settings": str(report.settings_file) if report.settings_file else None,
        "source": report.body.source or None,
        "document_id": report.full_id,
        "title": text["title"],
        "format": report.mime_type,
        "size": report.size,
        "language": text["language"],
        "owner": document.owner if document else None,
        "changed": report.changed,
        "url": report.url,
        "access": _access(report),
        "index": asdict(report.status) if report.status else None,
        "sources": [_source(one) for one in report.explanations],
        "problems": [asdict(problem) for problem in report.problems],
        **{key: text[key] for key in ("left_out", "markdown", "chunks")},
        "parts": [
            *({"name": part.name, **_text(part), "problem": None} for part in report.parts),
            *({"name": name, **_text(None), "problem": asdict(p)} for name, p in report.unread_parts.items()),
        ],
    }


def _access(report: "FileReport") -> dict[str, Any]:
    origin = report.body.access_from
    return {
        "principals": list(report.principals),
        "from": origin.kind if origin else None,
        "file": (origin.file or None) if origin else None,
        "why": report.why,
        "remedy": report.access_remedy,
    }


def _source(one: "Explanation") -> dict[str, Any]:
    return {
        "source": one.source,
        "document_id": f"{one.source}/{one.document_id}",
        "reads": one.document is not None,
        "reason": one.issue.reason if one.issue else None,
        "remedy": one.issue.remedy if one.issue else None,
    }


def _text(document: "InspectedDocument | None") -> dict[str, Any]:
    """Return what a document holds, the same keys where it can't be read."""
    if document is None:
        return {"title": None, "language": None, "left_out": {}, "markdown": None, "chunks": []}
    values = asdict(document)
    del values["name"]
    return values
