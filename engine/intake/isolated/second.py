"""A second decoder's word on one image: SimpleITK decodes the same bytes, and both must see the same.

Only called in a decoder process: importing SimpleITK takes a fifth of a second, and its codecs are foreign too.
"""

from __future__ import annotations

import importlib
import os
from typing import Any

import numpy as np

from engine.domain.scan import Scan
from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.entry import Entry
from engine.intake.forms import HEAD_BYTES, Form, form_of
from engine.intake.isolated.memory import SharedMemory
from engine.intake.limits import Limits
from engine.intake.read import Loaded
from engine.intake.stored import read_file

_READER_OF: dict[Form, str] = {
    "dicom": "GDCMImageIO",
    "png": "PNGImageIO",
    "jpeg": "JPEGImageIO",
    "tiff": "TIFFImageIO",
}
"""The forms that SimpleITK reads from memory, whatever the name ends in."""

_LOSSY_LEVELS = 2.0
"""Decoders of lossy streams round differently, in the transform and once more in the colours."""

_ROUNDED = 1e-4
"""Of real values, relative: SimpleITK rescales in single precision now and then."""


def compare(loaded: Loaded, entry: Entry, limits: Limits) -> bool:
    """Decodes the one file of a study again.

    Args:
        loaded: what Fovea makes of it.
        entry: the file.
        limits: for reading it.

    Returns:
        Whether SimpleITK reads it, and reads it as what it is.

    Raises:
        InputError: IN-DECODE-DIFFERS.
    """
    scan, stored = loaded.scan, loaded.stored
    other = _decoded_again(entry, limits)
    if other is None:
        return False
    if "constant-frame" in loaded.doubts:
        return _compare_constant(scan, other, entry.source)
    # Frames that differ in their rescale, tables and single bits come out of SimpleITK as something else.
    as_stored = scan.channels == 1 and scan.pixels.dtype == stored.dtype and scan.stored_max > 1
    if not as_stored or stored.dtype.kind not in "iu" or other.size != stored.size:
        return False
    ours = stored * scan.slope + scan.intercept
    other = other.reshape(ours.shape)
    apart = float(np.abs(other - ours).max())
    if scan.photometric == "MONOCHROME1":  # SimpleITK turns some of them over
        apart = min(apart, float(np.abs(scan.stored_max * scan.slope + 2 * scan.intercept - other - ours).max()))
    limit = abs(scan.slope) * _LOSSY_LEVELS if scan.provenance.lossy else _ROUNDED * float(np.abs(ours).max())
    if apart > limit:
        raise _differs(entry.source, scan, f"values up to {apart:g} apart (limit {limit:g})")
    return True


def _compare_constant(scan: Scan, other: Pixels, source: str) -> bool:
    """All values of a frame are equal, so that neither its shape nor a turn matters."""
    first = scan.pixels.reshape(-1, scan.channels)[0] * scan.slope + scan.intercept
    if other.size % scan.channels or (scan.photometric == "RGB" and other.shape[-1] != 3):
        return False
    values = other.reshape(-1, scan.channels)
    limit = max(abs(scan.slope), _ROUNDED * float(np.abs(first).max()))
    least, most = values.min(axis=0), values.max(axis=0)
    if (np.abs(least - first) > limit).any() or (np.abs(most - first) > limit).any():
        raise _differs(source, scan, f"{float(first[0]):g} everywhere, and {least.min():g} to {most.max():g}")
    return True


def _decoded_again(entry: Entry, limits: Limits) -> Pixels | None:
    """The pixels as real values by SimpleITK, float64; None where it does not read the file."""
    data = read_file(entry, limits).data
    reader_name = _READER_OF.get(form_of(data[:HEAD_BYTES]) or "bmp")
    if reader_name is None:
        return None
    sitk = _simpleitk()
    with SharedMemory.of_size(len(data)) as memory:
        memory.write(data, 0)
        reader = sitk.ImageFileReader()
        reader.SetImageIO(reader_name)
        reader.SetFileName(f"/proc/{os.getpid()}/fd/{memory.descriptor}")
        try:
            image = reader.Execute()
        except RuntimeError:  # what it cannot read, it cannot judge
            return None
    return np.array(sitk.GetArrayViewFromImage(image), np.float64)  # a copy: the view ends with the image


def _simpleitk() -> Any:
    sitk: Any = importlib.import_module("SimpleITK")  # a fifth of a second that most processes never need
    sitk.ProcessObject.SetGlobalWarningDisplay(False)
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    return sitk


def _differs(source: str, scan: Scan, how: str) -> InputError:
    return InputError(
        "IN-DECODE-DIFFERS",
        f"{source}: two decoders see different pixels, {scan.provenance.codec} and SimpleITK: {how}.",
        "Export the image again uncompressed, and keep this file for the support of the scanner's maker.",
    )
