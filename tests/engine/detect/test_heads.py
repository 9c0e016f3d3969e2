import numpy as np

from engine.detect.heads import decide, propose
from engine.detect.merge import Slab
from engine.domain.model_card import HeadSpec, InputSpec
from tests.engine.tiny_model import CARD, card_with


def maps(peaks, cells=(8, 8), reach=4.0):
    heat = np.zeros((1, *cells), np.float32)
    for cell, score in peaks.items():
        heat[0][cell] = score
    return heat, np.full((2 * len(cells), *cells), reach, np.float32)


def decode(heat, box, card):
    return decide([propose(Slab(heat, box, first=0, begin=0, end=heat.shape[1]), card)], card)


def test_a_peak_becomes_a_box_around_the_centre_of_its_cell():
    candidates = decode(*maps({(2, 5): 0.9}), CARD)
    assert candidates.boxes.tolist() == [[6.0, 18.0, 14.0, 26.0]]
    assert candidates.labels.tolist() == [0]
    assert not candidates.cut_off


def test_a_peak_below_the_threshold_is_left_out():
    assert len(decode(*maps({(2, 5): 0.49}), CARD).scores) == 0


def test_hot_neighbours_have_a_say_in_the_faces_and_cold_ones_none():
    heat, box = maps({(2, 2): 0.8, (2, 3): 0.4})
    box[:, 2, 3] = [4.0, 10.0, 4.0, 6.0]  # its own centre lies 4 px further on: faces at 6, 4, 14, 20
    box[:, 1, 1] = 100.0
    y0, x0, y1, x1 = decode(heat, box, CARD).boxes[0].tolist()
    share = 0.5**4 / (1 + 0.5**4)
    assert (y0, y1) == (6.0, 14.0)
    assert x0 == np.float32(6.0 + share * (4.0 - 6.0))
    assert x1 == np.float32(14.0 + share * (20.0 - 14.0))


def test_a_peak_in_the_corner_has_fewer_neighbours():
    heat, box = maps({(0, 0): 0.9})
    box[:, 7, 7] = 100.0  # what would be its neighbour if counting went round
    heat[0, 7, 7] = 0.45
    assert decode(heat, box, CARD).boxes[0].tolist() == [-2.0, -2.0, 6.0, 6.0]


def test_the_better_of_two_overlapping_boxes_stays():
    candidates = decode(*maps({(2, 2): 0.7, (2, 4): 0.8}, reach=20.0), CARD)
    assert candidates.scores.tolist() == [np.float32(0.8)]


def test_candidates_come_highest_score_first():
    candidates = decode(*maps({(0, 0): 0.6, (4, 4): 0.9, (7, 0): 0.7}), CARD)
    assert candidates.scores.tolist() == [np.float32(score) for score in (0.9, 0.7, 0.6)]


def test_more_regions_than_the_model_keeps_are_cut_off_and_said():
    card = card_with(head=HeadSpec("center", 4, 0.5, 2))
    candidates = decode(*maps({(0, 0): 0.6, (4, 4): 0.9, (7, 0): 0.7}), card)
    assert len(candidates.scores) == 2
    assert candidates.cut_off


def test_a_volume_gets_boxes_with_six_faces():
    card = card_with(input=InputSpec(1, (16, 16, 16), 1, None, 0.0, 1.0, (0.0,), (1.0,)))
    candidates = decode(*maps({(1, 2, 3): 0.9}, cells=(4, 4, 4)), card)
    assert candidates.boxes.tolist() == [[2.0, 6.0, 10.0, 10.0, 14.0, 18.0]]
