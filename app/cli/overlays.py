"""One overlay PNG a study, into a folder."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.asking import Answer
from app.cli.printing import printable
from app.paint.overlay import overlay_png
from engine.domain.outcome import Outcome
from engine.domain.scan import Scan
from engine.errors import InputError, UsageError
from engine.intake.isolated.pool import Decoders


@contextmanager
def drawing(folder: Path, modality: str | None) -> Iterator[Callable[[Answer], None]]:
    """Draws answers into a folder, inside the block.

    The pixels are read a second time, since they stay in the process that answered; an overlay is only drawn on those
    that were answered.

    Args:
        folder: made where it is missing.
        modality: as it was given for the answers.

    Raises:
        UsageError: US-OUT, the folder cannot be made or written.
    """
    overlays = OverlayFolder(folder)
    with Decoders() as decoders:

        def draw(answer: Answer) -> None:
            if answer.study is None:
                return  # what could not be read has no picture
            try:
                loaded = decoders.read_study(answer.found, modality=modality)
            except InputError as error:
                _say_missing(answer, str(error))
                return
            if loaded.study.content_hash == answer.study.content_hash:
                overlays.draw(answer.source, loaded.scan, answer.outcome)
            else:
                _say_missing(answer, "it was changed after it was answered.")

        yield draw


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

    def draw(self, source: str, scan: Scan, outcome: Outcome) -> None:
        """Burns the regions into a picture of the study."""
        path = self._folder / self._name(source)
        unfinished = path.with_suffix(".part")
        png = overlay_png(scan, outcome, title=Path(source).name)
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


def _say_missing(answer: Answer, why: str) -> None:
    print(f"No overlay of {printable(answer.source)}: {printable(why)}", file=sys.stderr)


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(
        "US-OUT", f"Overlays cannot be written to {folder}: {error.strerror}.", "Name a folder that you may write to."
    )
