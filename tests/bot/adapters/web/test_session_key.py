"""What cookies are encrypted with."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.adapters.web.session_key import FILE, session_key
from bot.errors import StorageUnavailable


def test_key_is_made_once(tmp_path: Path) -> None:
    """A restart knows the visitors of before; nobody else on the machine can read it."""
    folder = tmp_path / "data"
    key = session_key(folder)
    assert session_key(folder) == key
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == [FILE]
    Fernet(key)


def test_two_at_once_have_one_key(tmp_path: Path) -> None:
    """Whichever is first makes it."""
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(session_key, [tmp_path] * 8))) == 1


@pytest.mark.parametrize("content", [b"", b"not a key"])
def test_broken_key(tmp_path: Path, content: bytes) -> None:
    """It is said which file, and what to do."""
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StorageUnavailable) as error:
        session_key(tmp_path)
    assert FILE in error.value.reason
    assert "remove the file" in error.value.remedy


def test_folder_that_is_none(tmp_path: Path) -> None:
    """It is said so."""
    (tmp_path / "data").write_text("a file", "utf-8")
    with pytest.raises(StorageUnavailable):
        session_key(tmp_path / "data")
