import os
from datetime import timedelta

import pytest

from engine.domain.study import Instance, Study
from engine.settings import Retention
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.outcomes import newest, record
from engine.store.retention import Removed, tidy
from engine.store.verify import verify
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival, refused

DAY_S = 86400.0


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store(home, clock):
    with open_store(home, clock) as opened:
        yield opened


def _file(folder, name, size=10):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"x" * size)
    return folder / name


def _answer(store, *paths):
    study = Study("ab" * 32, "volume", "CT", str(paths[0].parent), tuple(Instance(str(path), "1.2") for path in paths))
    record(store, came := arrival(study.source), study, answered(came))


def test_pixels_go_once_their_answer_is_old_enough_and_records_stay(store, home, clock):
    first, second = (_file(home.incoming / "a", f"{number}.dcm") for number in range(2))
    _answer(store, first, second)
    clock.pass_s(9 * DAY_S)
    assert tidy(store, Retention(pixels_days=10)) == Removed()
    clock.pass_s(2 * DAY_S)
    assert tidy(store, Retention(pixels_days=10)) == Removed(files=2, size_bytes=20)
    assert not first.exists()
    assert len(newest(store, 10)) == 1
    entry = page(store, 10)[-1]
    assert (entry.action, entry.detail) == ("pixels.removed", '{"files":2,"size_bytes":20,"thumbnails":0}')
    assert verify(store) is None


def test_received_files_that_were_moved_once_they_were_answered_go_too(store, home, clock):
    paths = [_file(home.incoming / "exam", f"{number}.dcm") for number in range(2)]
    _answer(store, *paths)
    for path, moved_to in zip(paths, ("done", "refused"), strict=True):
        (home.incoming / moved_to / "exam").mkdir(parents=True)
        path.rename(home.incoming / moved_to / "exam" / path.name)
    waiting = _file(home.incoming / "done" / "exam", "other.dcm")
    clock.pass_s(20 * DAY_S)
    assert tidy(store, Retention(pixels_days=10)).files == 2
    assert waiting.exists()


def test_file_without_an_answer_or_with_a_new_one_is_kept(store, home, clock):
    waiting, twice = _file(home.incoming, "waiting.dcm"), _file(home.incoming, "twice.dcm")
    _answer(store, twice)
    clock.pass_s(20 * DAY_S)
    _answer(store, twice)
    assert tidy(store, Retention(pixels_days=10)) == Removed()
    assert waiting.exists()
    assert twice.exists()


def test_refused_file_goes_too(store, home, clock):
    broken = _file(home.incoming, "broken.dcm")
    record(store, came := arrival(str(broken)), None, refused(came))
    clock.pass_s(20 * DAY_S)
    assert tidy(store, Retention(pixels_days=10)).files == 1


def test_file_outside_the_home_is_never_removed(store, home, clock, tmp_path):
    outside = _file(tmp_path / "watched", "part.dcm")
    home.incoming.mkdir()
    (home.incoming / "link.dcm").symlink_to(outside)
    _answer(store, outside, home.incoming / "link.dcm")
    clock.pass_s(20 * DAY_S)
    assert tidy(store, Retention(pixels_days=10)) == Removed()
    assert outside.exists()


def test_thumbnails_go_by_their_age(store, home, clock):
    old, new = _file(home.thumbnails, "old.png"), _file(home.thumbnails, "new.png")
    now = clock.now()
    for path, age_days in ((old, 40), (new, 1)):
        at = (now - timedelta(days=age_days)).timestamp()
        os.utime(path, (at, at))
    assert tidy(store, Retention(thumbnails_days=30)) == Removed(thumbnails=1, size_bytes=10)
    assert new.exists()


def test_nothing_is_removed_or_noted_without_settings(store, home, clock):
    _answer(store, _file(home.incoming, "a.dcm"))
    clock.pass_s(1e9)
    assert tidy(store, Retention()) == Removed()
    assert page(store, 10)[-1].action == "outcome.recorded"


def test_folders_of_received_exams_go_once_they_are_empty_and_old(store, home, clock):
    paths = [home.incoming / "1" / "2", home.incoming / "done" / "1" / "2", home.incoming / "3"]
    for path in paths:
        path.mkdir(parents=True)
    kept = _file(home.incoming / "4", "waiting.dcm")
    for folder in (*paths[:2], *(path.parent for path in paths[:2]), home.incoming / "done", kept.parent):
        os.utime(folder, (0, 0))
    os.utime(paths[2], (clock.now().timestamp(),) * 2)
    assert tidy(store, Retention()) == Removed()
    assert sorted(path.name for path in home.incoming.iterdir()) == ["3", "4"]
    assert kept.exists()
