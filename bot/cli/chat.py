"""`kennisbot chat`: a conversation at the terminal."""

from bot.cli.ask import User
from bot.cli.terminal import Config, load, output, reporting_errors, run_async


def chat(config: Config = None, user: User = "") -> None:
    """Talk with the bot in this terminal.

    /help explains what it can do, Ctrl-C stops an answer, Ctrl-D leaves.

    Example: kennisbot chat --user sanne@example.com
    """
    with reporting_errors():
        settings = load(config)
        from bot import bootstrap
        from bot.adapters.console import chat as conversation
        from bot.adapters.console.adapter import ConsoleAdapter
        from bot.locales import Texts

        texts = Texts(settings.languages)
        adapter = ConsoleAdapter(output, texts, user)

        async def talk() -> None:
            person = await bootstrap.check_person(settings, user)
            async with bootstrap.running(settings, [adapter]):
                await conversation.chat(adapter, output, texts, person)

        run_async(talk)
