"""Bits to numbers: sign, unused bits, and what the numbers mean (modality rescale, window)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from pydicom import Dataset

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.functional import described
from engine.intake.dicom.header import PixelForm
from engine.intake.dicom.numbers import numbers


@dataclass(frozen=True, slots=True)
class Meaning:
    """Real value = stored * slope + intercept (PS3.3 C.11.1), and the window that the file asks for."""

    slope: float
    intercept: float
    window: tuple[float, float] | None


def stored_values(
    samples: Pixels, elements: Elements, form: PixelForm, source: str, *, lossy: bool
) -> tuple[Pixels, tuple[str, ...]]:
    """Reads the stored bits as numbers and looks at the bits that carry none (PS3.5 8.1.1).

    Args:
        samples: any shape, integers as stored or as a codec gave them, or floats.
        elements: the file's.
        form: how they are stored.
        source: the file, for messages.
        lossy: whether a codec may have overshot the stored range.

    Returns:
        The same shape, signed or unsigned as the header says, and notes.

    Raises:
        InputError: IN-PIX-BITS for values that the stored bits cannot hold.
    """
    if form.is_float:
        return samples, ()
    low, high = form.value_range
    values = samples
    if form.signed and samples.dtype.kind == "u":
        values = _with_sign(samples.astype(f"u{max(1, form.bits_allocated // 8)}", copy=False), form)
    least, most = int(values.min()), int(values.max())
    if low <= least and most <= high:
        return values, ()
    if lossy:
        note = f"Lossy overshoot ({least} to {most}) was clamped to the stored range {low} to {high}."
        return np.clip(values, low, high), (note,)
    if _has_overlay_bits(elements):
        return _sign_extended(values, form), ("Overlay bits above the stored bits were cut off.",)
    outside = values[(values < low) | (values > high)]
    if padding := _padding(elements):
        first, last = padding
        if first <= int(outside.min()) and int(outside.max()) <= last:
            named = f"value {first} lies" if first == last else f"values {first} to {last} lie"
            return values, (f"Padding {named} outside the stored bits; kept.",)
    raise InputError(
        "IN-PIX-BITS",
        f"{source} holds values from {least} to {most}; its {form.bits_stored} stored bits allow {low} to {high}.",
        "Export the image again from the archive or scanner.",
    )


def _with_sign(samples: Pixels, form: PixelForm) -> Pixels:
    """Two's complement, whether or not the writer carried the sign into the unused bits.

    Where these bits hold anything else than all zeros or all ones, they are kept, and fall outside the stored range.
    """
    unused = samples.itemsize * 8 - form.bits_stored
    above = samples >> form.bits_stored if unused else np.zeros(1, samples.dtype)
    if ((above == 0) | (above == (1 << unused) - 1)).all():
        return _sign_extended(samples, form)
    return samples.view(np.dtype(f"i{samples.itemsize}"))


def _sign_extended(samples: Pixels, form: PixelForm) -> Pixels:
    """Keeps the stored bits only and gives the bits above them the sign, or zero."""
    shift = samples.itemsize * 8 - form.bits_stored
    kind = np.dtype(f"{'i' if form.signed else 'u'}{samples.itemsize}")
    extended: Pixels = (samples.view(np.dtype(f"u{samples.itemsize}")) << shift).view(kind) >> shift
    return extended


def fits(values: Pixels, form: PixelForm) -> bool:
    """Whether values of the form's dtype lie in its stored range; then they are the stored values as they are."""
    if form.is_float or form.bits_stored == form.bits_allocated:
        return True
    low, high = form.value_range
    return bool(low <= int(values.min()) and int(values.max()) <= high)


def _has_overlay_bits(elements: Elements) -> bool:
    """Whether an overlay lies in the unused bits (retired; Overlay Bit Position 60xx,0102 above 0)."""
    # Elements of repeating groups have no keyword that `Elements` could be asked for.
    return isinstance(elements, Dataset) and any(
        bool(elements.get((group, 0x0102))) and bool(elements[group, 0x0102].value)
        for group in range(0x6000, 0x6020, 2)
    )


def _padding(elements: Elements) -> tuple[int, int] | None:
    """Least and greatest of the values that stand for no measurement (PS3.3 C.7.5.1.1.2)."""
    value = elements.get("PixelPaddingValue")
    limit = elements.get("PixelPaddingRangeLimit")
    if not isinstance(value, int):
        return None
    other = limit if isinstance(limit, int) else value
    return min(value, other), max(value, other)


def meaning(elements: Elements, source: str, frame: int = 0) -> Meaning:
    """Takes rescale and window of a frame from the file, or from its functional groups.

    Raises:
        InputError: IN-DCM-RESCALE for a slope or intercept that is no number, or a slope of 0.
    """
    rescale = described(elements, "PixelValueTransformationSequence", frame)
    slope = (numbers(rescale, "RescaleSlope", source, "IN-DCM-RESCALE") or [1.0])[0]
    intercept = (numbers(rescale, "RescaleIntercept", source, "IN-DCM-RESCALE") or [0.0])[0]
    if not (math.isfinite(slope) and math.isfinite(intercept)) or slope == 0.0:
        raise InputError(
            "IN-DCM-RESCALE",
            f"{source} has rescale slope {slope:g} and intercept {intercept:g}; "
            "wanted are finite numbers, the slope not 0.",
            "Export the image again from the archive or scanner.",
        )
    return Meaning(slope, intercept, _window(described(elements, "FrameVOILUTSequence", frame), source))


def _window(elements: Elements, source: str) -> tuple[float, float] | None:
    """The first of the windows; None where it is missing, no number or without width: no pixel depends on it."""
    centers, widths = (numbers(elements, name, source, None) for name in ("WindowCenter", "WindowWidth"))
    if not (centers and widths and math.isfinite(centers[0]) and math.isfinite(widths[0]) and widths[0] > 0.0):
        return None
    return centers[0], widths[0]
