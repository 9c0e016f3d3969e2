"""Reading the bytes of one file: only of something that is a file, whole, and only once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from blake3 import blake3

from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.stored import read_file


def refused(path: Path, limits: Limits | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read_file(Entry(path), limits or Limits())
    assert caught.value.next_step
    return caught.value


def test_the_bytes_come_with_their_blake3(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x00\x01\x02" * 1000)
    file = read_file(Entry(path), Limits())
    assert file.data == path.read_bytes()
    assert file.content_hash == blake3(file.data).hexdigest()
    assert file.source == str(path)


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "a.png").touch()
    assert refused(tmp_path / "a.png").code == "IN-EMPTY"


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.tif"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    error = refused(path)
    assert error.code == "IN-FILE-SIZE"
    assert "3,072 MiB" in error.message
    assert "2,048 MiB" in error.message


def test_a_path_that_vanished_since_it_was_found_is_refused(tmp_path):
    assert refused(tmp_path / "gone.png").code == "IN-NOT-FOUND"


@pytest.mark.timeout(20)
def test_a_pipe_that_took_the_place_of_a_file_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "a.png")
    assert refused(tmp_path / "a.png").code == "IN-SPECIAL"


def test_a_folder_is_refused(tmp_path):
    assert refused(tmp_path).code == "IN-SPECIAL"


def test_a_file_below_a_file_is_refused(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    error = refused(tmp_path / "a.png" / "b.png")
    assert error.code == "IN-UNREADABLE"
    assert "Not a directory" in error.message


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    """A writer makes it longer and shorter without pause; each read is one of its two forms in full, or refused."""
    path, lengths = tmp_path / "changing.tif", (1 << 20, 1 << 21)
    path.write_bytes(bytes(lengths[0]))
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            for length in lengths:
                os.truncate(path, length)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        results = {_length_or_code(path) for _ in range(300)}
    finally:
        stop.set()
        writer.join()
    assert "IN-FILE-CHANGED" in results
    assert results <= {"IN-FILE-CHANGED", *lengths}


def _length_or_code(path: Path) -> int | str:
    try:
        return len(read_file(Entry(path), Limits()).data)
    except InputError as error:
        return error.code


def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")
    path.chmod(0)
    tmp_path.chmod(0o755)
    drop = "os.setuid(65534)" if os.getuid() == 0 else "None"
    script = f"""
import os
from pathlib import Path
from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.stored import read_file
{drop}
try:
    read_file(Entry(Path("secret.png")), Limits())
except InputError as error:
    print(error.code, error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("IN-UNREADABLE secret.png cannot be read: Permission denied.")
