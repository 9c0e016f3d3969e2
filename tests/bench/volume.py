"""One CT series from its files to its regions, by the product's own stages: `python -m tests.bench.volume`.

The network has the size of a shipped one and random weights: the time does not depend on what it learned. Its threshold
lets enough through that as many regions as a model keeps are placed and measured.
"""

import argparse
import os
import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from engine.clock import SystemClock
from engine.detect.choose import take_first
from engine.detect.loading import Detectors
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.model_card import DomainSpec, Effort, HeadSpec, InputSpec, ModelCard, ParityLimits
from engine.domain.outcome import Outcome
from engine.intake.find import find
from engine.pipeline import Bench
from engine.prepare.layout import lay_out
from engine.prepare.pool import RowPool
from kernels.warm import warm

SIDE_PX, SPACING_MM = 512, (1.0, 0.7, 0.7)
WIDTHS, BLOCKS, NECK = (16, 32, 64, 96), (1, 2, 1), 48


def main() -> int:
    """Writes the series and the network, answers the series, and prints the stages and the peak of the memory."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        # In a process of its own: what making them takes is no part of the peak.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            graph = apart.submit(_network, options.tile, options.batch, options.stride).result()
            apart.submit(write_series, Path(scratch), options.slices).result()
        card = _card(options)
        warm()
        before_bytes = _peak_bytes()
        with RowPool(options.threads) as pool:
            package = SimpleNamespace(card=card, graph=lambda: graph, names=(), admission=None)
            shelf = SimpleNamespace(choose=lambda *_: package)
            bench = Bench(shelf, Detectors((OnnxCpu(),), take_first, pool.threads), pool, SystemClock())
            (found,) = find([Path(scratch)])
            load = os.getloadavg()[0]
            attempt = bench.attempt(found)
        outcome = attempt.outcome()
        layout = lay_out(attempt.loaded.scan, card.input, card.head.stride, card.effort("full"))
    _print(options, outcome, len(layout.origins), load, before_bytes)
    return 0 if outcome.coverage == 1.0 else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.volume", description=__doc__)
    parser.add_argument("--slices", type=int, default=300)
    parser.add_argument("--tile", type=int, nargs=3, default=(96, 112, 112))
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--stride", type=int, choices=(2, 4), default=4, help="of the network's answer")
    parser.add_argument("--overlap", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--scratch", help="folder for the series, half a megabyte a slice")
    return parser.parse_args()


def _network(tile: tuple[int, ...], batch: int, stride: int) -> bytes:
    import torch  # noqa: PLC0415  # only in the process that makes the network

    from engine.learn.export_onnx import graph_of  # noqa: PLC0415
    from engine.learn.networks import Detector, NetworkShape  # noqa: PLC0415

    torch.manual_seed(1)
    blocks = BLOCKS if stride == 4 else (1, *BLOCKS)
    shape = NetworkShape(3, 1, 1, WIDTHS, blocks, NECK, stride)
    return graph_of(Detector(shape), batch, tuple(tile)).SerializeToString()


def write_series(folder: Path, slices: int) -> None:
    """A body with lungs, noise and bright balls, as uncompressed DICOM slices."""
    from tests.engine.intake.dicom.build import image, stored  # noqa: PLC0415  # pydicom, only in the process that writes

    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    body = ((x - 256) / 230) ** 2 + ((y - 256) / 170) ** 2 < 1
    lungs = ((np.abs(x - 256) - 110) / 85) ** 2 + ((y - 256) / 130) ** 2 < 1
    plane = np.select([lungs, body], [-850, 40], -1000)
    for index in range(slices):
        values = plane + rng.integers(-30, 31, plane.shape)
        radius_px = np.sqrt(max(0.0, 36.0 - (index % 40 - 20) ** 2)) / SPACING_MM[1]
        values[(x - 146) ** 2 + (y - 256) ** 2 < radius_px**2] = 40
        dataset = image(
            values.astype(np.int16),
            Modality="CT",
            SeriesInstanceUID="1.2.3",
            FrameOfReferenceUID="1.2.4",
            SOPInstanceUID=f"1.2.3.{index + 1}",
            InstanceNumber=index + 1,
            PixelSpacing=list(SPACING_MM[1:]),
            SliceThickness=SPACING_MM[0],
            RescaleSlope=1,
            RescaleIntercept=0,
            ImagePositionPatient=[-180.0, -180.0, float(index)],
            ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
        )
        (folder / f"{index:05}.dcm").write_bytes(stored(dataset))


def _card(options: argparse.Namespace) -> ModelCard:
    return ModelCard(
        id="untrained",
        version="1.0.0",
        hash="0" * 64,
        task="takes as long as a trained one",
        input=InputSpec(1, tuple(options.tile), options.batch, (1.0, 1.0, 1.0), -1000.0, 400.0, (0.4,), (0.3,)),
        head=HeadSpec("center", options.stride, 0.3, 100),
        labels=("nodule",),
        threshold=0.5,
        unsure_threshold=0.005,
        efforts=(Effort("full", options.overlap),),
        domain=DomainSpec(("volume",), ("CT",), (64, 1024), (0.5, 3.0)),
        parity=ParityLimits(0.01, 0.5),
        licence="Apache-2.0",
        attribution="made by the tests",
    )


def _print(options: argparse.Namespace, outcome: Outcome, tiles: int, load: float, before_bytes: int) -> None:
    tile = "x".join(map(str, options.tile))
    print(
        f"{options.slices} slices of {SIDE_PX}x{SIDE_PX} int16 at {SPACING_MM} mm, grid 1 mm; {tiles} tiles of {tile}, "
        f"batch {options.batch}, stride {options.stride}, overlap {options.overlap:g}; "
        f"{options.threads} threads, load {load:.2f} before"
    )
    ms = outcome.ms
    sizes = sum(bool(region.measures) for region in outcome.regions)
    print("  read s  prepare s  detect s  merge s  total s  regions  measured  peak GiB (before the study)")
    print(
        f"  {ms.read / 1000:6.2f}  {ms.prepare / 1000:9.2f}  {ms.detect / 1000:8.2f}  {ms.merge / 1000:7.2f}"
        f"  {ms.total / 1000:7.2f}  {len(outcome.regions):7}  {sizes:8}"
        f"  {_peak_bytes() / 2**30:.2f} ({before_bytes / 2**30:.2f})"
    )
    if outcome.reason:
        print(f"  {outcome.reason}")


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    raise SystemExit(main())
