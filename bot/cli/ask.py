"""`kennisbot ask`: one question, one answer."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.terminal import FAILED, AsJson, Config, load, output, print_json, reporting_errors, run_async

if TYPE_CHECKING:
    from bot.models import Reply

User = Annotated[str, typer.Option("--user", metavar="EMAIL", help="Ask as this person of the people file.")]


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, in quotes.")],
    config: Config = None,
    user: User = "",
    as_json: AsJson = False,
) -> None:
    """Answer one question. Without --user it asks as an employee in no group.

    Example: kennisbot ask "How many days of leave do I get?"
    """
    with reporting_errors(as_json=as_json):
        reply = _reply(question, config, user, shown=not as_json)
    if as_json:
        print_json(as_document(reply))
    if reply.outcome in ("failed", "refused"):
        raise typer.Exit(FAILED)


def _reply(question: str, config: Config, user: str, *, shown: bool) -> "Reply":
    settings = load(config)
    from bot import bootstrap
    from bot.adapters.console.adapter import ConsoleAdapter
    from bot.locales import Texts

    adapter = ConsoleAdapter(output if shown else None, Texts(settings.languages), user)

    async def answer() -> "Reply":
        await bootstrap.check_person(settings, user)
        async with bootstrap.running(settings, [adapter]):
            return await adapter.ask(question)

    reply: Reply = run_async(answer)
    return reply


def as_document(reply: "Reply") -> dict[str, Any]:
    """Return a reply as `--json` prints it."""
    hidden = {"chunk_id"}
    return {
        "outcome": reply.outcome,
        "text": reply.text,
        "language": reply.language,
        "citations": [{k: v for k, v in asdict(c).items() if k not in hidden} for c in reply.citations],
        "nearest": [asdict(link) for link in reply.nearest],
        "notices": list(reply.notices),
        "suggested_prompts": list(reply.suggested_prompts),
        "timings": reply.timings,
    }
