"""The one HTTP server of the bot: its page and the platforms that call it add their routes to its application."""
