"""From a file's bytes to Markdown that keeps headings, lists, links and tables: one format a module.

A converter is a plain function from text to `ConvertedText`; `pipelines.components.document_converter`
holds the table that routes a document to its converter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """A document as Markdown, and the title that its format states outside the text, if any.

    A heading may end in `{#anchor}`: the anchor that its own format gave it.
    """

    markdown: str
    title: str | None = None
