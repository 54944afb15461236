"""Worker processes that convert files, each file within limits of time and memory.

A process that goes beyond a limit, or that a library brings down, is replaced; the file that did it is
refused with the reason, and no other file notices.
"""

import logging
import os
import resource
import signal
import threading
import warnings
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from time import process_time
from typing import Protocol

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from pipelines.converters.conversion import Conversion, File, Refusal, convert_file
from pipelines.converters.refusals import SAVE_AGAIN
from pipelines.errors import ConversionStopped
from pipelines.settings import ConversionSettings

_FILES_A_PROCESS = 500
"""After so many a process is replaced: what a library holds on to then goes."""

_MEGABYTE = 10**6
_OUT_OF_MEMORY = 77  # an exit status that nothing else here ends with
_GRACE = 10  # seconds
_SMALLER = "Split it or take large pictures out, raise the setting conversion.{}, or exclude it."


Work = Callable[[File, tuple[str, ...]], Conversion | Refusal]


class Converter(Protocol):
    """What turns files into Markdown."""

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        """Return what each of `files` holds, or why it can't be told, in their order."""


class ConverterProcesses:
    """A `Converter` that works in as many processes as there are cores; they start with the first file.

    They end with this object, or with the program however that ends. Safe to use from several threads.
    """

    def __init__(self, settings: ConversionSettings, languages: tuple[str, ...], work: Work = convert_file) -> None:
        """`languages`: ISO 639-1 codes, the default language first. `work`: what a process does with a file."""
        self._settings = settings
        self._languages = languages
        self._work = work
        self._starting = threading.Lock()
        self._pool: ProcessPool | None = None

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        """Convert `files` beside each other; blocks until the last is done.

        Raises `ConversionStopped` where somebody else ended a process: that says nothing of its file.
        """
        pool = self._started()
        timeout = self._settings.max_seconds
        arguments = ([self._work, file, self._languages, timeout] for file in files)
        futures = [pool.schedule(_convert, args=one, timeout=timeout) for one in arguments]
        return [self._result(future) for future in futures]

    def _started(self) -> ProcessPool:
        with self._starting:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=self._settings.processes or os.cpu_count() or 1,
                    max_tasks=_FILES_A_PROCESS,
                    initializer=_limit,
                    initargs=[self._settings.max_megabytes],
                    # Forking a program that has threads (the embedder's, the event loop's) may hang the child.
                    context=get_context("spawn"),
                )
                weakref.finalize(self, _stop, self._pool)
            return self._pool

    def _result(self, future: ProcessFuture[Conversion | Refusal]) -> Conversion | Refusal:
        seconds, megabytes = self._settings.max_seconds, self._settings.max_megabytes
        try:
            result: Conversion | Refusal = future.result()
        except FutureTimeoutError:
            return Refusal(f"converting it took more than {seconds} seconds", _SMALLER.format("max_seconds"))
        except ProcessExpired as error:
            if error.exitcode == signal.SIGTERM:  # as a service manager sends it to all processes when it stops one
                raise ConversionStopped("converting was ended from outside", "Run it again: nothing is lost.") from None
            if error.exitcode != _OUT_OF_MEMORY:
                crash = f"its converter crashed (exit status {error.exitcode}), perhaps at its limit of {megabytes} MB"
                return Refusal(crash, SAVE_AGAIN)
            return Refusal(f"converting it took more than {megabytes} MB of memory", _SMALLER.format("max_megabytes"))
        return result


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # its types lack it
    pool.join()


def _convert(work: Work, file: File, languages: tuple[str, ...], seconds: int) -> Conversion | Refusal:
    """Convert in this process, which ends where that fills its memory: what is left of it is not to be trusted."""
    # Should the parent be killed, nobody is there to stop a library that never comes back.
    resource.setrlimit(resource.RLIMIT_CPU, (int(process_time()) + seconds + _GRACE, resource.RLIM_INFINITY))
    try:
        return work(file, languages)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _limit(megabytes: int) -> None:
    """Prepare a new process: its limit of memory, no noise, and an end when its parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it too, and decides
    logging.disable()  # libraries log each oddity of a file; what matters is in the result
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    own = _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (own + megabytes * _MEGABYTE, resource.RLIM_INFINITY))


def _address_space() -> int:
    """Return the bytes of address space that this process has taken before any file."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)
