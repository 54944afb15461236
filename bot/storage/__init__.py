"""What the bot keeps in a database of its own; what is slow to load is in the modules."""
