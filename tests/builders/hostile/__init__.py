"""Files that are hostile, broken, or look so, over all formats: what an attacker or a bad day puts in a folder.

Large ones are sparse or pack well: all of them take some 20 MB on a disk.
"""

from tests.builders.hostile import archives, mails, nodes, office, pdfs, texts, workbooks
from tests.builders.hostile.file import HostileFile

_FILES: tuple[HostileFile, ...] = (
    *archives.FILES,
    *office.FILES,
    *workbooks.FILES,
    *pdfs.FILES,
    *texts.FILES,
    *mails.FILES,
    *nodes.FILES,
)
HOSTILE: tuple[HostileFile, ...] = tuple(sorted(_FILES, key=lambda file: "took more than" in file.reason))
"""Their names are unique. Those that go to a limit come last, beside each other, so that they can be waited for
together."""
