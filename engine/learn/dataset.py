"""The annotated images of a training in memory: prepared pixels, outlines and masks, checked beforehand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.errors import LearnError
from engine.evaluate.truth import Truth, TruthImage

Floats = NDArray[np.float32]
Pixels = Callable[[Path], Floats]

OUTSIDE_TOLERANCE_PX = 1.5  # annotation tools round outlines to the next pixel corner
FINER = 4  # outlines are drawn on so many times as many pixels


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One annotated finding.

    Args:
        label: index into the recipe's labels.
        points: (n, dims) float32, the outline's corners in pixels, axis order (y, x) or (z, y, x).
    """

    label: int
    points: Floats

    def box(self) -> Floats:
        """(2, dims): low faces, then high faces."""
        return np.stack([self.points.min(axis=0), self.points.max(axis=0)])


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One annotated image.

    Args:
        name: the file's name in the annotation file.
        group: what must not be split between training and checking (a photographed position, a patient).
        pixels: (channels, *size) float32, prepared as the product prepares them, without padding.
        mask: (labels, *size) float32, share of each pixel that is inside an outline.
        findings: what is annotated.
    """

    name: str
    group: str
    pixels: Floats
    mask: Floats
    findings: tuple[Finding, ...]

    @property
    def size(self) -> tuple[int, ...]:
        """Pixels along each axis."""
        return self.pixels.shape[1:]


def load_examples(truth: Truth, folder: Path, labels: Sequence[str], pixels: Pixels) -> tuple[Example, ...]:
    """Read every image of a truth file.

    Args:
        truth: what is annotated, in COCO's words.
        folder: what the file names are relative to.
        labels: the recipe's labels; others in the truth file are left out.
        pixels: prepares one image as the product does; see `pixels.py`.

    Raises:
        LearnError: no image, a missing image, a label without examples, or an annotation outside its image.
    """
    if not truth.images:
        raise LearnError("LE-EMPTY", f"{truth.source} lists no image.", "Name a COCO file with images.")
    _check_every_label(truth, labels)
    return tuple(_example(image, truth, folder, labels, pixels) for image in truth.images)


def _check_every_label(truth: Truth, labels: Sequence[str]) -> None:
    counts = Counter(box.label for box in truth.boxes)
    for label in labels:
        if not counts[label]:
            raise LearnError(
                "LE-LABEL",
                f"{truth.source} has no example of the label {label!r}.",
                "Annotate some, or take it off the recipe.",
            )


def _example(image: TruthImage, truth: Truth, folder: Path, labels: Sequence[str], pixels: Pixels) -> Example:
    path = folder / image.file_name
    if not path.is_file():
        raise LearnError("LE-IMAGE", f"{truth.source} names {path}, which is missing.", "Check --data.")
    prepared = pixels(path)
    size = prepared.shape[1:]
    findings = []
    mask = np.zeros((len(labels), *size), np.float32)
    for box in truth.of(image.id):
        if box.label not in labels:
            continue
        outline = np.asarray(box.outline if box.outline else _corners(box.box_px), np.float32)
        if (outline < -OUTSIDE_TOLERANCE_PX).any() or (outline > np.asarray(size) + OUTSIDE_TOLERANCE_PX).any():
            raise LearnError(
                "LE-OUTSIDE",
                f"Annotation {box.id} of {image.file_name} spans {_span(outline)}, outside the image's {size} (y, x).",
                "Correct or remove it.",
            )
        finding = Finding(labels.index(box.label), np.clip(outline, 0, np.asarray(size, np.float32)))
        findings.append(finding)
        np.maximum(mask[finding.label], filled(finding.points, size), out=mask[finding.label])
    return Example(image.file_name, image.group, prepared, mask, tuple(findings))


def _span(outline: Floats) -> str:
    return f"{outline.min(axis=0).tolist()} to {outline.max(axis=0).tolist()}"


def _corners(box_px: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    x0, y0, x1, y1 = box_px
    return [(y0, x0), (y0, x1), (y1, x1), (y1, x0)]


def filled(points: Floats, size: tuple[int, ...]) -> Floats:
    """The inside of an outline in a picture as (height, width) float32: the share of each pixel that is inside."""
    canvas = Image.new("L", (size[1] * FINER, size[0] * FINER))
    # Pillow counts from pixel centres, outlines here from pixel corners.
    ImageDraw.Draw(canvas).polygon([(float(x) * FINER - 0.5, float(y) * FINER - 0.5) for y, x in points], fill=255)
    share: Floats = np.asarray(canvas.reduce(FINER), np.float32) / np.float32(255)
    return share
