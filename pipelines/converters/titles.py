"""The title that a document's properties state: programs put one there that no person chose."""

import re

_LEFTOVER = re.compile(
    r"""(?:
        (?:microsoft\ (?:office\ )?word|powerpoint|excel)\b.*   # a printed file, named after its program
        | (?:new\ |nieuw\ |blank\ )?(?:microsoft\ word[ -])?(?:docu?ment|untitled|naamloos|presentati(?:on|e))\ ?\d*
        | (?:title|titel|template|sjabloon)\b\W*(?:of\ the\ document|van\ het\ document)?
        | (?:document|word)\ ?(?:title|titel)
        | .*\.(?:docx?|dotx?|odt|ott|rtf|txt|pdf|indd|tmp)\W*
        | \W*[\[<{].*[\]>}]\W*                                  # a field that nobody filled in
        | [\W\d_]*
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 200  # characters; what is longer is a paragraph that strayed into the properties


def sensible_title(title: str | None) -> str | None:
    """Return the stated title in one line, None where it is a leftover such as "Document1" or a file's name."""
    line = " ".join((title or "").split())
    return None if len(line) > _LONGEST or _LEFTOVER.fullmatch(line) else line
