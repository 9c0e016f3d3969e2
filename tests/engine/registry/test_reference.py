import json

import numpy as np
import pytest

from engine.domain.acquisition import Acquisition
from engine.errors import ModelError
from engine.registry.reference import BINS, measure, read_reference, reference_json, with_scanners


def test_statistics_are_those_of_all_pixels():
    rng = np.random.default_rng(3)
    images = [rng.integers(0, 256, (height, 7, 3), np.uint8) for height in (5, 9)]
    pixels = np.concatenate([image.reshape(-1, 3) for image in images]) / 255.0
    reference = measure(images)
    assert reference.images == 2
    np.testing.assert_allclose(reference.mean, pixels.mean(axis=0))
    np.testing.assert_allclose(reference.std, pixels.std(axis=0))
    np.testing.assert_allclose(np.sum(reference.histogram, axis=1), 1.0)


def test_darkest_and_brightest_pixels_are_in_the_outer_bins():
    reference = measure([np.array([[0, 65535], [0, 0]], np.uint16)], stored_max=65535.0)
    assert (reference.histogram[0][0], reference.histogram[0][BINS - 1]) == (0.75, 0.25)


def test_what_was_measured_comes_back():
    reference = measure([np.full((4, 4, 3), 7, np.uint8)])
    assert read_reference(reference_json(reference)) == reference


def test_the_scanners_of_the_training_images_come_back_each_once():
    made = [Acquisition(scanner="Two B", kernel="B70f"), Acquisition(), Acquisition(scanner="One A", kernel="B70f")]
    plain = measure([np.full((4, 4), 7, np.uint8)])
    reference = with_scanners(plain, made)
    assert (reference.scanners, reference.kernels) == (("One A", "Two B"), ("B70f",))
    assert read_reference(reference_json(reference)) == reference
    assert json.loads(reference_json(plain)).keys() == {"images", "mean", "std", "histogram"}


def test_a_scanner_is_strange_that_no_training_image_names():
    reference = with_scanners(measure([np.full((4, 4), 7, np.uint8)]), [Acquisition(scanner="One A", kernel="B70f")])
    assert reference.strange(Acquisition(scanner="ONE A", kernel="B70f", software="later")) == ()
    assert reference.strange(Acquisition(scanner="Two B", kernel="B30f")) == ("Two B", "B30f")
    assert reference.strange(Acquisition()) == (), "what the study does not name is not compared"
    assert measure([np.zeros((4, 4), np.uint8)]).strange(Acquisition(scanner="Two B")) == ()


def test_no_images_or_mixed_channels_are_refused():
    for images in ([], [np.zeros((0, 4), np.uint8)], [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.uint8)]):
        with pytest.raises(ModelError) as caught:
            measure(images)
        assert caught.value.code == "MD-REFERENCE"


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"images": 1}', '{"images": 1, "mean": [0], "std": [0, 1], "histogram": [[1]]}', "[" * 100_000],
)
def test_damaged_reference_is_refused(text):
    with pytest.raises(ModelError) as caught:
        read_reference(text)
    assert caught.value.code == "MD-REFERENCE"


@pytest.mark.parametrize("scanners", ["One A", [1], [""], {"One A": 1}])
def test_scanners_that_are_no_list_of_names_are_refused(scanners):
    text = reference_json(measure([np.zeros((4, 4), np.uint8)]))
    with pytest.raises(ModelError) as caught:
        read_reference(json.dumps(json.loads(text) | {"scanners": scanners}))
    assert caught.value.code == "MD-REFERENCE"
