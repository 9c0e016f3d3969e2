from dataclasses import replace

import numpy as np
import pytest

from engine.checks.sanity import sanity
from engine.domain.model_card import SanitySpec
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan

AIR, LUNG, BODY = -1000, -850, 40


def chest():
    """A body of soft tissue with two lungs in air, above a table; slices of 2 mm, pixels of 1 mm."""
    voxels = np.full((12, 60, 80), AIR, np.int16)
    voxels[:, 10:50, 10:70] = BODY
    voxels[:, 15:45, 15:35] = voxels[:, 15:45, 45:65] = LUNG
    voxels[:, 55:58] = BODY
    return Scan(
        voxels, "volume", "CT", "MONOCHROME2", Provenance(("a.mha",), "raw"), intercept=0.0, spacing_mm=(2.0, 1.0, 1.0)
    )


def part(shade=200):
    """A photograph of a bright part on a dark ground."""
    pixels = np.full((80, 120, 3), 10, np.uint8)
    pixels[20:60, 30:90] = shade
    return Scan(pixels, "photograph", "PHOTO", "RGB", Provenance(("a.png",), "png"))


def nodule(z0=4.0, y0=25.0, x0=20.0, depth=4.0, side=6.0, **more):
    box = (z0, y0, x0, z0 + depth, y0 + side, x0 + side)
    return Region(**{"label": "nodule", "score": 0.9, "band": "sure", "box_vox": box} | more)


def pit(x0, y0, side=6.0, **more):
    return Region(**{"label": "pit", "score": 0.9, "band": "sure", "box_px": (x0, y0, x0 + side, y0 + side)} | more)


ALL = SanitySpec((3.0, 40.0), None, -300.0, 3, 2, 0.8)


def test_what_breaks_no_rule_is_not_doubted_and_no_rule_doubts_nothing():
    assert sanity(ALL, chest(), [nodule(), nodule(x0=50.0)]) == ()
    assert sanity(None, chest(), [nodule(side=500.0)]) == ()
    assert sanity(SanitySpec(), chest(), [nodule(side=500.0)]) == ()
    assert sanity(ALL, chest(), []) == ()


@pytest.mark.parametrize(
    ("regions", "doubts"),
    [
        ([nodule(side=1.0, depth=2.0)], ()),  # 4 mm along z
        ([nodule(side=2.0, depth=1.0)], ("region-size", "region-in-few-slices")),
        ([nodule(depth=1.9)], ("region-in-few-slices",)),
        ([nodule(y0=1.0, x0=1.0)], ("region-outside",)),  # in the corner: three rays meet the body
        ([nodule(y0=51.0, x0=38.0, side=3.0)], ("region-outside",)),  # between body and table
        ([nodule(x0=x0, y0=y0) for x0 in (20.0, 50.0) for y0 in (20.0, 30.0)], ("regions-count",)),
        ([nodule(x0=20.0, y0=y0, band="unsure") for y0 in (16.0, 23.0, 30.0, 37.0)], ()),
        ([nodule(side=12.0), nodule(x0=22.0, y0=27.0, side=5.0)], ("region-repeated",)),
        ([nodule(side=12.0), nodule(x0=22.0, y0=27.0, side=5.0, label="cyst")], ()),
        ([nodule(side=12.0), nodule(x0=30.0, y0=35.0, side=5.0)], ()),  # they touch
    ],
)
def test_each_rule_doubts_what_breaks_it(regions, doubts):
    assert sanity(ALL, chest(), regions) == doubts


def test_a_doubt_is_told_once_however_many_regions_raise_it():
    rules = replace(ALL, body_above=None, repeated=None)
    assert sanity(rules, chest(), [nodule(side=41.0), nodule(side=45.0)]) == ("region-size",)


def test_a_level_of_real_values_knows_the_rescale_of_the_file():
    scan = chest()
    shifted = Scan(
        (scan.pixels + 1024).astype(np.int16),
        "volume",
        "CT",
        "MONOCHROME2",
        scan.provenance,
        intercept=-1024.0,
        spacing_mm=scan.spacing_mm,
    )
    for one in (scan, shifted):
        assert sanity(SanitySpec(body_above=-300.0), one, [nodule()]) == ()
        assert sanity(SanitySpec(body_above=-300.0), one, [nodule(y0=1.0, x0=1.0)]) == ("region-outside",)


def test_of_photographs_it_is_a_share_of_the_full_range_and_sizes_are_pixels():
    rules = SanitySpec(size_px=(4.0, 30.0), size_mm=(0.1, 1.0), body_above=0.5)
    assert sanity(rules, part(), [pit(50.0, 30.0)]) == ()
    assert sanity(rules, part(), [pit(4.0, 4.0)]) == ("region-outside",)
    assert sanity(rules, part(), [pit(50.0, 30.0, side=3.0)]) == ("region-size",)
    assert sanity(rules, part(shade=100), [pit(50.0, 30.0)]) == ("region-outside",)
