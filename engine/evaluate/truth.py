"""What is really there: COCO annotation files as frozen values, for pictures and for volumes.

A volume's image has a `depth` beside `width` and `height`; its annotations have `box_vox` instead of `bbox`:
[z0, y0, x0, z1, y1, x1], half open, voxels of the stored grid. Its `file_name` is a file, or a folder with a series.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.domain.region import BoxPx, BoxVox
from engine.errors import LearnError


@dataclass(frozen=True, slots=True)
class TruthImage:
    """One annotated image.

    Args:
        group: names what must stay together (a position, a part, a patient).
        depth_px: slices of a volume; None for a picture.
        columns: what else the file says of it in one word or number, such as its scanner.
    """

    id: int
    file_name: str
    width_px: int
    height_px: int
    group: str
    depth_px: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def dims(self) -> int:
        """2 for a picture, 3 for a volume."""
        return 2 if self.depth_px is None else 3


@dataclass(frozen=True, slots=True)
class TruthBox:
    """One annotated finding. Exactly one of the two boxes is set.

    Args:
        box_px: (x0, y0, x1, y1), half open; of a picture.
        outline: corners (y, x) of its polygon; empty where only the box is known.
        crowd: a region that may hold any number of findings: neither to be found nor a false mark (COCO's iscrowd).
        box_vox: (z0, y0, x0, z1, y1, x1), half open; of a volume.
    """

    id: int
    image_id: int
    label: str
    box_px: BoxPx | None
    outline: tuple[tuple[float, float], ...]
    crowd: bool
    box_vox: BoxVox | None = None

    def faces(self) -> tuple[float, ...]:
        """The box that is set."""
        return self.box_px or self.box_vox or ()


@dataclass(frozen=True, slots=True)
class Truth:
    """A whole annotation file. `source` names it in messages."""

    source: str
    images: tuple[TruthImage, ...]
    boxes: tuple[TruthBox, ...]

    def of(self, image_id: int) -> tuple[TruthBox, ...]:
        """The findings of one image, in the file's order."""
        return tuple(box for box in self.boxes if box.image_id == image_id)

    @property
    def dims(self) -> int:
        """2 where it is about pictures, 3 where about volumes; 2 without images."""
        return max((image.dims for image in self.images), default=2)

    def groups(self) -> tuple[str, ...]:
        """The names of all groups, in the order of their first image."""
        return tuple(dict.fromkeys(image.group for image in self.images))

    def within(self, groups: frozenset[str]) -> "Truth":
        """The part of it that lies in these groups."""
        images = tuple(image for image in self.images if image.group in groups)
        ids = {image.id for image in images}
        return Truth(self.source, images, tuple(box for box in self.boxes if box.image_id in ids))


def read_truth(path: Path) -> Truth:
    """Read a COCO file. An image without `group` is a group of its own.

    Raises:
        LearnError: the file cannot be read, is not COCO, or an annotation names an image or a category that it lacks.
    """
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LearnError("LE-TRUTH", f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except ValueError as error:
        raise LearnError("LE-TRUTH", f"{path} is no JSON: {error}.", "Name a COCO annotation file.") from error
    try:
        labels = {category["id"]: str(category["name"]) for category in table["categories"]}
        images = tuple(_image(entry) for entry in table["images"])
        by_id = {image.id: image for image in images}
        boxes = tuple(_box(entry, labels) for entry in table["annotations"])
    except (KeyError, TypeError, ValueError) as error:
        raise LearnError("LE-TRUTH", f"{path} is no sound COCO file: {error!r}.", "Export it again.") from error
    for box in boxes:
        if box.image_id not in by_id:
            raise LearnError(
                "LE-TRUTH",
                f"Annotation {box.id} of {path} names image {box.image_id}, which is not listed.",
                "Export it again.",
            )
        if len(box.faces()) != 2 * by_id[box.image_id].dims:
            raise LearnError(
                "LE-TRUTH",
                f"Annotation {box.id} of {path} has a box of {len(box.faces())} numbers in an image of "
                f"{by_id[box.image_id].dims} axes.",
                "Pictures have bbox; volumes have depth and box_vox.",
            )
    return Truth(str(path), images, boxes)


_OWN = ("id", "file_name", "width", "height", "depth", "group")
_PLAIN = (str, int, float)


def _image(entry: Mapping[str, Any]) -> TruthImage:
    group = entry.get("group") or entry["file_name"]
    width, height, depth = int(entry["width"]), int(entry["height"]), entry.get("depth")
    size = None if depth is None else int(depth)
    columns = {name: str(value) for name, value in entry.items() if name not in _OWN and isinstance(value, _PLAIN)}
    return TruthImage(int(entry["id"]), str(entry["file_name"]), width, height, str(group), size, columns)


def _box(entry: Mapping[str, Any], labels: Mapping[int, str]) -> TruthBox:
    names = int(entry["id"]), int(entry["image_id"]), labels[entry["category_id"]]
    crowd = bool(entry.get("iscrowd", 0))
    if "box_vox" in entry:
        return TruthBox(*names, None, (), crowd, _box_vox(entry["box_vox"]))
    x, y, width, height = (float(value) for value in entry["bbox"])
    polygons = entry.get("segmentation")
    # An outline in several parts has no one polygon; its box stands for it.
    flat = polygons[0] if isinstance(polygons, list) and len(polygons) == 1 else []
    outline = tuple((float(flat[k + 1]), float(flat[k])) for k in range(0, len(flat) - 1, 2))
    return TruthBox(*names, (x, y, x + width, y + height), outline, crowd)


def _box_vox(values: Any) -> BoxVox:
    z0, y0, x0, z1, y1, x1 = (float(value) for value in values)
    if not (z0 < z1 and y0 < y1 and x0 < x1 and all(map(math.isfinite, (z0, y0, x0, z1, y1, x1)))):
        raise ValueError(f"box_vox {values} is empty, wanted is [z0, y0, x0, z1, y1, x1]")
    return z0, y0, x0, z1, y1, x1
