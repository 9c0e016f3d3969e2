"""Whether somebody still writes a file, as the kernel tells it."""

from __future__ import annotations

import os
import subprocess
import sys

from engine.queue.watch.lease import is_being_written


def test_a_file_is_being_written_until_its_last_writer_closed_it(tmp_path):
    path = tmp_path / "a.png"
    with path.open("wb"), path.open("ab"):
        assert is_being_written(path) is True
    assert is_being_written(path) is False


def test_a_writer_in_another_process_is_seen(tmp_path):
    path = tmp_path / "a.png"
    holding = f"import sys; file = open({str(path)!r}, 'wb'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        assert is_being_written(path) is True
        writer.communicate("")
    assert is_being_written(path) is False


def test_readers_do_not_count(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"1")
    with path.open("rb"):
        assert is_being_written(path) is False


def test_of_what_cannot_be_opened_nothing_is_known(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert [is_being_written(tmp_path / name) for name in ("none", "link", "pipe")] == [None, None, None]
