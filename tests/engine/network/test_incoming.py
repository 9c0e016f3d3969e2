"""Files that were received: whole under their names, nothing half, nothing lost, also where two write at once."""

import threading
from pathlib import Path

import pytest

from engine.network.identity import Identity, identity_of, is_uid
from engine.network.incoming import DiskFullError, Incoming, ObjectTooLargeError
from tests.engine.network.scu import ct

SLICE = Identity("1.2", "1.2.3", "1.4", "1.5")


@pytest.fixture
def incoming(tmp_path):
    made = Incoming(tmp_path / "incoming", tmp_path / "receiving", object_bytes=100, keep_free_bytes=0)
    made.make()
    return made


def kept(incoming, content):
    part = incoming.begin()
    part.write(content)
    part.finish()
    return incoming.keep(part, SLICE)


def test_file_is_named_by_exam_series_and_object(incoming):
    path = kept(incoming, b"pixels")
    assert path == incoming.folder / "1.4" / "1.5" / "1.2.3.dcm"
    assert path.read_bytes() == b"pixels"
    assert [left for left in incoming.parts.iterdir() if left.suffix == ".part"] == []


def test_file_of_a_name_never_changes(incoming):
    first, second = kept(incoming, b"first"), kept(incoming, b"second")
    assert (first.read_bytes(), second.read_bytes()) == (b"first", b"second")
    assert second.name.startswith("1.2.3.")
    assert kept(incoming, b"first") is None
    assert kept(incoming, b"second") is None


def test_what_came_before_and_was_moved_once_it_was_answered_is_known(incoming):
    for folder, content in (("done", b"first"), ("done", b"second"), ("refused", b"third")):
        path = kept(incoming, content)
        moved = incoming.folder / folder / path.relative_to(incoming.folder)
        moved.parent.mkdir(parents=True, exist_ok=True)
        path.rename(moved if not moved.exists() else moved.with_name("1.2.3 (2).dcm"))
    assert [kept(incoming, content) for content in (b"first", b"second", b"third")] == [None, None, None]
    assert kept(incoming, b"fourth").name == "1.2.3.dcm"
    assert kept(incoming, b"first") is None


def test_of_many_at_once_with_one_name_none_is_lost(tmp_path):
    folders = tmp_path / "incoming", tmp_path / "receiving"
    made = []

    def receive(number):
        incoming = Incoming(*folders, keep_free_bytes=0)  # as in a process of its own
        incoming.make()
        made.append(kept(incoming, b"%d" % (number % 4)))

    threads = [threading.Thread(target=receive, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_bytes() for path in made if path) == [b"0", b"1", b"2", b"3"]


def test_part_above_the_limit_can_be_discarded_twice(incoming):
    part = incoming.begin()
    part.write(bytes(100))
    with pytest.raises(ObjectTooLargeError, match="more than 100 bytes"):
        part.write(b"!")
    part.discard()
    part.discard()
    assert not part.path.exists()


def test_only_what_the_dead_have_left_is_removed(incoming):
    at_work = incoming.begin()
    left = incoming.parts / "left.part"
    left.write_bytes(b"half")
    assert incoming.remove_parts() == 1
    assert at_work.path.exists()
    assert not left.exists()
    at_work.discard()


def test_no_file_is_begun_when_little_is_free(tmp_path):
    incoming = Incoming(tmp_path / "incoming", tmp_path / "receiving", keep_free_bytes=1 << 60)
    incoming.make()
    with pytest.raises(DiskFullError):
        incoming.begin()


@pytest.mark.parametrize("text", ["1", "1.2.840", "1.02.3", "2." + "1" * 62])
def test_uids_of_digits_and_dots_are_names(text):
    assert is_uid(text)


@pytest.mark.parametrize(
    "text", ["", ".", "1.", ".1", "1..2", "1.2/3", "a.b", "1.2\n", "2." + "1" * 63, "\u0661.\u0662"]
)
def test_nothing_else_is(text):
    assert not is_uid(text)


def test_identity_is_what_the_data_set_says(tmp_path, root):
    dataset = ct(root)
    dataset.save_as(tmp_path / "slice")
    identity = identity_of(tmp_path / "slice")
    assert (identity.sop_instance, identity.series) == (dataset.SOPInstanceUID, dataset.SeriesInstanceUID)


@pytest.mark.parametrize("content", [b"", b"no DICOM file", bytes(128) + b"DICM" + bytes(50)])
def test_what_is_no_dicom_file_has_none(tmp_path: Path, content):
    (tmp_path / "file").write_bytes(content)
    assert identity_of(tmp_path / "file") is None
