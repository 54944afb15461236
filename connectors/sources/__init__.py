"""The kinds of source that Kennisbot can read."""
