"""PDF: what a reader of the printed page sees, in the order of reading.

A PDF holds characters at places and nothing else: lines, columns, paragraphs, headings and tables are found
again by where and how the characters stand. PDFium reads the file (`document`, `characters`, `drawing`,
`annotations`); `visibility` drops what can't be seen, `furniture` what repeats on every page; `grids` finds
tables, `columns` the order, `lines`, `blocks` and `headings` the structure; `inline` and `writing` write it.
"""

from pipelines.converters.pdf.conversion import convert_pdf

__all__ = ["convert_pdf"]
