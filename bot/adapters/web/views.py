"""What the page gets to see of our nouns, as JSON can hold it.

Addresses that are not a web page's (or, for a document that may help, a mailbox's) are given as text only.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.adapters.web.document_view import document_html
from bot.adapters.web.rendering import BlockNames, reply_html
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.turn_log import TurnLog
from bot.knowledge import IndexedDocument, KnowledgeDocument, SourceOverview, SyncState
from bot.locales import Texts
from bot.models import Citation, Link, Reply, User
from bot.storage.threads import Feedback, Thread, Turn

View = dict[str, Any]

_WEB = ("http", "https")
_WEB_OR_MAIL = (*_WEB, "mailto")


def thread_view(thread: Thread) -> View:
    """Return a thread without its turns."""
    return {"id": thread.id, "title": thread.title, "asked_at": _moment(thread.asked_at)}


def block_names(texts: Texts, language: str) -> BlockNames:
    """Return what is said of tables and code in the visitor's language."""
    return BlockNames(table=texts.text(language, "table"), code=texts.text(language, "code-block"))


def reply_of(turn: Turn, log: TurnLog | None) -> Reply | None:
    """Return what a reader has seen as the reply, also where it could not be kept: its log has it for a while."""
    return turn.reply or (log.reply if log else None)


def turn_view(turn: Turn, log: TurnLog | None, names: BlockNames) -> View:
    """Return a turn; `log` is what it shows, None where it does not run in this process (any more)."""
    reply = reply_of(turn, log)
    return {
        "id": turn.id,
        "question": turn.question,
        "asked_at": _moment(turn.asked_at),
        "state": "done" if reply else "running" if log else "interrupted",
        "reply": reply and reply_view(reply, names),
        "feedback": turn.feedback and _feedback_view(turn.feedback),
    }


def reply_view(reply: Reply, names: BlockNames) -> View:
    """Return a reply, rendered."""
    return {
        "outcome": reply.outcome.value,
        "language": reply.language,
        "html": reply_html(reply.text, reply.citations, names),
        "markdown": reply.text,
        "citations": [citation_view(citation) for citation in reply.citations],
        "nearest": [_link_view(number, link) for number, link in enumerate(reply.nearest, 1)],
        "suggested_prompts": list(reply.suggested_prompts),
        "notices": list(reply.notices),
    }


def citation_view(citation: Citation) -> View:
    """Return a source of an answer."""
    return {
        "number": citation.number,
        "title": citation.title,
        "section": citation.section,
        "place": _place_view(citation.place),
        "url": _followed(citation.url, _WEB),
        "address": citation.url,
        "snippet": citation.snippet,
        "updated_at": citation.updated_at,
        "owner": citation.owner,
        "stale_since": citation.stale_since,
        "opens": bool(citation.document_id),
        "also_at": [_link_view(number, link) for number, link in enumerate(citation.also_at, 1)],
        "superseded_by": citation.superseded_by and _link_view(1, citation.superseded_by),
    }


def cited_document_view(document: KnowledgeDocument, citation: Citation, names: BlockNames) -> View:
    """Return the document of a citation, with the passage marked; its address leads to the passage."""
    rendered = document_html(document.markdown, citation.passage, citation.section, names)
    return {
        **_document_view(document, citation.url or document.url),
        "place": _place_view(citation.place),
        "html": rendered.html,
        "cut": rendered.cut,
        "found": rendered.found or not citation.passage,
    }


def whole_document_view(document: KnowledgeDocument, names: BlockNames) -> View:
    """Return a document from its beginning on; there is no passage to miss."""
    rendered = document_html(document.markdown, (), "", names)
    shown = {"place": None, "html": rendered.html, "cut": rendered.cut, "found": True}
    return {**_document_view(document, document.url), **shown}


def indexed_document_view(indexed: IndexedDocument, names: BlockNames) -> View:
    """Return what an administrator sees of a document."""
    document = indexed.document
    rendered = document_html(document.markdown, (), "", names)
    facts = {"id": document.id, "readers": list(indexed.readers)}
    return {
        "document": {**_document_view(document, document.url), **facts},
        "html": rendered.html,
        "cut": rendered.cut,
        "chunks": [asdict(chunk) for chunk in indexed.chunks],
    }


def visitor_view(visitor: Visitor) -> View:
    """Return who looks at the page."""
    return {
        "name": visitor.name,
        "email": visitor.email,
        "is_admin": visitor.is_admin,
        "can_sign_out": visitor.can_sign_out,
    }


def person_view(person: User) -> View:
    """Return somebody a visitor of a demo may be: their groups are what they may read as beside everybody else."""
    groups = sorted(person.principals - {"everyone", "public", person.email})
    return {"email": person.email, "name": person.name, "groups": groups}


def source_view(source: SourceOverview) -> View:
    """Return a source."""
    return {**asdict(source), "synced_at": source.synced_at and _moment(source.synced_at)}


def sync_view(state: SyncState) -> View:
    """Return what the syncs are doing."""
    news = [{**asdict(piece), "at": _moment(piece.at)} for piece in state.news]
    return {**asdict(state), "waiting": list(state.waiting), "news": news}


def _document_view(document: KnowledgeDocument, address: str) -> View:
    return {
        "title": document.title,
        "source": document.source,
        "owner": document.owner,
        "updated_at": document.updated_at,
        "stale_since": document.stale_since,
        "language": document.language,
        "url": _followed(address, _WEB),
        "address": address,
    }


def _link_view(number: int, link: Link) -> View:
    url = _followed(link.url, _WEB_OR_MAIL)
    return {"number": number, "title": link.title, "url": url, "opens": bool(link.document_id)}


def _feedback_view(feedback: Feedback) -> View:
    return {"helpful": feedback.helpful, "reason": feedback.reason, "comment": feedback.comment}


def _place_view(place: str) -> View | None:
    kind, _, number = place.partition(" ")
    return {"kind": kind, "number": int(number)} if number.isdecimal() else None


def _followed(address: str, schemes: Sequence[str]) -> str | None:
    """Return an address that a click may lead to, None for any other."""
    try:
        return address if urlsplit(address).scheme in schemes else None
    except ValueError:  # not an address at all
        return None


def _moment(moment: datetime) -> str:
    return moment.isoformat()
