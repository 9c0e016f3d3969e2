"""Puts candidates back into the frame of their study: the way out of the network's grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.detect.heads import Candidates
from engine.domain.model_card import ModelCard
from engine.domain.region import Band, Region
from engine.domain.scan import Scan
from engine.prepare.layout import Layout


def place(candidates: Candidates, card: ModelCard, layout: Layout, scan: Scan) -> tuple[Region, ...]:
    """Regions in the study's own pixels or voxels, clipped to it; highest score first.

    A box that lies outside the study altogether (padding flagged by the network) is left out.
    """
    dims = len(layout.grid_shape)
    scale = np.tile(np.array(layout.scale, np.float64), 2)
    limit = np.tile(np.array(layout.scan_shape, np.float64), 2)
    boxes = np.clip(candidates.boxes.astype(np.float64) / scale, 0.0, limit)
    inside = (boxes[:, dims:] > boxes[:, :dims]).all(axis=1)
    return tuple(
        _region(boxes[index], float(candidates.scores[index]), int(candidates.labels[index]), card, scan)
        for index in np.flatnonzero(inside)
    )


def _region(box: NDArray[np.float64], score: float, label: int, card: ModelCard, scan: Scan) -> Region:
    band: Band = "sure" if score >= card.threshold else "unsure"
    name = card.labels[label]
    if box.size == 4:
        y0, x0, y1, x1 = box.tolist()
        return Region(name, score, band, box_px=(x0, y0, x1, y1))
    z0, y0, x0, z1, y1, x1 = box.tolist()
    return Region(name, score, band, box_vox=(z0, y0, x0, z1, y1, x1), center_mm=_centre_mm(box, scan))


def _centre_mm(box: NDArray[np.float64], scan: Scan) -> tuple[float, float, float] | None:
    """LPS position of the centre; the centre of voxel i is at i + 0.5 in the box's frame (PS3.3 C.7.6.2.1.1)."""
    if scan.spacing_mm is None:
        return None
    offset = (box[:3] + box[3:]) / 2.0 - 0.5
    along_xyz = (offset * np.array(scan.spacing_mm))[::-1]
    x, y, z = np.array(scan.origin_mm) + np.array(scan.direction).reshape(3, 3) @ along_xyz
    return float(x), float(y), float(z)
