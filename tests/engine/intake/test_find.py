"""Finding what there is to answer, in an order that never changes, and without stopping at what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import Cancelled
from engine.intake.entry import Entry
from engine.intake.find import Found, find, find_one
from tests.engine.intake.slices import at, write_series

PNG = b"\x89PNG\r\n\x1a\n"
NOBODY = 65534


def touch(path: Path, content: bytes = PNG) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(root: Path, *paths: Path) -> list[str]:
    return [str(found.path.relative_to(root)) for found in find(paths) if found.refusal is None]


def refusals(*paths: Path) -> list[tuple[str, str]]:
    return [(found.path.name, found.refusal.code) for found in find(paths) if found.refusal is not None]


def test_a_file_given_by_name_is_found_whatever_it_holds(tmp_path):
    assert names(tmp_path, touch(tmp_path / "notes.txt", b"hello")) == ["notes.txt"]


def test_a_folder_is_searched_to_the_bottom_in_code_point_order(tmp_path):
    for name in ("b.png", "B.png", "a/z.png", "a/10.png", "a/9.png", "é.png", "a.png"):
        touch(tmp_path / name)
    assert names(tmp_path, tmp_path) == ["B.png", "a/10.png", "a/9.png", "a/z.png", "a.png", "b.png", "é.png"]


def test_paths_keep_the_order_in_which_they_are_given(tmp_path):
    first, second = touch(tmp_path / "z.png"), touch(tmp_path / "a.png")
    assert names(tmp_path, first, second) == ["z.png", "a.png"]


def test_one_real_file_is_found_once_however_it_is_reached(tmp_path):
    file = touch(tmp_path / "in" / "a.png")
    (tmp_path / "in" / "link.png").symlink_to(file)
    assert names(tmp_path, file, tmp_path / "in", tmp_path / "in" / ".." / "in" / "a.png") == ["in/a.png"]
    assert refusals(file, tmp_path / "in", tmp_path / "in") == []


def test_text_beside_pictures_is_passed_over_and_told(tmp_path):
    for name in ("README.md", "LICENSE", "boxes.json"):
        touch(tmp_path / name, b'{"images": []}\n')
    touch(tmp_path / ".hidden.png")
    touch(tmp_path / "Thumbs.db", b"\xd0\xcf\x11\xe0")
    touch(tmp_path / "a.png")
    passed: list[str] = []
    found = [entry.path.name for entry in find([tmp_path], lambda path: passed.append(path.name))]
    assert found == ["a.png"]
    assert passed == ["LICENSE", "README.md", "boxes.json"]


def test_a_text_file_that_claims_to_be_a_picture_is_a_candidate(tmp_path):
    touch(tmp_path / "a.jpg", b"not a picture")
    assert names(tmp_path, tmp_path) == ["a.jpg"]


def test_an_empty_or_unknown_file_without_a_suffix_is_a_candidate_and_not_overlooked(tmp_path):
    touch(tmp_path / "IM0001", b"")
    touch(tmp_path / "IM0002", b"\x00\x01\x02\x03")
    assert names(tmp_path, tmp_path) == ["IM0001", "IM0002"]


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty" / "deeper").mkdir(parents=True)
    assert refusals(tmp_path / "empty") == [("empty", "IN-FOLDER-EMPTY")]


def test_a_folder_of_text_only_is_refused_as_empty(tmp_path):
    touch(tmp_path / "only" / "README.md", b"words")
    assert refusals(tmp_path / "only") == [("only", "IN-FOLDER-EMPTY")]


def test_a_missing_path_is_refused_and_the_next_one_is_found(tmp_path):
    file = touch(tmp_path / "a.png")
    assert refusals(tmp_path / "gone.png", file) == [("gone.png", "IN-NOT-FOUND")]
    assert names(tmp_path, tmp_path / "gone.png", file) == ["a.png"]


@pytest.mark.parametrize("name", ["a.png/b.png", "x" * 300, "a\0b"])
def test_a_path_that_cannot_exist_is_refused(tmp_path, name):
    touch(tmp_path / "a.png")
    ((_, code),) = refusals(tmp_path / name)
    assert code == "IN-UNREADABLE"


def test_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    assert refusals(tmp_path / "loop.png") == [("loop.png", "IN-UNREADABLE")]
    assert refusals(tmp_path) == [("loop.png", "IN-UNREADABLE")]


def test_a_link_to_nothing_inside_a_folder_is_refused_and_not_overlooked(tmp_path):
    (tmp_path / "dangling.png").symlink_to(tmp_path / "gone.png")
    assert refusals(tmp_path) == [("dangling.png", "IN-NOT-FOUND")]


def test_folders_that_link_to_each_other_end(tmp_path):
    touch(tmp_path / "a" / "1.png")
    touch(tmp_path / "b" / "2.png")
    (tmp_path / "a" / "to_b").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "to_a").symlink_to(tmp_path / "a")
    assert names(tmp_path, tmp_path) == ["a/1.png", "a/to_b/2.png"]


def test_a_folder_deeper_than_the_recursion_limit_is_searched(tmp_path):
    touch(tmp_path.joinpath(*["d"] * 200) / "a.png")
    tmp_path.chmod(0o755)
    lines = as_nobody(tmp_path, "import sys; sys.setrecursionlimit(100); print([f.path.name for f in find([Path()])])")
    assert lines == ["['a.png']"]


@pytest.mark.timeout(20)
def test_pipes_sockets_and_devices_are_refused_without_being_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.png"))
        assert refusals(tmp_path) == [("pipe.png", "IN-SPECIAL"), ("socket.png", "IN-SPECIAL")]
    assert refusals(Path("/dev/zero")) == [("zero", "IN-SPECIAL")]


def test_a_name_in_no_encoding_is_found_and_its_source_can_be_written_as_utf_8(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.png"))
    path.write_bytes(PNG)
    (found,) = find([tmp_path])
    assert found.path.read_bytes() == PNG
    assert found.source.endswith(r"/caf\xe9\n.png")
    assert found.source.encode("utf-8")


def test_a_folder_that_may_not_be_listed_is_refused_and_its_neighbours_are_found(tmp_path):
    touch(tmp_path / "a.png")
    touch(tmp_path / "locked" / "b.png")
    touch(tmp_path / "z.png")
    tmp_path.chmod(0o755)
    (tmp_path / "locked").chmod(0)
    lines = as_nobody(tmp_path, "for f in find([Path('.')]): print(f.path, f.refusal.code if f.refusal else 'ok')")
    (tmp_path / "locked").chmod(0o755)
    assert lines == ["a.png ok", "locked IN-UNREADABLE", "z.png ok"]


DEPTHS = [0.0, 2.0, 4.0, 6.0]


def studies(*paths: Path) -> list[tuple[str, int]]:
    return [(Path(found.source).name, len(found.files)) for found in find(paths) if found.refusal is None]


def test_the_slices_of_a_series_are_one_candidate_named_by_their_folder(tmp_path):
    files = write_series(tmp_path / "ct", [at(depth) for depth in DEPTHS], names=["d", "c", "b", "a"])
    (found,) = find([tmp_path])
    assert found.path == tmp_path / "ct"
    assert found.source == str(tmp_path / "ct")
    assert found.files == tuple(map(Entry, files))


def test_a_series_beside_something_else_is_named_by_its_first_slice(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])
    touch(tmp_path / "a.png")
    touch(tmp_path / "README.txt", b"words")
    assert studies(tmp_path) == [("a.png", 1), ("000.dcm", 4)]
    (tmp_path / "a.png").unlink()
    assert studies(tmp_path) == [(tmp_path.name, 4)], "words beside it are no candidate"


def test_two_series_in_a_folder_are_two_candidates(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS], names=["1", "3", "5", "7"])
    write_series(tmp_path, [at(depth) for depth in DEPTHS[:3]], names=["2", "4", "6"], SeriesInstanceUID="1.9")
    assert studies(tmp_path) == [("1", 4), ("2", 3)]


def test_a_localizer_in_a_series_is_a_candidate_of_its_own(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])
    write_series(tmp_path, [at(0.0)], (0, 1, 0, 0, 0, -1), names=["scout"])
    assert sorted(studies(tmp_path)) == [("000.dcm", 4), ("scout", 1)]


def test_a_series_spread_over_folders_and_paths_is_one_candidate(tmp_path):
    positions = [at(depth) for depth in DEPTHS]
    write_series(tmp_path / "ct" / "a", positions[:2])
    write_series(tmp_path / "ct" / "b", positions[2:], names=["002.dcm", "003.dcm"])
    assert studies(tmp_path) == [("ct", 4)]
    assert studies(tmp_path / "ct" / "b", tmp_path / "ct" / "a") == [("000.dcm", 4)]
    assert studies(*sorted((tmp_path / "ct").rglob("*.dcm"))) == [("000.dcm", 4)]


def test_a_single_slice_is_the_file_that_it_is(tmp_path):
    (path,) = write_series(tmp_path, [at(0.0)])
    assert list(find([tmp_path])) == [Found(str(path), path)]
    assert list(find([path])) == [Found(str(path), path)]


def test_a_broken_file_in_a_series_stays_a_candidate_of_its_own(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    files[3].write_bytes(files[3].read_bytes()[:300])
    assert studies(tmp_path) == [("003.dcm", 1), ("000.dcm", 3)]


def test_slices_that_cannot_be_opened_are_candidates_too(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])
    (tmp_path / "002.dcm").chmod(0)
    tmp_path.chmod(0o755)
    lines = as_nobody(tmp_path, "for f in find([Path('.')]): print(f.path, len(f.files))")
    assert lines == ["002.dcm 1", "000.dcm 3"]


def test_pictures_are_found_before_the_search_is_over_and_slices_at_its_end(tmp_path):
    write_series(tmp_path / "a", [at(depth) for depth in DEPTHS])
    touch(tmp_path / "b.png")
    touch(tmp_path / "c.png")
    seen: list[str] = []
    search = find([tmp_path], on_file=lambda path: seen.append(path.name))
    assert next(search).path.name == "b.png"
    assert seen == ["000.dcm", "001.dcm", "002.dcm", "003.dcm", "b.png"]
    assert [found.path.name for found in search] == ["c.png", "a"]


def test_a_search_can_be_stopped_at_any_file(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])

    def stop(path: Path) -> None:
        raise Cancelled("BU-CANCELLED", f"Stopped at {path.name}.")

    with pytest.raises(Cancelled, match=r"000\.dcm"):
        list(find([tmp_path], on_file=stop))


def test_relative_paths_are_named_as_given(tmp_path):
    write_series(tmp_path / "ct", [at(depth) for depth in DEPTHS])
    tmp_path.chmod(0o755)
    statement = "for p in ('.', 'ct', 'ct/../ct'): print([f.source for f in find([Path(p)])])"
    assert as_nobody(tmp_path, statement) == ["['ct']", "['ct']", "['ct/../ct']"]


def test_one_study_is_found_at_a_file_or_folder_and_several_are_refused(tmp_path):
    files = write_series(tmp_path / "ct", [at(depth) for depth in DEPTHS])
    assert find_one(tmp_path).files == tuple(map(Entry, files))
    assert find_one(files[1]).files == (Entry(files[1]),)
    touch(tmp_path / "a.png")
    for path, code in ((tmp_path, "IN-FOLDER-SEVERAL"), (tmp_path / "gone", "IN-NOT-FOUND")):
        refusal = find_one(path).refusal
        assert refusal is not None
        assert refusal.code == code


def as_nobody(folder: Path, statement: str) -> list[str]:
    """Runs a statement in the folder as a user whom permissions bind; the superuser reads everything."""
    drop = f"os.setuid({NOBODY})" if os.getuid() == 0 else "None"
    script = f"import os; from pathlib import Path; from engine.intake.find import find; {drop}\n{statement}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()
