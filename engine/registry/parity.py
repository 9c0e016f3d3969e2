"""How far a run time is from the reference: the tensors, the network's answers and the regions, each by itself.

Pure comparisons; `engine.registry.prove` runs the golden cases and `engine.registry.verdicts` keeps what came out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from engine.detect.protocol import FloatArray, RawOutput
from engine.domain.model_card import ModelCard
from engine.domain.region import Region
from engine.evaluate.match import overlap

LEAST_IOU = 0.3
"""Regions of one class that overlap by less are not taken for the same place."""


@dataclass(frozen=True, slots=True)
class NetworkGap:
    """Largest differences between two answers to the same tiles.

    Args:
        heat: of a probability in any cell, one for each label of the model.
        box_px: of a face, over the cells from which a box can come: those that either holds for a region.
    """

    heat: tuple[float, ...]
    box_px: float

    def wider(self, other: NetworkGap) -> NetworkGap:
        """The larger of both, field by field."""
        return NetworkGap(tuple(map(largest, self.heat, other.heat)), largest(self.box_px, other.box_px))


@dataclass(frozen=True, slots=True)
class ClassParity:
    """The regions of one class in one case.

    Args:
        label: the class.
        wanted: regions of the reference.
        found: regions of the run time.
        matched: pairs of both that show the same place.
        missing: scores of wanted regions without a pair, those within the score's limit of the threshold left out.
        added: scores of found regions without a pair, likewise.
        score: largest difference of a pair.
        box_px: largest difference of a face of a pair, in pixels or voxels of the study.
    """

    label: str
    wanted: int
    found: int
    matched: int
    missing: tuple[float, ...] = ()
    added: tuple[float, ...] = ()
    score: float = 0.0
    box_px: float = 0.0


@dataclass(frozen=True, slots=True)
class CaseParity:
    """One golden case.

    Args:
        name: of the case.
        prepare: largest difference of a value of the tensors; None where the run time is fed by the CPU kernel, which
            is the definition.
        network: None where there was no reference to ask.
        classes: one for each label of the model.
    """

    name: str
    prepare: float | None
    network: NetworkGap | None
    classes: tuple[ClassParity, ...]

    def differences(self, card: ModelCard) -> tuple[str, ...]:
        """What lies beyond the manifest's limits, one sentence each."""
        limits, said = card.parity, []
        if self.prepare is not None and not self.prepare <= limits.prepare:
            said.append(f"a prepared value differs by {self.prepare:.2g} (limit {limits.prepare:g}).")
        if self.network is not None:
            said += _network_differences(self.network, card)
        for of_class in self.classes:
            said += _class_differences(of_class, card)
        return tuple(f"Golden case {self.name}: {what}" for what in said)


def together(cases: Sequence[CaseParity]) -> CaseParity | None:
    """All cases as one: counts added up, differences the largest of any; None of no case."""
    if not cases:
        return None
    prepared = [case.prepare for case in cases if case.prepare is not None]
    networks = [case.network for case in cases if case.network is not None]
    labels = dict.fromkeys(of_class.label for case in cases for of_class in case.classes)
    return CaseParity(
        name="all",
        prepare=largest(*prepared) if prepared else None,
        network=reduce(NetworkGap.wider, networks) if networks else None,
        classes=tuple(
            _added_up([one for case in cases for one in case.classes if one.label == label]) for label in labels
        ),
    )


def _added_up(classes: Sequence[ClassParity]) -> ClassParity:
    return ClassParity(
        label=classes[0].label,
        wanted=sum(one.wanted for one in classes),
        found=sum(one.found for one in classes),
        matched=sum(one.matched for one in classes),
        missing=tuple(score for one in classes for score in one.missing),
        added=tuple(score for one in classes for score in one.added),
        score=largest(*(one.score for one in classes)),
        box_px=largest(*(one.box_px for one in classes)),
    )


def largest(*differences: float) -> float:
    """The largest, 0 of none; what is no number is larger than everything, where `max` would lose it."""
    return float(np.max(differences, initial=0.0))


