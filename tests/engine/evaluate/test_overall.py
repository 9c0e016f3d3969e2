import math

import pytest

from engine.evaluate.figures import figures
from engine.evaluate.froc import at_threshold, best_threshold
from engine.evaluate.match import match_all
from engine.evaluate.overall import best_f_score, f_score, mean_ap_overlaps, overall
from tests.engine.evaluate.cases import case, random_cases

FOUND = [[0.0, 0.0, 10.0, 10.0]]
AWAY = [[50.0, 50.0, 60.0, 60.0]]


def test_labels_are_averaged_and_their_regions_counted_together():
    spots = [case(FOUND, [[0, 0, 10, 10, 0.9]]), case([], [])]
    stains = [case([], [[50, 50, 60, 60, 0.8]]), case(AWAY, [])]
    result = overall({"spot": spots, "stain": stains}, 0.5, hit_iou=0.33, seed=1)
    assert result.mean_ap.value == 0.5
    assert (result.at.found, result.at.findings, result.at.false_regions) == (1, 2, 1)
    assert result.precision.value == 0.5
    assert result.f_score.value == 0.5
    assert result.false_per_image.value == 0.5


def test_an_image_is_clean_only_without_findings_of_any_label():
    spots = [case(FOUND, []), case([], [[0, 0, 9, 9, 0.7]]), case([], [])]
    stains = [case([], []), case([], []), case([], [[0, 0, 9, 9, 0.2]])]
    result = overall({"spot": spots, "stain": stains}, 0.5, hit_iou=0.33, seed=1)
    assert (result.at.clean, result.at.clean_marked) == (2, 1)
    assert result.clean_marked_limit > 0.9


def test_one_label_has_the_figures_that_it_has_alone():
    cases = random_cases(3)
    alone, together = figures(cases, 0.6, hit_iou=0.33, seed=5), overall({"a": cases}, 0.6, hit_iou=0.33, seed=5)
    assert together.mean_ap == alone.ap
    assert together.mean_ap_strict == alone.ap_strict
    assert together.sensitivity == alone.sensitivity
    assert together.curve == alone.curve
    precision, recall = together.precision.value, together.sensitivity.value
    assert together.f_score.value == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_label_of_which_there_is_nothing_to_find_does_not_count():
    spots = [case(FOUND, [[0, 0, 10, 10, 0.9]])]
    result = overall({"spot": spots, "stain": [case([], [])]}, 0.5, hit_iou=0.33, seed=1)
    assert result.mean_ap.value == 1.0


def test_the_mean_over_ten_overlaps_is_that_of_the_labels_that_have_findings():
    half = [[0.0, 0.0, 10.0, 7.2, 0.9]]  # overlaps by 0.72: a hit at five of the ten
    labels = {"spot": [case(FOUND, [[0, 0, 10, 10, 0.9]])], "scratch": [case(FOUND, half)], "stain": [case([], [])]}
    assert mean_ap_overlaps(labels, seed=1).value == pytest.approx((1.0 + 0.5) / 2)


def test_a_set_without_any_finding_has_no_ap_but_false_alarms():
    result = overall({"spot": [case([], [[0, 0, 9, 9, 0.7]]), case([], [])]}, 0.5, hit_iou=0.33, seed=1)
    assert math.isnan(result.mean_ap.value)
    assert (result.at.clean_marked, result.at.clean) == (1, 2)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_threshold_has_no_better_f_score_beside_it(seed):
    images = match_all(random_cases(seed), 0.33)
    every = sorted({float(score) for image in images for score in image.scores}, reverse=True)
    reached = [f_score(at_threshold(images, score)) for score in every]
    assert best_threshold(images) == every[reached.index(max(reached))]


def test_where_nothing_is_found_no_score_is_best():
    assert best_threshold(match_all([case(FOUND, [[50, 50, 60, 60, 0.8]])], 0.33)) == 1.0
    assert best_threshold([]) == 1.0


def test_the_best_f_score_takes_its_threshold_from_other_images():
    chosen_on = {"spot": [case(FOUND, [[0, 0, 10, 10, 0.6], [50, 50, 60, 60, 0.5]])]}
    cases = {"spot": [case(FOUND, [[0, 0, 10, 10, 0.5], [50, 50, 60, 60, 0.7]])]}
    best = best_f_score(cases, chosen_on, hit_iou=0.33, seed=1)
    assert best.at.threshold == 0.6
    assert (best.at.found, best.at.false_regions, best.f_score.value) == (0, 1, 0.0)
    assert best_f_score(cases, cases, hit_iou=0.33, seed=1).f_score.value == pytest.approx(2 / 3)
