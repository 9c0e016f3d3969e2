"""Stored values to what a Scan holds: a palette becomes colour, a modality table real values, numbers grow narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from pydicom import Dataset

from engine.domain.scan import Photometric
from engine.intake.decoded import Pixels
from engine.intake.dicom.colour import through_modality_table, through_palette
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.header import PixelForm
from engine.intake.dicom.values import Meaning
from engine.intake.narrow import narrow


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Values or colours as a Scan holds them.

    Args:
        pixels: (frames, rows, columns) or (frames, rows, columns, 3); uint8, uint16, int16 or float32.
        photometric: what they mean.
        stored_max: largest value that the stored form can hold.
        slope: of all frames; real value = stored * slope + intercept.
        intercept: of all frames.
        notes: what was put right, one sentence each.
    """

    pixels: Pixels
    photometric: Photometric
    stored_max: float
    slope: float
    intercept: float
    notes: tuple[str, ...] = ()


def shown(stored: Pixels, elements: Elements, form: PixelForm, means: Sequence[Meaning]) -> Shown:
    """Applies what stands between stored values and a Scan.

    Args:
        stored: (frames, rows, columns) or (frames, rows, columns, 3).
        elements: the file's, with its tables.
        form: how the values are stored.
        means: of each frame.
    """
    stored_max = 1.0 if form.is_float else float(form.value_range[1])
    if form.photometric == "PALETTE COLOR":
        colours = _each(stored, lambda frame: through_palette(frame, _tables(elements)))
        return _narrowed(colours, "RGB", float(np.iinfo(colours.dtype).max))
    if form.samples == 3:
        return _narrowed(stored, "RGB", stored_max)
    grey: Photometric = "MONOCHROME1" if form.photometric == "MONOCHROME1" else "MONOCHROME2"
    if elements.get("ModalityLUTSequence"):
        values = _each(stored, lambda frame: through_modality_table(frame, _tables(elements)))
        return _narrowed(values, grey, float(np.iinfo(values.dtype).max))
    if differ(means):
        return _real(stored, grey, stored_max, means)
    return _narrowed(stored, grey, stored_max, means[0])


def differ(means: Sequence[Meaning]) -> bool:
    """Whether the frames have no rescale in common, so that they can only be shown as real values, 4 bytes each."""
    return len({(mean.slope, mean.intercept) for mean in means}) > 1


def _narrowed(pixels: Pixels, photometric: Photometric, stored_max: float, mean: Meaning | None = None) -> Shown:
    narrowed, notes = narrow(pixels)
    slope, intercept = (mean.slope, mean.intercept) if mean else (1.0, 0.0)
    return Shown(narrowed, photometric, stored_max, slope, intercept, notes)


def _real(stored: Pixels, photometric: Photometric, stored_max: float, means: Sequence[Meaning]) -> Shown:
    """Frames whose rescale differs share no stored values: they are turned into real ones."""
    values = np.empty(stored.shape, np.float32)
    for number, (frame, mean) in enumerate(zip(stored, means, strict=True)):
        values[number] = frame * mean.slope + mean.intercept
    note = "Rescale slope and intercept differ between frames; all were turned into real values."
    return Shown(values, photometric, stored_max, 1.0, 0.0, (note,))


def _each(stored: Pixels, look_up: Callable[[Pixels], Pixels]) -> Pixels:
    """Looks frame by frame into one array."""
    first = look_up(stored[0])
    values = np.empty((len(stored), *first.shape), first.dtype)
    values[0] = first
    for number, frame in enumerate(stored[1:], start=1):
        values[number] = look_up(frame)
    return values


def _tables(elements: Elements) -> Dataset:
    """The elements as pydicom's lookup wants them; the walk of plain headers leaves files with tables to pydicom."""
    return cast("Dataset", elements)
