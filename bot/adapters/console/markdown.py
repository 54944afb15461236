"""`TerminalMarkdown`: Markdown of which every word is shown, at any width."""

from dataclasses import replace

from markdown_it import MarkdownIt
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown, TableElement
from rich.table import Table

# A quoted `<name>` is a word, not HTML; a quoted `[1]: …` gives no other meaning to the marker [1].
_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"]).disable("reference")


class _WholeTable(TableElement):
    """Folds a long word in a narrow column, where Rich would cut it off."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table."""
        for table in super().__rich_console__(console, options):
            if isinstance(table, Table):
                table.columns = [replace(column, overflow="fold") for column in table.columns]
            yield table


class TerminalMarkdown(Markdown):
    """Shows all that the text has; of a link both the words and the address."""

    elements = Markdown.elements | {"table_open": _WholeTable}

    def __init__(self, text: str) -> None:
        """`text`: Markdown."""
        super().__init__(text, hyperlinks=False)
        self.parsed[:] = _PARSER.parse(text)
