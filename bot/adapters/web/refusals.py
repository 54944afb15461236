"""What the page's server refuses: a status, a stable code, and the key of the text that says what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is refused; `retry_seconds` is when trying again may help, 0 where it does not."""

    status: int
    code: str
    text: str
    retry_seconds: int = 0


ADMIN = Problem(403, "admin", "refused-admin")
BUSY = Problem(409, "busy", "refused-busy")
CONTENT_TYPE = Problem(415, "content_type", "refused-content-type")
DOCUMENT = Problem(404, "document", "refused-document")
HOST = Problem(421, "host", "refused-host")
INVALID = Problem(400, "invalid", "refused-invalid")
KNOWLEDGE = Problem(503, "knowledge", "refused-knowledge", 10)
NOT_FOUND = Problem(404, "not_found", "refused-not-found")
NOT_INDEXED = Problem(404, "document", "refused-not-indexed")
ORIGIN = Problem(403, "origin", "refused-origin")
SIGN_IN = Problem(401, "sign_in", "refused-sign-in")
STOPPING = Problem(503, "stopping", "refused-stopping", 10)
STORAGE = Problem(503, "storage", "refused-storage", 10)
STREAMS = Problem(503, "streams", "refused-streams", 5)
TOO_LONG = Problem(413, "too_long", "refused-too-long")
TOO_MANY = Problem(429, "too_many", "refused-too-many", 10)


class Refusal(Exception):
    """A request is not done; the visitor reads why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem
