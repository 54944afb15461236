"""What can go wrong in the index and its pipelines.

PipelineError
├── IndexMissing         no sync has made an index yet
├── IndexMismatch        the index was made with other settings than those in force
├── IndexUnavailable     the index file can't be opened, read or written
├── EmbedderUnavailable  the engine that makes vectors can't be loaded
├── SyncRunning          another sync holds the index
├── ConversionStopped    the processes that convert were ended from outside
├── UnreadableContent    a document's bytes can't be converted
└── DatasetError         a folder with questions to measure by can't be used
"""

from pathlib import Path


class PipelineError(Exception):
    """Base of all; `remedy` tells an administrator what to do, `retryable` whether waiting helps."""

    retryable = False

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep both halves of the message as attributes."""
        super().__init__(f"{reason}. {remedy}")
        self.reason = reason
        self.remedy = remedy


class IndexMissing(PipelineError):
    """There is no index where the settings say."""


class IndexMismatch(PipelineError):
    """The index can't be searched or extended with the present settings."""


class IndexUnavailable(PipelineError):
    """The index file is locked, unreadable, damaged, or the disk is full."""

    retryable = True


class EmbedderUnavailable(PipelineError):
    """No text can be turned into a vector: neither a document's nor a question's."""


class SyncRunning(PipelineError):
    """Another sync is at work on this index."""

    retryable = True


class ConversionStopped(PipelineError):
    """A process that converts was ended by somebody else."""

    retryable = True


class UnreadableContent(PipelineError):
    """One document's bytes can't be turned into Markdown."""


class DatasetError(PipelineError):
    """Questions to measure by, or what was measured before, can't be used; `path` and `line` (from 1) say where."""

    def __init__(self, path: Path, line: int | None, problem: str, remedy: str) -> None:
        """`line`: None where it is the file as a whole."""
        super().__init__(f"{path}{f', line {line}' if line else ''}: {problem}", remedy)
        self.path = path
        self.line = line
