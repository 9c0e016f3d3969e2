"""An export that is killed leaves nothing half-made, and the same call goes on where it stood."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.places import Home
from engine.store.database import open_store
from tests.engine.export.studies import ct_series, kept

STUDIES = 12


def start(home: Path, out: Path) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "app.cli.main", "export", "sr", "--out", str(out)]
    return subprocess.Popen(call, env=os.environ | {"FOVEA_HOME": str(home)}, stderr=subprocess.PIPE)


def pieces_of(folder: Path) -> int:
    journal = folder / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


@pytest.mark.deep
def test_an_export_killed_several_times_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    with open_store(Home(home).make()) as store:
        names = [kept(store, ct_series(tmp_path / "in" / f"{number}")).name for number in range(STUDIES)]
    stage, done = tmp_path / ".out.part", 0
    for _ in range(3):
        process = start(home, out)
        while pieces_of(stage) < done + 2 and process.poll() is None:
            time.sleep(0.005)
        process.kill()
        process.communicate()
        assert not out.exists()
        assert done < pieces_of(stage) < STUDIES
        done = pieces_of(stage)
    last = start(home, out)
    last.communicate()
    assert last.returncode == 0
    assert sorted(path.stem for path in out.glob("*.dcm")) == sorted(names)
    assert json.loads((out / "export.json").read_text())["records"] == STUDIES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "in", "out"]
