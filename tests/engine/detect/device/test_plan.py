import numpy as np
import pytest

from engine.detect.device.plan import RESERVE_BYTES, Footprint, cut, footprint, plans, stored_planes
from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from engine.prepare.make import grid_weights

MIB = 1 << 20
EVEN = Footprint(plane=MIB, tile=MIB, whole=0)


def laid_out(shape, tile, spacing_mm=None, wanted_mm=None):
    kind = "photograph" if len(shape) == 2 else "volume"
    pixels = np.zeros(shape, np.int16)
    scan = Scan(pixels, kind, "CT", "MONOCHROME2", Provenance(("a",), "made here"), spacing_mm=spacing_mm)
    spec = InputSpec(1, tile, 4, wanted_mm, 0.0, 1.0, (0.0,), (1.0,))
    layout = lay_out(scan, spec, 4, Effort("full", 0.25))
    return layout, grid_weights(layout)[0], spec


def planned(free_bytes, *, batch=4, absent=(), shape=(40, 64, 64), needs=EVEN):
    layout, axis, _ = laid_out(shape, (16, 32, 32))
    found = plans(layout, axis, needs, batch, RESERVE_BYTES + free_bytes, absent)
    return [(plan.batch, len(plan.parts)) for plan in found]


def test_where_all_fits_the_whole_study_lies_on_the_gpu():
    assert planned(1000 * MIB)[0] == (4, 1)


def test_when_memory_runs_out_the_batch_is_split_and_then_the_tiles():
    # 27 tiles: 7 batches of 4, 14 of 2, 27 of 1.
    assert planned(1000 * MIB) == [(4, 1), (2, 1), (1, 1), (1, 2), (1, 4), (1, 8), (1, 16), (1, 27)]


def test_where_not_all_fits_the_fewest_parts_that_do_are_tried_first():
    assert planned(34 * MIB)[0] == (4, 2)


def test_a_batch_that_is_too_large_is_never_tried():
    needs = Footprint(plane=0, tile=10 * MIB, whole=0)
    assert {batch for batch, _ in planned(25 * MIB, needs=needs)} == {2, 1}


def test_a_batch_without_a_network_is_left_out_and_the_last_there_is_goes_into_parts():
    assert planned(1000 * MIB, absent={2, 1}) == [(4, 1), (4, 2), (4, 4), (4, 7)]


@pytest.mark.parametrize("free_bytes", [0, 5 * MIB])
def test_where_the_smallest_does_not_fit_nothing_is_tried(free_bytes):
    assert planned(free_bytes, needs=Footprint(MIB, MIB, 6 * MIB)) == []


def test_a_single_tile_has_one_plan():
    assert planned(1000 * MIB, batch=1, shape=(10, 20, 20)) == [(1, 1)]


@pytest.mark.parametrize("parts", [1, 2, 3, 5, 7, 50])
@pytest.mark.parametrize("batch", [1, 3, 4])
def test_parts_hold_every_tile_once_in_order_and_begin_with_a_batch(batch, parts):
    layout, axis, _ = laid_out((40, 64, 64), (16, 32, 32))
    plan = cut(layout, axis, batch, parts)
    assert [index for part in plan.parts for index in part.tiles] == list(range(len(layout.origins)))
    assert all(part.tiles.start % batch == 0 for part in plan.parts)
    assert len(plan.parts) <= parts


@pytest.mark.parametrize(
    ("shape", "tile", "spacing_mm", "wanted_mm"),
    [
        ((40, 64, 64), (16, 32, 32), None, None),
        ((40, 64, 64), (16, 32, 32), (2.5, 1.0, 1.0), (1.0, 1.0, 1.0)),
        ((120, 64, 64), (16, 32, 32), (0.5, 1.0, 1.0), (1.3, 1.0, 1.0)),
        ((300, 70), (32, 32), None, None),
        ((9, 70), (32, 32), None, None),
    ],
)
def test_a_part_has_every_stored_plane_that_its_tiles_are_made_of(shape, tile, spacing_mm, wanted_mm):
    layout, axis, _ = laid_out(shape, tile, spacing_mm, wanted_mm)
    plan = cut(layout, axis, 2, 4)
    for part in plan.parts:
        needed = set()
        for index in part.tiles:
            low = layout.origins[index][0]
            for row in range(low, min(low + tile[0], layout.grid_shape[0])):
                needed.update(int(axis.first[row]) + tap for tap in range(axis.weight.shape[1]))
        assert set(part.planes) == needed
        assert part.planes.start >= 0
        assert part.planes.stop <= shape[0]
    assert stored_planes(layout, axis, range(len(layout.origins))) == range(shape[0])
    assert plan.most_planes == max(len(part.planes) for part in plan.parts)


def test_the_footprint_counts_stored_values_tensors_answers_and_maps():
    layout, _, spec = laid_out((40, 64, 64), (16, 32, 32))
    needs = footprint(40 * 64 * 64 * 2, 40, layout, spec, labels=2, item_bytes=2)
    cells = np.prod(layout.cells_shape)
    assert needs.plane == 64 * 64 * 2
    assert needs.tile == 16 * 32 * 32 * 2 + (4 * 8 * 8) * 8 * 4
    assert needs.whole == cells * (9 * 4 + 2 * 8)


def test_a_ct_of_three_hundred_slices_lies_whole_on_a_card_of_eight_gigabytes():
    layout, axis, spec = laid_out((300, 512, 512), (96, 160, 160), (1.0, 0.7, 0.7), (1.0, 1.0, 1.0))
    needs = footprint(300 * 512 * 512 * 2, 300, layout, spec, labels=1, item_bytes=4)
    first = plans(layout, axis, needs, 4, 7 << 30)[0]
    assert (first.batch, len(first.parts)) == (4, 1)
    assert needs.of(first) < 1 << 30
