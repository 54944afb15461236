"""Fills a model of settings from a TOML file, the environment and flags, and says all that is wrong.

The layers, nesting and JSON are pydantic-settings' work. What it lacks is here: where each value came
from, every problem in an administrator's words, unknown variables, and files that variables name.

Flags win over the environment, the environment over the file, the file over the model's defaults.
The environment variable of `log.level` is `KENNISBOT_LOG__LEVEL`; `KENNISBOT_LOG__LEVEL_FILE` names
a file that holds the value, as secrets are handed to containers. Lists and tables are written as
JSON there. A relative path starts at the file's folder when it was read from the file or is a
default, and at the working folder otherwise.

Nothing here knows which settings there are: `bot.settings` holds those.
"""
