"""The pipelines' own Haystack components, one a file, each with its test at the mirrored path."""
