"""The picture of the study that is looked at."""

import shutil

import pytest
from PySide6.QtCore import QObject

from app.jobs.pictures import Pictures
from app.jobs.run import Lane
from engine.places import RESOURCES

READ_MS = 60_000
"""The first picture waits for its decoder process to start."""

SAMPLE = RESOURCES / "samples" / "635000-270-200908.jpg"


@pytest.fixture
def lane(qapp):
    lane = Lane("picture")
    yield lane
    lane.close(30.0)


@pytest.fixture
def parent(qapp):
    return QObject()


@pytest.fixture
def paths(tmp_path):
    made = [tmp_path / f"{number}.jpg" for number in range(4)]
    for path in made:
        shutil.copy(SAMPLE, path)
    return made


def pictures_over(room, lane, parent, paths):
    found = {one.source: one for one in room.find(paths, [].append)}
    pictures = Pictures(room, lane, found.get, parent)
    fetched, missed = [], []
    pictures.fetched.connect(lambda source, picture: fetched.append((source, picture)))
    pictures.missed.connect(lambda source, trouble: missed.append((source, trouble)))
    return pictures, fetched, missed


def test_picture_seen_before_comes_at_once_and_is_the_same(qtbot, room, lane, parent, paths):
    pictures, fetched, _ = pictures_over(room, lane, parent, paths)
    pictures.fetch(str(paths[0]))
    qtbot.waitUntil(lambda: len(fetched) == 1, timeout=READ_MS)
    pictures.fetch(str(paths[0]))
    assert len(fetched) == 2
    assert fetched[0][1] is fetched[1][1]


def test_going_through_studies_quickly_reads_the_last_one(qtbot, room, lane, parent, paths):
    pictures, fetched, missed = pictures_over(room, lane, parent, paths)
    for path in paths:
        pictures.fetch(str(path))
    qtbot.waitUntil(lambda: bool(fetched) and fetched[-1][0] == str(paths[-1]), timeout=READ_MS)
    assert missed == []
    assert len(fetched) <= 2


def test_file_that_is_gone_is_missed_with_its_reason(qtbot, room, lane, parent, paths):
    pictures, _, missed = pictures_over(room, lane, parent, paths)
    paths[1].unlink()
    pictures.fetch(str(paths[1]))
    qtbot.waitUntil(lambda: len(missed) == 1, timeout=READ_MS)
    assert missed[0][1].code == "IN-NOT-FOUND"


def test_source_that_was_never_found_is_left_alone(room, lane, parent, paths):
    pictures, fetched, missed = pictures_over(room, lane, parent, paths)
    pictures.fetch("/nowhere.png")
    assert fetched == missed == []
