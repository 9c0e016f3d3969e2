"""Which outline is under the pointer."""

import pytest

from app.paint.outline import outline_at
from app.state.geometry import View
from engine.domain.region import Region

VIEW = View((100, 100), (100, 100), (50.0, 50.0), 1.0)
REGIONS = (
    Region("a", 0.9, "sure", box_px=(10.0, 10.0, 60.0, 60.0)),
    Region("b", 0.8, "sure", box_px=(20.0, 20.0, 40.0, 40.0)),
    Region("elsewhere", 0.7, "sure", box_vox=(0, 0, 0, 1, 1, 1)),
)


@pytest.mark.parametrize(
    ("x", "y", "found"),
    [(10, 30, 0), (7, 30, 0), (5, 30, None), (21, 30, 1), (17, 30, 1), (50, 50, None), (61, 61, 0), (90, 10, None)],
)
def test_nearest_outline_in_reach_is_found_and_neither_inside_nor_outside_of_it(x, y, found):
    assert outline_at(VIEW, REGIONS, x, y) == found
