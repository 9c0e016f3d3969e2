"""Twenty rounds of kills and full disks; `make crash` plays 200."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 20
SEED = 7


@pytest.mark.deep
@pytest.mark.timeout(1200)
def test_every_file_has_one_right_answer_whatever_was_killed(root: Path, tmp_path: Path) -> None:
    # A program of its own: it starts anew where it may mount a small disk.
    played = subprocess.run(
        [sys.executable, "-m", "tests.crash", f"--rounds={ROUNDS}", f"--seed={SEED}", "--keep", tmp_path / "crash"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert f"{ROUNDS} rounds" in played.stdout
