"""The kernel's own words about a folder, of real files on a real disk."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from engine.queue.watch.inotify import Inotify


@pytest.fixture
def heard(tmp_path):
    with closing(Inotify()) as inotify:
        assert inotify.watch(tmp_path)
        yield inotify


def test_a_file_is_told_when_it_is_made_and_again_when_it_is_closed(heard, tmp_path):
    path = tmp_path / "a.png"
    with path.open("wb") as file:
        made = heard.wait(1.0)
        file.write(b"1")
    closed = heard.wait(1.0)
    assert (made.files, made.opened) == ({path}, {path})
    assert (closed.files, closed.opened) == ({path}, set())


def test_a_file_made_and_closed_at_once_is_not_open(heard, tmp_path):
    (tmp_path / "a.png").write_bytes(b"1")
    changes = heard.wait(1.0)
    assert (changes.files, changes.opened) == ({tmp_path / "a.png"}, set())


def test_moves_within_in_and_out_are_told(heard, tmp_path):
    outside = tmp_path.with_name(tmp_path.name + "-outside")
    outside.mkdir()
    (outside / "in.png").write_bytes(b"1")
    (outside / "in.png").rename(tmp_path / "in.png")
    assert heard.wait(1.0).files == {tmp_path / "in.png"}
    (tmp_path / "in.png").rename(tmp_path / "b.png")
    assert heard.wait(1.0).files == {tmp_path / "in.png", tmp_path / "b.png"}
    (tmp_path / "b.png").rename(outside / "b.png")
    assert heard.wait(1.0).files == {tmp_path / "b.png"}


def test_new_folders_are_told_to_be_listed(heard, tmp_path):
    (tmp_path / "exam").mkdir()
    assert heard.wait(1.0).folders == {tmp_path / "exam"}


def test_a_folder_moved_away_is_heard_of_no_more(heard, tmp_path):
    inside = tmp_path / "exam"
    inside.mkdir()
    heard.watch(inside)
    heard.wait(1.0)
    moved = inside.rename(tmp_path.with_name(tmp_path.name + "-moved"))
    heard.wait(1.0)
    (moved / "a.png").write_bytes(b"1")
    assert heard.wait(0.05).files == set()


def test_a_deleted_folder_is_told_and_may_come_again(heard, tmp_path):
    inside = tmp_path / "exam"
    for _ in range(2):
        inside.mkdir()
        assert heard.watch(inside)
        (inside / "a.png").write_bytes(b"1")
        assert inside / "a.png" in heard.wait(1.0).files
        (inside / "a.png").unlink()
        inside.rmdir()
        assert heard.wait(1.0).folders


def test_more_than_the_queue_holds_is_told_as_everything(heard, tmp_path):
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if limit > 50_000:
        pytest.skip(f"fs.inotify.max_queued_events is {limit:,} here: too many files for a test")
    path = tmp_path / "0.png"
    path.touch()
    for number in range(limit // 2 + 100):  # each is told as two moves
        path = path.rename(tmp_path / f"{number % 2}.png")
    told = False
    while (changes := heard.wait(0.1)).files:
        told |= changes.everything
    assert told or changes.everything


def test_names_that_are_not_utf8_come_as_they_are(heard, tmp_path):
    path = tmp_path / "\udcff\udce9.png"
    path.touch()
    assert heard.wait(1.0).files == {path}


def test_what_is_no_folder_is_not_watched(heard, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    assert [heard.watch(tmp_path / name) for name in ("file", "link", "none")] == [False, False, False]