def network_gap(reference: RawOutput, other: RawOutput, card: ModelCard) -> NetworkGap:
    """Compares two answers to one batch of tiles.

    Faces are compared where either holds a cell for a region; elsewhere nothing comes of them.
    """
    held = np.maximum(reference.heat, other.heat).max(axis=1) >= card.unsure_threshold
    faces = np.abs(reference.box - other.box).max(axis=1)[held]
    heat = np.abs(reference.heat - other.heat)
    return NetworkGap(
        heat=tuple(float(of_label.max()) for of_label in np.moveaxis(heat, 1, 0)),
        box_px=float(faces.max(initial=0.0)),
    )


def prepare_gap(reference: FloatArray, other: FloatArray) -> float:
    """Largest difference of two batches of tiles; infinite where their shapes differ."""
    return float(np.abs(reference - other).max()) if reference.shape == other.shape else float("inf")


def class_parity(wanted: Sequence[Region], found: Sequence[Region], card: ModelCard) -> tuple[ClassParity, ...]:
    """Pairs the regions of each class and measures the pairs.

    A region that one side has alone counts as missing or added, unless its score is within the limit of the threshold
    from which regions are kept: there the other side may have it just below.
    """
    return tuple(
        _class_parity(
            label,
            [region for region in wanted if region.label == label],
            [region for region in found if region.label == label],
            card,
        )
        for label in sorted({*card.labels, *(region.label for region in (*wanted, *found))})
    )


def _class_parity(label: str, wanted: list[Region], found: list[Region], card: ModelCard) -> ClassParity:
    boxes, others = _boxes(wanted, card), _boxes(found, card)
    pairs = _pairs(boxes, others)
    paired, paired_others = {one for one, _ in pairs}, {other for _, other in pairs}
    surely = card.unsure_threshold + card.parity.score
    scores = [abs(wanted[one].score - found[other].score) for one, other in pairs]
    faces = [float(np.abs(boxes[one] - others[other]).max()) for one, other in pairs]
    return ClassParity(
        label=label,
        wanted=len(wanted),
        found=len(found),
        matched=len(pairs),
        missing=tuple(r.score for i, r in enumerate(wanted) if i not in paired and r.score >= surely),
        added=tuple(r.score for i, r in enumerate(found) if i not in paired_others and r.score >= surely),
        score=largest(*scores),
        box_px=largest(*faces),
    )


def _boxes(regions: list[Region], card: ModelCard) -> NDArray[np.float64]:
    """(n, 2 * dims), low faces and then high faces; a region with another number of faces has an empty box."""
    faces = 2 * len(card.input.tile)
    rows = [region.box_px or region.box_vox or () for region in regions]
    return np.array([row if len(row) == faces else (0.0,) * faces for row in rows], np.float64).reshape(-1, faces)


def _pairs(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs that overlap most, each region in one at most."""
    if not len(boxes) or not len(others):
        return []
    ious = overlap(boxes, others)
    pairs = []
    while ious.max() >= LEAST_IOU:
        one, other = (int(index) for index in np.unravel_index(ious.argmax(), ious.shape))
        pairs.append((one, other))
        ious[one, :], ious[:, other] = -1.0, -1.0
    return pairs


def _network_differences(gap: NetworkGap, card: ModelCard) -> list[str]:
    limits = card.parity
    said = [
        f"the network's probability of '{label}' differs by {heat:.4f} (limit {limits.score:g})."
        for label, heat in zip(card.labels, gap.heat, strict=True)
        if not heat <= limits.score
    ]
    if not gap.box_px <= limits.box_px:
        said.append(f"a face of the network differs by {gap.box_px:.3f} px (limit {limits.box_px:g}).")
    return said


def _class_differences(of_class: ClassParity, card: ModelCard) -> list[str]:
    limits, said = card.parity, []
    for scores, what in ((of_class.missing, "is missing"), (of_class.added, "was not wanted")):
        said += [f"a region of '{of_class.label}' with score {score:.3f} {what}." for score in scores]
    if not of_class.score <= limits.score:
        said.append(f"'{of_class.label}' differs by {of_class.score:.4f} in score (limit {limits.score:g}).")
    if not of_class.box_px <= limits.box_px:
        said.append(f"'{of_class.label}' differs by {of_class.box_px:.3f} px in a face (limit {limits.box_px:g}).")
    return said
