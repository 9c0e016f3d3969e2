"""Files are moved once, never over another file, and never in a version that was not the one answered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.domain.outcome import Status
from engine.domain.watched_file import Version
from engine.queue.watch import routing
from engine.queue.watch.routing import destination, move
from engine.store.watched import Verdict


def put(path: Path, data: bytes = b"1") -> Version:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Version.of(path.lstat())


def verdict(status: Status, code: str = "", coverage: float = 1.0) -> Verdict:
    return Verdict("a", status, code, coverage)


@pytest.mark.parametrize(
    ("verdicts", "where"),
    [
        ([verdict(Status.ANSWERED)], "done"),
        ([verdict(Status.INCOMPLETE, "BU-TIME", 0.5)], "done"),
        ([verdict(Status.INCOMPLETE, "BU-LATE", 0.0)], "refused"),
        ([verdict(Status.REFUSED, "IN-DECODE")], "refused"),
        ([verdict(Status.FAILED, "QU-KILLED")], "refused"),
        ([verdict(Status.OUT_OF_DOMAIN, "OD-NONE")], "refused"),
        ([verdict(Status.ANSWERED), verdict(Status.REFUSED, "IN-DECODE")], "refused"),
        ([verdict(Status.INCOMPLETE, "IN-SER-INCOMPLETE")], None),
        ([verdict(Status.REFUSED, "IN-SER-GAP")], None),
        ([verdict(Status.INCOMPLETE, "IN-SER-INCOMPLETE"), verdict(Status.ANSWERED)], "done"),
    ],
)
def test_where_a_file_goes_follows_from_all_that_was_made_of_it(verdicts, where):
    assert destination(verdicts) == where


def test_a_file_is_moved_and_asking_again_changes_nothing(tmp_path):
    version = put(tmp_path / "a.png")
    for _ in range(2):
        assert move(tmp_path / "a.png", version, tmp_path / "done" / "deep")
    assert [path.name for path in (tmp_path / "done" / "deep").iterdir()] == ["a.png"]
    assert not (tmp_path / "a.png").exists()


def test_no_file_is_ever_replaced(tmp_path):
    put(tmp_path / "done" / "a.png", b"older")
    put(tmp_path / "done" / "a (2).png", b"old")
    version = put(tmp_path / "a.png", b"new")
    assert move(tmp_path / "a.png", version, tmp_path / "done")
    assert move(tmp_path / "a.png", version, tmp_path / "done")
    assert [(tmp_path / "done" / name).read_bytes() for name in ("a.png", "a (2).png", "a (3).png")] == [
        b"older",
        b"old",
        b"new",
    ]


def test_a_version_that_took_the_place_of_the_answered_one_stays(tmp_path):
    version = put(tmp_path / "a.png")
    put(tmp_path / "new.png", b"new")
    (tmp_path / "new.png").replace(tmp_path / "a.png")
    assert not move(tmp_path / "a.png", version, tmp_path / "done")
    assert (tmp_path / "a.png").read_bytes() == b"new"


def test_a_version_that_comes_in_the_last_moment_is_put_back(tmp_path, monkeypatch):
    version = put(tmp_path / "a.png")
    put(tmp_path / "new.png", b"new")
    rename = routing._rename

    def late(source: Path, target: Path) -> None:
        if source == tmp_path / "a.png" and (tmp_path / "new.png").exists():
            (tmp_path / "new.png").replace(source)
        rename(source, target)

    monkeypatch.setattr(routing, "_rename", late)
    assert not move(tmp_path / "a.png", version, tmp_path / "done")
    assert (tmp_path / "a.png").read_bytes() == b"new"
    assert list((tmp_path / "done").iterdir()) == []


def test_what_is_gone_is_not_moved(tmp_path):
    version = put(tmp_path / "a.png")
    (tmp_path / "a.png").unlink()
    assert not move(tmp_path / "a.png", version, tmp_path / "done")
    assert not (tmp_path / "done").exists()


def test_a_second_file_that_cannot_be_told_from_the_first_is_moved_as_well(tmp_path):
    for data in (b"1", b"2"):
        put(tmp_path / "a.png", data)
        os.utime(tmp_path / "a.png", ns=(0, 10**18))
        on_a_share = Version(0, 1, 10**18)
        assert move(tmp_path / "a.png", on_a_share, tmp_path / "done")
    assert sorted(path.read_bytes() for path in (tmp_path / "done").iterdir()) == [b"1", b"2"]


def test_a_file_that_is_also_in_done_by_another_name_of_it_is_moved(tmp_path):
    version = put(tmp_path / "a.png")
    (tmp_path / "done").mkdir()
    os.link(tmp_path / "a.png", tmp_path / "done" / "a.png")
    assert move(tmp_path / "a.png", version, tmp_path / "done")
    assert not (tmp_path / "a.png").exists()
