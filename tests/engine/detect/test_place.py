from dataclasses import replace

import numpy as np
import pytest

from engine.detect.heads import Candidates
from engine.detect.place import place, place_mark
from engine.domain.model_card import Effort, InputSpec, SizeSpec
from engine.domain.region import InstanceBox
from engine.domain.scan import Provenance, Scan, StoredSlice
from engine.domain.study import Instance, Study
from engine.prepare.layout import lay_out
from tests.engine.tiny_model import CARD, card_with

PROVENANCE = Provenance(("a",), "made here")
STUDY = Study("0" * 64, "photograph", "photo", "a.png", (Instance("a.png"),))


def candidates(*boxes, score=0.75):
    return Candidates(
        np.array(boxes, np.float32), np.full(len(boxes), score, np.float32), np.zeros(len(boxes), np.int64), False
    )


def photograph(shape=(30, 20)):
    scan = Scan(np.zeros(shape, np.uint8), "photograph", "photo", "MONOCHROME2", PROVENANCE)
    return scan, lay_out(scan, CARD.input, 4, Effort("full", 0.25))


def test_a_box_in_pixels_is_given_as_x_before_y():
    scan, layout = photograph()
    (region,) = place(candidates([1, 2, 11, 12]), CARD, layout, scan, STUDY)
    assert region.box_px == (2.0, 1.0, 12.0, 11.0)
    assert region.label == "spot"
    assert region.band == "sure"


def test_a_box_is_clipped_to_the_picture_and_dropped_outside_it():
    scan, layout = photograph()
    (region,) = place(candidates([-3, -3, 50, 50], [30, 0, 34, 8]), CARD, layout, scan, STUDY)
    assert region.box_px == (0.0, 0.0, 20.0, 30.0)


def test_a_score_between_the_thresholds_is_unsure():
    scan, layout = photograph()
    card = card_with(threshold=0.8, unsure_threshold=0.5)
    assert place(candidates([0, 0, 8, 8]), card, layout, scan, STUDY)[0].band == "unsure"


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
    (region,) = place(candidates([4, 2, 1, 6, 4, 5]), card, layout, scan, STUDY)
    assert region.box_vox == (2.0, 4.0, 2.0, 3.0, 8.0, 10.0)
    # Voxel centre 2 along z is 4 mm from the first slice; y centre 5.5 is 2.75 mm, x centre 5.5 is 2.75 mm.
    assert region.center_mm == pytest.approx((-2.25, -1.25, 96.0))
    (lost,) = place(candidates([4, 2, 1, 6, 4, 5]), card, layout, replace(scan, oriented=False), STUDY)
    assert (lost.box_vox, lost.center_mm) == (region.box_vox, None), "the file does not say where it lies"


def test_a_region_smaller_than_the_model_marks_is_left_out_and_one_cut_by_the_edge_is_measured_whole():
    scan = Scan(np.zeros((6, 20, 20), np.int16), "volume", "CT", "MONOCHROME2", PROVENANCE, spacing_mm=(2.0, 0.5, 0.5))
    spec = InputSpec(1, (16, 16, 16), 1, (1.0, 1.0, 1.0), 0.0, 1.0, (0.0,), (1.0,))
    layout = lay_out(scan, spec, 4, Effort("full", 0.25))
    boxes = candidates([0, 0, 0, 4, 4, 4], [4, 4, 4, 8, 8, 7], [-3, -3, -3, 1, 1, 1], [6, 6, 0, 10, 10, 4])

    def kept(smallest_mm):
        size = None if smallest_mm is None else SizeSpec(smallest_mm, full_mm=4.0, slope=0.0)
        placed = place(boxes, card_with(input=spec, size=size), layout, scan, STUDY)
        return [region.box_vox[:3] for region in placed]

    first, flat, cut, last = (0.0, 0.0, 0.0), (2.0, 8.0, 8.0), (0.0, 0.0, 0.0), (3.0, 12.0, 0.0)
    assert kept(None) == [first, flat, cut, last]
    assert kept(4.0) == [first, cut, last]
    assert kept(3.6) == [first, flat, cut, last], "4 x 4 x 3 mm are 3.63 mm in the mean"


def test_the_score_of_a_small_region_counts_for_less_and_regions_are_sorted_and_judged_by_what_counts():
    scan = Scan(np.zeros((20, 20, 20), np.int16), "volume", "CT", "MONOCHROME2", PROVENANCE, spacing_mm=(1.0, 1.0, 1.0))
    spec = InputSpec(1, (16, 16, 16), 1, (1.0, 1.0, 1.0), 0.0, 1.0, (0.0,), (1.0,))
    layout = lay_out(scan, spec, 4, Effort("full", 0.25))
    given = candidates([0, 0, 0, 4, 4, 4], [4, 4, 4, 8, 8, 8], [8, 8, 8, 16, 16, 16], [12, 12, 0, 16, 16, 4])
    given = replace(given, scores=np.array([1.0, 0.8, 0.7, 0.65], np.float32))
    card = card_with(input=spec, threshold=0.68, unsure_threshold=0.6, size=SizeSpec(1.0, full_mm=8.0, slope=1.0))
    regions = place(given, card, layout, scan, STUDY)
    # Odds of 4 to 1 become 2 to 1, those of 0.65 fall below the thresholds; a score of 1 has no odds and stays.
    assert [region.score for region in regions] == pytest.approx([1.0, 0.7, 2 / 3], abs=1e-6)
    assert [(region.box_vox[5], region.band) for region in regions] == [(4.0, "sure"), (16.0, "sure"), (8.0, "unsure")]


