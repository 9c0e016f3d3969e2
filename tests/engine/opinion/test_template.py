"""Finding the template of a study."""

import os

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError, OutOfDomainError
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.opinion.settings import OpinionRule
from engine.opinion.template import Templates, named, small


def board(path, seed, noise=0.0, size=(120, 160)):
    """A board of its own for each seed."""
    path.parent.mkdir(exist_ok=True)
    coarse = np.random.default_rng(seed).uniform(size=(size[0] // 10, size[1] // 10))
    values = np.kron(coarse, np.ones((10, 10))) + np.random.default_rng(99).normal(0.0, noise, size)
    Image.fromarray((np.clip(values, 0.0, 1.0) * 255.0).astype(np.uint8)).save(path)
    return read_study(find_one(path))


def found(loaded, rule, templates=None):
    return (templates or Templates(read_study)).of(loaded.study, loaded.scan, rule).study.source


def test_the_name_of_a_template_is_made_of_that_of_the_file():
    assert named("{stem}_temp.png", "/in/lot 7/part.01.png") == "part.01_temp.png"
    assert named("{folder}-golden.png", "/in/lot 7/part.png") == "lot 7-golden.png"


def test_a_template_is_found_by_its_name(tmp_path):
    study = board(tmp_path / "in" / "part.png", 1)
    board(tmp_path / "golden" / "part.png", 1)
    rule = OpinionRule("template", folder=tmp_path / "golden", name="{stem}.png")
    assert found(study, rule) == str(tmp_path / "golden" / "part.png")


def test_a_template_is_found_by_what_it_shows(tmp_path):
    study = board(tmp_path / "in" / "x.png", 2, noise=0.1)
    for seed in range(4):
        board(tmp_path / "golden" / f"type {seed}.png", seed)
    board(tmp_path / "golden" / "large.png", 2, size=(240, 160))
    (tmp_path / "golden" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "golden" / "notes.txt").write_text("none")
    rule = OpinionRule("template", folder=tmp_path / "golden")
    assert found(study, rule) == str(tmp_path / "golden" / "type 2.png")


def test_templates_are_read_once_until_they_change(tmp_path):
    study = board(tmp_path / "in" / "x.png", 2)
    board(tmp_path / "golden" / "a.png", 1)
    board(tmp_path / "golden" / "b.png", 2)
    read = []
    templates = Templates(lambda one: read.append(one.path.name) or read_study(one))
    rule = OpinionRule("template", folder=tmp_path / "golden")
    assert found(study, rule, templates) == found(study, rule, templates)
    assert read == ["a.png", "b.png", "b.png", "b.png"]
    board(tmp_path / "golden" / "a.png", 2)
    os.utime(tmp_path / "golden" / "a.png", ns=(1, 1))
    assert found(study, rule, templates) == str(tmp_path / "golden" / "a.png")


@pytest.mark.parametrize("name", ["{stem}.png", ""])
def test_where_there_is_none_it_says_so(tmp_path, name):
    study = board(tmp_path / "in" / "x.png", 2)
    rule = OpinionRule("template", folder=tmp_path / "golden", name=name)
    with pytest.raises(OutOfDomainError) as missing:
        found(study, rule)
    board(tmp_path / "golden" / "other.png", 3)
    with pytest.raises(OutOfDomainError) as unlike:
        found(study, rule)
    assert {missing.value.code, unlike.value.code} == {"OD-TEMPLATE"}


def test_a_template_that_cannot_be_read_is_named(tmp_path):
    study = board(tmp_path / "in" / "x.png", 2)
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden" / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError):
        found(study, OpinionRule("template", folder=tmp_path / "golden", name="{stem}.png"))


def test_a_small_picture_has_a_mean_of_0_and_a_spread_of_1(tmp_path):
    made = small(board(tmp_path / "in" / "x.png", 5, size=(130, 70)).scan)
    assert made.shape == (64, 34, 1)
    assert (abs(float(made.mean())), float(made.std())) == (pytest.approx(0.0, abs=1e-5), pytest.approx(1.0, abs=1e-5))
