"""From a file's bytes to Markdown that keeps headings, lists, links and tables: one format a module.

A converter is a plain function to `ConvertedText`, from text for the formats that are text (`text/…`,
decoded, lines ended by "\\n"), else from bytes. It raises `UnreadableContent` where it knows what is wrong
and what to do; whatever else its library raises on a broken file is turned into one by `conversion`, which goes
the whole way from bytes to sections. `processes` does that in worker processes with limits, `routing` holds the
table of formats. Nothing in here imports Haystack: a process is started for each core.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a document, which becomes a document of its own; `name` has no folders."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """A document as Markdown, and the title that its format states outside the text, if any.

    A heading may end in `{#anchor}`: the anchor that its own format gave it. A line of its own may be a
    marker of `pipelines.markdown.place_marker`: what follows stands on that page, slide or notes page.
    `left_out` says what no reader sees and so was left out, for an administrator: how many of what, such as
    `{"comments": 3, "passages of white text": 1}`.
    """

    markdown: str
    title: str | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
