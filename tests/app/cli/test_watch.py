"""`fovea watch` over the real queue and its worker: answered once, told, moved, and ended when it is to end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.main import main
from engine.store.database import open_store
from engine.store.outcomes import newest
from tests.engine.queue.in_process import WorkerThread
from tests.engine.tiny_model import picture


@pytest.fixture
def worker_here(monkeypatch):
    """The worker is a thread: quicker to start than the process, which the other tests have."""
    monkeypatch.setattr("engine.queue.supervise.WorkerProcess", WorkerThread)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


def recorded(home):
    with open_store(home) as store:
        return newest(store, 100)


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_lies_there_is_answered_once_and_moved_and_the_same_content_comes_from_the_record(
    spotted_home, folder, capsys
):
    picture(folder / "part.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    call = ["watch", str(folder), "--once", "--routing", "move", "--budget", "600", "--json"]
    assert main(call) == 1
    told = {Path(line["source"]).name: line for line in lines(capsys)}
    assert told["part.png"]["flagged"] is True
    assert told["part.png"]["status"] == "answered"
    assert told["broken.png"]["status"] == "refused"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.png")) == [
        "done/part.png",
        "refused/broken.png",
    ]
    shutil.copy(folder / "done" / "part.png", folder / "copy.png")
    assert main(call) == 0
    (again,) = lines(capsys)
    assert again["regions"] == told["part.png"]["regions"]
    copy, *earlier = recorded(spotted_home)
    assert copy.outcome.reused_from == next(
        one.arrival.id for one in earlier if one.arrival.source.endswith("part.png")
    )
    assert main(call) == 0
    assert lines(capsys) == []


def test_in_words_each_file_is_told_with_why_it_was_not_answered(spotted_home, folder, worker_here, capsys):
    picture(folder / "part.png")
    (folder / "empty.png").touch()
    assert main(["watch", str(folder), "--once", "--budget", "600"]) == 1
    told = sorted(capsys.readouterr().out.splitlines())
    assert told[0].startswith(f"{folder}/empty.png: refused (IN-EMPTY: ")
    assert told[1] == f"{folder}/part.png: flagged"


def test_it_watches_until_it_is_ended_and_tells_the_service_manager(
    spotted_home, folder, tmp_path, monkeypatch, capsys
):
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(60.0)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        person = threading.Thread(target=put_then_end, args=(folder, manager))
        person.start()
        try:
            assert main(["watch", str(folder), "--routing", "move", "--json"]) == 0
        finally:
            person.join()
    (line,) = lines(capsys)
    assert line["source"] == str(folder / "part.png")
    assert line["status"] == "answered"


def put_then_end(folder: Path, manager: socket.socket) -> None:
    """A person who puts a file into the folder once the service is ready, and ends it when the file was answered."""
    try:
        while manager.recv(4096) != b"READY=1":
            pass
        picture(folder / "part.png")
        until_s = time.monotonic() + 60.0
        while time.monotonic() < until_s and not (folder / "done" / "part.png").exists():
            manager.recv(4096)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ([], "watch.toml is not there"),
        (["none"], "is not a folder"),
        (["in", "--config", "watch.toml"], "Both folders and --config"),
        (["in", "--completion", "marker"], "no marker"),
        (["in", "--model", "dark-spots"], "US-MODEL"),
        (["--config", "wrong.toml"], "routing = 'copy'"),
        (["--config", "wrong.toml", "--budget", "5"], "--budget is about folders that the call names"),
        (["--stat"], "--stat is about folders that the call names"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_started(spotted_home, folder, tmp_path, monkeypatch, capsys, call, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.toml").write_text(f"[[folder]]\npath = {str(folder)!r}\nrouting = 'copy'\n")
    assert main(["watch", *call]) == 2
    assert said in capsys.readouterr().err
    assert not spotted_home.database.exists()


def test_folders_of_the_file_in_the_home_are_watched_each_by_its_own_rule(spotted_home, worker_here, tmp_path, capsys):
    for name in ("a", "b"):
        picture(tmp_path / name / "part.png")
    (spotted_home.root / "watch.toml").write_text(
        f"picture_s = 600\n[[folder]]\npath = {str(tmp_path / 'a')!r}\nrouting = 'move'\n"
        f"[[folder]]\npath = {str(tmp_path / 'b')!r}\npriority = 'stat'\n"
    )
    assert main(["watch", "--once"]) == 0
    assert (tmp_path / "a" / "done" / "part.png").exists()
    assert (tmp_path / "b" / "part.png").exists()
    priorities = {one.arrival.source: one.arrival.priority for one in recorded(spotted_home)}
    assert priorities == {str(tmp_path / "a" / "part.png"): 1, str(tmp_path / "b" / "part.png"): 0}


def test_run_and_watch_give_the_same_regions(spotted_home, worker_here, folder, capsys):
    part = folder / "part.png"
    picture(part, size=(300, 400), spots=((40, 60), (200, 332), (120, 8)))
    assert main(["watch", str(folder), "--once", "--json"]) == 0
    (watched,) = lines(capsys)
    assert main(["run", str(part), "--json"]) == 0
    (run,) = lines(capsys)
    assert len(run["regions"]) == 3
    assert watched["regions"] == run["regions"]
    assert {name: watched[name] for name in ("study", "source", "backend", "effort", "coverage")} == {
        name: run[name] for name in ("study", "source", "backend", "effort", "coverage")
    }
