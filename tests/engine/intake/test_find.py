"""Finding what there is to answer, in an order that never changes, and without stopping at what is wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.intake.find import find

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


def as_nobody(folder: Path, statement: str) -> list[str]:
    """Runs a statement in the folder as a user whom permissions bind; the superuser reads everything."""
    drop = f"os.setuid({NOBODY})" if os.getuid() == 0 else "None"
    script = f"import os; from pathlib import Path; from engine.intake.find import find; {drop}\n{statement}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()
