import math
from dataclasses import astuple, replace

import numpy as np
import pytest

from engine.evaluate.froc import (
    FALSE_REGIONS,
    at_threshold,
    false_interval,
    froc,
    froc_intervals,
    lowest_threshold,
    sensitivity_interval,
)
from engine.evaluate.interval import by_group
from engine.evaluate.match import match_all
from tests.engine.evaluate.cases import case, random_cases

IMAGES = match_all(
    [
        case([[0, 0, 10, 10], [20, 20, 30, 30]], [[0, 0, 10, 10, 0.9], [20, 20, 30, 30, 0.3], [50, 50, 60, 60, 0.5]]),
        case([], [[0, 0, 10, 10, 0.4]]),
        case([], []),
        case([[0, 0, 10, 10]], [[1, 0, 10, 10, 0.6]]),
    ],
    0.33,
)


UNSEEN = match_all(
    [
        replace(case([], []), answered=False),
        replace(case([[0, 0, 10, 10]], [[50, 50, 60, 60, 0.7]]), answered=False),
    ],
    0.33,
)
"""The second was looked at in part, and something was marked there."""


def test_a_threshold_keeps_scores_that_equal_it() -> None:
    point = at_threshold(IMAGES, 0.4)
    assert (point.found, point.findings, point.false_regions) == (2, 3, 2)
    assert point.sensitivity == 2 / 3
    assert point.false_per_image == 0.5


def test_clean_images_are_marked_by_any_region() -> None:
    point = at_threshold(IMAGES, 0.4)
    assert (point.clean_marked, point.clean) == (1, 2)
    assert at_threshold(IMAGES, 0.45).clean_marked == 0


def test_an_image_that_was_not_looked_at_is_not_among_the_clean_ones_and_its_findings_are_missed() -> None:
    point = at_threshold((*IMAGES, *UNSEEN), 0.4)
    assert (point.clean_marked, point.clean) == (1, 2)
    assert (point.found, point.findings) == (2, 4)


def test_false_regions_are_counted_on_images_that_were_looked_at_in_full() -> None:
    point, both = at_threshold(IMAGES, 0.4), (*IMAGES, *UNSEEN)
    assert at_threshold(both, 0.4).false_regions == point.false_regions == 2
    assert at_threshold(both, 0.4).false_per_image == point.false_per_image
    assert false_interval(both, 0.4, seed=1, rounds=50).value == point.false_per_image
    assert [lowest_threshold(both, level) for level in FALSE_REGIONS] == [
        lowest_threshold(IMAGES, level) for level in FALSE_REGIONS
    ]
    assert math.isnan(at_threshold(UNSEEN, 0.4).false_per_image)


def test_a_mark_in_a_crowd_does_not_mark_a_clean_image() -> None:
    crowd = replace(case([[0, 0, 10, 10]], [[0, 0, 10, 10, 0.9]]), crowd=np.ones(1, bool))
    assert at_threshold(match_all([crowd], 0.33), 0.4).clean_marked == 0


def test_the_lowest_threshold_is_just_above_the_first_false_region_too_many() -> None:
    threshold = lowest_threshold(IMAGES, 0.25)
    assert threshold == math.nextafter(0.4, 1)
    assert at_threshold(IMAGES, threshold).false_regions == 1


def test_with_few_false_regions_every_detection_is_kept() -> None:
    assert lowest_threshold(IMAGES, 1.0) == 0.0


def test_froc_rises_with_the_false_regions_allowed() -> None:
    images = match_all(random_cases(3), 0.33)
    points = froc(images)
    assert [point.sensitivity for point in points] == sorted(point.sensitivity for point in points)
    assert all(point.false_per_image <= level for point, level in zip(points, FALSE_REGIONS, strict=True))


def test_sensitivity_without_findings_is_no_number() -> None:
    assert math.isnan(at_threshold(match_all([case([], [])], 0.33), 0.5).sensitivity)


def test_a_repeated_mark_on_a_found_finding_is_false() -> None:
    images = match_all([case([[0, 0, 10, 10]], [[0, 0, 10, 10, 0.9], [0, 0, 10, 9, 0.8]])], 0.33)
    assert at_threshold(images, 0.5).false_regions == 1


@pytest.mark.parametrize("level", [0.125, 0.5, 2.0])
def test_one_step_below_the_lowest_threshold_is_too_many(level: float) -> None:
    images = match_all(random_cases(5), 0.33)
    threshold = lowest_threshold(images, level)
    assert at_threshold(images, threshold).false_per_image <= level
    if threshold > 0:
        assert at_threshold(images, math.nextafter(threshold, 0)).false_per_image > level


@pytest.mark.parametrize("seed", range(3))
def test_intervals_of_ratios_are_those_of_the_plain_bootstrap(seed):
    images, threshold = match_all(random_cases(seed), 0.33), 0.5
    plain = by_group(images, lambda some: at_threshold(some, threshold).sensitivity, seed=seed)
    assert astuple(sensitivity_interval(images, threshold, seed=seed)) == pytest.approx(astuple(plain))
    plain = by_group(images, lambda some: at_threshold(some, threshold).false_per_image, seed=seed)
    assert astuple(false_interval(images, threshold, seed=seed)) == pytest.approx(astuple(plain))


def test_an_interval_without_findings_is_none():
    interval = sensitivity_interval(match_all([case([], [])], 0.33), 0.5, seed=0)
    assert all(math.isnan(value) for value in astuple(interval)[:3])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_intervals_along_the_curve_are_those_that_drawing_groups_one_by_one_gives(seed: int) -> None:
    hits = match_all(random_cases(seed), 0.33)
    found = froc_intervals(hits, seed=5, rounds=60)
    assert [one.value for one in found] == [point.sensitivity for point in froc(hits)]
    for level, interval in zip(FALSE_REGIONS, found, strict=True):
        slow = by_group(hits, lambda some, level=level: froc(some, (level,))[0].sensitivity, seed=5, rounds=60)
        assert astuple(interval) == pytest.approx(astuple(slow))


def test_a_curve_without_findings_has_no_intervals() -> None:
    nothing = match_all([case([], [[0, 0, 9, 9, 0.7]])], 0.33)
    assert all(math.isnan(one.value) and math.isnan(one.low) for one in froc_intervals(nothing, seed=0))
