"""What people read, in each language: one Fluent catalogue a language, `<language>/bot.ftl`."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource


@cache
def _bundle(language: str) -> FluentBundle:
    # Isolation marks around values are for mixed writing directions; here they would only get in the way.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(files(__package__).joinpath(language, "bot.ftl").read_text("utf-8")))
    return bundle


class Texts:
    """The catalogues of the languages in use."""

    def __init__(self, languages: Sequence[str]) -> None:
        """`languages`: ISO 639-1 codes with a catalogue, the default first."""
        self.default = languages[0]
        self._languages = frozenset(languages)

    def language(self, wanted: str) -> str:
        """Return the language that texts are in for who wants `wanted`: that one, or the default."""
        return wanted if wanted in self._languages else self.default

    def text(self, language: str, key: str, **values: str | int) -> str:
        """Return the text under `key` in `language`, or in the default where that is not in use.

        Raises `KeyError` for a key that is in no catalogue, `ValueError` for values that don't fit.
        """
        bundle = _bundle(self.language(language))
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise ValueError(f"{key}: {errors[0]}")
        return str(text)
