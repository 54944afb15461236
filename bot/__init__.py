"""Kennisbot where people meet it: chats and commands, from a question coming in to its answer going out."""

import os

# Haystack reports usage to its makers unless told otherwise before its first import.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
