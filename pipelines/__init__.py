"""How documents become an index, and questions become cited, permitted, honest answers."""

import os

# Haystack reports usage to its makers unless told otherwise before its first import.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
