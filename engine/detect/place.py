"""Puts candidates back into the frame of their study: the way out of the network's grid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.detect.heads import Candidates
from engine.domain.model_card import ModelCard
from engine.domain.region import Band, BoxPx, BoxVox, InstanceBox, Region
from engine.domain.review import Mark
from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.prepare.layout import Layout

_ROUNDING = 1e-6
"""Drifts are worked out from positions in mm; what is no pixel but for rounding is none."""


def place(candidates: Candidates, card: ModelCard, layout: Layout, scan: Scan, study: Study) -> tuple[Region, ...]:
    """Regions in the study's own pixels or voxels, clipped to it; highest score first.

    A box that lies outside the study altogether (padding flagged by the network) is left out, and so is one whose size
    speaks against it, where the model says so; the size is that of the whole box, not of the part inside.
    """
    dims = len(layout.grid_shape)
    scale = np.tile(np.array(layout.scale, np.float64), 2)
    limit = np.tile(np.array(layout.scan_shape, np.float64), 2)
    whole = candidates.boxes.astype(np.float64) / scale
    boxes = np.clip(whole, 0.0, limit)
    counts = (boxes[:, dims:] > boxes[:, :dims]).all(axis=1)
    scores = candidates.scores.astype(np.float64)
    if card.size is not None and scan.spacing_mm is not None:
        sides_mm = np.cbrt(np.prod(np.maximum(whole[:, dims:] - whole[:, :dims], 0.0) * scan.spacing_mm, axis=1))
        scores = card.size.weighed(scores, sides_mm)
        counts &= (sides_mm >= card.size.smallest_mm) & (scores >= card.unsure_threshold)
    regions = []
    kept = np.flatnonzero(counts)
    for index in kept[np.argsort(-scores[kept], kind="stable")]:
        score = float(scores[index])
        band: Band = "sure" if score >= card.threshold else "unsure"
        label = card.labels[int(candidates.labels[index])]
        regions.append(_region(boxes[index], label, score, band, scan, study))
    return tuple(regions)


def place_mark(label: str, box: BoxPx | BoxVox, scan: Scan, study: Study) -> Mark:
    """A box that a person drew, clipped to the study, with its place in the patient and in the stored images.

    Args:
        label: what it shows.
        box: `box_px` of a picture or `box_vox` of a volume; a part of it lies inside.
        scan: what it was drawn on.
        study: whose images they are.
    """
    if len(box) == 4:
        x0, y0, x1, y1 = box
        faces = np.array((y0, x0, y1, x1))
    else:
        faces = np.array(box)
    limit = np.tile(np.array(scan.shape, np.float64), 2)
    placed = _region(np.clip(faces, 0.0, limit), label, 0.0, "sure", scan, study)
    return Mark(label, placed.box_px, placed.box_vox, placed.center_mm, placed.instances)


def _region(box: NDArray[np.float64], label: str, score: float, band: Band, scan: Scan, study: Study) -> Region:
    if box.size == 4:
        y0, x0, y1, x1 = box.tolist()
        box_px = (x0, y0, x1, y1)
        shown = [InstanceBox(image.sop_uid, image.frame, box_px) for image in study.instances if image.sop_uid]
        return Region(label, score, band, box_px=box_px, instances=tuple(shown))
    z0, y0, x0, z1, y1, x1 = box.tolist()
    box_vox = (z0, y0, x0, z1, y1, x1)
    touched = tuple(_in_slices(box_vox, scan, study))
    return Region(label, score, band, box_vox=box_vox, center_mm=_centre_mm(box, scan), instances=touched)


def _in_slices(box: BoxVox, scan: Scan, study: Study) -> Iterator[InstanceBox]:
    """The box in the stored images whose plane it holds, in the nearest one where it lies between two; slice order."""
    if not scan.slices:
        return
    z0, y0, x0, z1, y1, x1 = box
    planes = np.array([stored.z_vox for stored in scan.slices])
    touched = np.flatnonzero((planes >= z0) & (planes < z1))
    if touched.size == 0:
        touched = np.argmin(np.abs(planes - (z0 + z1) / 2.0), keepdims=True)
    height, width = _stored_size(scan)
    for index in touched:
        image, (dy, dx) = study.instances[index], scan.slices[index].shift_px
        left, right = (min(max(face + dx, 0.0), width) for face in (x0, x1))
        top, bottom = (min(max(face + dy, 0.0), height) for face in (y0, y1))
        if image.sop_uid and left < right and top < bottom:  # else in a corner that this image does not show
            yield InstanceBox(image.sop_uid, image.frame, (left, top, right, bottom))


def _stored_size(scan: Scan) -> tuple[float, float]:
    """Height and width of the stored images: straightening made the slices longer by the drift, in whole pixels."""
    drift = np.ptp([stored.shift_px for stored in scan.slices], axis=0)
    height, width = np.array(scan.shape[1:]) - np.ceil(drift - _ROUNDING)
    return float(height), float(width)


def _centre_mm(box: NDArray[np.float64], scan: Scan) -> tuple[float, float, float] | None:
    """LPS position of the centre; the centre of voxel i is at i + 0.5 in the box's frame (PS3.3 C.7.6.2.1.1)."""
    if scan.spacing_mm is None or not scan.oriented:
        return None
    offset = (box[:3] + box[3:]) / 2.0 - 0.5
    along_xyz = (offset * np.array(scan.spacing_mm))[::-1]
    x, y, z = np.array(scan.origin_mm) + np.array(scan.direction).reshape(3, 3) @ along_xyz
    return float(x), float(y), float(z)
