"""What can go wrong in the bot.

BotError
├── SettingsError           settings are missing or wrong; trying again does not help
├── Unavailable             a part of the machine can't be used now; trying again may help
│   ├── ServerUnavailable   the HTTP server can't listen where it should
│   └── StorageUnavailable  the bot's own database can't be opened, read or written
└── UnknownPerson           the directory has nobody under that name; trying again does not help
"""

from collections.abc import Sequence
from dataclasses import dataclass


class BotError(Exception):
    """Base of all; `retryable` says whether trying again may help."""

    retryable = False


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One thing that is wrong with the settings.

    `where` is the file, the environment variable or the command line; `key` is dotted, as in
    `sources[1].path`, and empty where the problem is not about one setting; `message` never holds
    a secret; `hint` says what to do, where that can be told.
    """

    where: str
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the problem on one line."""
        place = f"{self.where}: {self.key}" if self.key else self.where
        return f"{place}: {self.message}. {self.hint}".rstrip()


class SettingsError(BotError):
    """The settings can't be used; `problems` holds everything that is wrong with them."""

    def __init__(self, problems: Sequence[SettingsProblem]) -> None:
        """Keep the problems; the exception's own text has one a line."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class Unavailable(BotError):
    """A part of the machine can't be used now; `reason` and `remedy` are an administrator's."""

    retryable = True

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep both halves of the message as attributes."""
        super().__init__(f"{reason}. {remedy}")
        self.reason = reason
        self.remedy = remedy


class ServerUnavailable(Unavailable):
    """The HTTP server can't listen on its address."""


class StorageUnavailable(Unavailable):
    """The bot's own database is locked, unreadable, damaged or of another version, or its disk is full."""


class UnknownPerson(BotError):
    """Somebody asks whom the directory does not know; `nearest` is the most alike address it has."""

    def __init__(self, email: str, nearest: str | None) -> None:
        """Keep the facts as attributes."""
        hint = f" Did you mean {nearest}?" if nearest else ""
        super().__init__(f"Nobody has the address {email} in the people file.{hint}")
        self.email = email
        self.nearest = nearest
