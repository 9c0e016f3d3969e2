"""One profile, from a package to its rows: what can be measured here, what with, and all of it measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.detect.choose import VerdictOf
from engine.detect.onnx_int8 import OnnxInt8
from engine.detect.protocol import Backend
from engine.errors import BackendError, UsageError
from engine.evaluate.guard import require_all_unseen
from engine.evaluate.profile.inputs import calibration_images, golden_files, loaded_images, some_of, tiles_of
from engine.evaluate.profile.plan import Plan, Set, Step
from engine.evaluate.profile.result import LeftOut, Profile
from engine.evaluate.profile.run import measure_variants
from engine.evaluate.profile.variants import variants_of
from engine.intake.find import Found
from engine.prepare.pool import RowPool
from engine.registry.package import Package
from kernels.warm import warm

REPEATS = 9
"""As many as a forecast needs before it counts as recorded; see `engine.queue.forecast.ENOUGH`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for.

    Args:
        annotated: the set to measure accuracy on; None times the golden cases alone.
        calibrate: folder of the images that int8 is calibrated on; None takes the golden cases.
        repeats: how often each image is answered for its time.
        modality: of volumes that name none.
        threads: CPU threads; None takes all that this process may use.
    """

    annotated: Set | None = None
    calibrate: Path | None = None
    repeats: int = REPEATS
    modality: str | None = None
    threads: int | None = None


def profile(
    package: Package,
    table: Sequence[Backend],
    verdict_of: VerdictOf,
    wanted: Wanted,
    clock: Clock,
    *,
    on_step: Callable[[Step], None] = lambda _step: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Profile:
    """Measures a model in every way that this machine can answer with it.

    Args:
        package: the model.
        table: every run time and precision, in order of preference; to `onnx-cpu` its int8 is added.
        verdict_of: what the parity check found, which decides what answers.
        wanted: what was asked for.
        clock: the steady clock measures.
        on_step: told after each answer.
        cancelled: asked after each answer; once it says so, what was measured is all there is.

    Raises:
        UsageError: US-TRAINED, the model was trained on an image of the set; US-CALIBRATE, int8 cannot be calibrated
            on these images; US-EVALUATE, the model answers none of the images.
        ModelError: the package cannot be read.
        BackendError: BE-NONE, none of these run times can be measured here.
    """
    warm()
    with RowPool(wanted.threads) as pool, golden_files(package) as golden:
        calibrating = golden if wanted.calibrate is None else calibration_images(wanted.calibrate)
        _require_apart(package, wanted, calibrating)
        int8 = OnnxInt8(tiles_of(calibrating, package.card, pool, wanted.modality))
        on_cpu = any(backend.name == int8.name for backend in table)
        variants, left_out = variants_of(package, (*table, int8) if on_cpu else table, verdict_of)
        if not variants:
            raise _nothing_to_measure(package, left_out)
        annotated = wanted.annotated
        timed = golden if annotated is None else some_of(annotated.truth, annotated.folder)
        plan = Plan(package, variants, timed, wanted.repeats, annotated, wanted.modality)
        found = measure_variants(plan, pool, clock, on_step, cancelled)
        gone = {one.name for one in found.left_out}
        return Profile(
            model=package.card.name,
            model_hash=package.card.hash,
            at=clock.now(),
            threads=pool.threads,
            timed=tuple(image.path.name for image in found.timed),
            source="" if annotated is None else annotated.truth.source,
            reference=found.reference,
            rows=tuple(found.row(variant) for variant in variants if variant.name not in gone),
            left_out=(*left_out, *_joined(found.left_out)),
            complete=found.complete,
            timings=tuple(timing for variant in variants if variant.answers for timing in found.timings[variant.name]),
        )


def _nothing_to_measure(package: Package, left_out: Sequence[LeftOut]) -> BackendError:
    reasons = "; ".join(f"{one.name}: {one.reason}" for one in left_out)
    return BackendError(
        "BE-NONE",
        f"No run time can be measured with {package.card.name} here: {reasons or 'only the reference was named'}.",
        "Leave --backend out.",
    )


def _joined(left_out: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """Once, what no effort could be measured of for one reason."""
    reasons = dict.fromkeys(one.reason for one in left_out)
    return tuple(LeftOut(", ".join(one.name for one in left_out if one.reason == why), why) for why in reasons)


def _require_apart(package: Package, wanted: Wanted, calibrating: Sequence[Found]) -> None:
    """Neither the model nor its scales may know the images that its accuracy is measured on."""
    if wanted.annotated is None:
        return
    truth, folder = wanted.annotated.truth, wanted.annotated.folder
    measured = require_all_unseen(package, truth, folder, wanted.modality)
    for loaded in loaded_images(calibrating, wanted.modality):
        if loaded.study.content_hash in measured:
            raise UsageError(
                "US-CALIBRATE",
                f"{loaded.study.source} is among the {len(truth.images)} images of {truth.source}: calibrated on it, "
                "the figures of int8 would flatter.",
                "Calibrate on other images, as those that the model was trained on.",
            )
