"""`python -m tests.fuzz`: many made-up and broken files through the converter processes, and a table of what came.

A file that made our own code fail, that took too long or too much, or that broke a promise, is kept in a folder.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from connectors.formats import MIME_TYPES
from pipelines.converters.conversion import File
from pipelines.converters.processes import ConverterProcesses
from pipelines.settings import ConversionSettings
from tests.fuzz.documents import WRITERS
from tests.fuzz.inputs import inputs
from tests.fuzz.tally import Tally
from tests.fuzz.trial import tried

_A_ROUND = 40  # inputs of each format
_LIMITS = {"max_seconds": 5, "max_megabytes": 500}


def main() -> None:
    """Read the arguments, try the inputs, print the table."""
    arguments = _arguments()
    tallies = {ending: Tally(ending) for ending in WRITERS}
    console, started = Console(width=140), time.perf_counter()
    converter = ConverterProcesses(ConversionSettings(processes=arguments.processes, **_LIMITS), ("nl", "en"), tried)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=arguments.inputs)
        for ending, files in _rounds(arguments.inputs, arguments.seed, arguments.formats):
            bar.update(task, description=ending)
            for file, result in zip(files, converter.convert(files), strict=True):
                tallies[ending].add(file, result, arguments.keep)
            bar.advance(task, len(files))
    _show(console, list(tallies.values()), time.perf_counter() - started, arguments.keep)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many, over all formats")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same files")
    parser.add_argument("--processes", type=int, default=2, help="how many files are tried at a time")
    parser.add_argument("--formats", nargs="*", choices=list(WRITERS), default=list(WRITERS), help="such as .docx")
    folder = Path(tempfile.gettempdir()) / "kennisbot-fuzz"
    parser.add_argument("--keep", type=Path, default=folder, help="where files with findings are kept")
    return parser.parse_args()


def _rounds(total: int, seed: int, endings: list[str]) -> Iterator[tuple[str, list[File]]]:
    """Yield files of one format after the other, until there are `total`."""
    made = number = 0
    while made < total:
        ending = endings[number % len(endings)]
        round_seed = seed * 1_000_003 + number
        files = [
            File(f"{round_seed}-{n}{ending}", MIME_TYPES[ending], data)
            for n, data in enumerate(inputs(ending, min(_A_ROUND, total - made), round_seed))
        ]
        yield ending, files
        made += len(files)
        number += 1


def _show(console: Console, tallies: list[Tally], seconds: float, folder: Path) -> None:
    console.print(Tally.table(tallies))
    reasons: Counter[str] = sum((tally.reasons for tally in tallies), Counter())
    for reason, count in reasons.most_common(25):
        console.print(f"{count:6,}  {reason}", highlight=False)
    for finding in (finding for tally in tallies for finding in tally.findings):
        console.print(f"kept {folder / finding}", highlight=False, soft_wrap=True)
    console.print(f"{seconds:.0f} s")


if __name__ == "__main__":
    main()
