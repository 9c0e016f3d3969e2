"""Nothing is fetched or sent at run time, by Fovea or by what it depends on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

NO_NETWORK = (["unshare", "--map-root-user", "--net"], ["unshare", "--net"])
"""Two ways into a network namespace that holds nothing, not even a working loopback; the second needs root."""


@pytest.fixture
def without_network() -> list[str]:
    for prefix in NO_NETWORK:
        try:
            allowed = subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            pytest.skip("needs unshare (util-linux)")
        if allowed:
            return prefix
    pytest.skip("this machine does not let us make a network namespace (unshare --net)")


def fovea(*arguments: object, prefix: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-m", "app.cli.main", *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


@pytest.mark.deep
def test_make_demo_needs_no_network_once_installed(root: Path, without_network: list[str]) -> None:
    if not (root / ".venv" / ".installed-run").is_file():
        pytest.skip("needs .venv as `make check` makes it")
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"
    reached = subprocess.run(
        [*without_network, sys.executable, "-c", reach], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in reached.stderr

    done = subprocess.run(
        [*without_network, "make", "demo"], cwd=root, capture_output=True, text=True, check=False, timeout=280
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"damaged-truncated\.jpg +refused", done.stdout)
    assert "(warm)" in done.stdout


def test_answering_leaves_nothing_in_the_user_s_folders(root: Path, tmp_path: Path) -> None:
    """Telemetry starts with an identifier or a queue kept there; Fovea itself writes to its own home only."""
    user = tmp_path / "user"
    user.mkdir()
    folders = {name: str(user / name) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    sample = next(iter(sorted((root / "resources" / "samples").glob("*.jpg"))))

    done = fovea("run", sample, prefix=[], HOME=str(user), FOVEA_HOME=str(tmp_path / "home"), **folders)

    assert done.returncode == 0, done.stderr
    assert list(user.rglob("*")) == []


def test_onnx_runtime_carries_no_telemetry() -> None:
    """From 1.29 on its Linux builds hold Microsoft's event library, switched on; the lock stays below."""
    files = [file for file in metadata.files("onnxruntime") or [] if ".so" in file.name]
    assert files
    assert [file.name for file in files if b"Microsoft12Applications6Events" in file.locate().read_bytes()] == []
