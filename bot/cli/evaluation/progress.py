"""How an evaluation goes on, as bars."""

from collections.abc import Callable

from bot.cli.sync_progress import ProgressBars


class EvaluationBars(ProgressBars):
    """The bars of the index, where it has to be made, and one for each round of questions, on standard error."""

    def __init__(self, dataset: str) -> None:
        """`dataset`: its name, for the index's bar."""
        super().__init__()
        self._dataset = dataset

    def source(self, name: str) -> None:
        """The index is being made."""
        super().source(f"indexing {self._dataset}")

    def questions(self, label: str) -> Callable[[int, int], None]:
        """Return what to tell how many questions are done, of how many."""
        task = self._bars.add_task(label, total=None, rate="")
        return lambda done, total: self._advance(task, done, total, "questions")