def volume(slices, shape=(6, 20, 30)):
    """A volume of 1 mm voxels, whose stored images lie as given, and the study that they make."""
    scan = Scan(
        np.zeros(shape, np.int16),
        "volume",
        "CT",
        "MONOCHROME2",
        PROVENANCE,
        spacing_mm=(1.0, 1.0, 1.0),
        slices=tuple(slices),
    )
    images = tuple(Instance(f"{index}.dcm", f"1.2.{index}") for index in range(len(slices)))
    return scan, Study("0" * 64, "volume", "CT", "series", images)


def boxes_in_slices(box, scan, study):
    card = card_with(input=InputSpec(1, (8, 32, 32), 1, (1.0, 1.0, 1.0), 0.0, 1.0, (0.0,), (1.0,)))
    layout = lay_out(scan, card.input, 4, Effort("full", 0.25))
    (region,) = place(candidates(box), card, layout, scan, study)
    return {(box.sop_uid, box.frame): box.box_px for box in region.instances}


def test_a_region_of_a_volume_names_the_stored_images_whose_plane_it_holds():
    scan, study = volume([StoredSlice(index + 0.5) for index in range(6)])
    found = boxes_in_slices([1.5, 2, 3, 3.5, 12, 13], scan, study)
    assert found == {("1.2.1", 0): (3.0, 2.0, 13.0, 12.0), ("1.2.2", 0): (3.0, 2.0, 13.0, 12.0)}


def test_a_region_between_two_planes_names_the_nearest():
    scan, study = volume([StoredSlice(0.5), StoredSlice(2.5), StoredSlice(5.5)])
    assert list(boxes_in_slices([3.0, 2, 3, 3.9, 12, 13], scan, study)) == [("1.2.1", 0)]


def test_a_straightened_series_leads_back_to_the_stored_frame_and_is_clipped_to_it():
    # Stored images of 10 rows, each 4 pixels further down: the slices of the grid have 30.
    scan, study = volume([StoredSlice(index + 0.5, (-4.0 * index, 0.0)) for index in range(6)], (6, 30, 30))
    found = boxes_in_slices([0, 12, 3, 6, 22, 13], scan, study)
    assert found == {
        ("1.2.1", 0): (3.0, 8.0, 13.0, 10.0),
        ("1.2.2", 0): (3.0, 4.0, 13.0, 10.0),
        ("1.2.3", 0): (3.0, 0.0, 13.0, 10.0),
        ("1.2.4", 0): (3.0, 0.0, 13.0, 6.0),
        ("1.2.5", 0): (3.0, 0.0, 13.0, 2.0),
    }


def test_a_volume_of_a_file_without_instances_names_none():
    scan, study = volume([])
    assert boxes_in_slices([0, 2, 0, 6, 12, 13], scan, study) == {}


def test_a_region_of_a_dicom_image_names_its_frame_and_one_of_a_photograph_nothing():
    scan = Scan(np.zeros((30, 20), np.uint16), "image", "DX", "MONOCHROME2", PROVENANCE)
    study = Study("0" * 64, "image", "DX", "a.dcm", (Instance("a.dcm", "1.2.3", 0),))
    layout = lay_out(scan, CARD.input, 4, Effort("full", 0.25))
    (region,) = place(candidates([1, 2, 11, 12]), CARD, layout, scan, study)
    assert region.instances == (InstanceBox("1.2.3", 0, (2.0, 1.0, 12.0, 11.0)),)
    (region,) = place(candidates([1, 2, 11, 12]), CARD, layout, *photograph()[:1], STUDY)
    assert region.instances == ()


def test_a_box_that_a_person_drew_is_placed_as_a_region_is():
    scan, layout = photograph()
    (region,) = place(candidates([1, 2, 11, 12]), CARD, layout, scan, STUDY)
    mark = place_mark("scratch", (2.0, 1.0, 12.0, 11.0), scan, STUDY)
    assert (mark.label, mark.box_px, mark.instances) == ("scratch", region.box_px, region.instances)


def test_a_drawn_box_is_clipped_to_the_picture():
    scan, _ = photograph()
    assert place_mark("scratch", (-4.0, 5.0, 90.0, 90.0), scan, STUDY).box_px == (0.0, 5.0, 20.0, 30.0)


def test_even_a_certain_score_of_an_empty_box_becomes_0_and_one_of_full_size_stays():
    scores, sides_mm = np.array([1.0, 1.0, 0.5, 0.0]), np.array([0.0, 8.0, 4.0, 0.0])
    weighed = SizeSpec(0.0, full_mm=8.0, slope=1.0).weighed(scores, sides_mm)
    assert weighed.tolist() == [0.0, 1.0, pytest.approx(1 / 3), 0.0]
