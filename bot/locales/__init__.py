"""What people read, in each language: gettext catalogues, `<language>/LC_MESSAGES/<domain>.po`.

They are read as they stand, so that there is nothing to compile. A message's id is its key in the code, also where
it has a plural; the English catalogue is one like the others. In a text stand its values as `%(name)s`, and a
percent sign as `%%`. A domain is what is said in one place: `bot` in a conversation, `web` on the page around it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Message = str | tuple[str, str]


@cache
def _messages(language: str, domain: str) -> Mapping[str, Message]:
    from babel.messages.pofile import read_po

    with files(__package__).joinpath(language, "LC_MESSAGES", f"{domain}.po").open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    return MappingProxyType(dict(_entry(message.id, message.string) for message in catalog if message.id))


def _entry(ids: str | Sequence[str], strings: str | Sequence[str] | None) -> tuple[str, Message]:
    if isinstance(ids, str):
        return ids, str(strings)
    one, other = tuple(strings or ())
    return ids[0], (one, other)


class Texts:
    """The catalogues of one domain, in the languages in use."""

    def __init__(self, languages: Sequence[str], domain: str = "bot") -> None:
        """`languages`: ISO 639-1 codes with a catalogue, the default first."""
        self.default = languages[0]
        self._languages = frozenset(languages)
        self._domain = domain

    def language(self, wanted: str) -> str:
        """Return the language that texts are in for who wants `wanted`: that one, or the default."""
        return wanted if wanted in self._languages else self.default

    def messages(self, language: str) -> Mapping[str, Message]:
        """Return all texts by key as they stand in the catalogue, for a page that fills them in itself.

        One with a plural is a pair: for a count of 1, and for any other.
        """
        return _messages(self.language(language), self._domain)

    def text(self, language: str, key: str, **values: str | int) -> str:
        """Return the text under `key` in `language`, or in the default where that is not in use.

        Numbers are written as the language does; `count` chooses between one and other. Raises `KeyError` for a
        key that is in no catalogue, `ValueError` for values that are missing or left over.
        """
        language = self.language(language)
        message = self.messages(language)[key]
        if values.keys() != _names(message):
            raise ValueError(f"{key}: needs the values {sorted(_names(message))}, not {sorted(values)}")
        form = message if isinstance(message, str) else message[values["count"] != 1]
        return form % {name: _written(value, language) for name, value in values.items()}


def _names(message: Message) -> set[str]:
    from babel.messages.catalog import PYTHON_FORMAT

    names = {name for name, _, _ in PYTHON_FORMAT.findall("".join(message)) if name}
    # One of a thing may be said without its number; the count has to be known all the same.
    return names if isinstance(message, str) else names | {"count"}


def _written(value: str | int, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language) if isinstance(value, int) else value
