"""The command `kennisbot`. What is slow to load is loaded by the command that needs it."""

from bot.cli.app import main

__all__ = ["main"]
