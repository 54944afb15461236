"""`QuestionLanguage`: the language in which to answer."""

from haystack import component

from pipelines.language import LanguageDetector


@component
class QuestionLanguage:
    """Detects a question's language among the configured ones."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        """`languages`: ISO 639-1 codes, the default language first."""
        self._detector = LanguageDetector(languages)

    def warm_up(self) -> None:
        """Load the detector (0.7 s)."""
        self._detector.detect("warm up")

    @component.output_types(language=str)
    def run(self, query: str) -> dict[str, str]:
        """Return the language's ISO 639-1 code."""
        return {"language": self._detector.detect(query)}
