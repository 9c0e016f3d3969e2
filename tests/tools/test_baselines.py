import numpy as np
import pytest
import SimpleITK as sitk

from engine.evaluate.match import overlap
from tests.tools import log_detector, threshold_detector
from tests.tools.answers import Answers, distinct
from tests.tools.log_detector import LogSettings
from tests.tools.lungs import Lungs, read_lungs
from tests.tools.threshold_detector import ThresholdSettings

STEP_MM = (1.5, 0.8, 0.8)
BALL = np.array([[20.0, 55.0, 27.0, 28.0, 70.0, 42.0]])  # 12 mm wide
TUBE_Y, TUBE_X = 40, 100


@pytest.fixture(scope="module")
def lungs(tmp_path_factory: pytest.TempPathFactory) -> Lungs:
    """Two boxes of air in tissue; one holds a ball, the other a tube that runs through it."""
    voxels = np.full((50, 120, 140), 40, np.int16)
    voxels[5:45, 15:105, 10:62] = voxels[5:45, 15:105, 78:130] = -870
    z, y, x = np.ogrid[:50, :120, :140]
    middle = (BALL[0, :3] + BALL[0, 3:]) / 2 - 0.5
    away = sum(((axis - m) * s) ** 2 for axis, m, s in zip((z, y, x), middle, STEP_MM, strict=True))
    voxels[away < 36] = 20
    voxels[np.broadcast_to((y - TUBE_Y) ** 2 + (x - TUBE_X) ** 2 < 4**2, voxels.shape)] = 20
    image = sitk.GetImageFromArray(voxels)
    image.SetSpacing(STEP_MM[::-1])
    path = tmp_path_factory.mktemp("scan") / "scan.mha"
    sitk.WriteImage(image, str(path))
    return read_lungs(path)


def test_the_mask_holds_both_lungs_with_what_lies_in_them(lungs: Lungs) -> None:
    assert lungs.mask[int(24 * 1.5), int(62 * 0.8), int(34 * 0.8)]
    assert lungs.mask[int(24 * 1.5), int(90 * 0.8), int(90 * 0.8)]
    assert not lungs.mask[int(24 * 1.5), 2, 2]


def test_the_laplacian_finds_the_ball_and_its_size(lungs: Lungs) -> None:
    answers = log_detector.detect(log_detector.peaks(lungs, 50.0), LogSettings(50.0))
    assert overlap(lungs.stored(answers.boxes[:1]), BALL)[0, 0] > 0.5


def test_threshold_and_components_find_the_ball_before_the_tube(lungs: Lungs) -> None:
    answers = threshold_detector.detect(threshold_detector.parts(lungs, -500.0, 1), ThresholdSettings(-500.0))
    assert overlap(lungs.stored(answers.boxes[:1]), BALL)[0, 0] > 0.5


def test_of_two_answers_that_overlap_the_better_one_is_kept() -> None:
    boxes = np.array([[0, 0, 0, 4, 4, 4], [1, 1, 1, 5, 5, 5], [9, 9, 9, 12, 12, 12]], float)
    kept = distinct(Answers(boxes, np.array([0.5, 0.9, 0.1])))
    assert kept.scores.tolist() == [0.9, 0.1]
