"""`PeopleFile`: who people are, from a small TOML file.

    [[people]]
    email = "sanne@company.example"
    name = "Sanne de Vries"
    groups = ["hr"]

A person's principals are their e-mail, their groups, and `everyone` and `public`.
"""

import difflib
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import SettingsError, SettingsProblem, UnknownPerson
from bot.models import User, UserReference

_ALL_EMPLOYEES = ("everyone", "public")


class _Person(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    name: str = ""
    groups: tuple[str, ...] = ()


class _People(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    people: tuple[_Person, ...] = ()


class PeopleFile:
    """A directory of the people in a file; somebody without an address is an employee in no group."""

    def __init__(self, path: Path | None) -> None:
        """Read `path`; without one nobody is known by name.

        Raises `SettingsError` where the file can't be read or has something wrong in it.
        """
        self._people = {person.email.casefold(): person for person in _read(path)} if path else {}

    @property
    def count(self) -> int:
        """How many people the file names."""
        return len(self._people)

    async def look_up(self, reference: UserReference) -> User:
        """Return the person with the e-mail `reference.id`, case aside.

        Raises `UnknownPerson` where the file has none.
        """
        email = reference.id.strip().casefold()
        if not email:
            return User("", "", frozenset(_ALL_EMPLOYEES))
        person = self._people.get(email)
        if person is None:
            nearest = difflib.get_close_matches(email, self._people, n=1)
            raise UnknownPerson(reference.id, nearest[0] if nearest else None)
        groups = (group.strip().casefold() for group in person.groups)
        return User(email, person.name or email, frozenset((email, *groups, *_ALL_EMPLOYEES)))


def _read(path: Path) -> Iterable[_Person]:
    try:
        return _People.model_validate(tomllib.loads(path.read_text("utf-8"))).people
    except OSError as error:
        raise _problem(path, "", f"it can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _problem(path, "", f"it is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise _problem(path, ".".join(map(str, first["loc"])), first["msg"]) from error


def _problem(path: Path, key: str, message: str) -> SettingsError:
    hint = 'Each person is a table [[people]] with email = "…" and, if wanted, name = "…" and groups = ["…"].'
    return SettingsError([SettingsProblem(str(path), key, message, hint)])
