"""What the bot may say of the index: fills the Protocols of `bot.knowledge` from the store, cursors and schedule."""
