"""Samples to grey or RGB: luminance and chrominance, palettes and modality lookup tables."""

from __future__ import annotations

import numpy as np
from pydicom import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, convert_color_space

from engine.errors import InputError
from engine.intake.decoded import Pixels
from engine.intake.dicom.header import PixelForm


def to_rgb(samples: Pixels, form: PixelForm, source: str) -> Pixels:
    """Converts uncompressed or losslessly stored YBR_FULL to RGB (PS3.3 C.7.6.3.1.2).

    Args:
        samples: (rows, columns, 3) in the photometric interpretation of the header.
        form: how they are stored.
        source: the file, for messages.

    Raises:
        InputError: IN-DCM-COLOUR where more than 8 bits are stored.
    """
    if form.bits_stored != 8:
        raise InputError(
            "IN-DCM-COLOUR",
            f"{source} is {form.photometric} with {form.bits_stored} bits; this conversion is defined for 8.",
            "Export the image as RGB.",
        )
    return convert_color_space(np.ascontiguousarray(samples), "YBR_FULL", "RGB")


def through_palette(indices: Pixels, dataset: Dataset) -> Pixels:
    """Looks up the colours of a PALETTE COLOR image (PS3.3 C.7.6.3.1.5).

    Args:
        indices: (rows, columns) integers.
        dataset: holds the three tables, plain or segmented.

    Returns:
        (rows, columns, 3) uint8 or uint16.
    """
    return apply_color_lut(np.ascontiguousarray(indices), dataset)


def through_modality_table(values: Pixels, dataset: Dataset) -> Pixels:
    """Looks up real values in the Modality LUT Sequence (PS3.3 C.11.1); they need no rescale afterwards."""
    return apply_modality_lut(np.ascontiguousarray(values), dataset)
