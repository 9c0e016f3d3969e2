"""Keeps the preferences of the window in `window.json` in the home: read before the window is made, written at once."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from app.state.preferences import Preferences, preferences_of, stored_form

_log = logging.getLogger(__name__)


def read_preferences(file: Path) -> Preferences:
    """What is kept there; a file that is missing or damaged costs the preferences and nothing else."""
    try:
        return preferences_of(json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError) as error:
        _log.warning("The preferences in %s are not used: %s", file, error)
        return Preferences()


def keep_preferences(file: Path, preferences: Preferences) -> None:
    """Writes them; what was there before stays whole until the new file is."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.write_text(json.dumps(stored_form(preferences), indent=2, ensure_ascii=False), "utf-8")
        os.replace(fresh, file)  # noqa: PTH105 -- the atomic one, by its name
    except OSError as error:
        _log.warning("The preferences were not kept in %s: %s", file, error)
