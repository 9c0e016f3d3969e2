"""The parity check: a run time answers the golden cases of a package, and each stage is compared by itself.

Tensors that a device made are compared with those of the CPU kernel, the network's answers with those of the reference
to the same tensors, and the regions with those that the package was packed with.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from engine.budget import Budget
from engine.clock import Clock, SystemClock
from engine.detect.look import StandIn, look
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.place import place
from engine.detect.protocol import Backend, Detector, FloatArray, PreparesTiles
from engine.detect.torch_reference import TorchReference
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, FoveaError
from engine.intake.find import find_one
from engine.intake.read import Loaded, read_study
from engine.prepare.layout import Layout, lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.program import program_version
from engine.registry.domain import require_steps
from engine.registry.golden import GoldenCase, golden_cases
from engine.registry.package import Package
from engine.registry.parity import CaseParity, NetworkGap, class_parity, largest, network_gap, prepare_gap
from engine.registry.shelf import Shelf
from engine.registry.verdicts import FigurePair, Verdict, Verdicts
from engine.stopwatch import Stopwatch

_log = logging.getLogger(__name__)

MOST_BATCHES = 8
"""Batches of a case whose tensors and raw answers are compared, spread evenly; the regions come from all of them."""


def prove(
    package: Package,
    backend: Backend,
    *,
    threads: int | None = None,
    clock: Clock | None = None,
    figures: Sequence[FigurePair] = (),
) -> Verdict:
    """Runs the check.

    Args:
        package: the model; it need not be on the shelf.
        backend: what to check.
        threads: CPU threads; None takes all that this process may use.
        clock: says when; replaceable in tests.
        figures: measured on annotated images, to be kept with the verdict.

    Raises:
        ModelError: the package or a case cannot be read.
        BackendError: the run time could not answer, which says nothing about its answers.
        FoveaError: an input of a case is refused, or is not what the model was made for.
    """
    clock = clock or SystemClock()
    card = package.card
    with RowPool(threads) as pool, ExitStack() as opened:
        detector = opened.enter_context(closing(backend.load(package.graph(), card, pool.threads)))
        torch = _loaded_reference(TorchReference(), backend, package, pool.threads, opened)
        other = None if torch else _loaded_reference(OnnxCpu(), backend, package, pool.threads, opened)
        check = _Check(package, detector, torch, other, pool, clock)
        compared = [check.of(case) for case in golden_cases(package)]
    cases = tuple(case for case, _ in compared)
    return Verdict(
        model=card.name,
        model_hash=card.hash,
        backend=backend.name,
        precision=backend.precision,
        identity=backend.identity(),
        program=program_version(),
        reference=", ".join(dict.fromkeys(asked for _, asked in compared if asked)),
        at=clock.now(),
        cases=cases,
        differences=tuple(what for case in cases for what in case.differences(card)),
        figures=tuple(figures),
    )


def prove_and_keep(
    package: Package,
    backend: Backend,
    verdicts: Verdicts,
    *,
    threads: int | None = None,
    figures: Sequence[FigurePair] | None = None,
) -> Verdict:
    """Runs the check and keeps what it found; as `prove`.

    Args:
        package: the model.
        backend: what to check.
        verdicts: where it is kept.
        threads: as `prove`.
        figures: as `prove`; None keeps those that were measured before.

    Raises:
        StoreError: ST-VERDICT, the home cannot be written; and as `prove`.
    """
    if figures is None:
        before = verdicts.of(package.card, backend)
        figures = before.figures if before else ()
    verdict = prove(package, backend, threads=threads, figures=figures)
    verdicts.keep(package.card, backend, verdict)
    return verdict


def prove_missing(
    packages: Sequence[Package], candidates: Sequence[Backend], verdicts: Verdicts, threads: int | None = None
) -> None:
    """Checks what was not checked as it is now: after an installation, a new plan, driver or program.

    What cannot be checked stays without a verdict; the others are checked all the same. A lower precision is left out:
    it waits for figures, which only annotated images give.
    """
    for package in packages:
        for backend in candidates:
            if backend.precision != "fp32" or verdicts.of(package.card, backend) is not None:
                continue
            try:
                if backend.why_not_yet(package.card) is None:
                    _log.info("Comparing %s with the reference on %s", package.card.name, backend.identity())
                    prove_and_keep(package, backend, verdicts, threads=threads)
            except FoveaError as error:
                _log.warning("%s could not be checked on %s: %s", package.card.name, backend.name, error)


def stored_tiles(card: ModelCard, loaded: Loaded, layout: Layout, pool: RowPool) -> FloatArray:
    """The batch of a case whose answers a package may store: the middle one, as it is."""
    starts = range(0, len(layout.origins), card.input.batch)
    start = starts[len(starts) // 2]
    maker = TileMaker(loaded.scan, card.input, layout, pool)
    return maker.make(layout.origins[start : start + card.input.batch])


def laid_out(card: ModelCard, loaded: Loaded) -> Layout:
    """The tiles of a case, as the pipeline lays them."""
    return lay_out(loaded.scan, card.input, card.head.stride, card.effort("full"))


def _loaded_reference(
    reference: Backend, checked: Backend, package: Package, threads: int, opened: ExitStack
) -> Detector | None:
    """The reference, unless it does not work here, does not know the graph or is what is to be checked."""
    if reference.name == checked.name or reference.why_not() is not None:
        return None
    try:
        detector = reference.load(package.graph(), package.card, threads)
    except BackendError:  # torch knows fewer operators than the others
        return None
    return opened.enter_context(closing(detector))


@dataclass(frozen=True, slots=True, eq=False)
class _Check:
    """One run time beside the references, ready for any case.

    Args:
        package: the model.
        detector: what is checked.
        torch: the reference; None where it is not installed, or is what is checked.
        other: asked where there is neither torch nor a stored answer; None where it is what is checked.
        pool: threads.
        clock: of the stages.
    """

    package: Package
    detector: Detector
    torch: Detector | None
    other: Detector | None
    pool: RowPool
    clock: Clock

    def of(self, case: GoldenCase) -> tuple[CaseParity, str]:
        """Answers a case, as the pipeline answers a study; also says what the network was compared with."""
        card = self.package.card
        loaded = _read(case)
        Shelf((self.package,)).choose(loaded.scan)
        require_steps(card, loaded.scan, loaded.study)
        layout = laid_out(card, loaded)
        prepare, network, asked = self._stages(case, loaded, layout)
        looked = look(
            loaded.scan, card, layout, self.detector, self.pool, Budget(clock=self.clock), Stopwatch(self.clock)
        )
        if isinstance(looked, StandIn):  # the CPU's answer says nothing of the device that is checked
            raise BackendError(
                "BE-RUN",
                f"{self.detector.backend} could not answer golden case {case.name} by itself: {looked.doubt}.",
                "Close other programs that use the GPU and check again.",
            )
        found = place(looked.candidates, card, layout, loaded.scan, loaded.study)
        return CaseParity(case.name, prepare, network, class_parity(case.regions, found, card)), asked

    def _stages(self, case: GoldenCase, loaded: Loaded, layout: Layout) -> tuple[float | None, NetworkGap | None, str]:
        """How far the tensors and the network's answers are off in some of the batches, the worst of them."""
        card = self.package.card
        maker = TileMaker(loaded.scan, card.input, layout, self.pool)
        reference = self.torch or (self.other if case.network is None else None)
        prepared: list[float] = []
        networks: list[NetworkGap] = []
        for origins in _spread(layout, card.input.batch):
            tiles = maker.make(origins)
            if isinstance(self.detector, PreparesTiles):
                prepared.append(prepare_gap(tiles, self.detector.prepared(loaded.scan, layout, origins)))
            if reference is not None:
                networks.append(network_gap(reference.run(tiles), self.detector.run(tiles), card))
        if reference is None and case.network is not None:
            tiles = stored_tiles(card, loaded, layout, self.pool)
            networks.append(network_gap(case.network, self.detector.run(tiles), card))
        return (
            largest(*prepared) if prepared else None,
            reduce(NetworkGap.wider, networks) if networks else None,
            reference.backend if reference else "the answers stored in the package" if networks else "",
        )


def _spread(layout: Layout, batch: int) -> list[tuple[tuple[int, ...], ...]]:
    """Corners of the tiles of at most `MOST_BATCHES` batches, from the first to the last."""
    starts = range(0, len(layout.origins), batch)
    chosen = {starts[number * (len(starts) - 1) // (MOST_BATCHES - 1)] for number in range(MOST_BATCHES)}
    return [layout.origins[start : start + batch] for start in sorted(chosen)]


def _read(case: GoldenCase) -> Loaded:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / f"{case.name}{case.ending}"
        image.write_bytes(case.image)
        return read_study(find_one(image))
