"""What can go wrong while reading a source.

ConnectorError
├── SourceUnavailable       the whole source can't be read; trying again may help
├── SourceShrank            it lost so much that removing that may be a mistake; a person decides
└── CursorStoreUnavailable  what remembers the syncs can't be used; trying again may help
"""


class ConnectorError(Exception):
    """A source could not be read; `remedy` says what an administrator can do about it."""

    retryable = False

    def __init__(self, source: str, reason: str, remedy: str) -> None:
        """Keep the facts as attributes: the source's name, what happened, what to do."""
        super().__init__(f"{source}: {reason}. {remedy}")
        self.source = source
        self.reason = reason
        self.remedy = remedy


class SourceUnavailable(ConnectorError):
    """The source can't be reached or listed now (a folder that is gone, a server that is down)."""

    retryable = True


class SourceShrank(ConnectorError):
    """The source lists nothing, or lost more than half of the documents that it had when it was last read whole.

    What is new in it was indexed all the same; what is missing waits until it is back or a person removes it.
    """


class CursorStoreUnavailable(ConnectorError):
    """The file with the cursors can't be made, opened, read or written."""

    retryable = True
