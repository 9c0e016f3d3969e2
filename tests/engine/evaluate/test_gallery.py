import io

import numpy as np
from PIL import Image

from engine.evaluate.gallery import SIDE_PX, gallery
from engine.evaluate.match import ImageCase
from engine.registry.package import read_package
from tests.engine.tiny_model import CARD, metaimage, picture


def case_of(name, truth, answers, dims=2):
    answers = np.array(answers, float).reshape(-1, 2 * dims + 1)
    truth = np.array(truth, float).reshape(-1, 2 * dims)
    return ImageCase(name, "a", truth, np.zeros(len(truth), bool), answers[:, :-1], answers[:, -1])


def test_misses_come_least_seen_first_and_false_alarms_surest_first(tmp_path):
    picture(tmp_path / "one.png")
    cases = [
        case_of("one.png", [[10, 10, 20, 20], [40, 40, 50, 50]], [[40, 40, 50, 50, 0.3], [70, 5, 80, 15, 0.6]]),
        case_of("gone.png", [], [[5, 5, 9, 9, 0.9], [5, 5, 9, 9, 0.4]]),
    ]
    plates = gallery(cases, CARD, tmp_path, hit_iou=0.5)
    assert [(plate.sort, plate.image, plate.score) for plate in plates] == [
        ("missed", "one.png", 0.0),
        ("missed", "one.png", 0.3),
        ("false", "gone.png", 0.9),
        ("false", "one.png", 0.6),
    ]
    assert plates[2].png == b""
    with Image.open(io.BytesIO(plates[0].png)) as shown:
        assert max(shown.size) == SIDE_PX
        ink = np.asarray(shown).reshape(-1, 3)
    assert (ink == [255, 176, 0]).all(axis=1).any()
    assert len(gallery(cases, CARD, tmp_path, hit_iou=0.5, most=1)) == 2


def test_of_a_volume_the_middle_slice_of_the_box_is_shown(tmp_path, volume_home):
    card = read_package(volume_home.models / "bright-spots-ct").card
    voxels = np.full((20, 24, 28), -850, np.int16)
    voxels[8, 12:14, 14:16] = 30
    (tmp_path / "scan.mha").write_bytes(metaimage(voxels))
    box = [6, 10, 12, 11, 16, 18]
    (plate,) = gallery([case_of("scan.mha", [box], [], dims=3)], card, tmp_path, hit_iou=0.1)
    with Image.open(io.BytesIO(plate.png)) as shown:
        pixels = np.asarray(shown.convert("RGB"))
    assert (pixels[pixels.shape[0] // 2, pixels.shape[1] // 2] > 200).all()
