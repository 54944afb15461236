"""Small things around every turn: each module one, called with the turn and the rest of the way."""
