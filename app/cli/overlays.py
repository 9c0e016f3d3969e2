"""One overlay PNG a study, into a folder."""

from __future__ import annotations

import re
from pathlib import Path

from app.paint.overlay import overlay_png
from engine.errors import UsageError
from engine.pipeline import Answer


class OverlayFolder:
    """Where overlays go; two studies of one name get names of their own.

    Raises:
        UsageError: US-OUT, the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: set[str] = set()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(folder, error) from error

    def draw(self, answer: Answer) -> None:
        """Burns the regions into a picture of the study; one whose pixels could not be read has no picture."""
        if answer.scan is None:
            return
        path = self._folder / self._name(answer.source)
        unfinished = path.with_suffix(".part")
        png = overlay_png(answer.scan, answer.outcome, title=Path(answer.source).name)
        try:
            unfinished.write_bytes(png)
            unfinished.replace(path)  # atomic: a reader never sees half a picture
        except OSError as error:
            raise _unwritable(self._folder, error) from error

    def _name(self, source: str) -> str:
        stem = re.sub(r"[^\w.-]+", "_", Path(source).name).strip("._")[:100] or "study"
        name, number = stem, 1
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name)
        return f"{name}.png"


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(
        "US-OUT", f"Overlays cannot be written to {folder}: {error.strerror}.", "Name a folder that you may write to."
    )
