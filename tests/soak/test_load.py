"""The files of a soak: each a content of its own that reads as the one it was made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.intake.find import find
from engine.intake.read import read_study
from engine.places import RESOURCES
from tests.soak.load import Load, with_comment

SAMPLES = (
    RESOURCES / "samples" / "kgt1-v-a09.jpg",
    RESOURCES / "samples" / "nuclei-d6a880b1f605.png",
    RESOURCES / "models" / "ct-nodule-phantom" / "golden" / "solid.mha",
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.suffix)
def test_a_comment_changes_the_content_and_not_the_picture(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / sample.name
    copy.write_bytes(with_comment(sample.suffix, sample.read_bytes(), "no. 7"))

    (before,), (after,) = ([read_study(found) for found in find([path])] for path in (sample, copy))

    assert after.study.content_hash != before.study.content_hash
    assert after.doubts == before.doubts
    assert np.array_equal(after.scan.pixels, before.scan.pixels)


def test_the_folder_is_filled_up_as_far_as_it_was_emptied(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    load = Load(folder, outside, seed=1)
    load.renew()
    waiting = sorted(folder.iterdir())
    (folder / "done").mkdir()
    for answered in waiting[:3]:
        answered.rename(folder / "done" / answered.name)

    load.renew()

    assert load.thrown_in == len(waiting) + 3
    assert load.moved_away == 3
    assert len([path for path in folder.iterdir() if path.is_file()]) == len(waiting)


def test_every_kind_was_answered_once_the_first_of_each_have_left_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    (folder / "done").mkdir(parents=True)
    outside.mkdir()
    load = Load(folder, outside, seed=1)
    assert not load.every_kind_was_answered
    load.renew()
    waiting = sorted(path for path in folder.iterdir() if path.is_file())
    for path in reversed(waiting):
        assert not load.every_kind_was_answered
        path.rename(folder / "done" / path.name)
    load.renew()
    assert load.every_kind_was_answered
