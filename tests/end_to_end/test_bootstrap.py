"""`installer/bootstrap.sh`: what it says when it cannot go on. `test_no_network` runs what it installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def bootstrap(clone: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [clone / "installer" / "bootstrap.sh", *arguments],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def bare_clone(root: Path, tmp_path: Path) -> Path:
    """A clone in which nothing is installed yet, in a folder whose name has a space."""
    clone = tmp_path / "a clone"
    shutil.copytree(root / "installer", clone / "installer")
    return clone


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder for PATH that holds what the script needs of the system, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("dirname", "id", "sh"):
        (folder / name).symlink_to(shutil.which(name) or pytest.skip(f"needs {name}"))
    return folder


def add_python(programs: Path, name: str, script: str) -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}\n")
    (programs / name).chmod(0o755)


def test_unknown_command_is_refused_with_the_usage(bare_clone: Path) -> None:
    done = bootstrap(bare_clone, "upgrade")
    assert done.returncode == 1
    assert "use: installer/bootstrap.sh demo" in done.stderr


def test_without_python_it_says_what_to_install(bare_clone: Path, programs: Path) -> None:
    done = bootstrap(bare_clone, "install", PATH=str(programs), PYTHON="")
    assert done.returncode == 1
    assert "found no Python 3.11 or newer" in done.stderr
    assert "apt-get install -y python3 python3-venv" in done.stderr


def test_a_chosen_interpreter_that_is_too_old_is_refused_by_name(bare_clone: Path, programs: Path) -> None:
    add_python(programs, "python3.10", "exit 1")
    done = bootstrap(bare_clone, "install", PATH=str(programs), PYTHON="python3.10")
    assert done.returncode == 1
    assert "PYTHON=python3.10 is not Python 3.11 or newer" in done.stderr


def test_python_without_venv_names_the_package_to_install(bare_clone: Path, programs: Path) -> None:
    add_python(programs, "python3", 'case "$2" in *ensurepip*) exit 1 ;; *version_info\\[:2\\]\\)) echo 3.12 ;; esac')
    done = bootstrap(bare_clone, "install", PATH=str(programs), PYTHON="")
    assert done.returncode == 1
    assert "apt-get install -y python3.12-venv" in done.stderr
