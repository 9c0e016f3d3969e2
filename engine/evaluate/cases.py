"""Truth and regions of one image, paired for one label."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.domain.region import Region
from engine.evaluate.match import ImageCase
from engine.evaluate.truth import Truth, TruthImage


def case_of(
    image: TruthImage, truth: Truth, label: str, regions: Iterable[Region], *, answered: bool = True
) -> ImageCase:
    """The case of one picture or volume; regions and findings of other labels are left out."""
    findings = [box for box in truth.of(image.id) if box.label == label]
    given = [(box, region.score) for region in regions if region.label == label and (box := _faces(region, image))]
    return ImageCase(
        name=image.file_name,
        group=image.group,
        truth=np.array([box.faces() for box in findings], np.float64).reshape(-1, 2 * image.dims),
        crowd=np.array([box.crowd for box in findings], bool),
        boxes=np.array([box for box, _ in given], np.float64).reshape(-1, 2 * image.dims),
        scores=np.array([score for _, score in given], np.float64),
        answered=answered,
    )


def _faces(region: Region, image: TruthImage) -> tuple[float, ...] | None:
    return region.box_px if image.dims == 2 else region.box_vox
