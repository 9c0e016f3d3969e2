"""Importing a package: copied with every byte checked, judged step by step, and only then put onto the shelf."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from functools import partial
from pathlib import Path
from typing import TypeVar

from engine.clock import Clock, SystemClock
from engine.detect.choose import full_name, why_never
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Backend
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, Cancelled, FoveaError, ModelError
from engine.places import Home
from engine.program import program_version
from engine.registry.admissions import Admission, Admissions, Permission
from engine.registry.imports import ImportRecord, ImportRefusedError, Imports, Step
from engine.registry.judge_graph import judge_graph
from engine.registry.pack import require_finished, require_known_names
from engine.registry.package import Package, read_package, read_signature
from engine.registry.prove import prove_and_keep
from engine.registry.sign import trusted_keys
from engine.registry.sums import SIGNATURE, SUMS
from engine.registry.verdicts import Verdicts
from engine.registry.verify import require_usable, signature_of

Result = TypeVar("Result")

SPARE_BYTES = 512 * 1024**2
"""Free space that an import leaves: outcomes are written to the same disk."""

_COPY = ".importing"
_FORGOTTEN_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Args:
        record: its steps.
        path: of the package on the shelf.
    """

    record: ImportRecord
    path: Path


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of an import while it goes on.

    Args:
        step: told of each step when it is done; may raise `Cancelled` after one that passed.
        comes: told of the model before the shelf shows it; what it raises ends the import.
    """

    step: Callable[[Step], None] = lambda _step: None
    comes: Callable[[ModelCard], None] = lambda _card: None


def install(
    path: Path,
    home: Home,
    candidates: Sequence[Backend],
    *,
    permission: Permission | None = None,
    threads: int | None = None,
    clock: Clock | None = None,
    told: Told = Told(),
) -> Imported:
    """Imports a package; on return it stands on the shelf, and where it fails there is nothing of it but the record.

    Args:
        path: its folder or zip; only read.
        home: whose shelf it is for.
        candidates: run times to compare it on; the embedded one is always asked.
        permission: lets an unsigned package in.
        threads: CPU threads; None takes all that this process may use.
        clock: says when; replaceable in tests.
        told: who hears of it while it goes on.

    Raises:
        ModelError: the package cannot be opened at all, as `read_package`; MD-EXISTS, the shelf has one of its id and
            version.
        ImportRefusedError: a step failed; its record is kept.
        Cancelled: whoever is told of the steps does not want to wait for the rest.
        StoreError: ST-KEEP or ST-VERDICT, the home cannot be written.
    """
    package = read_package(path)
    _require_place(package.card, home)
    steps = _Steps(package, (clock or SystemClock()).now(), told.step)
    _remove_forgotten(home, steps.at)
    try:
        admitted = steps.take("signature", partial(_judged, package, home, permission, steps.at))
        with ExitStack() as held:
            copied = steps.take("files", partial(_copied, package, home, held))
            steps.take("graph", partial(_graph, copied))
            for backend in _embedded_first(candidates):
                steps.take(f"parity on {full_name(backend)}", partial(_proven, copied, backend, home, threads))
            placed = steps.take("shelf", partial(_placed, copied, admitted, home, told.comes))
    except Cancelled:  # nothing was found to be wrong with it, so nothing is kept
        raise
    except FoveaError as error:
        Imports(home).keep(package.card, steps.record())
        raise ImportRefusedError.of(steps.record(), error) from error
    Imports(home).keep(package.card, steps.record())
    return Imported(steps.record(), placed)


class _Steps:
    """Takes the steps of one import and notes what each found."""

    def __init__(self, package: Package, at: datetime, on_step: Callable[[Step], None]) -> None:
        self.at = at
        self._card = package.card
        self._on_step = on_step
        self._taken: list[Step] = []

    def take(self, name: str, work: Callable[[], tuple[Result, str]]) -> Result:
        """Does the work of a step, which gives a result and a sentence; what it raises ends the import."""
        try:
            result, found = work()
        except FoveaError as error:
            self._note(Step(name, False, error.message, error.code))
            raise
        self._note(Step(name, True, found))
        return result

    def record(self) -> ImportRecord:
        """What was found so far."""
        return ImportRecord(self._card.name, self._card.hash, self.at, program_version(), tuple(self._taken))

    def _note(self, step: Step) -> None:
        self._taken.append(step)
        self._on_step(step)


def _judged(package: Package, home: Home, permission: Permission | None, at: datetime) -> tuple[Admission | None, str]:
    """Nothing else of a package is read before it is known who answers for it."""
    trusted = trusted_keys(home)
    admission = Admission(package.card.hash, permission.by, permission.reason, at) if permission else None
    admitted = require_usable(package, trusted, admission).admission
    signature = signature_of(package, trusted)
    return admitted, str(admitted) if admitted else f"{signature.trust} ({signature.signer})"


def _copied(package: Package, home: Home, held: ExitStack) -> tuple[Package, str]:
    """A copy on the shelf's disk under a name that the shelf leaves out; it goes with `held` unless it was placed."""
    require_known_names(package.path, package.names)
    size_bytes = sum(package.contents.sizes_bytes.values())
    folder = home.models / f".{secrets.token_hex(8)}{_COPY}"
    held.callback(shutil.rmtree, folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True, mode=0o700)
        if shutil.disk_usage(folder).free < size_bytes + SPARE_BYTES:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        for name in package.names:
            _write(folder / name, package.read(name))
        _write(folder / SUMS, package.stated)
        if signature := read_signature(package.contents):
            _write(folder / SIGNATURE, signature)
    except OSError as error:
        raise ModelError(
            "MD-WRITE", f"The package cannot be copied to {home.models}: {error.strerror}.", "Free space on its disk."
        ) from error
    copied = read_package(folder)  # what stands on the shelf's disk is judged from here on
    require_finished(copied, package.path)
    return copied, f"{len(package.names)} files, {size_bytes} bytes, each as its maker packed it"


