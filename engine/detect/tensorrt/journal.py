"""What TensorRT says: it answers with nothing where something fails, and only its log knows why."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

_log = logging.getLogger(__name__)

_KEPT = 20
_ERRORS = {"INTERNAL_ERROR", "ERROR"}
_TOLD = 400


@dataclass(slots=True)
class Journal:
    """The errors of one call or object, and the logger that collects them.

    Args:
        logger: to be given to every object of TensorRT's; it has to outlive them.
        errors: the first ones, in order; the others follow from them.
    """

    logger: Any = None
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, trt: Any) -> Journal:
        """A journal of one make's module."""
        journal = cls()

        class Logger(trt.ILogger):  # type: ignore[misc]  # a class of the module, which is known at run time alone
            def __init__(self) -> None:
                trt.ILogger.__init__(self)

            def log(self, severity: Any, message: str) -> None:
                if severity.name in _ERRORS:
                    _log.debug("%s", message)
                    if len(journal.errors) < _KEPT:
                        journal.errors.append(message)

        journal.logger = Logger()
        return journal

    def cause(self) -> str:
        """The first error, in one line."""
        return " ".join(self.errors[0].split())[:_TOLD] if self.errors else "it does not say why"

    def speaks_of(self, *words: str) -> bool:
        """Whether the first error holds one of these words."""
        return any(word in self.cause().lower() for word in words)
