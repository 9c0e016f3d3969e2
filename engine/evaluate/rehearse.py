"""Answers the golden cases of a package on this machine, and says where the answers are not as its maker got them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from engine.domain.model_card import ParityLimits
from engine.domain.region import Region
from engine.intake.find import Found
from engine.pipeline import Bench
from engine.registry.contents import open_contents
from engine.registry.golden import INPUTS, GoldenCase, golden_cases, regions_json
from engine.registry.manifest import read_manifest
from engine.registry.package import GOLDEN, GRAPH, MANIFEST, Package
from engine.registry.shelf import Shelf
from engine.registry.sums import format_sums, sha256


def rehearse(package: Package, *, backend: str | None = None, threads: int | None = None) -> tuple[str, ...]:
    """What differs from the golden cases by more than the manifest's parity limits, one sentence each.

    Args:
        package: a package, which need not be on the shelf.
        backend: name of a run time; None takes the best that works here.
        threads: CPU threads; None takes all that this process may use.

    Raises:
        ModelError: the package or a case cannot be read.
        BackendError: the run time does not work here or refuses the graph.
    """
    differences: list[str] = []
    with Bench.open(Shelf((package,)), backend=backend, threads=threads) as bench:
        for case in golden_cases(package):
            differences += [f"Golden case {case.name}: {what}" for what in _answer(bench, package, case)]
    return tuple(differences)


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
    inputs = [
        path
        for path in sorted((source / GOLDEN).glob("*"))
        if path.suffix in INPUTS and not path.with_suffix(".json").exists()
    ]
    if not inputs:
        return ()
    with Bench.open(Shelf((_unpacked(source),))) as bench:
        for image in inputs:
            image.with_suffix(".json").write_text(regions_json(_regions(bench, image)), encoding="utf-8")
    return tuple(image.stem for image in inputs)


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


def _answer(bench: Bench, package: Package, case: GoldenCase) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / f"{case.name}{case.ending}"
        image.write_bytes(case.image)
        found = _regions(bench, image)
    return _compare(case.regions, found, package.card.parity)


def _compare(wanted: tuple[Region, ...], found: tuple[Region, ...], limits: ParityLimits) -> list[str]:
    """Regions are paired in their order: where scores lie closer than the limit, an exchange shows as a difference."""
    if len(wanted) != len(found):
        return [f"{len(found)} regions, wanted {len(wanted)}."]
    differences = []
    for number, (one, other) in enumerate(zip(wanted, found, strict=True), 1):
        box, other_box = (np.array(region.box_px or region.box_vox) for region in (one, other))
        if box.shape != other_box.shape:
            differences.append(f"region {number} has {other_box.size} faces, wanted {box.size}.")
            continue
        face_px = float(np.abs(box - other_box).max())
        if one.label != other.label:
            differences.append(f"region {number} is '{other.label}', wanted '{one.label}'.")
        elif abs(one.score - other.score) > limits.score or face_px > limits.box_px:
            differences.append(
                f"region {number} differs by {abs(one.score - other.score):.4f} in score (limit {limits.score:g}) "
                f"and {face_px:.3f} px in a face (limit {limits.box_px:g})."
            )
    return differences
