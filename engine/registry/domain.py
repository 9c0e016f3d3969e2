"""The hard domain check: may this model be asked about this scan at all?"""

from __future__ import annotations

from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan

_ROUNDING = 1e-6
"""Spacings go through decimal text in files; a limit is not missed by the last digit."""


def why_not(card: ModelCard, scan: Scan) -> str | None:
    """The first thing in which a scan differs from what the model was validated on; None if nothing does."""
    for mismatch in (_form(card, scan), _size(card, scan), _spacing(card, scan)):
        if mismatch:
            return mismatch
    return None


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


def _colour(channels: int) -> str:
    return "grey" if channels == 1 else "colour"
