"""The units of the services: systemd takes them without a word, and they are as hard as they say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SERVICES = ["watch", "listen"]


def written(root: Path, name: str, folder: Path, program: Path) -> Path:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FOVEA": str(program)}
    subprocess.run([root / "installer" / "service.sh", "write", name, folder], env=environment, check=True, timeout=60)
    return folder / f"fovea-{name}.service"


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("place", ["fovea", "a b/%n & co/fovea"])
def test_systemd_accepts_the_unit_wherever_the_program_lies(root, tmp_path, name, place):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze (Debian: systemd)")
    unit = written(root, name, tmp_path / "units", tmp_path / place)
    run_time = {"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    asked = ["systemd-analyze", "--user", "verify", str(unit)]
    said = subprocess.run(asked, env=run_time, capture_output=True, text=True, timeout=60, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


@pytest.mark.parametrize("name", SERVICES)
def test_the_unit_starts_the_command_of_its_name_and_a_wrong_use_is_not_repeated(root, tmp_path, name):
    unit = written(root, name, tmp_path, tmp_path / "fovea").read_text()
    assert f'\nExecStart="{tmp_path}/fovea" {name}\n' in unit
    settings = dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))
    assert settings["Type"] == "notify"
    assert settings["RestartPreventExitStatus"] == "2"
    assert settings["NoNewPrivileges"] == settings["PrivateUsers"] == settings["RestrictNamespaces"] == "yes"


def test_a_watched_folder_needs_no_network(root):
    unit = (root / "installer" / "systemd" / "fovea-watch.service").read_text()
    assert "\nRestrictAddressFamilies=AF_UNIX\n" in unit


def test_an_unknown_service_is_refused_with_a_word(root, tmp_path):
    call = [root / "installer" / "service.sh", "write", "everything", tmp_path]
    said = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 1
    assert "watch or listen" in said.stderr