def _remove_forgotten(home: Home, at: datetime) -> None:
    """Copies that an import left behind which was killed; those of others at work are younger."""
    for folder in home.models.glob(f".*{_COPY}"):
        with suppress(OSError):
            if at.timestamp() - folder.stat().st_mtime > _FORGOTTEN_S:
                shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _graph(package: Package) -> tuple[None, str]:
    return None, str(judge_graph(package))


def _embedded_first(candidates: Sequence[Backend]) -> tuple[Backend, ...]:
    """Golden cases are answered with the embedded run time, so it is asked wherever a package comes from."""
    others = [backend for backend in candidates if backend.name != OnnxCpu.name and backend.why_not() is None]
    return (OnnxCpu(), *others)


def _proven(package: Package, backend: Backend, home: Home, threads: int | None) -> tuple[None, str]:
    """Compares a run time with the reference on the golden cases, and keeps the verdict.

    The embedded one must agree. Another that cannot be asked or differs does not answer with this model; see
    `engine.detect.choose`.
    """
    if (reason := why_never(package.card, backend)) or (reason := backend.why_not_yet(package.card)):
        return None, f"not compared: {reason}"
    try:
        verdict = prove_and_keep(package, backend, Verdicts(home), threads=threads)
    except BackendError as error:
        if backend.name == OnnxCpu.name:
            raise
        return None, f"not compared: {error.message}"
    if verdict.passed:
        beside = f", the network's answers compared with {verdict.reference}" if verdict.reference else ""
        return None, f"{len(verdict.cases)} golden cases answered as packed{beside}"
    differs = f"{len(verdict.differences)} differences, the first: {verdict.differences[0]}"
    if backend.name != OnnxCpu.name:
        return None, f"{differs} It will not answer with this model."
    raise ModelError(
        "MD-PARITY",
        f"The golden cases of {package.card.name} are not answered as they were packed: {differs}",
        "Get the package again from its maker, with the version of Fovea that it was packed with.",
    )


def _placed(
    package: Package, admission: Admission | None, home: Home, comes: Callable[[ModelCard], None]
) -> tuple[Path, str]:
    """Gives the copy its name; until then the shelf does not see it."""
    target = _require_place(package.card, home)
    comes(package.card)  # first: what is on the shelf and not known to be imported answers by itself
    if admission is not None:
        Admissions(home).admit(admission)
    try:
        package.path.rename(target)
    except OSError as error:
        Admissions(home).withdraw(package.card.hash)
        raise ModelError("MD-WRITE", f"{target} cannot be written: {error.strerror}.", "Free space.") from error
    return target, f"in {target.name}"


def _require_place(card: ModelCard, home: Home) -> Path:
    """Where the package will stand; asked before the first step too, so that a sound model keeps its record."""
    target = home.models / f"{card.id}-{card.version}"
    if target.exists():
        raise ModelError(
            "MD-EXISTS",
            f"{card.name} is on the shelf already, in {target}.",
            "Give a changed model another version; move the folder away to import the same one again.",
        )
    return target
