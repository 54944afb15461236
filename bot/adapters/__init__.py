"""Chat platforms: one folder each. An adapter knows its platform and nothing of retrieval."""
