"""The one boundary around foreign decoders: what they warn becomes notes, what they raise becomes an InputError."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import FoveaError, InputError
from engine.intake.text import shortened

_MOST_NOTES = 8
"""Most distinct notes kept of one file; a hostile header can cause one for each of its elements."""

_CHATTY = ("tifffile", "pydicom")
"""Libraries that say by `logging` what others say by `warnings`."""

_ONE_AT_A_TIME = threading.RLock()
"""Filters of `warnings` belong to the process, so two decoders side by side would undo each other's."""


@contextmanager
def decoding(decoder: str, source: str) -> Iterator[list[str]]:
    """Runs the foreign decoder in the block.

    Args:
        decoder: its name and version, for messages.
        source: the file, for messages.

    Yields:
        A list that holds, once the block is left, what the decoder warned about: distinct, shortened, in order.

    Raises:
        InputError: IN-DECODE for whatever the decoder raised.
        MemoryError: memory ran out.
    """
    notes: list[str] = []
    with _ONE_AT_A_TIME, warnings.catch_warnings(record=True) as caught, _listening() as logged:
        warnings.simplefilter("always")
        try:
            yield notes
        except (FoveaError, MemoryError):
            raise
        except Exception as error:  # codecs raise anything on hostile bytes; this is their only door
            raise InputError(
                "IN-DECODE",
                f"{source} cannot be decoded: {decoder} says '{_words(error)}'.",
                "Open it in the program that wrote it and export it again.",
            ) from error
    said = [_said(str(warning.message)) for warning in caught] + logged
    notes.extend(list(dict.fromkeys(said))[:_MOST_NOTES])


def _said(message: str) -> str:
    """What a library warned of, without the page that it refers to."""
    return shortened(message.partition(" Please see <")[0])


def _words(error: Exception) -> str:
    """What it says; where that is but a number or a key, what it is as well."""
    said = shortened(error)
    is_sentence = any(map(str.isalpha, said)) and not isinstance(error, KeyError)
    return said if is_sentence else f"{type(error).__name__} {said}".strip()


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects what the chatty libraries log in this thread from level WARNING on."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in _CHATTY]
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield collector.lines
    finally:
        for logger in loggers:
            logger.removeHandler(collector)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(_said(record.getMessage()))
