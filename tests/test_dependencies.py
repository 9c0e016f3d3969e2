"""`docs/dependencies.md` against pyproject.toml, the locks and what is installed."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
_ROW = re.compile(r"^\| (?!package )([a-z0-9-]+) \| (.+) \| (.+) \|$", re.MULTILINE)
_HOST = re.compile(r"https?://|\w\.(?:org|com|io)\b")


def normal(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(root: Path, lock: str) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for name, version in _LOCKED.findall((root / "locks" / f"{lock}.txt").read_text()):
        versions.setdefault(normal(name), set()).add(version)
    return versions


def sections(root: Path) -> dict[str, dict[str, str]]:
    """Heading -> package -> licence."""
    parts = (root / "docs" / "dependencies.md").read_text().split("\n## ")[1:]
    return {part.split("\n", 1)[0]: {name: licence for name, _, licence in _ROW.findall(part)} for part in parts}


def project(root: Path) -> dict[str, object]:
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]) for requirement in requirements}


def stated_licence(name: str) -> str:
    stated = metadata.metadata(name)
    classifiers = [text for text in stated.get_all("Classifier", []) if text.startswith("License ::")]
    return " ".join([stated.get("License-Expression") or "", (stated.get("License") or "")[:200], *classifiers])


def test_page_names_exactly_the_direct_dependencies_of_the_base(root: Path) -> None:
    page = sections(root)["Base: what Fovea runs on"]
    assert set(page) == names(project(root)["dependencies"])


def test_page_names_every_package_of_the_run_lock(root: Path) -> None:
    page = sections(root)
    parts = ("Base: what Fovea runs on", "What these bring along", "Installing from a clone")
    assert {name for part in parts for name in page[part]} == set(locked(root, "base"))


def test_page_names_every_package_of_the_extras(root: Path) -> None:
    page, extras = sections(root), project(root)["optional-dependencies"]
    base, dev, learn, gpu = (set(locked(root, lock)) for lock in ("base", "dev", "learn", "gpu"))
    assert set(page["Extra `gpu`"]) == gpu - base - set(page["Extra `learn`"])
    in_learn = set(page["Extra `learn`"])
    assert in_learn >= names(extras["learn"])
    assert in_learn | base >= learn
    assert set(page["Extra `dev`"]) == dev - base - in_learn


@pytest.mark.parametrize("lock", ["base", "learn", "gpu"])
def test_locks_agree_with_the_dev_lock(root: Path, lock: str) -> None:
    dev = locked(root, "dev")
    clashes = {
        name: (versions, dev[name])
        for name, versions in locked(root, lock).items()
        if dev.get(name, versions) != versions
    }
    assert not clashes


@pytest.mark.parametrize("lock", ["base", "dev", "learn", "gpu"])
def test_every_locked_package_has_a_hash_and_no_lock_names_a_host(root: Path, lock: str) -> None:
    text = (root / "locks" / f"{lock}.txt").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not _HOST.search(text)


def test_installed_packages_are_the_locked_ones(root: Path) -> None:
    wrong = {}
    for name, versions in (locked(root, "dev") | locked(root, "base") | locked(root, "gpu")).items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # a package of another platform, such as colorama
        if installed not in versions:
            wrong[name] = (installed, versions)
    assert not wrong, "Install with make test, which follows locks/dev.txt."


def test_nothing_installed_is_under_gpl_or_agpl(root: Path) -> None:
    for page in sections(root).values():
        for name, licence in page.items():
            try:
                stated = stated_licence(name)
            except metadata.PackageNotFoundError:
                continue
            if re.search(r"\bA?GPL|Affero|GNU General", stated):
                assert "LGPL-3.0" in stated, f"{name}: {stated}"
                assert licence == "LGPL-3.0 (taken), or GPL"


def test_torch_is_pinned_alike_in_pyproject_and_bootstrap(root: Path) -> None:
    pinned = next(text for text in project(root)["optional-dependencies"]["learn"] if text.startswith("torch=="))
    assert f"torch_version={pinned.removeprefix('torch==')}\n" in (root / "installer" / "bootstrap.sh").read_text()


def test_the_gpu_extra_and_its_lock_ask_for_the_same(root: Path) -> None:
    lines = (root / "locks" / "gpu.in").read_text().splitlines()
    asked = {line for line in lines if line and not line.startswith("#")}
    assert asked - {"cuda-toolkit==13.4.3"} == set(project(root)["optional-dependencies"]["gpu"])


def test_build_backend_is_pinned_alike_in_pyproject_and_lock(root: Path) -> None:
    requires = tomllib.loads((root / "pyproject.toml").read_text())["build-system"]["requires"]
    assert [f"hatchling=={version}" for version in locked(root, "base")["hatchling"]] == requires
