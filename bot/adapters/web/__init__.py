"""The web page as a chat platform, with what an administrator sees of the index."""
