import numpy as np
import pytest

from engine.domain.sketch import NAMES, Sketch
from engine.registry.likeness import LEAST_IMAGES, likeness_of


def sketches(count, seed=0):
    draws = np.random.default_rng(seed).normal(0.5, 0.05, (count, len(NAMES)))
    draws[:, 1] = draws[:, 0] + np.random.default_rng(seed + 1).normal(0, 0.002, count)  # two that go together
    return [Sketch(*map(float, row)) for row in draws]


def test_too_few_images_set_no_limit():
    assert likeness_of(sketches(LEAST_IMAGES - 1)) is None
    assert likeness_of(sketches(LEAST_IMAGES)).images == LEAST_IMAGES


def test_about_one_of_a_hundred_unchanged_studies_is_beyond_the_limit():
    likeness = likeness_of(sketches(400))
    beyond = np.mean([likeness.distance(one) > likeness.limit for one in sketches(4000, seed=9)])
    assert 0.001 <= beyond <= 0.025


def test_what_breaks_a_pair_is_further_than_each_alone_says():
    likeness = likeness_of(sketches(400))
    usual = [0.5] * len(NAMES)
    together, apart = usual.copy(), usual.copy()
    together[0] = together[1] = 0.55
    apart[0], apart[1] = 0.55, 0.45
    assert likeness.distance(Sketch(*together)) < likeness.limit < likeness.distance(Sketch(*apart))


def test_the_number_that_is_off_most_is_named():
    likeness = likeness_of(sketches(100))
    odd = [0.5] * len(NAMES)
    odd[NAMES.index("noise")] = 2.0
    assert likeness.furthest(Sketch(*odd)) == "noise"


def test_a_number_that_all_images_share_breaks_nothing():
    grey = [Sketch(*(*one.values()[:4], 0.0, *one.values()[5:])) for one in sketches(100)]
    likeness = likeness_of(grey)
    assert likeness.distance(grey[0]) < likeness.limit
    tinted = Sketch(*(*grey[0].values()[:4], 0.01, *grey[0].values()[5:]))
    assert likeness.distance(tinted) == pytest.approx(likeness.distance(tinted))
    assert likeness.distance(tinted) > likeness.limit
