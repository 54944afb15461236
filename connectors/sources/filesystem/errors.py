"""What can be wrong with one file; it never leaves this package: the file becomes a `DocumentIssue`."""


class UnusableFile(Exception):
    """A file that can't become a document; `remedy` says what an administrator can do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep both halves: what is wrong, and what to do."""
        super().__init__(f"{reason}. {remedy}")
        self.reason = reason
        self.remedy = remedy


class LockedFile(UnusableFile):
    """A file that Kennisbot's user may not read: whoever took that right away withdrew the document."""
