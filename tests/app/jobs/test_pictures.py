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


def test_series_is_seen_from_its_middle_while_it_is_read(qtbot, room, lane, parent, series):
    pictures, fetched, missed = pictures_over(room, lane, parent, [series])
    (source,) = (one.source for one in room.find([series], [].append))
    grown = []
    pictures.grew.connect(lambda source, picture: grown.append((source, picture, picture.arrived, len(fetched))))
    pictures.fetch(source)
    qtbot.waitUntil(lambda: len(fetched) == 1, timeout=READ_MS)
    assert missed == []
    assert {(source_, before) for source_, _, _, before in grown} == {(source, 0)}, "all of it before the whole"
    _, first, arrived, _ = grown[0]
    assert arrived[0] <= first.plane.index == 20 < arrived[1]
    assert first.is_there
    assert grown[-1][2] == (0, 40)
    assert fetched[0][1].arrived is None
    assert first.window == fetched[0][1].window


def test_picture_that_is_kept_does_not_grow_again(qtbot, room, lane, parent, series):
    pictures, fetched, _ = pictures_over(room, lane, parent, [series])
    (source,) = (one.source for one in room.find([series], [].append))
    pictures.fetch(source)
    qtbot.waitUntil(lambda: len(fetched) == 1, timeout=READ_MS)
    grown = []
    pictures.grew.connect(lambda *grew: grown.append(grew))
    pictures.fetch(source)
    assert (len(fetched), grown) == (2, [])


def test_picture_that_was_expected_comes_at_once(qtbot, room, lane, parent, paths):
    pictures, fetched, _ = pictures_over(room, lane, parent, paths)
    pictures.fetch(str(paths[0]))
    pictures.expect(str(paths[1]))
    pictures.expect(str(paths[1]))
    qtbot.waitUntil(lambda: len(fetched) == 1, timeout=READ_MS)
    qtbot.waitUntil(lambda: not pictures.is_reading, timeout=READ_MS)
    assert [source for source, _ in fetched] == [str(paths[0])], "nobody is told of what is read ahead"
    pictures.fetch(str(paths[1]))
    assert [source for source, _ in fetched] == [str(paths[0]), str(paths[1])]


def test_picture_that_is_being_read_ahead_is_not_read_twice(qtbot, room, lane, parent, series):
    pictures, fetched, _ = pictures_over(room, lane, parent, [series])
    (source,) = (one.source for one in room.find([series], [].append))
    reads = []
    read = room.read
    room.read = lambda *asked: reads.append(asked) or read(*asked)
    pictures.expect(source)
    pictures.fetch(source)
    qtbot.waitUntil(lambda: len(fetched) == 1, timeout=READ_MS)
    assert len(reads) == 1


def test_file_that_is_gone_is_missed_when_it_is_wanted_and_not_before(qtbot, room, lane, parent, paths):
    pictures, _, missed = pictures_over(room, lane, parent, paths)
    paths[1].unlink()
    pictures.expect(str(paths[1]))
    qtbot.waitUntil(lambda: not pictures.is_reading, timeout=READ_MS)
    assert missed == []
    pictures.fetch(str(paths[1]))
    qtbot.waitUntil(lambda: len(missed) == 1, timeout=READ_MS)


def test_study_shown_beside_another_is_not_read_again_when_it_is_looked_at_alone(qtbot, room, lane, parent, paths):
    pictures, fetched, _ = pictures_over(room, lane, parent, paths)
    beside = Pictures(room, lane, pictures._find, parent, kept=pictures.kept)
    shown = []
    beside.fetched.connect(lambda *fetched_: shown.append(fetched_[1]))
    beside.fetch(str(paths[0]))
    qtbot.waitUntil(lambda: len(shown) == 1, timeout=READ_MS)
    assert fetched == []
    pictures.fetch(str(paths[0]))
    assert fetched == [(str(paths[0]), shown[0])]
