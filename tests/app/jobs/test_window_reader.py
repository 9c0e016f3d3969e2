"""What the window reads by itself."""

import shutil
import threading
from contextlib import suppress

import pytest

from app.jobs.window_reader import KEPT_GLIMPSES, Glimpse, WindowReader
from engine.budget import Budget
from engine.errors import Cancelled
from engine.intake.find import find
from engine.intake.isolated.pool import Decoders
from engine.places import RESOURCES

SAMPLES = RESOURCES / "samples"


@pytest.fixture
def read(monkeypatch):
    """The sources that were read, by the real decoders."""
    sources, reads = [], Decoders.read_study

    def counted(self, found, **how):
        sources.append(found.source)
        return reads(self, found, **how)

    monkeypatch.setattr(Decoders, "read_study", counted)
    return sources


@pytest.fixture
def reader():
    reader = WindowReader()
    yield reader
    reader.close()


@pytest.fixture
def part(tmp_path):
    shutil.copy(SAMPLES / "635000-270-200908.jpg", tmp_path / "part.jpg")
    (found,) = find([tmp_path / "part.jpg"])
    return found


def nothing(picture):
    """Of a series alone."""


def test_study_whose_picture_was_read_is_not_read_again_for_its_thumbnail(reader, part, read):
    reader.picture(part, Budget(), nothing)
    glimpse = reader.glimpse(part, Budget())
    assert len(read) == 1
    assert glimpse.thumbnail.shape[2] == 3
    assert reader.glimpse(part, Budget()).content_hash == glimpse.content_hash
    assert len(read) == 2, "each is given out once"


def test_thumbnail_waits_for_the_picture_that_is_on_its_way(reader, part, read, monkeypatch):
    begun, may_go_on, reads = threading.Event(), threading.Event(), Decoders.read_study

    def held_up(*arguments, **how):
        begun.set()
        may_go_on.wait(60.0)
        return reads(*arguments, **how)

    monkeypatch.setattr(Decoders, "read_study", held_up)
    shows = threading.Thread(target=reader.picture, args=(part, Budget(), nothing))
    shows.start()
    assert begun.wait(60.0)
    glimpses = []
    lists = threading.Thread(target=lambda: glimpses.append(reader.glimpse(part, Budget())))
    lists.start()
    may_go_on.set()
    for thread in (shows, lists):
        thread.join(60.0)
    assert glimpses[0] is not None
    assert len(read) == 1


def test_pixels_that_were_changed_since_are_read_anew(reader, part, read):
    reader.picture(part, Budget(), nothing)
    before = reader.glimpse(part, Budget())
    shutil.copy(SAMPLES / "305000-090-200828.jpg", part.path)
    reader._keep(part.source, before)
    (changed,) = find([part.path])
    after = reader.glimpse(changed, Budget(), "another hash")
    assert len(read) == 2
    assert after.content_hash != before.content_hash


def test_picture_that_is_not_wanted_any_more_holds_up_no_thumbnail(reader, part, read):
    budget = Budget()
    budget.cancel()
    with suppress(Cancelled):
        reader.picture(part, budget, nothing)
    assert reader.glimpse(part, Budget()) is not None


def test_what_cannot_be_read_has_no_glimpse(reader, tmp_path):
    (tmp_path / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n torn")
    (found,) = find([tmp_path / "torn.png"])
    assert reader.glimpse(found, Budget()) is None


def test_so_many_glimpses_are_kept_and_no_more(reader):
    for number in range(KEPT_GLIMPSES + 5):
        reader._keep(f"{number}", Glimpse("hash", None))
    assert len(reader._glimpses) == KEPT_GLIMPSES
    assert "0" not in reader._glimpses
