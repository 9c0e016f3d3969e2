"""What is really there: COCO annotation files as frozen values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import LearnError


@dataclass(frozen=True, slots=True)
class TruthImage:
    """One annotated image; `group` names what must stay together (a position, a part, a patient)."""

    id: int
    file_name: str
    width_px: int
    height_px: int
    group: str


@dataclass(frozen=True, slots=True)
class TruthBox:
    """One annotated finding.

    Args:
        box_px: (x0, y0, x1, y1), half open.
        outline: corners (y, x) of its polygon; empty where only the box is known.
        crowd: a region that may hold any number of findings: neither to be found nor a false mark (COCO's iscrowd).
    """

    id: int
    image_id: int
    label: str
    box_px: tuple[float, float, float, float]
    outline: tuple[tuple[float, float], ...]
    crowd: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """A whole annotation file. `source` names it in messages."""

    source: str
    images: tuple[TruthImage, ...]
    boxes: tuple[TruthBox, ...]

    def of(self, image_id: int) -> tuple[TruthBox, ...]:
        """The findings of one image, in the file's order."""
        return tuple(box for box in self.boxes if box.image_id == image_id)

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
        ids = {image.id for image in images}
        boxes = tuple(_box(entry, labels) for entry in table["annotations"])
    except (KeyError, TypeError, ValueError) as error:
        raise LearnError("LE-TRUTH", f"{path} is no sound COCO file: {error!r}.", "Export it again.") from error
    for box in boxes:
        if box.image_id not in ids:
            raise LearnError(
                "LE-TRUTH",
                f"Annotation {box.id} of {path} names image {box.image_id}, which is not listed.",
                "Export it again.",
            )
    return Truth(str(path), images, boxes)


def _image(entry: Mapping[str, Any]) -> TruthImage:
    group = entry.get("group") or entry["file_name"]
    return TruthImage(int(entry["id"]), str(entry["file_name"]), int(entry["width"]), int(entry["height"]), str(group))


def _box(entry: Mapping[str, Any], labels: Mapping[int, str]) -> TruthBox:
    x, y, width, height = (float(value) for value in entry["bbox"])
    polygons = entry.get("segmentation")
    # An outline in several parts has no one polygon; its box stands for it.
    flat = polygons[0] if isinstance(polygons, list) and len(polygons) == 1 else []
    outline = tuple((float(flat[k + 1]), float(flat[k])) for k in range(0, len(flat) - 1, 2))
    return TruthBox(
        int(entry["id"]),
        int(entry["image_id"]),
        labels[entry["category_id"]],
        (x, y, x + width, y + height),
        outline,
        bool(entry.get("iscrowd", 0)),
    )
