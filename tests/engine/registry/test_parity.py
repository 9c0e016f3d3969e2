from dataclasses import replace

import numpy as np
import pytest

from engine.detect.protocol import RawOutput
from engine.domain.model_card import ParityLimits
from engine.domain.region import Region
from engine.registry.parity import CaseParity, NetworkGap, class_parity, network_gap, prepare_gap, together
from tests.engine.tiny_model import card_with

CARD = card_with(labels=("spot", "scratch"), unsure_threshold=0.4, parity=ParityLimits(0.01, 0.5, 0.002))
SPOT = Region("spot", 0.9, "sure", box_px=(10.0, 10.0, 20.0, 20.0))
FAR = replace(SPOT, score=0.8, box_px=(50.0, 50.0, 60.0, 60.0))
SCRATCH = replace(SPOT, label="scratch", score=0.7)


def differences(wanted, found, prepare=None, network=None):
    return CaseParity("a", prepare, network, class_parity(wanted, found, CARD)).differences(CARD)


def test_equal_regions_differ_in_nothing_whatever_their_order():
    assert differences((SPOT, FAR, SCRATCH), (SCRATCH, FAR, SPOT)) == ()
    spot, scratch = sorted(class_parity((SPOT, FAR, SCRATCH), (SCRATCH, FAR, SPOT), CARD), key=lambda one: -one.wanted)
    assert (spot.label, spot.wanted, spot.found, spot.matched) == ("spot", 2, 2, 2)
    assert (scratch.label, scratch.wanted, scratch.found, scratch.matched) == ("scratch", 1, 1, 1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((SPOT,), "a region of 'spot' with score 0.800 is missing."),
        ((SPOT, FAR, replace(FAR, box_px=(0.0, 0.0, 5.0, 5.0))), "a region of 'spot' with score 0.800 was not wanted."),
        ((SPOT, replace(FAR, score=0.82)), "'spot' differs by 0.0200 in score (limit 0.01)."),
        ((SPOT, replace(FAR, score=float("nan"))), "'spot' differs by nan in score (limit 0.01)."),
        ((SPOT, replace(FAR, box_px=(50.0, 50.0, 60.0, 60.75))), "'spot' differs by 0.750 px in a face (limit 0.5)."),
    ],
)
def test_a_region_beyond_the_limits_is_said_with_its_class(found, said):
    assert differences((SPOT, FAR), found) == (f"Golden case a: {said}",)


def test_a_region_with_another_class_is_missing_in_one_and_added_in_the_other():
    assert differences((SPOT,), (replace(SPOT, label="scratch"),)) == (
        "Golden case a: a region of 'scratch' with score 0.900 was not wanted.",
        "Golden case a: a region of 'spot' with score 0.900 is missing.",
    )


def test_differences_within_the_limits_are_none():
    assert differences((SPOT,), (replace(SPOT, score=0.895, box_px=(10.4, 10.0, 20.0, 19.6)),)) == ()


def test_a_region_that_lies_just_over_the_threshold_may_lie_just_under_it_for_the_other():
    edge, clear = replace(FAR, score=0.409, band="unsure"), replace(FAR, score=0.411, band="unsure")
    assert differences((SPOT, edge), (SPOT,)) == differences((SPOT,), (SPOT, edge)) == ()
    assert len(differences((SPOT, clear), (SPOT,))) == len(differences((SPOT,), (SPOT, clear))) == 1


def test_of_several_regions_on_one_place_those_that_overlap_most_are_pairs():
    shifted = replace(SPOT, score=0.5, box_px=(13.0, 10.0, 23.0, 20.0))
    near = replace(SPOT, box_px=(10.25, 10.0, 20.25, 20.0))
    (spot, _) = sorted(class_parity((shifted, SPOT), (near, shifted), CARD), key=lambda one: -one.wanted)
    assert (spot.matched, spot.score, spot.box_px) == (2, 0.0, 0.25)


def test_the_box_of_a_volume_is_no_match_for_that_of_a_picture():
    volume = Region("spot", 0.9, "sure", box_vox=(0.0, 10.0, 10.0, 9.0, 20.0, 20.0))
    assert len(differences((SPOT,), (volume,))) == 2


def raw(heat, box):
    """One tile of 2 x 2 cells and two labels."""
    return RawOutput(np.array(heat, np.float32).reshape(1, 2, 2, 2), np.full((1, 4, 2, 2), box, np.float32))


def test_the_network_is_compared_by_class_and_its_faces_where_regions_come_from():
    quiet = raw([0.1, 0.2, 0.3, 0.1] * 2, 8.0)
    gap = network_gap(quiet, raw([0.1, 0.2, 0.25, 0.1, 0.1, 0.2, 0.3, 0.1], 30.0), CARD)
    assert gap.heat == pytest.approx((0.05, 0.0))
    assert gap.box_px == 0.0
    hot = raw([0.1, 0.2, 0.3, 0.4] * 2, 8.0)
    assert network_gap(hot, raw([0.1, 0.2, 0.3, 0.4] * 2, 30.0), CARD).box_px == 22.0
    assert network_gap(quiet, raw([0.1, 0.2, 0.3, 0.4] * 2, 30.0), CARD).box_px == 22.0


def test_each_stage_has_a_sentence_of_its_own():
    gap = NetworkGap((0.0, 0.02), 0.6)
    assert differences((SPOT,), (SPOT,), prepare=0.003, network=gap) == (
        "Golden case a: a prepared value differs by 0.003 (limit 0.002).",
        "Golden case a: the network's probability of 'scratch' differs by 0.0200 (limit 0.01).",
        "Golden case a: a face of the network differs by 0.600 px (limit 0.5).",
    )
    assert differences((SPOT,), (SPOT,), prepare=0.002, network=NetworkGap((0.01, 0.0), 0.5)) == ()


def test_values_that_are_no_numbers_are_beyond_every_limit():
    nan = float("nan")
    assert len(differences((), (), prepare=nan, network=NetworkGap((nan, 0.0), nan))) == 3
    widest = NetworkGap((0.1, nan), 0.0).wider(NetworkGap((nan, 0.2), nan))
    assert np.isnan([*widest.heat, widest.box_px]).all()


def test_tensors_are_compared_by_their_largest_difference():
    ones = np.ones((2, 1, 4, 4), np.float32)
    other = ones.copy()
    other[1, 0, 2, 3] = 1.25
    assert prepare_gap(ones, ones) == 0.0
    assert prepare_gap(ones, other) == 0.25
    assert prepare_gap(ones, ones[:1]) == float("inf")


def test_cases_together_add_their_counts_and_keep_the_largest_differences():
    one = CaseParity("a", 0.001, NetworkGap((0.1, 0.0), 0.25), class_parity((SPOT, FAR), (SPOT,), CARD))
    moved = replace(SPOT, score=0.85)
    other = CaseParity("b", None, NetworkGap((0.0, 0.2), 0.125), class_parity((SPOT,), (moved,), CARD))
    both = together((one, other))
    assert (both.prepare, both.network) == (0.001, NetworkGap((0.1, 0.2), 0.25))
    spot = next(of_class for of_class in both.classes if of_class.label == "spot")
    assert (spot.wanted, spot.found, spot.matched, spot.missing) == (3, 2, 2, (0.8,))
    assert spot.score == pytest.approx(0.05)
    assert together(()) is None
