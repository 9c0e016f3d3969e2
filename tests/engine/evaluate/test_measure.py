from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.domain.exam import Exam, Patient
from engine.domain.request import Request
from engine.errors import UsageError
from engine.evaluate.figures import figures
from engine.evaluate.match import HIT_IOU
from engine.evaluate.measure import measure
from engine.evaluate.truth import Truth, TruthBox, TruthImage
from engine.intake.read import read_study
from engine.pipeline import Bench
from engine.registry.shelf import Shelf
from engine.store.database import open_store
from engine.store.outcomes import newest
from tests.engine.tiny_model import metaimage, picture


def truth_of(*names, boxes=()):
    images = tuple(TruthImage(number, name, 90, 70, f"position {number}") for number, name in enumerate(names))
    return Truth("t.json", images, tuple(boxes))


def test_a_set_is_answered_as_studies_are_and_nothing_is_recorded(spotted_home, tmp_path):
    picture(tmp_path / "spot.png", spots=((40, 60),))
    picture(tmp_path / "clean.png", spots=(), shade=3)
    truth = truth_of("spot.png", "clean.png", boxes=[TruthBox(1, 0, "spot", (58.0, 38.0, 66.0, 46.0), (), False)])
    told = []
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        measured = measure(bench, truth, tmp_path, on_image=lambda done, of: told.append((done, of)))
    found = figures(measured.cases["spot"], measured.card.threshold, hit_iou=0.5, seed=1)
    assert (found.at.found, found.at.false_regions, found.at.clean_marked) == (1, 0, 0)
    assert found.ap_strict.value == 1.0
    assert measured.unanswered == ()
    assert measured.card.threshold == 0.5, "the card is the package's own, not the one lowered for the curve"
    assert told == [(1, 2), (2, 2)]
    with open_store(spotted_home) as store:
        assert newest(store, 10) == ()


def test_an_effort_that_the_model_lacks_is_refused_with_those_it_has(spotted_home, tmp_path):
    picture(tmp_path / "spot.png", spots=((40, 60),))
    with (
        Bench.open(Shelf.of(spotted_home), threads=1) as bench,
        pytest.raises(UsageError, match=r"bright-spots 1\.0\.0 has no effort 'hasty'; it has full\."),
    ):
        measure(bench, truth_of("spot.png"), tmp_path, request=Request(effort="hasty"))


def test_an_image_that_cannot_be_read_counts_as_missed_and_is_named(spotted_home, tmp_path):
    picture(tmp_path / "spot.png", spots=((40, 60),))
    boxes = [TruthBox(number, number, "spot", (58.0, 38.0, 66.0, 46.0), (), False) for number in (0, 1)]
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        measured = measure(bench, truth_of("spot.png", "gone.png", boxes=boxes), tmp_path)
    found = figures(measured.cases["spot"], measured.card.threshold, hit_iou=0.5, seed=1)
    assert (found.at.found, found.at.findings) == (1, 2)
    assert [line.partition(":")[0] for line in measured.unanswered] == ["gone.png"]


def test_a_set_that_no_model_fits_is_refused_with_the_first_reason(spotted_home, tmp_path):
    Image.fromarray(np.zeros((70, 90, 3), np.uint8)).save(tmp_path / "colour.png")
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench, pytest.raises(UsageError, match="colour") as caught:
        measure(bench, truth_of("colour.png"), tmp_path)
    assert caught.value.code == "US-EVALUATE"


def test_volumes_are_measured_by_boxes_of_six_faces(volume_home, tmp_path):
    voxels = np.full((20, 24, 28), -850, np.int16)
    (tmp_path / "clean.mha").write_bytes(metaimage(voxels))
    voxels[4:12, 8:16, 12:20] = 30
    (tmp_path / "ball.mha").write_bytes(metaimage(voxels))
    images = tuple(TruthImage(number, name, 28, 24, name, 20) for number, name in enumerate(("ball.mha", "clean.mha")))
    box = TruthBox(1, 0, "spot", None, (), False, (4.0, 8.0, 12.0, 12.0, 16.0, 20.0))
    with Bench.open(Shelf.of(volume_home), threads=1) as bench:
        measured = measure(bench, Truth("t.json", images, (box,)), tmp_path)
    assert measured.unanswered == ()
    found = figures(measured.cases["spot"], measured.card.threshold, hit_iou=HIT_IOU[3], seed=1)
    assert (found.at.found, found.at.findings, found.at.clean_marked, found.at.clean) == (1, 1, 0, 1)


def test_images_without_a_group_belong_to_the_patient_whom_their_files_name(spotted_home, tmp_path):
    ids = {"a.png": "4711", "b.png": "4712", "c.png": "4711", "d.png": "", "e.png": "4711"}
    for name in ids:
        picture(tmp_path / name, spots=((40, 60),))

    def read(found, *_limits, **asked):
        loaded = read_study(found, **asked)
        exam = Exam(patient=Patient(id=ids[found.path.name]))
        return replace(loaded, scan=replace(loaded.scan, exam=exam))

    images = tuple(TruthImage(number, name, 90, 70, name) for number, name in enumerate(ids))
    images = (*images[:-1], replace(images[-1], group="lamp 2"))
    with Bench.open(Shelf.of(spotted_home), threads=1, read=read) as bench:
        measured = measure(bench, Truth("t.json", images, ()), tmp_path)
    groups = [case.group for case in measured.cases["spot"]]
    assert groups == ["patient 1", "patient 2", "patient 1", "d.png", "lamp 2"]
