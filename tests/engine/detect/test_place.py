import numpy as np
import pytest

from engine.detect.heads import Candidates
from engine.detect.place import place
from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from tests.engine.tiny_model import CARD, card_with

PROVENANCE = Provenance(("a",), "made here")


def candidates(*boxes, score=0.75):
    return Candidates(
        np.array(boxes, np.float32), np.full(len(boxes), score, np.float32), np.zeros(len(boxes), np.int64), False
    )


def photograph(shape=(30, 20)):
    scan = Scan(np.zeros(shape, np.uint8), "photograph", "photo", "MONOCHROME2", PROVENANCE)
    return scan, lay_out(scan, CARD.input, 4, Effort("full", 0.25))


def test_a_box_in_pixels_is_given_as_x_before_y():
    scan, layout = photograph()
    (region,) = place(candidates([1, 2, 11, 12]), CARD, layout, scan)
    assert region.box_px == (2.0, 1.0, 12.0, 11.0)
    assert region.label == "spot"
    assert region.band == "sure"


def test_a_box_is_clipped_to_the_picture_and_dropped_outside_it():
    scan, layout = photograph()
    (region,) = place(candidates([-3, -3, 50, 50], [30, 0, 34, 8]), CARD, layout, scan)
    assert region.box_px == (0.0, 0.0, 20.0, 30.0)


def test_a_score_between_the_thresholds_is_unsure():
    scan, layout = photograph()
    card = card_with(threshold=0.8, unsure_threshold=0.5)
    assert place(candidates([0, 0, 8, 8]), card, layout, scan)[0].band == "unsure"


def test_a_region_of_a_volume_is_placed_in_patient_millimetres():
    # Two slices swapped in direction: z of the scan runs against z of the patient.
    scan = Scan(
        np.zeros((10, 20, 20), np.int16),
        "volume",
        "CT",
        "MONOCHROME2",
        PROVENANCE,
        spacing_mm=(2.0, 0.5, 0.5),
        origin_mm=(-5.0, -4.0, 100.0),
        direction=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -1.0),
    )
    card = card_with(input=InputSpec(1, (16, 16, 16), 1, (1.0, 1.0, 1.0), 0.0, 1.0, (0.0,), (1.0,)))
    layout = lay_out(scan, card.input, 4, Effort("full", 0.25))
    assert layout.grid_shape == (20, 10, 10)
    (region,) = place(candidates([4, 2, 1, 6, 4, 5]), card, layout, scan)
    assert region.box_vox == (2.0, 4.0, 2.0, 3.0, 8.0, 10.0)
    # Voxel centre 2 along z is 4 mm from the first slice; y centre 5.5 is 2.75 mm, x centre 5.5 is 2.75 mm.
    assert region.center_mm == pytest.approx((-2.25, -1.25, 96.0))
