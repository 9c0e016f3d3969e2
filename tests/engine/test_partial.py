"""What a budget that runs out leaves of an answer: the regions in covered tiles are those of the full answer."""

import time

import numpy as np
import pytest
from PIL import Image

from engine.budget import Budget
from engine.domain.outcome import Status
from engine.domain.request import Request
from engine.intake.find import Found, find, find_one
from engine.intake.read import read
from engine.pipeline import Bench
from engine.places import RESOURCES
from engine.prepare.layout import lay_out
from engine.registry.shelf import Shelf
from tests.engine.hand_clock import HandClock
from tests.engine.tiny_model import metaimage, picture

SHARES = (0.2, 0.5, 0.8)


def in_settled_tiles(regions, layout, tiles):
    """Those regions that lie where only tiles reach that were looked at."""
    settled = np.zeros(layout.grid_shape, bool)
    for origins, reached in ((layout.origins[:tiles], True), (layout.origins[tiles:], False)):
        for origin in origins:
            settled[tuple(slice(low, low + side) for low, side in zip(origin, layout.tile, strict=True))] = reached
    return [region for region in regions if settled[cells_of(region, layout)].all()]


def cells_of(region, layout):
    box = region.box_vox or (region.box_px[1], region.box_px[0], region.box_px[3], region.box_px[2])
    dims = len(layout.scale)
    edges = np.array(box) * np.tile(layout.scale, 2)
    return tuple(slice(int(edges[axis]), int(np.ceil(edges[axis + dims]))) for axis in range(dims))


def spotted_picture(folder):
    spots = [(y, x) for y in range(8, 400, 60) for x in range(8, 300, 60)]
    return picture(folder / "part.png", (400, 300), spots)


def spotted_volume(folder):
    hu = np.full((90, 80, 80), -850, np.int16)
    for z in range(6, 90, 16):
        hu[z : z + 4, 20:30, 40:50] = hu[z + 6 : z + 9, 54:64, 10:20] = 30
    (folder / "ct.mha").write_bytes(metaimage(hu, (2.0, 0.8, 0.8)))
    (found,) = find([folder / "ct.mha"])
    return found


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize(("home_of", "study"), [("spotted_home", spotted_picture), ("volume_home", spotted_volume)])
def test_regions_in_covered_tiles_are_those_of_the_full_answer(request, tmp_path, home_of, study, share):
    home, found = request.getfixturevalue(home_of), study(tmp_path)
    clock = HandClock(step_s=1.0)
    with Bench.open(Shelf.of(home), threads=1, clock=clock) as bench:
        full = bench.attempt(found)
        ms = full.outcome().ms
        cut = bench.attempt(found, budget=Budget((ms.read + (ms.total - ms.read) * share) / 1000, clock))
        (package,) = bench.shelf.packages
    layout = lay_out(full.scan, package.card.input, package.card.head.stride, package.card.effort("full"))
    outcome, tiles = cut.outcome(), cut.workload.tiles
    assert (outcome.status, outcome.code) == (Status.INCOMPLETE, "BU-TIME")
    assert 0.0 < outcome.coverage == layout.coverage(tiles) < 1.0
    wanted = in_settled_tiles(full.regions, layout, tiles)
    assert wanted
    assert in_settled_tiles(outcome.regions, layout, tiles) == wanted
    assert len(wanted) < len(full.regions)


def tiled(folder):
    """Nine photographs of pitting side by side, so that half of the tiles hold regions whichever half it is."""
    one = np.asarray(Image.open(RESOURCES / "samples" / "305000-090-200907.jpg").convert("RGB"))
    Image.fromarray(np.tile(one, (3, 3, 1))).save(folder / "tiled.png")
    return Found(str(folder / "tiled.png"), folder / "tiled.png")


def feet_up(folder):
    """The chest of the demo turned over, so that its nodules lie in the tiles that are looked at first."""
    scan = read(RESOURCES / "samples" / "ct-phantom").scan
    hu = scan.pixels[::-1] * scan.slope + scan.intercept
    (folder / "ct.mha").write_bytes(metaimage(hu.astype(np.int16), scan.spacing_mm))
    return find_one(folder / "ct.mha")


@pytest.mark.deep
@pytest.mark.parametrize(
    ("study", "request_"),
    [
        (tiled, Request(threshold=0.2)),
        (feet_up, Request(effort="fast", threshold=0.1)),
    ],
)
def test_half_the_measured_time_covers_a_part_with_its_regions_and_ends_in_time(home, tmp_path, study, request_):
    found = study(tmp_path)
    with Bench.open(Shelf.of(home), backend="onnx-cpu") as bench:
        bench.attempt(found, request_)  # loads the model
        full = bench.attempt(found, request_)
        total_s = full.outcome().ms.total / 1000
        begun_s = time.perf_counter()
        cut = bench.attempt(found, request_, budget=Budget(total_s / 2))
        over_s = time.perf_counter() - begun_s - total_s / 2
    card, effort = full.card, full.card.effort(full.effort)
    layout = lay_out(full.scan, card.input, card.head.stride, effort)
    assert 0.0 < cut.coverage < 1.0
    assert "too-many-regions" not in full.doubts, "the best of all are not the best of a part"
    wanted = in_settled_tiles(full.regions, layout, cut.workload.tiles)
    assert wanted
    assert in_settled_tiles(cut.regions, layout, cut.workload.tiles) == wanted
    tile_s = total_s / len(layout.origins)
    assert over_s < tile_s + 0.05, "at most one tile and 50 ms"
