"""What a library may do to the process that it runs in; a file's text says which."""

import os
import time
from pathlib import Path

from pipelines.converters.conversion import Conversion, File, Refusal


def work(file: File, languages: tuple[str, ...]) -> Conversion | Refusal:
    """Hang, fill the memory, crash, fail, or convert: as the file says."""
    name, _, argument = file.data.decode().partition(" ")
    if name == "hang":
        Path(argument).write_text(str(os.getpid()))
        while True:
            time.sleep(0.01)
    if name == "fill":
        return _text(f"{len('x' * int(argument))} in memory", languages)
    if name == "crash":
        os.abort()
    if name == "wait":
        time.sleep(float(argument))
    return _text(f"{argument} in {os.getpid()}", languages)


def _text(text: str, languages: tuple[str, ...]) -> Conversion:
    return Conversion(text, "Title", languages[0], [], {})
