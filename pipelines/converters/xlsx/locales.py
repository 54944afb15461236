"""In which country's notation a workbook's figures are read."""

from collections import Counter
from itertools import islice
from locale import windows_locale

from babel import Locale, UnknownLocaleError
from openpyxl import Workbook

from pipelines.converters.number_formats import stated_locale
from pipelines.language import LanguageDetector

_LANGUAGES = ("en", "nl", "de", "fr")
_SAMPLE = 500
"""Texts from which the language is told."""


def locale_of(workbook: Workbook) -> str:
    """Return the language that the number formats name most often, else that of the text, such as "nl".

    English in a number format says nothing: templates bring it along.
    """
    languages = (_language(code) for code in workbook._number_formats)  # type: ignore[attr-defined]  # its types lack it
    stated = Counter(language for language in languages if language not in (None, "en"))
    return str(stated.most_common(1)[0][0]) if stated else LanguageDetector(_LANGUAGES).detect(_sample(workbook))


def _language(code: str) -> str | None:
    number = int(stated_locale(code) or "0", 16) & 0xFFFF  # what stands above says which calendar and digits
    try:
        return Locale.parse(windows_locale.get(number, "")).language
    except (UnknownLocaleError, ValueError):
        return None


def _sample(workbook: Workbook) -> str:
    values = (cell.value for sheet in workbook.worksheets for cell in sheet._cells.values())
    return " ".join(str(value) for value in islice((value for value in values if isinstance(value, str)), _SAMPLE))
