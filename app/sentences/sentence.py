"""One sentence of the engine, with places for what it names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said with a code; `%1`, `%2` stand for what the engine names, in its order.

    Args:
        code: of the error.
        text: what was found.
        next_step: what a person can do.
    """

    code: str
    text: str
    next_step: str
