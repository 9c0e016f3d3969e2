"""Whether a series is all there, by its headers alone."""

from __future__ import annotations

import pytest

from engine.queue.watch.series import lacks_slices
from tests.engine.intake.slices import at, header

DEPTHS = [0.0, 2.0, 4.0, 6.0, 8.0]
RELATED = "NumberOfSeriesRelatedInstances"
IN_ACQUISITION = "ImagesInAcquisition"


def slices(depths, numbers=None, counts=None):
    return [
        header(at(depth), number=number, counts=counts)
        for depth, number in zip(depths, numbers or [None] * len(depths), strict=True)
    ]


@pytest.mark.parametrize(
    ("headers", "lacks"),
    [
        (slices(DEPTHS), None),
        (slices(DEPTHS[:1]), None),
        (slices(DEPTHS, counts={RELATED: 5}), False),
        (slices(DEPTHS, counts={RELATED: 6}), True),
        (slices(DEPTHS, counts={IN_ACQUISITION: 5}), None),
        (slices(DEPTHS, counts={IN_ACQUISITION: 7}), True),
        (slices([0.0, 2.0, 6.0, 8.0]), True),
        (slices([0.0, 2.0, 6.0, 8.0], counts={RELATED: 4}), True),
        (slices(DEPTHS, numbers=[1, 2, 3, 4, 5]), None),
        (slices(DEPTHS, numbers=[3, 4, 5, 6, 7]), True),
    ],
    ids=["uncounted", "one", "counted", "short", "acquisition", "short-acquisition", "gap", "counted-gap", "from-1",
         "from-3"],
)  # fmt: skip
def test_only_a_count_of_the_whole_series_says_that_it_is_whole(headers, lacks):
    assert lacks_slices(headers) is lacks


def test_the_order_in_which_slices_come_does_not_matter():
    assert lacks_slices(slices([4.0, 0.0, 8.0, 2.0, 6.0], counts={RELATED: 5})) is False
