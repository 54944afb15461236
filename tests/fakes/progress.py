"""`Silent`: a sync's progress that nobody looks at."""


class Silent:
    """Takes what it is told, and shows none of it."""

    def source(self, name: str) -> None:
        """A source begins."""

    def documents(self, done: int, remaining: int | None) -> None:
        """Documents are done."""

    def calibration(self, done: int, total: int) -> None:
        """Sentences are embedded."""
