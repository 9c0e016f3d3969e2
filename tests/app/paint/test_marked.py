"""The pictures of a report."""

import numpy as np

from app.paint.marked import marked
from app.paint.palette import DARK, rgb
from engine.domain.review import RegionVerdict
from engine.export.findings import Finding
from tests.app.paint.test_inked_contours import coloured, disc


def test_place_has_its_box_and_its_contour():
    scan, region = disc()
    added = Finding(2, "scratch", RegionVerdict.ADDED, box_px=(100.0, 100.0, 180.0, 160.0))
    sheet = np.asarray(marked(scan, [Finding(1, "pore", None, score=0.9, band="sure", box_px=region.box_px), added]))
    assert coloured(sheet)[700, 778]
    assert coloured(sheet)[681:719, 781:819].sum() > 60
    assert coloured(sheet)[130, 98]
    assert (sheet[102:158, 102:178] == 60).all(), "nothing stands out there"
    assert (sheet == np.array(rgb(DARK.unsure))).all(axis=2).sum() == 0


def test_page_has_the_same_pixels_each_time():
    scan, region = disc()
    finding = Finding(1, "pore", RegionVerdict.REJECTED, "dust", 0.9, "unsure", box_px=region.box_px)
    first, second = (np.asarray(marked(scan, [finding])) for _ in range(2))
    assert (first == second).all()
