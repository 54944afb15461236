"""Converting in this process: the same work as in the worker processes, without the time they take to start."""

from collections.abc import Sequence

from pipelines.converters.conversion import Conversion, File, Refusal, convert_file


class InProcessConverter:
    """A `Converter` without limits."""

    def __init__(self, languages: tuple[str, ...] = ("nl", "en")) -> None:
        self._languages = languages

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        return [convert_file(file, self._languages) for file in files]
