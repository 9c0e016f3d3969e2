"""What is known of each image of an evaluation beside its findings: what its subgroups are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from engine.evaluate.truth import TruthImage
from engine.intake.read import Loaded

UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """One image.

    Args:
        source: the folder that its file lies in, relative to the set's; empty where it lies in the set's own.
        brightness: mean of its stored values as a share of what their form can hold; None where it was not read.
        columns: what the annotation file says of it.
        scanner: maker and model, as the file's header names them; empty where it names none.
    """

    source: str
    brightness: float | None
    columns: Mapping[str, str] = field(default_factory=dict)
    scanner: str = ""


def facts_of(image: TruthImage, loaded: Loaded | None) -> ImageFacts:
    """The facts of an image, as far as it could be read."""
    folder = str(PurePosixPath(image.file_name).parent)
    brightness = None if loaded is None else float(loaded.scan.pixels.mean()) / loaded.scan.stored_max
    return ImageFacts("" if folder == "." else folder, brightness, image.columns, _scanner(loaded))


def _scanner(loaded: Loaded | None) -> str:
    exam = None if loaded is None else loaded.scan.exam
    return "" if exam is None else f"{exam.manufacturer} {exam.model}".strip()
