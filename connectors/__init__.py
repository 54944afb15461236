"""Where knowledge comes from: one folder in `sources` for each kind of source."""

import os

# Haystack reports usage to its makers unless told otherwise before its first import.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
