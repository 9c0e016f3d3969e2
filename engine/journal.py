"""The program's log file: what went wrong in detail, for whoever repairs it. The record of answers is the database."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from engine.places import Home

_FILE_BYTES = 5 << 20
_OLD_FILES = 4
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_OURS = ("app", "engine", "kernels")


def journal_file(home: Home) -> Path:
    """Where the log of a home lies."""
    return home.logs / "fovea.log"


def keep_journal(home: Home) -> None:
    """Sends what the program logs to the home's log file from now on, and nowhere else.

    Where the home cannot be written the log is dropped: the store, which needs the same folder, says so to the person.
    """
    try:
        home.make().logs.mkdir(exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(
            journal_file(home), maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, delay=True, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
