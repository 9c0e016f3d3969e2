"""The turns of all folders: what cannot be written now is written later, and the trouble of one stays its own."""

from __future__ import annotations

from contextlib import closing, contextmanager
from itertools import pairwise

import pytest

from engine.clock import SystemClock
from engine.errors import StoreError
from engine.queue.watch.inotify import NoMoreWatches
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.source import Source
from engine.queue.watch.watcher import watching
from tests.engine.intake.slices import at, write_series
from tests.engine.queue.watch.desk import refused
from tests.engine.queue.watch.test_folder import DATA, DEPTHS, put

FULL = StoreError("ST-FULL", "fovea.db cannot grow.", "Free space on its disk.")


def test_files_wait_in_the_folder_while_the_store_cannot_be_written(folder, watch, desk):
    put(folder / "a.jpg")
    watching_it = watch(folder)
    desk.fails_to_submit = FULL
    watching_it.settle()
    assert watching_it.watcher.reasons == ("ST-FULL: fovea.db cannot grow. Free space on its disk.",)
    put(folder / "b.jpg")
    watching_it.turn(2.0, 4.0)
    desk.fails_to_submit = None
    watching_it.turn(60.0, 2.0, 2.0)
    assert watching_it.watcher.reasons == ()
    assert sorted(desk.answer()) == ["a.jpg", "b.jpg"]


def test_the_store_is_left_alone_for_longer_each_time(folder, watch, desk, monkeypatch):
    put(folder / "a.jpg")
    watching_it = watch(folder)
    tries = []

    def submit(*_: object, **__: object) -> None:
        tries.append(watching_it.clock.steady_s())
        raise FULL

    monkeypatch.setattr(desk, "submit", submit)
    for _ in range(400):
        watching_it.turn(1.0)
    between = [after - before for before, after in pairwise(tries)]
    assert between == sorted(between)
    assert between[0] <= 2.0
    assert between[-1] == pytest.approx(60.0, abs=2.0)


def test_a_ledger_that_cannot_be_written_costs_no_second_arrival(folder, watch, desk, monkeypatch):
    put(folder / "a.jpg")
    watching_it = watch(folder)
    with monkeypatch.context() as patch:
        patch.setattr("engine.store.watched.Ledger.take", full)
        watching_it.settle()
    watching_it.turn(5.0, 2.0, 2.0)
    assert desk.answer() == ["a.jpg"]


def full(*_: object) -> None:
    raise FULL


def test_a_slice_is_not_taken_for_a_picture_while_the_ledger_cannot_be_read(folder, watch, desk, monkeypatch):
    write_series(folder, [at(depth) for depth in DEPTHS], NumberOfSeriesRelatedInstances=len(DEPTHS))
    watching_it = watch(folder)
    with monkeypatch.context() as patch:
        patch.setattr("engine.store.watched.Ledger.in_series", full)
        watching_it.settle()
    assert desk.waiting() == []
    watching_it.turn(5.0, 2.0, 2.0, 2.0)
    assert [len(job.files) for job in desk.waiting()] == [len(DEPTHS)]


def test_a_move_that_fails_is_told_and_tried_again(folder, watch, desk):
    put(folder / "a.jpg")
    put(folder / "done", b"words\n")  # a file where the folder is to be
    watching_it = watch(folder, routing="move")
    watching_it.settle()
    desk.answer()
    watching_it.settle()
    assert "cannot be moved to done" in watching_it.watcher.reasons[0]
    assert watching_it.watcher.is_idle
    (folder / "done").unlink()
    watching_it.settle()
    assert watching_it.watcher.reasons == ()
    assert (folder / "done" / "a.jpg").read_bytes() == DATA


def test_a_crash_between_move_and_ledger_moves_nothing_twice(folder, watch, desk, monkeypatch):
    put(folder / "a.jpg")
    dying = watch(folder, routing="move")
    dying.settle()
    desk.answer(refused("IN-DECODE"))
    with monkeypatch.context() as patch:
        patch.setattr("engine.store.watched.Ledger.close", killed)
        with pytest.raises(KeyboardInterrupt):
            dying.turn(0.6)
    assert (folder / "refused" / "a.jpg").exists()
    again = watch(folder, routing="move")
    again.settle()
    assert [path.name for path in (folder / "refused").iterdir()] == ["a.jpg"]
    assert again.watcher.is_idle
    assert desk.waiting() == []


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_one_folder_that_is_gone_does_not_keep_another_waiting(tmp_path, desk):
    for name in ("a", "b"):
        put(tmp_path / name / "1.jpg")
    with watching(desk, [FolderRule(tmp_path / name) for name in "ab"], desk.store.clock, lambda _: None) as watcher:
        watcher.turn(0.0)
        (tmp_path / "a" / "1.jpg").unlink()
        (tmp_path / "a").rmdir()
        for _ in range(3):
            desk.store.clock.pass_s(61.0)
            watcher.turn(0.0)
        assert "cannot be listed" in watcher.reasons[0]
        assert desk.answer() == ["1.jpg"]


def test_a_run_ends_when_it_is_told_to_and_hears_of_a_file_at_once(folder, desk):
    heard = []
    with watching(desk, [FolderRule(folder, settle_s=0.0)], SystemClock(), heard.append) as watcher:
        turns = iter(range(50))

        def until() -> bool:
            if next(turns) == 1:
                put(folder / "a.jpg")
            return desk.depth() > 0

        watcher.run(until)
    assert [job.arrival.source for job in desk.waiting()] == [str(folder / "a.jpg")]


def test_a_folder_that_comes_after_the_start_is_watched_from_then_on(tmp_path, watch, desk):
    watching_it = watch(tmp_path / "share")
    watching_it.turn(0.0, 2.1)
    assert "cannot be listed" in watching_it.watcher.reasons[0]
    put(tmp_path / "share" / "a.jpg")
    watching_it.turn(2.1, 1.1)
    assert watching_it.watcher.reasons == ()
    assert desk.answer() == ["a.jpg"]


@contextmanager
def source_of(rule: FolderRule):
    with closing(Source([rule])) as source:
        source.decide(rule.path)
        yield source


def test_without_watches_a_folder_is_polled(folder, monkeypatch):
    with source_of(FolderRule(folder)) as source:
        assert source.hears(folder)
        monkeypatch.setattr("engine.queue.watch.inotify.Inotify.watch", no_more)
        source.watch(folder, folder / "deep")
        source.decide(folder)
        assert not source.hears(folder)


def no_more(*_: object) -> bool:
    raise NoMoreWatches(28, "No space left on device")


@pytest.mark.parametrize(("events", "hears"), [("auto", False), ("poll", False), ("inotify", True)])
def test_a_share_is_polled_unless_the_rule_says_otherwise(folder, monkeypatch, events, hears):
    shares = f"1 0 0:1 / / rw - ext4 /dev/a rw\n2 1 0:2 / {folder} rw - cifs //server/share rw\n"
    monkeypatch.setattr("engine.queue.watch.source.read_mountinfo", lambda: shares)
    with source_of(FolderRule(folder, events=events)) as source:
        assert source.hears(folder) is hears


def test_a_share_that_is_mounted_later_is_polled_from_then_on(folder, monkeypatch):
    with source_of(FolderRule(folder)) as source:
        source.watch(folder, folder)
        mounted = f"2 1 0:2 / {folder} rw - nfs4 server:/share rw\n"
        monkeypatch.setattr("engine.queue.watch.source.read_mountinfo", lambda: mounted)
        source.decide(folder)
        assert not source.hears(folder)
        put(folder / "a.jpg")
        assert source.wait(0.05).files == set()
