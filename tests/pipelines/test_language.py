"""In which language an answer is written."""

import pytest

from pipelines.components.question_language import QuestionLanguage
from pipelines.language import LanguageDetector


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hoeveel vakantiedagen heb ik?", "nl"),
        ("How many holidays do I have?", "en"),
        ("Wie keurt mijn declaratie goed?", "nl"),
        ("Who approves my expense claim?", "en"),
    ],
)
@pytest.mark.parametrize("languages", [("nl", "en"), ("en", "nl")])
def test_question_is_answered_in_its_own_language(question: str, language: str, languages: tuple[str, ...]) -> None:
    """Whichever of the configured languages is the default."""
    component = QuestionLanguage(languages)
    component.warm_up()
    assert component.run(question) == {"language": language}


@pytest.mark.parametrize("text", ["", "  \n", "12345"])
@pytest.mark.parametrize("languages", [("nl", "en"), ("en", "nl")])
def test_default_is_taken_where_nothing_tells(text: str, languages: tuple[str, ...]) -> None:
    """The first of the languages is the default."""
    assert LanguageDetector(languages).detect(text) == languages[0]


def test_one_language_needs_no_telling() -> None:
    """Where only one is configured, that is the language."""
    assert LanguageDetector(("nl",)).detect("This is plain English text.") == "nl"
