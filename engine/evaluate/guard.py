"""What an evaluation must not do, and what so few images cannot show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.domain.model_card import ModelCard
from engine.errors import FoveaError, UsageError
from engine.evaluate.match import ImageCase
from engine.evaluate.truth import Truth, TruthImage
from engine.intake.find import find_one
from engine.intake.read import Loaded, read_study
from engine.registry.package import Package
from engine.registry.trained import trained_on

LEAST_GROUPS = 10
"""Groups from which a percentile bootstrap begins to have its stated coverage; with fewer it is too narrow."""

LEAST_FINDINGS = 20
"""Findings from which one more or less found moves the sensitivity by 0.05 at most."""

LEAST_CLEAN = 60
"""Images without findings of which none is marked, so that the share may still be 0.05 (95 %, one-sided)."""


def require_unseen(card: ModelCard, trained: frozenset[str] | None, image: TruthImage, loaded: Loaded | None) -> None:
    """Lets an image through that the model was not trained on, as far as its package says.

    Raises:
        UsageError: US-TRAINED.
    """
    if trained and loaded is not None and loaded.study.content_hash in trained:
        raise UsageError(
            "US-TRAINED",
            f"{card.name} was trained on {image.file_name}, or chosen by it: figures of it would flatter.",
            "Take the images that it was trained on off the set.",
        )


def require_all_unseen(package: Package, truth: Truth, folder: Path, modality: str | None = None) -> frozenset[str]:
    """The same of a whole set before anything of it is answered; returns the content hashes of what can be read.

    Args:
        package: the model.
        truth: what is annotated.
        folder: what its file names are relative to.
        modality: of volumes that name none.

    Raises:
        UsageError: US-TRAINED.
        ModelError: MD-TRAINED.
    """
    trained = trained_on(package)
    seen = set()
    for image in truth.images:
        try:
            loaded = read_study(find_one(folder / image.file_name), modality=modality)
        except FoveaError:  # answering it will say what is wrong with it
            continue
        require_unseen(package.card, trained, image, loaded)
        seen.add(loaded.study.content_hash)
    return frozenset(seen)


def cautions(cases: Sequence[ImageCase], noun: str, *, known_trained: bool) -> tuple[str, ...]:
    """What the figures of one label do not show, in words; nothing where the set is large enough.

    Args:
        cases: one label's.
        noun: what an image of the set is called.
        known_trained: the package says what it was trained on.
    """
    groups = len({case.group for case in cases})
    findings = sum(int((~case.crowd).sum()) for case in cases)
    clean = sum(1 for case in cases if not (~case.crowd).any())
    said = []
    if groups < LEAST_GROUPS:
        said.append(f"{groups} groups are fewer than the {LEAST_GROUPS} that an interval needs: it is too narrow.")
    if not findings:
        said.append(f"Sensitivity is not measured: no {noun} of the set has a finding.")
    elif findings < LEAST_FINDINGS:
        said.append(
            f"{findings} findings are fewer than {LEAST_FINDINGS}: one more or less moves the sensitivity a lot."
        )
    if not clean:
        said.append(f"False alarms on {noun}s without findings are not measured: the set has none.")
    elif clean < LEAST_CLEAN:
        said.append(f"{clean} {noun}s without findings cannot show that fewer than 5 % of them are marked.")
    if not known_trained:
        said.append(
            f"The package does not say what it was trained on: whether these {noun}s are among it is not checked."
        )
    return tuple(said)
