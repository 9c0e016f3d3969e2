"""What differs between a picture and its template."""

import json

import numpy as np
import pytest

from engine.budget import Budget
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from engine.errors import BudgetExceeded, OutOfDomainError
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.opinion.compare import unmatched
from engine.opinion.difference import difference, differing
from engine.opinion.settings import OpinionRule
from engine.prepare.pool import RowPool
from tests.engine.hand_clock import HandClock

RULE = OpinionRule("template")


def scan(pixels):
    form = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Scan(pixels, "photograph", "photo", form, Provenance(("a.png",), "test"))


def board(size=(300, 400), seed=4):
    """Bright traces and pads on a dark board."""
    rng = np.random.default_rng(seed)
    pixels = np.full(size, 40, np.uint8)
    for _ in range(40):
        y, x = rng.integers(0, size[0] - 40), rng.integers(0, size[1] - 40)
        pixels[y : y + 8, x : x + rng.integers(20, 120)] = 200
        pixels[y : y + rng.integers(12, 30), x : x + rng.integers(12, 30)] = 200
    return pixels


def found(own, template, rule=RULE, threads=1, budget=None):
    with RowPool(threads) as pool:
        return differing(scan(own), scan(template), rule, pool, budget or Budget())


def boxes(regions):
    return [region.box_px for region in regions]


def test_a_part_as_its_template_shows_it_has_no_region():
    assert found(board(), board()) == ()


def test_a_part_that_lies_elsewhere_is_registered_and_its_defect_found_where_it_lies():
    template = board((340, 440))
    own = np.ascontiguousarray(template[20:320, 23:423])
    own[100:110, 150:160] = 255 - own[100:110, 150:160]
    regions = found(own, np.ascontiguousarray(template[7:307, 11:411]))
    ((x0, y0, x1, y1),) = [box for box in boxes(regions) if 20 < box[0] < 380 and 20 < box[1] < 280]
    assert (x0, y0, x1, y1) == pytest.approx((150.0, 100.0, 160.0, 110.0), abs=6.0)


@pytest.mark.parametrize("light", [0.4, 0.6, 1.2])
def test_another_lamp_is_no_difference(light):
    own = board()
    own[100:112, 150:162] = 255
    darker = np.clip(own * light, 0, 255).astype(np.uint8)
    assert found((board() * light).astype(np.uint8), board()) == ()
    assert boxes(found(darker, board())) == boxes(found(own, board()))


def test_a_picture_half_of_which_is_bright_is_compared_as_it_is():
    template = np.full((200, 200), 40, np.uint8)
    template[:, :100] = 200
    own = template.copy()
    own[50:60, 20:40] = 40
    assert len(found(own, template)) == 1


def test_a_difference_of_one_colour_is_seen():
    template = np.repeat(board()[..., None], 3, axis=2)
    own = template.copy()
    own[100:112, 150:162, 2] = 255 - own[100:112, 150:162, 2]
    (region,) = found(own, template)
    assert region.label == "differs"


def test_more_and_stronger_pixels_make_a_better_score_and_come_first():
    own = board()
    own[20:26, 20:26] = 255 - own[20:26, 20:26]
    own[200:230, 300:330] = 255 - own[200:230, 300:330]
    scores = [region.score for region in found(own, board())]
    assert scores == sorted(scores, reverse=True)
    assert 0.0 < scores[-1] < scores[0] < 1.0


def test_the_rule_says_what_counts():
    own = board()
    own[200:206, 300:306] = 255 - own[200:206, 300:306]
    assert len(found(own, board())) == 1
    assert found(own, board(), OpinionRule("template", least_px=200)) == ()


def test_how_far_an_edge_may_lie_apart_is_for_the_rule_to_say():
    trace, grown = np.full((2, 100, 100), 40, np.uint8)
    trace[:, 46:54] = 200
    grown[:, 43:57] = 200
    assert len(found(grown, trace)) == 2
    assert found(grown, trace, OpinionRule("template", tolerance_px=3)) == ()


def test_regions_have_the_same_bytes_whatever_the_threads():
    own = board((1010, 1010), seed=1)
    own[500:520, 600:640] = 255 - own[500:520, 600:640]
    one, four = (found(own, board((1010, 1010), seed=1), threads=threads) for threads in (1, 4))
    assert one == four


def test_a_pattern_that_repeats_itself_is_not_taken_for_one_that_lies_elsewhere():
    template = np.full((320, 480), 40, np.uint8)
    template[:, np.arange(480) % 20 < 9] = 200
    template[140:150] = 40
    own = template.copy()
    own[200:212, 240:249] = 40
    (region,) = found(own, template)
    assert region.box_px[1] == pytest.approx(200.0, abs=6.0)


def test_another_part_is_no_template():
    with pytest.raises(OutOfDomainError) as caught:
        found(board(seed=1), board(seed=2))
    assert caught.value.code == "OD-TEMPLATE"


def test_no_step_begins_that_would_end_too_late():
    clock = HandClock(step_s=0.05)
    with pytest.raises(BudgetExceeded):
        found(board(), board(), budget=Budget(0.5, clock))


def test_a_flat_template_and_a_flat_picture_are_compared_as_they_are():
    flat = np.full((64, 64), 90, np.uint8)
    spotted = flat.copy()
    spotted[20:30, 20:30] = 250
    assert found(flat, flat) == ()
    assert len(found(spotted, flat)) == 1


@pytest.mark.deep
def test_on_real_boards_jitter_of_edges_is_left_out_and_their_defects_are_not(shared):
    """DeepPCB's training boards; a plain difference is edge jitter for four fifths (`tests/bench/template.py`)."""
    folder = shared / "data" / "pcb"
    held = json.loads((folder / "annotations" / "trainval.json").read_text())
    jitter = {"plain": 0, "registered": 0}
    differ = dict(jitter)
    missed = false = defects = 0
    with RowPool(1) as pool:
        for image in held["images"][::100]:
            own, template = (read_study(find_one(folder / image[name])).scan for name in ("file_name", "template"))
            truth = [one["bbox"] for one in held["annotations"] if one["image_id"] == image["id"]]
            clean = np.ones(own.shape, np.bool_)
            for x, y, width, height in np.array(truth, np.int64):
                clean[y : y + height, x : x + width] = False
            plain = np.abs(own.pixels.astype(np.int64) - template.pixels) > 127
            registered = difference(own, template, RULE.tolerance_px, pool) >= RULE.least_contrast
            for way, differs in (("plain", plain), ("registered", registered)):
                differ[way] += int(differs.sum())
                jitter[way] += int((differs & clean).sum())
            regions = differing(own, template, RULE, pool, Budget())
            wanted = [_region(*box) for box in truth]
            defects += len(wanted)
            missed += len(unmatched(wanted, regions, by_label=False))
            false += len(unmatched(regions, wanted, by_label=False))
    assert jitter["plain"] > 0.6 * differ["plain"]
    assert jitter["registered"] < 0.1 * differ["registered"]
    assert missed <= 0.03 * defects
    assert false <= 10


def _region(x, y, width, height):
    return Region("defect", 1.0, "sure", box_px=(x, y, x + width, y + height))
