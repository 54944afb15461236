"""The page as one HTML file: its templates filled in, all that is filled in escaped, nothing loaded from elsewhere.

It wears the web page's own style, and follows it when that changes.
"""

import os
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.cli.evaluation.page import words
from bot.cli.evaluation.page.measures import MEASURES
from pipelines.evaluation.run import writing

_FILTERS = (
    words.between,
    words.count,
    words.duration,
    words.number,
    words.percent,
    words.plural,
    words.signed,
    words.tidy,
)

_OPENED = 3
"""Cases of each kind that are open at once, to show that there is something in them."""


def write(path: Path, template: str, view: Mapping[str, object]) -> None:
    """Write the page of a template to `path`, in the place of what was there; a new file is its owner's alone.

    It quotes documents, and not everybody may read each of them. Raises `DatasetError` where that can't be done.
    """
    html = _environment().get_template(template).render(view, made=datetime.now().astimezone())
    with writing(path), open(path, "w", encoding="utf-8", errors="replace", opener=_for_its_owner) as file:
        file.write(html)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.cli.evaluation.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update({said.__name__: said for said in _FILTERS})
    environment.globals |= {"product_file": _product_file, "measures": MEASURES, "opened": _OPENED}
    return environment


def _product_file(name: str) -> str:
    """Return one of the web page's own files: a style sheet or the icon."""
    return (files("bot.adapters.web") / "static" / name).read_text("utf-8")
