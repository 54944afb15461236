"""What makes replies: one handler for each kind of message, found by the routes in `bot.bootstrap`."""
