"""`session_key`: what sessions are encrypted with, kept in the data folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from bot.errors import StorageUnavailable

FILE = "session.key"

_REMEDY = "Give Kennisbot's user the right to read and write there, or remove the file: all visitors are new ones then."


def session_key(data_folder: Path) -> bytes:
    """Return the key of this data folder, made where there is none; nobody else may read its file.

    Raises `StorageUnavailable` where it can't be read or made, or is no key.
    """
    path = data_folder / FILE
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
        Fernet(key)
    except (OSError, ValueError) as error:
        raise StorageUnavailable(f"The key of the page's sessions, {path}, can't be used: {error}", _REMEDY) from error
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(written, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(Fernet.generate_key())
    # Whole or not at all; another process that is first has the one key.
    with suppress(FileExistsError):
        os.link(written, path)
    written.unlink()
