"""A series is seen while it is read, from its middle on, and is what it would have been anyway."""

from itertools import pairwise

import numpy as np
import pytest

from engine.budget import Budget
from engine.errors import Cancelled
from engine.intake.find import find_one
from engine.intake.isolated.line import Line
from engine.intake.isolated.pool import Decoders
from engine.intake.read import read_study
from tests.engine.intake.slices import at, write_series

SLICES = 61


@pytest.fixture(scope="module")
def decoders():
    with Decoders(Line(2)) as pool:
        yield pool


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    write_series(folder, [at(2.5 * number) for number in range(SLICES)])
    return find_one(folder)


def watched(decoders, found):
    """What was shown, each with the slices that were there at that moment."""
    seen = []

    def look(arriving):
        there = arriving.scan.pixels[arriving.first : arriving.end].copy()
        seen.append((arriving, there))

    return decoders.read_study(found, on_arriving=look), seen


def test_middle_is_seen_first_and_the_rest_grows_around_it(decoders, found):
    _, seen = watched(decoders, found)
    (first, _), *_, (last, _) = seen
    assert first.first <= SLICES // 2 < first.end
    assert first.end - first.first < SLICES / 2
    assert (last.first, last.end) == (0, SLICES)
    spans = [(arriving.first, arriving.end) for arriving, _ in seen]
    assert all(b[0] <= a[0] and a[1] <= b[1] and a != b for a, b in pairwise(spans))


def test_slices_that_are_seen_early_hold_what_they_hold_in_the_end(decoders, found):
    loaded, seen = watched(decoders, found)
    for arriving, there in seen:
        np.testing.assert_array_equal(there, loaded.scan.pixels[arriving.first : arriving.end])


def test_facts_that_are_shown_early_are_those_of_the_study(decoders, found):
    loaded, seen = watched(decoders, found)
    early = seen[0][0].scan
    for name in ("kind", "modality", "photometric", "slope", "intercept", "window", "spacing_mm", "origin_mm", "exam"):
        assert getattr(early, name) == getattr(loaded.scan, name), name
    assert (early.shape, early.direction, early.slices) == (
        loaded.scan.shape,
        loaded.scan.direction,
        loaded.scan.slices,
    )


def test_watched_series_is_read_as_any_other(decoders, found):
    loaded, _ = watched(decoders, found)
    here = read_study(found)
    assert (loaded.study, loaded.doubts) == (here.study, here.doubts)
    np.testing.assert_array_equal(loaded.scan.pixels, here.scan.pixels)
    np.testing.assert_array_equal(loaded.stored, here.stored)


def test_series_that_must_be_straightened_is_not_seen_before_it_is_whole(decoders, tmp_path):
    write_series(tmp_path, [at(2.5 * number, column_mm=-0.8 * number) for number in range(12)])
    loaded, seen = watched(decoders, find_one(tmp_path))
    assert seen == []
    assert "tilted-series" in loaded.doubts


def test_reading_can_be_stopped_after_the_first_slices(decoders, found):
    budget = Budget()
    with pytest.raises(Cancelled):
        decoders.read_study(found, on_slice=lambda: budget.check("read"), on_arriving=lambda _: budget.cancel())
