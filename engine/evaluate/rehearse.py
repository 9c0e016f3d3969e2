"""Answers the golden inputs of a model that is being packed; `engine.registry.prove` holds run times against them."""

from __future__ import annotations

from pathlib import Path

from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.torch_reference import TorchReference
from engine.domain.region import Region
from engine.errors import BackendError
from engine.intake.find import Found, find_one
from engine.intake.read import read_study
from engine.pipeline import Bench
from engine.prepare.pool import RowPool
from engine.registry.contents import open_contents
from engine.registry.golden import INPUTS, NETWORK, network_bytes, regions_json
from engine.registry.manifest import read_manifest
from engine.registry.package import GOLDEN, GRAPH, MANIFEST, Package
from engine.registry.prove import laid_out, stored_tiles
from engine.registry.shelf import Shelf
from engine.registry.sums import format_sums, sha256


def complete_golden(source: Path) -> tuple[str, ...]:
    """Answers the golden inputs of an unpacked model that have no answer yet, and writes the answers beside them.

    Args:
        source: a folder with manifest.toml, model.onnx and golden/*.png or golden/*.mha.

    Returns:
        The names of the cases that were answered.

    Raises:
        ModelError: the manifest or the graph cannot be used.
        FoveaError: an input was not answered in full.
    """
    inputs = [image for image in _inputs(source) if not image.with_suffix(".json").exists()]
    if not inputs:
        return ()
    # The same run time on every maker's machine, whatever GPU it has: its answers are what others are held against.
    with Bench.open(Shelf((_unpacked(source),)), backend=OnnxCpu.name) as bench:
        for image in inputs:
            image.with_suffix(".json").write_text(regions_json(_regions(bench, image)), encoding="utf-8")
    return tuple(image.stem for image in inputs)


def store_reference(source: Path) -> tuple[str, ...]:
    """Writes what torch answers to a batch of each golden input beside it, for machines that have no torch.

    Args:
        source: as `complete_golden`.

    Returns:
        The names of the cases that had no such answer; none where torch is not installed or does not know the graph.

    Raises:
        ModelError: the manifest or the graph cannot be used.
        InputError: an input cannot be read.
    """
    reference = TorchReference()
    inputs = [image for image in _inputs(source) if not image.with_suffix(NETWORK).exists()]
    if not inputs or reference.why_not() is not None:
        return ()
    package = _unpacked(source)
    with RowPool() as pool:
        try:
            detector = reference.load(package.graph(), package.card, pool.threads)
        except BackendError:
            return ()
        for image in inputs:
            loaded = read_study(find_one(image))
            tiles = stored_tiles(package.card, loaded, laid_out(package.card, loaded), pool)
            image.with_suffix(NETWORK).write_bytes(network_bytes(detector.run(tiles)))
    return tuple(image.stem for image in inputs)


def _inputs(source: Path) -> list[Path]:
    return [path for path in sorted((source / GOLDEN).glob("*")) if path.suffix in INPUTS]


def _unpacked(source: Path) -> Package:
    """The model of a folder as a package that was never summed up."""
    contents = open_contents(source)
    sums = {name: sha256(contents.read(name)) for name in (MANIFEST, GRAPH)}
    stated = format_sums(sums)
    return Package(source, read_manifest(contents.read(MANIFEST).decode(), sha256(stated)), stated, sums, contents)


def _regions(bench: Bench, image: Path) -> tuple[Region, ...]:
    attempt = bench.attempt(Found(str(image), image))
    if attempt.stopped_by is not None:
        raise attempt.stopped_by
    return attempt.regions
