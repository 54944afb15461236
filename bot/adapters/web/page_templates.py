"""`PageTemplates`: the HTML of the pages, filled in; whatever is filled in is escaped."""

from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.locales import Texts


class PageTemplates:
    """The page's templates, each given its language and theme, its texts, and where the static files are."""

    def __init__(self, texts: Texts, static: str) -> None:
        """`static`: the address of the static files."""
        loader = PackageLoader("bot.adapters.web")
        self._environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self._environment.globals["static"] = static
        self._texts = texts

    def render(self, name: str, language: str, theme: str = "system", **values: object) -> str:
        """Return the page of a template."""
        known: dict[str, object] = {"visitor": None, "people": None, "data": None, **values}
        text = partial(self._texts.text, language)
        return self._environment.get_template(name).render(language=language, theme=theme, text=text, **known)

    def failure(self, language: str, status: int, message: str, reference: str) -> str:
        """Return the page that says what is refused or went wrong; where there is a reference, it says that itself."""
        said = "" if reference else message
        return self.render("error.html", language, status=status, message=said, reference=reference)
