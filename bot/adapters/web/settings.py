"""What an administrator sets for the page."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

SHORTEST_TOKEN = 16
"""Characters; with attempts bounded, nobody guesses these."""


class WebSettings(BaseModel):
    """Who may use the page, and as whom."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    access_token: SecretStr | None = Field(
        default=None, description="What people sign in with; needed where the server listens for other machines."
    )
    person: str | None = Field(
        default=None,
        description="The e-mail address of the one person who signs in with the access token; none: they are asked "
        "as an employee in no group.",
    )
    admin_token: SecretStr | None = Field(
        default=None, description="What an administrator signs in with to see the knowledge page."
    )
    demo: bool = Field(
        default=False, description="Whether visitors may choose who of the people file they are: to try it out."
    )
    max_streams: int = Field(
        default=200, ge=1, le=10_000, description="Answers that the page follows at a time, over all visitors."
    )

    @field_validator("access_token", "admin_token")
    @classmethod
    def _is_long(cls, token: SecretStr | None) -> SecretStr | None:
        if token and len(token.get_secret_value()) < SHORTEST_TOKEN:
            raise ValueError(f"is too short to be safe: take {SHORTEST_TOKEN} characters or more")
        return token

    @field_validator("admin_token")
    @classmethod
    def _differs(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if token and token == info.data.get("access_token"):
            raise ValueError("is the access token too: whoever signs in would be an administrator")
        return token

    @field_validator("person")
    @classmethod
    def _has_a_token(cls, person: str | None, info: ValidationInfo) -> str | None:
        if person and not info.data.get("access_token"):
            raise ValueError("needs an access token to sign in with: set web.access_token as well")
        return person
