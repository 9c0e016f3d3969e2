"""The annotated images of a training in memory: prepared pixels, outlines and masks, checked beforehand.

What lies in memory, for each pixel or voxel: of a picture float32 a channel and a byte a label; of a volume float16, in
which a window of 1400 HU has steps of at most 0.7 HU. Masks of volumes are made for each crop; see `ellipsoid.py`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.errors import LearnError
from engine.evaluate.truth import Truth, TruthBox, TruthImage
from engine.learn.ellipsoid import outline_of

Floats = NDArray[np.float32]

OUTSIDE_TOLERANCE_PX = 1.5  # annotation tools round outlines to the next pixel corner
FINER = 4  # outlines are drawn on so many times as many pixels


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One image as the network is to see it.

    Args:
        pixels: (channels, *grid) float32, normalised, without padding.
        scale: network pixels a stored pixel, for each axis.
    """

    pixels: Floats
    scale: tuple[float, ...]

    @property
    def stored_size(self) -> tuple[int, ...]:
        """Pixels or voxels along each axis before resampling."""
        return tuple(round(side / factor) for side, factor in zip(self.pixels.shape[1:], self.scale, strict=True))


Pixels = Callable[[Path], Prepared]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One annotated finding.

    Args:
        label: index into the recipe's labels.
        points: (n, dims) float32, the outline's corners in network pixels, axis order (y, x) or (z, y, x).
    """

    label: int
    points: Floats

    def box(self) -> Floats:
        """(2, dims): low faces, then high faces."""
        return np.stack([self.points.min(axis=0), self.points.max(axis=0)])


def _nowhere() -> Floats:
    return np.empty((0, 3), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One annotated image.

    Args:
        name: the file's name in the annotation file.
        group: what must not be split between training and checking (a photographed position, a patient).
        pixels: (channels, *size), prepared as the product prepares them, without padding; float32, volumes float16.
        mask: of a picture (labels, *size), how much of each pixel is inside an outline: uint8 in 255ths, or float32
            where something was pasted. None for a volume.
        findings: what is annotated.
        ignored: what is annotated as a crowd, of any number: neither asked for nor forbidden.
        bright: (n, 3) float32, places of a volume that look like findings; see `bright_places.py`.
        hard: (n, dims) float32, places that the network got wrong; see `hard_places.py`.
    """

    name: str
    group: str
    pixels: NDArray[Any]
    mask: NDArray[Any] | None
    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...] = ()
    bright: Floats = field(default_factory=_nowhere)
    hard: Floats = field(default_factory=_nowhere)

    @property
    def size(self) -> tuple[int, ...]:
        """Pixels along each axis."""
        return self.pixels.shape[1:]

    def inside(self) -> Floats:
        """The mask of a picture as shares, (labels, *size) float32."""
        if self.mask is None:
            raise ValueError(f"{self.name} is a volume; its masks are made for each crop")
        shares: Floats = self.mask.astype(np.float32)
        return shares / np.float32(255) if self.mask.dtype == np.uint8 else shares


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
    counts = Counter(box.label for box in truth.boxes if not box.crowd)
    for label in labels:
        if not counts[label]:
            raise LearnError(
                "LE-LABEL",
                f"{truth.source} has no example of the label {label!r}.",
                "Annotate some, or take it off the recipe.",
            )


def _example(image: TruthImage, truth: Truth, folder: Path, labels: Sequence[str], pixels: Pixels) -> Example:
    path = folder / image.file_name
    if not path.exists():
        raise LearnError("LE-IMAGE", f"{truth.source} names {path}, which is missing.", "Check --data.")
    prepared = pixels(path)
    size = prepared.pixels.shape[1:]
    _check_size(image, prepared)
    boxes = [box for box in truth.of(image.id) if box.label in labels]
    findings, ignored = (
        tuple(Finding(labels.index(box.label), _outline(box, image, prepared)) for box in boxes if box.crowd is crowd)
        for crowd in (False, True)
    )
    if len(size) == 3:
        return Example(image.file_name, image.group, prepared.pixels.astype(np.float16), None, findings, ignored)
    mask = np.zeros((len(labels), *size), np.uint8)
    for finding in findings:
        np.maximum(mask[finding.label], filled(finding.points, size), out=mask[finding.label])
    return Example(image.file_name, image.group, prepared.pixels, mask, findings, ignored)


def _check_size(image: TruthImage, prepared: Prepared) -> None:
    """What was annotated on a smaller or turned copy, or on other slices, would be learned in the wrong places."""
    stated = tuple(side for side in (image.depth_px, image.height_px, image.width_px) if side is not None)
    found = prepared.stored_size
    if len(stated) != len(found):
        return  # a volume's annotations say so themselves
    # Resampling rounds to whole network pixels, and back.
    off = [abs(a - b) > 1 + 1 / factor for a, b, factor in zip(stated, found, prepared.scale, strict=True)]
    if any(off):
        axes = "(z, y, x)" if len(found) == 3 else "(y, x)"
        raise LearnError(
            "LE-TRUTH",
            f"The truth file says that {image.file_name} has {stated} pixels {axes}, it has {found}.",
            "Export the annotations of this very image.",
        )


def _outline(box: TruthBox, image: TruthImage, prepared: Prepared) -> Floats:
    """The outline in network pixels, (n, dims) float32."""
    size = prepared.stored_size
    if len(size) == 3:
        if box.box_vox is None:
            raise LearnError(
                "LE-TRUTH",
                f"Annotation {box.id} of {image.file_name} has no box_vox, the image is a volume.",
                "Add it.",
            )
        outline = outline_of(box.box_vox)
    else:
        outline = np.asarray(box.outline if box.outline else _corners(box.faces()), np.float32)
    if (outline < -OUTSIDE_TOLERANCE_PX).any() or (outline > np.asarray(size) + OUTSIDE_TOLERANCE_PX).any():
        raise LearnError(
            "LE-OUTSIDE",
            f"Annotation {box.id} of {image.file_name} spans {_span(outline)}, outside the image's {size} "
            f"{'(z, y, x)' if len(size) == 3 else '(y, x)'}.",
            "Correct or remove it.",
        )
    placed: Floats = np.clip(outline, 0, np.asarray(size, np.float32)) * np.asarray(prepared.scale, np.float32)
    return placed


def _span(outline: Floats) -> str:
    return f"{outline.min(axis=0).tolist()} to {outline.max(axis=0).tolist()}"


def _corners(box_px: tuple[float, ...]) -> list[tuple[float, float]]:
    x0, y0, x1, y1 = box_px
    return [(y0, x0), (y0, x1), (y1, x1), (y1, x0)]


def filled(points: Floats, size: tuple[int, ...]) -> NDArray[np.uint8]:
    """The inside of an outline in a picture as (height, width) uint8: how much of each pixel is inside, in 255ths."""
    canvas = Image.new("L", (size[1] * FINER, size[0] * FINER))
    # Pillow counts from pixel centres, outlines here from pixel corners.
    ImageDraw.Draw(canvas).polygon([(float(x) * FINER - 0.5, float(y) * FINER - 0.5) for y, x in points], fill=255)
    return np.asarray(canvas.reduce(FINER), np.uint8)
