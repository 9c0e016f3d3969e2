"""The hard domain check: may this model be asked about this scan at all?"""

from __future__ import annotations

from itertools import pairwise

from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.errors import InputError

_ROUNDING = 1e-6
"""Spacings go through decimal text in files; a limit is not missed by the last digit."""


def why_not(card: ModelCard, scan: Scan) -> str | None:
    """The first thing in which a scan differs from what the model was validated on; None if nothing does."""
    for differs in (_form, _size, _spacing, _brightness):
        if mismatch := differs(card, scan):
            return mismatch
    return None


def require_steps(card: ModelCard, scan: Scan, study: Study) -> None:
    """Returns where no two neighbouring slices of a volume lie further apart than the model allows.

    Raises:
        InputError: IN-SER-GAP, naming the slices.
    """
    gap_mm = card.domain.gap_mm
    if gap_mm is None or scan.kind != "volume" or scan.spacing_mm is None:
        return
    # Steps as stored; the even grid of a resampled series no longer shows them.
    places = [where.z_vox for where in scan.slices] or [0.0, 1.0]
    steps_mm = [(after - before) * scan.spacing_mm[0] for before, after in pairwise(places)]
    for number, step_mm in enumerate(steps_mm):
        if step_mm > gap_mm * (1 + _ROUNDING):
            raise InputError(
                "IN-SER-GAP",
                f"{study.source} has a step of {step_mm:.2f} mm between {_slice_names(study, number)}; the limit of "
                f"{card.name} is {gap_mm:g} mm.",
                "Send or export the series with thinner steps, or name a model that allows such steps.",
            )


def _slice_names(study: Study, number: int) -> str:
    if len(study.instances) < number + 2:  # the slices of one file have no names of their own
        return "its slices"
    before, after = study.instances[number : number + 2]
    return f"slice {number + 1} ({before.path}) and slice {number + 2} ({after.path}) of {len(study.instances)}"


def _form(card: ModelCard, scan: Scan) -> str | None:
    domain = card.domain
    if scan.modality not in domain.modalities:
        return f"modality {scan.modality}, the model was validated on {' or '.join(domain.modalities)}"
    if scan.kind not in domain.kinds:
        return f"kind {scan.kind}, the model was validated on {' or '.join(domain.kinds)}"
    if scan.channels != card.input.channels:
        return f"{_colour(scan.channels)} pixels, the model was validated on {_colour(card.input.channels)} ones"
    return None


def _size(card: ModelCard, scan: Scan) -> str | None:
    least, most = card.domain.size_px
    # The number of slices is not a size in this sense: a thin stack of large slices is an ordinary scan.
    height, width = scan.shape[-2:]
    if min(height, width) < least or max(height, width) > most:
        return f"size {width} x {height} pixels, the model was validated on sides of {least} to {most}"
    return None


def _spacing(card: ModelCard, scan: Scan) -> str | None:
    if card.domain.spacing_mm is None:
        return None
    least, most = card.domain.spacing_mm
    limits = f"the model was validated on {least:g} to {most:g} mm"
    if scan.spacing_mm is None:
        return f"no spacing stated, {limits}"
    axes = scan.spacing_mm if len(scan.shape) == 3 else scan.spacing_mm[1:]
    for spacing in axes:
        if not least * (1 - _ROUNDING) <= spacing <= most * (1 + _ROUNDING):
            return f"spacing {spacing:g} mm, {limits}"
    return None


def _brightness(card: ModelCard, scan: Scan) -> str | None:
    if card.domain.brightness is None:
        return None
    least, most = card.domain.brightness
    brightness = float(scan.pixels.mean()) / scan.stored_max
    if not least <= brightness <= most:
        return f"a mean brightness of {brightness:.1%}, the model was validated on {least:.0%} to {most:.0%}"
    return None


def _colour(channels: int) -> str:
    return "grey" if channels == 1 else "colour"
