"""The parity check of every shipped model on every run time of this machine, and which of them then answers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from engine.detect.choose import backends, choose_backend, full_name, working_backends
from engine.detect.protocol import Backend
from engine.errors import FoveaError
from engine.places import Home
from engine.registry.pack import pack
from engine.registry.package import Package
from engine.registry.parity import together
from engine.registry.prove import prove_and_keep
from engine.registry.shelf import Shelf
from engine.registry.verdicts import Verdict, Verdicts
from tests.gpu.plans import wait_for_plan
from tests.gpu.report import Report
from tests.gpu.torch_network import TorchOnGpu

TABLE = "tests/conformance/test_backends.py"
LIMIT_S = 180

COLUMNS = (
    "model",
    "run time",
    "class",
    "matched of wanted",
    "score",
    "face px",
    "network: probability",
    "network: face px",
    "tensor",
    "against",
)


def step(report: Report) -> None:
    """Compares and tells; a run time that differs, or that works here and cannot answer, is a failure."""
    report.section("Parity")
    report.say("Largest differences over the golden cases of each package; the limits are those of its manifest.")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home").make()
        if report.rehearsal:
            packages, own = _tiny(Path(folder))
        else:
            packages, own = Shelf.of(home).packages, TorchOnGpu()
        table = (*backends(home), own)
        report.table(
            COLUMNS, [row for package in packages for one in table for row in _rows(package, one, home, report)]
        )
        for package in packages:
            _tell_choice(package, home, report)
    if not report.rehearsal:
        _conformance(report)


def _tiny(folder: Path) -> tuple[tuple[Package, ...], Backend]:
    # Imported here: a machine lent for the real run has not all that the clone's tests need.
    from tests.conformance.backends import SimulatedDevice  # noqa: PLC0415
    from tests.engine.tiny_model import write_source  # noqa: PLC0415

    return (pack(write_source(folder / "source"), folder / "package"),), SimulatedDevice()


def _conformance(report: Report) -> None:
    """The rows of the conformance table that need a GPU."""
    if find_spec("onnx") is None:
        report.say("The conformance table was not run: onnx is not installed.")
        return
    command = [sys.executable, "-m", "pytest", "-c", "tests/gpu/check.ini", "--rootdir", ".", "-q", "-m", "gpu", TABLE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode != 0:
        report.fail(f"pytest ended with {done.returncode}\n\n```\n{done.stdout[-3000:]}{done.stderr[-800:]}\n```")
    report.say(f"The conformance table's rows for a GPU: {done.stdout.strip().splitlines()[-1].strip('= ')}.")


def _rows(package: Package, backend: Backend, home: Home, report: Report) -> Sequence[Sequence[object]]:
    name = full_name(backend)
    if reason := backend.why_not():
        report.say(f"`{name}` was not compared: {reason}.")
        return ()
    try:
        if reason := wait_for_plan(backend, package.graph(), package.card):
            report.fail(f"{name} cannot answer with {package.card.name}: {reason}")
            return ()
        verdict = prove_and_keep(package, backend, Verdicts(home))
    except FoveaError as error:
        report.fail(f"{name} with {package.card.name}: {error}")
        return ()
    for what in verdict.differences:
        report.fail(f"{name} with {package.card.name}: {what}")
    return _table_rows(name, verdict)


def _table_rows(name: str, verdict: Verdict) -> list[tuple[object, ...]]:
    case = together(verdict.cases)
    if case is None:
        return []
    network = case.network
    return [
        (
            verdict.model,
            name,
            one.label,
            f"{one.matched} of {one.wanted}",
            one.score,
            one.box_px,
            "-" if network is None else network.heat[number],
            "-" if network is None else network.box_px,
            "-" if case.prepare is None else case.prepare,
            verdict.reference or "-",
        )
        for number, one in enumerate(case.classes)
    ]


def _tell_choice(package: Package, home: Home, report: Report) -> None:
    choice = choose_backend(package.card, working_backends(None, backends(home)), Verdicts(home).of)
    report.say(f"{package.card.name} is answered by `{full_name(choice.backend)}`.")
    for one in choice.passed_over:
        report.say(f"Passed over: {one}.")
