"""One thing that `fovea doctor` looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "note", "lack"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Args:
        what: its name.
        state: `ok`; `note` where something is missing that answering does not need; `lack` where it does.
        found: what was found.
        next_step: what to do about it, empty if nothing.
    """

    what: str
    state: State
    found: str
    next_step: str = ""
