"""`fovea doctor`: what this machine has and lacks, each with the next step; `--warm` compiles the kernels."""

from __future__ import annotations

import platform
import sys
import time
from argparse import Namespace
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from app.cli.doctor_gpu import gpu_findings
from app.cli.doctor_parity import parity_findings
from app.cli.doctor_second import second_findings
from app.cli.finding import Finding
from app.cli.kernel_cache import kernels_are_cached
from app.cli.printing import print_json
from engine.clock import SystemClock
from engine.detect.choose import backends, full_name
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


def run(arguments: Namespace) -> int:
    """Prints each finding; exit status 1 if one of them stops Fovea from answering."""
    findings = [
        _program(),
        _cores(),
        *_backends(),
        _window(),
        _home(),
        _models(),
        _kernels(compile_now=arguments.warm),
        *_gpu(),
        *_parity(check_now=arguments.warm),
        *second_findings(default_home()),
        _torch(),
    ]
    for finding in findings:
        if arguments.json:
            print_json(asdict(finding))
        else:
            print(f"{finding.state:4}  {finding.what}: {finding.found}")
            if finding.next_step:
                print(f"      next step: {finding.next_step}")
    return int(any(finding.state == "lack" for finding in findings))


def _program() -> Finding:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return Finding("program", "ok", f"fovea {program_version()}, Python {platform.python_version()}, {libraries}")


def _cores() -> Finding:
    return Finding("processor", "ok", f"{usable_cores()} usable cores, {platform.machine()}")


def _backends() -> list[Finding]:
    findings = []
    for backend in backends():
        reason = backend.why_not()
        findings.append(
            Finding(f"run time {full_name(backend)}", "ok" if reason is None else "note", reason or "works here")
        )
    return findings


def _window() -> Finding:
    try:
        import_module("PySide6.QtWidgets")
    except ImportError as error:
        return Finding(
            "window",
            "note",
            f"a system library is missing: {error}; the command line works without",
            "Run `make system` in the clone, or install the packages that docs/dependencies.md names.",
        )
    return Finding("window", "ok", "every system library is there")


def _home() -> Finding:
    home = default_home()
    try:
        with open_store(home, SystemClock()):
            return Finding("home", "ok", str(home.root))
    except FoveaError as error:
        return Finding("home", "lack", error.message, error.next_step)


def _models() -> Finding:
    try:
        shelf = Shelf.of(default_home())
    except FoveaError as error:
        return Finding("models", "lack", error.message, error.next_step)
    names = ", ".join(package.card.name for package in shelf.packages) or "none"
    if shelf.refused:
        first = shelf.refused[0].error
        return Finding("models", "lack", f"{names}; refused: {first.message}", first.next_step)
    if not shelf.packages:
        return Finding("models", "lack", names, "Install Fovea again: its own models are missing.")
    return Finding("models", "ok", names)


def _kernels(*, compile_now: bool) -> Finding:
    if not compile_now:
        if kernels_are_cached():
            return Finding("kernels", "ok", "compiled")
        return Finding("kernels", "note", "not compiled yet", "Run `fovea doctor --warm`, or wait at the first study.")
    started_s = time.perf_counter()
    compiled = warm()
    print(f"{len(compiled)} kernels ready", file=sys.stderr)
    return Finding("kernels", "ok", f"{len(compiled)} compiled in {time.perf_counter() - started_s:.1f} s")


def _gpu() -> list[Finding]:
    try:
        cards = tuple(package.card for package in Shelf.of(default_home()).packages)
    except FoveaError:  # `_models` says so
        cards = ()
    return gpu_findings(default_home(), cards)


def _parity(*, check_now: bool) -> list[Finding]:
    try:
        packages = Shelf.of(default_home()).packages
    except FoveaError:  # `_models` says so
        packages = ()
    return parity_findings(default_home(), packages, check_now=check_now)


def _torch() -> Finding:
    try:
        return Finding("training", "ok", f"torch {version('torch')}")
    except PackageNotFoundError:
        return Finding("training", "note", "torch is not installed; answering does not need it")
