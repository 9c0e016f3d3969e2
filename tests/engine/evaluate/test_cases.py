from engine.domain.region import Region
from engine.evaluate.cases import case_of
from engine.evaluate.match import match
from engine.evaluate.truth import Truth, TruthBox, TruthImage

IMAGE = TruthImage(7, "a.png", 20, 10, "position 1")
PIT = TruthBox(1, 7, "pit", (1.0, 2.0, 3.0, 4.0), (), False)
SCRATCH = TruthBox(2, 7, "scratch", (5.0, 5.0, 9.0, 6.0), (), False)
ELSEWHERE = TruthBox(3, 8, "pit", (0.0, 0.0, 1.0, 1.0), (), False)


def test_only_the_label_and_the_image_asked_for_are_paired():
    truth = Truth("t.json", (IMAGE,), (PIT, SCRATCH, ELSEWHERE))
    regions = [
        Region("pit", 0.9, "sure", box_px=(1.0, 2.0, 3.0, 5.0)),
        Region("scratch", 0.8, "sure", box_px=(5.0, 5.0, 9.0, 6.0)),
    ]
    case = case_of(IMAGE, truth, "pit", regions)
    assert (case.name, case.group) == ("a.png", "position 1")
    assert case.truth.tolist() == [[1.0, 2.0, 3.0, 4.0]]
    assert case.boxes.tolist() == [[1.0, 2.0, 3.0, 5.0]]
    assert case.scores.tolist() == [0.9]
    assert case.crowd.tolist() == [False]


def test_an_image_without_findings_or_regions_has_empty_arrays_of_the_right_shape():
    case = case_of(IMAGE, Truth("t.json", (IMAGE,), ()), "pit", [])
    assert case.truth.shape == case.boxes.shape == (0, 4)
    assert case.scores.shape == case.crowd.shape == (0,)


def test_volumes_are_paired_by_boxes_of_six_faces():
    image = TruthImage(7, "case-1", 20, 10, "case-1", 8)
    truth = Truth("t.json", (image,), (TruthBox(1, 7, "nodule", None, (), False, (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),))
    case = case_of(image, truth, "nodule", [Region("nodule", 0.7, "sure", box_vox=(1.0, 2.0, 3.0, 4.0, 5.0, 9.0))])
    assert case.truth.shape == case.boxes.shape == (1, 6)
    (found,) = match(case, 0.5).iou
    assert found == 0.5
