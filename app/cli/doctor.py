"""`fovea doctor`: what this machine has and lacks, each with the next step; `--warm` compiles the kernels."""

from __future__ import annotations

import platform
import sys
import time
from argparse import Namespace
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from app.cli.kernel_cache import kernels_are_cached
from app.cli.printing import print_json
from engine.clock import SystemClock
from engine.detect.choose import BACKENDS
from engine.errors import FoveaError
from engine.places import default_home
from engine.prepare.pool import usable_cores
from engine.program import program_version
from engine.registry.shelf import Shelf
from engine.store.database import open_store
from kernels.warm import warm

_LIBRARIES = (
    "numpy",
    "numba",
    "onnxruntime",
    "pydicom",
    "imagecodecs",
    "SimpleITK",
    "SQLAlchemy",
    "PySide6-Essentials",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Args:
        what: its name.
        good: whether Fovea can work with it as it is.
        found: what was found.
        next_step: what to do about it, empty if nothing.
    """

    what: str
    good: bool
    found: str
    next_step: str = ""


def run(arguments: Namespace) -> int:
    """Prints each finding; exit status 1 if one of them stops Fovea from answering."""
    findings = [_program(), _cores(), *_backends(), _home(), _models(), _kernels(compile_now=arguments.warm), _torch()]
    for finding in findings:
        if arguments.json:
            print_json(asdict(finding))
        else:
            print(f"{'ok  ' if finding.good else 'LACK'}  {finding.what}: {finding.found}")
            if finding.next_step:
                print(f"      next step: {finding.next_step}")
    return int(not all(finding.good for finding in findings))


def _program() -> Finding:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return Finding("program", True, f"fovea {program_version()}, Python {platform.python_version()}, {libraries}")


def _cores() -> Finding:
    return Finding("processor", True, f"{usable_cores()} usable cores, {platform.machine()}")


def _backends() -> list[Finding]:
    findings = []
    for backend in BACKENDS:
        reason = backend.why_not()
        findings.append(Finding(f"run time {backend.name}", reason is None, reason or "works here"))
    return findings


def _home() -> Finding:
    home = default_home()
    try:
        with open_store(home, SystemClock()):
            return Finding("home", True, str(home.root))
    except FoveaError as error:
        return Finding("home", False, error.message, error.next_step)


def _models() -> Finding:
    try:
        packages = Shelf.of(default_home()).packages
    except FoveaError as error:
        return Finding("models", False, error.message, error.next_step)
    names = ", ".join(package.card.name for package in packages)
    return Finding(
        "models",
        bool(packages),
        names or "none",
        "" if packages else "Install Fovea again: its own models are missing.",
    )


def _kernels(*, compile_now: bool) -> Finding:
    if not compile_now:
        found = "compiled" if kernels_are_cached() else "not compiled yet"
        return Finding(
            "kernels", True, found, "" if kernels_are_cached() else "Run `fovea doctor --warm` to compile them."
        )
    started_s = time.perf_counter()
    compiled = warm()
    print(f"{len(compiled)} kernels ready", file=sys.stderr)
    return Finding("kernels", True, f"{len(compiled)} compiled in {time.perf_counter() - started_s:.1f} s")


def _torch() -> Finding:
    try:
        return Finding("training", True, f"torch {version('torch')}")
    except PackageNotFoundError:
        return Finding("training", True, "torch is not installed; answering does not need it")
