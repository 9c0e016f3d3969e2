"""What lies in a watched folder is taken once, when it is whole; nothing is lost, and nothing taken twice."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from engine.domain.outcome import Status
from engine.domain.request import Request
from engine.intake import find
from tests.engine.intake.slices import at, write_series
from tests.engine.queue.watch.desk import answered, refused

PICTURE = sorted((Path(__file__).parents[4] / "resources" / "samples").rglob("*.jpg"))[0]
DATA = PICTURE.read_bytes()
DEPTHS = [0.0, 2.0, 4.0, 6.0]


def put(path: Path, data: bytes = DATA) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


NAMES = ["été \udcff.jpg", "部品 7.jpg", "line\nbreak.jpg", "a'b\"c;--.jpg", "%s.jpg"]
"""One of them is not UTF-8: a byte that stands for itself (PEP 383)."""


def test_what_was_there_before_the_start_is_taken_once(folder, watch, desk):
    for name in ("b.jpg", "a.jpg", "deeper/c.jpg"):
        put(folder / name)
    watching = watch(folder)
    watching.settle()
    watching.settle()
    assert sorted(desk.answer()) == ["a.jpg", "b.jpg", "c.jpg"]
    watching.turn(0.6, 61.0)
    assert desk.waiting() == []
    assert [recorded.outcome.status for recorded in watching.told] == [Status.ANSWERED] * 3


def test_a_restart_takes_nothing_again_and_misses_nothing(folder, watch, desk):
    put(folder / "a.jpg")
    watch(folder).settle()
    put(folder / "b.jpg")
    watch(folder).settle()
    desk.answer()
    watch(folder).settle()
    assert sorted(desk.answered_names()) == ["a.jpg", "b.jpg"]
    assert desk.waiting() == []


def test_a_crash_between_queue_and_ledger_repeats_nothing(folder, watch, desk, monkeypatch):
    put(folder / "a.jpg")
    dying = watch(folder)
    with monkeypatch.context() as patch:
        patch.setattr("engine.store.watched.Ledger.take", killed)
        with pytest.raises(KeyboardInterrupt):
            dying.settle()
    assert len(desk.waiting()) == 1
    watch(folder).settle()
    assert len(desk.waiting()) == 1


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_watchers_of_one_folder_take_each_file_once(folder, watch, desk):
    put(folder / "a.jpg")
    watchers = [watch(folder, routing="move") for _ in range(2)]
    for after_s in (0.0, 1.1, 0.6):
        for watching in watchers:
            watching.turn(after_s)
    put(folder / "b.jpg")
    for _ in range(6):
        for watching in watchers:
            watching.turn(0.6)
        desk.answer()
    assert sorted(desk.answered_names()) == ["a.jpg", "b.jpg"]
    assert sorted(names(folder / "done")) == ["a.jpg", "b.jpg"]
    assert all(watching.watcher.is_idle for watching in watchers)


def test_arrivals_begin_when_the_file_was_first_seen_and_carry_the_rule(folder, watch, desk):
    watching = watch(folder, priority=0, request=Request(model_id="m", modality="CT", late="drop", reuse=True))
    watching.turn()
    put(folder / "a.jpg")
    watching.turn(1.0)
    seen = watching.clock.now()
    watching.turn(1.5)
    (job,) = desk.waiting()
    assert job.arrival.arrived_at == seen
    assert job.arrival.deadline == seen + timedelta(seconds=10)
    assert job.arrival.priority == 0
    assert job.request == Request(model_id="m", modality="CT", late="drop", reuse=True)
    assert job.origin == "watch"


def test_a_file_that_is_written_slowly_waits_until_it_is_closed(folder, watch, desk):
    watching = watch(folder)
    watching.turn()
    with (folder / "slow.jpg").open("wb", buffering=0) as file:
        for part in (DATA[:100], DATA[100:]):
            file.write(part)
            watching.turn(0.0, 5.0, 5.0)
            assert desk.waiting() == []
    watching.turn(0.0, 1.1)
    assert [job.stored_bytes for job in desk.waiting()] == [len(DATA)]


def test_a_file_that_is_never_closed_goes_on_after_the_bounded_wait(folder, watch, desk):
    watching = watch(folder, wait_s=60.0)
    with (folder / "open.jpg").open("wb", buffering=0) as file:
        file.write(DATA)
        watching.turn(0.0, 59.0)
        assert desk.waiting() == []
        watching.turn(2.0)
    assert len(desk.waiting()) == 1


@pytest.mark.parametrize("events", ["inotify", "poll"])
def test_what_grows_is_not_taken_before_it_keeps_still(folder, watch, desk, events):
    watching = watch(folder, events=events)
    watching.turn()
    put(folder / "grows.jpg", DATA[:10])
    watching.turn(2.0)
    for size in (100, 1000, len(DATA)):
        put(folder / "grows.jpg", DATA[:size])
        watching.turn(0.9)
        assert desk.waiting() == []
    watching.turn(0.9, 0.2)
    assert [job.stored_bytes for job in desk.waiting()] == [len(DATA)]


def test_a_file_replaced_after_it_was_taken_is_an_arrival_of_its_own(folder, watch, desk):
    path = put(folder / "a.jpg")
    watching = watch(folder)
    watching.settle()
    put(folder / "new.tmp", DATA + b"\0").replace(path)
    watching.settle()
    assert [job.stored_bytes for job in desk.waiting()] == [len(DATA), len(DATA) + 1]
    desk.answer()
    watching.settle()
    assert watching.watcher.is_idle
    assert len(desk.outcomes()) == 2


def test_a_renamed_file_is_taken_under_its_last_name_alone(folder, watch, desk):
    watching = watch(folder)
    path = put(folder / "a.jpg")
    watching.turn(0.0, 0.5)
    path.rename(folder / "b.jpg")
    watching.turn(0.1, 1.1)
    assert desk.answer() == ["b.jpg"]


def test_a_file_deleted_before_it_was_whole_leaves_nothing(folder, watch, desk):
    path = put(folder / "a.jpg")
    watching = watch(folder)
    watching.turn()
    path.unlink()
    watching.turn(2.0)
    assert desk.waiting() == []
    assert watching.watcher.is_idle


def test_a_file_deleted_after_it_was_taken_keeps_its_outcome(folder, watch, desk):
    path = put(folder / "a.jpg")
    watching = watch(folder)
    watching.settle()
    path.unlink()
    desk.answer(refused("IN-NOT-FOUND"))
    watching.settle()
    assert watching.watcher.is_idle
    assert [recorded.outcome.code for recorded in desk.outcomes()] == ["IN-NOT-FOUND"]


def test_a_share_that_was_away_for_a_while_costs_no_answer(folder, watch, desk):
    put(folder / "a.jpg")
    watching = watch(folder)
    watching.settle()
    desk.answer(refused("IN-UNREADABLE"))
    watching.turn(1.0, 9.0)
    assert desk.waiting() == []
    watching.turn(2.0, 0.0)
    assert desk.answer() == ["a.jpg"]
    watching.settle()
    assert [recorded.outcome.code for recorded in desk.outcomes()] == ["IN-UNREADABLE", ""]


def test_a_file_that_stays_unreadable_is_left_alone_in_the_end(folder, watch, desk):
    put(folder / "a.jpg")
    watching = watch(folder)
    for _ in range(8):
        watching.turn(31.0, 2.0, 2.0)
        desk.answer(refused("IN-UNREADABLE"))
    assert len(desk.outcomes()) == 4
    assert watching.watcher.is_idle


def test_a_file_put_back_by_a_person_is_answered_again(folder, watch, desk):
    path = put(folder / "a.jpg")
    watching = watch(folder, routing="move")
    watching.settle()
    desk.answer(refused("IN-DECODE"))
    watching.settle()
    (folder / "refused" / "a.jpg").rename(path)
    watching.settle()
    assert desk.answer() == ["a.jpg"]


def test_links_hidden_files_partial_names_and_text_are_not_taken(folder, tmp_path, watch, desk):
    outside = put(tmp_path / "outside" / "secret.jpg")
    (folder / "link.jpg").symlink_to(outside)
    (folder / "linked").symlink_to(outside.parent)
    (folder / "loop").symlink_to(folder)
    put(folder / ".hidden.jpg")
    put(folder / "upload.jpg.part")
    put(folder / "notes.txt", b"words\n")
    os.mkfifo(folder / "pipe.jpg")
    watching = watch(folder)
    watching.settle()
    assert desk.waiting() == []
    assert watching.watcher.is_idle


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("routing", ["leave", "move"])
def test_names_in_any_encoding_are_taken_answered_and_moved(folder, watch, desk, name, routing):
    path = put(folder / name)
    watching = watch(folder, routing=routing)
    watching.settle()
    (job,) = desk.waiting()
    assert job.files[0].path == str(path)
    desk.answer()
    watching.settle()
    assert name in names(folder / "done" if routing == "move" else folder)
    assert watching.watcher.is_idle


def test_folders_that_come_later_are_watched_too(folder, watch, desk):
    watching = watch(folder)
    watching.turn()
    put(folder / "new" / "deep" / "a.jpg")
    watching.turn(0.1)
    put(folder / "new" / "deep" / "b.jpg")
    watching.settle()
    assert sorted(desk.answer()) == ["a.jpg", "b.jpg"]


def test_a_folder_that_is_moved_away_and_back_is_not_answered_twice(folder, tmp_path, watch, desk):
    put(folder / "exam" / "a.jpg")
    watching = watch(folder)
    watching.settle()
    desk.answer()
    watching.settle()
    (folder / "exam").rename(folder / "renamed")
    watching.settle()
    # Another name is another arrival, answered from the record: the content says so, not the path.
    assert desk.answer() == ["a.jpg"]
    put(folder / "renamed" / "b.jpg")
    watching.settle()
    assert desk.answer() == ["b.jpg"]


def test_a_removed_folder_is_told_and_its_return_costs_nothing(folder, watch, desk):
    put(folder / "a.jpg")
    watching = watch(folder)
    watching.settle()
    desk.answer()
    away = folder.rename(folder.with_name("away"))
    watching.turn()
    assert "cannot be listed" in watching.watcher.reasons[0]
    away.rename(folder)
    watching.turn(2.1)
    assert watching.watcher.reasons == ()
    assert desk.waiting() == []
    assert watching.watcher.is_idle
    put(folder / "b.jpg")
    watching.settle()
    assert desk.answer() == ["b.jpg"]


def test_no_more_is_taken_than_the_queue_has_room_for(folder, watch, desk):
    for number in range(10):
        put(folder / f"{number}.jpg")
    watching = watch(folder, most_waiting=4)
    watching.settle()
    assert len(desk.waiting()) == 4
    assert "4 studies wait" in watching.watcher.reasons[0]
    for _ in range(5):
        desk.answer()
        watching.settle()
    assert sorted(desk.answered_names()) == [f"{number}.jpg" for number in range(10)]
    assert watching.watcher.reasons == ()


def test_all_members_of_an_archive_are_taken_and_the_archive_is_moved_once(folder, tmp_path, watch, desk):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.jpg", DATA)
        archive.writestr("two.jpg", DATA)
    shutil.copy(tmp_path / "a.zip", folder)
    watching = watch(folder, routing="move")
    watching.settle()
    assert desk.answer() == ["one.jpg", "two.jpg"]
    watching.settle()
    assert names(folder) == ["done"]
    assert len(watching.told) == 2


def test_a_header_waits_for_its_voxels_whichever_comes_first(folder, watch, desk):
    header = b"ObjectType = Image\nNDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = a.raw\n"
    watching = watch(folder, routing="move")
    for first, second in (("a.mhd", "a.raw"), ("a.raw", "a.mhd")):
        for name in (first, second):
            assert desk.waiting() == []
            put(folder / name, header if name == "a.mhd" else bytes(range(8)))
            watching.settle()
        assert desk.answer() == ["a.mhd"]
        watching.settle()
        assert names(folder) == ["done"]


def test_voxels_without_a_header_are_refused_after_the_bounded_wait(folder, watch, desk):
    put(folder / "a.raw", bytes(range(8)))
    watching = watch(folder)
    watching.turn(0.0, 59.0)
    assert desk.waiting() == []
    watching.turn(2.0)
    assert desk.answer(answered) == ["a.raw"]


def test_a_series_waits_for_quiet_and_is_one_study(folder, watch, desk):
    watching = watch(folder, completion="renamed")
    write_series(folder / "ct", [at(depth) for depth in DEPTHS])
    watching.turn(0.0, 9.0)
    assert desk.waiting() == []
    watching.turn(2.0)
    (job,) = desk.waiting()
    assert len(job.files) == 4
    assert job.missing == ()
    assert job.kind == "volume"


def test_a_series_that_counts_itself_goes_at_once(folder, watch, desk):
    watching = watch(folder, completion="renamed")
    write_series(folder, [at(depth) for depth in DEPTHS], NumberOfSeriesRelatedInstances=4)
    watching.turn(0.0, 1.1)
    assert [len(job.files) for job in desk.waiting()] == [4]


def test_a_series_that_lacks_slices_goes_on_after_the_bounded_wait_and_says_so(folder, watch, desk):
    watching = watch(folder, completion="renamed")
    write_series(folder, [at(depth) for depth in DEPTHS], NumberOfSeriesRelatedInstances=5)
    watching.turn(0.0, 59.0)
    assert desk.waiting() == []
    watching.turn(2.0)
    (job,) = desk.waiting()
    assert "1 are missing" in job.missing[0]


def test_an_exam_in_two_associations_is_answered_as_one_series(folder, watch, desk):
    watching = watch(folder, completion="renamed")
    uids = {"NumberOfSeriesRelatedInstances": 4}
    write_series(folder, [at(depth) for depth in DEPTHS[:2]], names=["0.dcm", "1.dcm"], **uids)
    watching.turn(0.0, 30.0)
    write_series(folder, [at(depth) for depth in DEPTHS[2:]], names=["2.dcm", "3.dcm"], **uids)
    watching.turn(0.0, 1.1)
    assert [len(job.files) for job in desk.waiting()] == [4]


def test_slices_that_come_late_make_the_series_whole_in_a_second_answer(folder, watch, desk):
    watching = watch(folder, completion="renamed")
    counted = {"NumberOfSeriesRelatedInstances": 4}
    write_series(folder, [at(depth) for depth in DEPTHS[:3]], **counted)
    watching.turn(0.0, 61.0)
    assert [len(job.files) for job in desk.waiting()] == [3]
    desk.answer()
    watching.settle()
    write_series(folder, [at(DEPTHS[3])], names=["late.dcm"], **counted)
    watching.turn(0.0, 1.1)
    (job,) = desk.waiting()
    assert len(job.files) == 4
    assert job.missing == ()
    desk.answer()
    watching.settle()
    assert watching.watcher.is_idle


def test_a_slice_still_being_written_beside_holds_its_series_back(folder, watch, desk):
    watching = watch(folder, series_quiet_s=2.0)
    write_series(folder, [at(depth) for depth in DEPTHS[:3]])
    last = write_series(folder.parent, [at(DEPTHS[3])], names=["last.dcm"])[0].read_bytes()
    with (folder / "last.dcm").open("wb", buffering=0) as file:
        file.write(last[:200])
        watching.turn(0.0, 2.0, 4.0, 4.0)
        assert desk.waiting() == []
        file.write(last[200:])
    watching.turn(0.0, 1.1, 2.1)
    assert [len(job.files) for job in desk.waiting()] == [4]


def test_markers_say_that_files_are_whole_and_move_along(folder, watch, desk):
    watching = watch(folder, completion="marker", marker="*.ready", routing="move")
    put(folder / "a.jpg")
    watching.settle()
    assert desk.waiting() == []
    put(folder / "a.ready", b"")
    watching.settle()
    assert desk.answer() == ["a.jpg"]
    watching.settle()
    assert sorted(names(folder / "done")) == ["a.jpg", "a.ready"]
    assert names(folder) == ["done"]


def test_one_marker_for_a_folder_makes_its_series_go_at_once(folder, watch, desk):
    watching = watch(folder, completion="marker", marker="COMPLETE")
    write_series(folder / "ct", [at(depth) for depth in DEPTHS])
    watching.turn(0.0, 500.0)
    assert desk.waiting() == []
    put(folder / "ct" / "COMPLETE", b"")
    watching.turn(0.1)
    assert [len(job.files) for job in desk.waiting()] == [4]


def test_a_file_that_cannot_even_be_looked_into_is_refused_and_the_others_go_on(folder, watch, desk, monkeypatch):
    put(folder / "a.jpg")
    put(folder / "bad.jpg")

    def slice_header(entry, *_):
        if entry.name == "bad.jpg":
            raise RecursionError("maximum recursion depth exceeded")

    def find_among(files):
        if files[0].name == "bad.jpg":
            raise RecursionError("maximum recursion depth exceeded")
        return find.find_among(files)

    monkeypatch.setattr("engine.queue.watch.gather.slice_header", slice_header)
    monkeypatch.setattr("engine.queue.watch.gather.find_among", find_among)
    watch(folder).settle()
    refusals = {Path(job.path).name: job.refusal for job in desk.waiting()}
    assert refusals["a.jpg"] is None
    assert refusals["bad.jpg"][0] == "IN-DECODE"
    assert "RecursionError maximum recursion depth" in refusals["bad.jpg"][1]
