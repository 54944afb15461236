"""`PeopleFile`: who people are, from a small TOML file.

    [[people]]
    email = "sanne@company.example"
    name = "Sanne de Vries"
    groups = ["hr"]

A person's principals are their e-mail, their groups, and `everyone` and `public`.
"""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import ErrorDetails

from bot.errors import SettingsError, SettingsProblem, UnknownPerson
from bot.models import User, UserReference

_ALL_EMPLOYEES = ("everyone", "public")
_TRUSTED_PLATFORMS = frozenset({"console", "web"})
"""Whoever can run the command line on the company's machine, or reach its page, is an employee without saying which."""
_FORM = 'Each person is a table [[people]] with email = "…" and, if wanted, name = "…" and groups = ["…"].'
_WORDS = {
    "extra_forbidden": "there is no such key",
    "missing": "is missing",
    "string_type": "expected text",
    "tuple_type": "expected a list",
}


class _Person(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    email: str
    name: str = ""
    groups: tuple[str, ...] = ()

    @field_validator("email")
    @classmethod
    def _is_address(cls, email: str) -> str:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            raise ValueError(f"expected an e-mail address, found {email!r}")
        return email.casefold()


class _People(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    people: tuple[_Person, ...] = ()

    @field_validator("people")
    @classmethod
    def _each_once(cls, people: tuple[_Person, ...]) -> tuple[_Person, ...]:
        twice = [email for email, count in Counter(person.email for person in people).items() if count > 1]
        if twice:
            raise ValueError(f"{twice[0]} stands there more than once")
        return people


class PeopleFile:
    """A directory of the people in a file; who comes without an address by the terminal or page is in no group."""

    def __init__(self, path: Path | None) -> None:
        """Read `path`; without one nobody is known by name.

        Raises `SettingsError` where the file can't be read or has something wrong in it.
        """
        self._people = {person.email: person for person in _read(path)} if path else {}

    @property
    def people(self) -> tuple[User, ...]:
        """The people whom the file names, in its order."""
        return tuple(_user(person) for person in self._people.values())

    async def look_up(self, reference: UserReference) -> User:
        """Return the person with the e-mail `reference.id`, case aside.

        Raises `UnknownPerson` where the file has none.
        """
        email = reference.id.strip().casefold()
        if not email and reference.platform in _TRUSTED_PLATFORMS:
            return User("", "", frozenset(_ALL_EMPLOYEES))
        person = self._people.get(email)
        if person is None:
            nearest = difflib.get_close_matches(email, self._people, n=1)
            raise UnknownPerson(reference.id, nearest[0] if nearest else None)
        return _user(person)


def _user(person: _Person) -> User:
    groups = (group.strip().casefold() for group in person.groups)
    return User(person.email, person.name or person.email, frozenset((person.email, *groups, *_ALL_EMPLOYEES)))


def _read(path: Path) -> Iterable[_Person]:
    try:
        return _People.model_validate(tomllib.loads(path.read_text("utf-8-sig"))).people
    except OSError as error:
        raise SettingsError([_problem(path, f"it can't be read: {error.strerror}")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError([_problem(path, f"it is not TOML: {error}")]) from error
    except ValidationError as error:
        raise SettingsError([_described(path, details) for details in error.errors()]) from error


def _described(path: Path, details: ErrorDetails) -> SettingsProblem:
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in details["loc"])
    message = _WORDS.get(details["type"]) or details["msg"].removeprefix("Value error, ")
    return _problem(path, message, key.removeprefix("."))


def _problem(path: Path, message: str, key: str = "") -> SettingsProblem:
    return SettingsProblem(str(path), key, message, _FORM)
