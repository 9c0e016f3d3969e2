"""Truth and regions of one image, paired for one label."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.domain.region import Region
from engine.evaluate.match import ImageCase
from engine.evaluate.truth import Truth, TruthImage


def case_of(image: TruthImage, truth: Truth, label: str, regions: Iterable[Region]) -> ImageCase:
    """The case of one picture; regions and findings of other labels are left out."""
    findings = [box for box in truth.of(image.id) if box.label == label]
    given = [region for region in regions if region.label == label and region.box_px is not None]
    return ImageCase(
        name=image.file_name,
        group=image.group,
        truth=np.array([box.box_px for box in findings], np.float64).reshape(-1, 4),
        crowd=np.array([box.crowd for box in findings], bool),
        boxes=np.array([region.box_px for region in given], np.float64).reshape(-1, 4),
        scores=np.array([region.score for region in given], np.float64),
    )
