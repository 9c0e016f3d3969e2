"""The wheel: it holds everything, and in an empty environment outside the clone it runs the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("app", "engine", "kernels", "resources")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Output of a program that must succeed; nothing of this environment's Python settings reaches it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_wheel_holds_every_file_of_the_packages_and_the_licences(root: Path, wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    files = (path for package in PACKAGES for path in (root / package).rglob("*") if path.is_file())
    wanted = {path.relative_to(root).as_posix() for path in files if "__pycache__" not in path.parts}
    assert wanted <= held
    assert "resources/samples/ATTRIBUTION.md" in held
    assert {name.rsplit("/", 1)[-1] for name in held if "/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/", 1)[0] for name in held if ".dist-info/" not in name} == set(PACKAGES)


@pytest.mark.deep
@pytest.mark.timeout(900)
def test_wheel_in_an_empty_environment_outside_the_clone_runs_the_demo(
    root: Path, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    run(sys.executable, "-m", "venv", "empty", cwd=tmp_path)
    python, fovea = tmp_path / "empty" / "bin" / "python", tmp_path / "empty" / "bin" / "fovea"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
    run(*pip, "--require-hashes", "-r", root / "locks" / "base.txt", cwd=tmp_path)
    run(*pip, "--no-deps", wheel, cwd=tmp_path)
    run(python, "-m", "pip", "check", cwd=tmp_path)
    place = run(python, "-c", "import engine.places as places; print(places.RESOURCES)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(tmp_path / "empty")

    table = run(fovea, "demo", "--out", tmp_path / "demo", cwd=tmp_path)

    samples = {path.name for path in (root / "resources" / "samples").iterdir() if path.suffix not in (".md", ".txt")}
    rows = {line.split()[0]: line for line in table.splitlines() if line and line.split()[0] in samples}
    assert set(rows) == samples
    assert "refused" in rows.pop("damaged-truncated.jpg")
    assert all("flagged" in row for row in rows.values())
    assert len(list((tmp_path / "demo" / "overlays").glob("*.png"))) >= len(rows)
    assert (tmp_path / "demo" / "home" / "fovea.db").is_file()
