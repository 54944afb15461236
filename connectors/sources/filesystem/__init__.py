"""A folder of Markdown, HTML and text files as a source of knowledge."""
