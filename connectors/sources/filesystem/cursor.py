"""How far a sync has come: a stamp for each document that has been indexed, "" for one that could not be."""

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError


class _Cursor(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[2]  # another one whenever what is read from a file changes: all are read again then
    documents: dict[str, str]


def parse_cursor(cursor: str | None) -> dict[str, str]:
    """Return the stamps by document id; none where the cursor is of another version or no cursor."""
    try:
        return _Cursor.model_validate_json(cursor or "").documents
    except ValidationError:
        return {}


def format_cursor(stamps: dict[str, str]) -> str:
    """Return `stamps` as a cursor; equal stamps give equal cursors."""
    state = _Cursor(version=2, documents=stamps).model_dump()
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
