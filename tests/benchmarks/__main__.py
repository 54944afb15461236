"""The command line: `python -m tests.benchmarks [--only NAME…] [--json FILE] [--quick]`."""

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from tests.benchmarks import converting, indexing, page, question, retrieval, scale, startup
from tests.benchmarks.report import Section, machine, messages, show
from tests.benchmarks.sample import Sample

SECTIONS: Mapping[str, Callable[[Sample, bool], Section]] = {
    "converting": converting.measure,
    "memory": converting.measure_memory,
    "indexing": indexing.measure,
    "question": question.measure,
    "retrieval": retrieval.measure,
    "startup": startup.measure,
    "page": page.measure,
    "scale": scale.measure,
}
"""Each is given the sample and whether to be quick, in this order."""

Only = Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help=f"Of: {', '.join(SECTIONS)}.")]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures here too.")]
Quick = Annotated[bool, typer.Option("--quick", help="Fewer rounds and questions, and 1,000 chunks only.")]


def main(only: Only = None, json_file: Json = None, quick: Quick = False) -> None:
    """Measure time, memory and retrieval. Times are medians; a ratio is to the bare library in the same run."""
    if unknown := set(only or ()) - set(SECTIONS):
        raise typer.BadParameter(f"there is no section {', '.join(sorted(unknown))}")
    before = machine()
    messages.print(", ".join(f"{key} {value}" for key, value in before.items()))
    sections = []
    with tempfile.TemporaryDirectory(prefix="kennisbot-benchmarks-") as folder:
        sample = Sample(Path(folder))
        for name in only or SECTIONS:
            sections.append(SECTIONS[name](sample, quick))
            show(sections[-1])
    if json_file:
        document = {"machine": before, "sections": {section.name: section.records() for section in sections}}
        json_file.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
