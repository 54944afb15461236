"""What requests may say: each body as a model that refuses what it does not know."""

from typing import Annotated, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.adapters.web.refusals import CONTENT_TYPE, INVALID, TOO_LONG, Refusal

LONGEST_QUESTION = 4_000
"""Characters: a page of text with a question to it; more is a document."""

LONGEST_COMMENT = 1_000

Body = TypeVar("Body", bound=BaseModel)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class QuestionBody(_Body):
    """A question, without white space around it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FeedbackBody(_Body):
    """What the reader of an answer thinks of it."""

    helpful: bool
    reason: Literal["", "wrong", "outdated", "incomplete", "unclear", "other"] = ""
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_COMMENT)] = ""


class PreferencesBody(_Body):
    """How the page is to look; what is not there stays as it is."""

    language: str | None = None
    theme: Literal["light", "dark", "system"] | None = None


class PersonBody(_Body):
    """Whom a visitor of a demo wants to be; "" is nobody in particular."""

    email: str


async def read_body(request: web.Request, model: type[Body]) -> Body:
    """Return a request's JSON body. Raises `Refusal` where it is none, or not of that model."""
    if request.content_type != "application/json":
        raise Refusal(CONTENT_TYPE)
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        raise Refusal(INVALID) from error


def question(body: QuestionBody) -> str:
    """Return the question. Raises `Refusal` where it is too long, or holds what no text holds."""
    if len(body.text) > LONGEST_QUESTION:
        raise Refusal(TOO_LONG)
    if "\0" in body.text:
        raise Refusal(INVALID)
    return body.text
