"""Mail (RFC 5322, MIME): who wrote to whom, the newest text of the thread, and the files that came along.

`message` turns bytes into Markdown; `parts` tells text from files; `replies` and `quoted_html` find where the
older mails of a thread begin.
"""

from pipelines.converters.eml.message import convert_eml

__all__ = ["convert_eml"]
