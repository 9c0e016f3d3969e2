"""The program's log file: what went wrong in detail, for whoever repairs it. The record of answers is the database."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from engine.places import Home

_FILE_BYTES = 5 << 20
_OLD_FILES = 4
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = ("app", "engine", "kernels")


def journal_file(home: Home, name: str = "fovea.log") -> Path:
    """Where a log of a home lies."""
    return home.logs / name


def keep_journal(home: Home, name: str = "fovea.log") -> None:
    """Sends what the program logs to a log file of the home from now on, and nowhere else.

    The worker has one of its own: a file that two processes write cannot be put aside by either. Where the home cannot
    be written the log is dropped: the store, which needs the same folder, says so to the person.
    """
    try:
        home.make().logs.mkdir(exist_ok=True, mode=0o700)
        handler: logging.Handler = _PrivateFiles(
            journal_file(home, name), maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, delay=True, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    for ours in _OURS:
        logger = logging.getLogger(ours)
        logger.handlers = [handler]
        logger.propagate = False


class _PrivateFiles(RotatingFileHandler):
    """Log files that only their owner may read, those of after a rotation too."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding)
