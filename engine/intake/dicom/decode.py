"""One DICOM image: read -> describe -> decompress -> number -> colour, each stage in a file of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pydicom
from pydicom import Dataset
from pydicom.uid import UID

from engine.domain.scan import Photometric
from engine.errors import InputError
from engine.intake.decoded import Decoded, Facts, Pixels
from engine.intake.dicom.codecs import CODEC, CODECS
from engine.intake.dicom.colour import through_modality_table, through_palette, to_rgb
from engine.intake.dicom.frame import encapsulated_frame, native_pixels
from engine.intake.dicom.geometry import geometry
from engine.intake.dicom.header import PixelForm, parse, pixel_form
from engine.intake.dicom.stream import unlike_header
from engine.intake.dicom.values import meaning, stored_values
from engine.intake.guard import decoding
from engine.intake.limits import Limits
from engine.intake.narrow import narrow
from engine.intake.text import shortened

_PYDICOM = f"pydicom {pydicom.__version__}"

_CODE_STRING = re.compile(r"[A-Z0-9_ ]{1,16}")
_UID = re.compile(r"[0-9.]{1,64}")
"""Value representations CS and UI (PS3.5 6.2)."""

_NATIVE = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"})


def read_dicom(data: bytes, source: str, limits: Limits) -> Decoded:
    """Reads a DICOM file that holds a single image.

    Raises:
        InputError: one of IN-DCM-..., IN-PIX-BITS, IN-PIX-SIZE, IN-FILE-SIZE or IN-DECODE.
    """
    with decoding(_PYDICOM, source) as notes:
        dataset = parse(data, source, limits)
        form = pixel_form(dataset, source, limits)
    with decoding(f"{_PYDICOM}, {CODEC}", source) as more_notes:
        frame = _decompressed(dataset, form, source)
        stored, value_notes = stored_values(frame.samples, dataset, form, source, lossy=frame.lossy)
        shown = _shown(stored, dataset, form)
        pixels, narrow_notes = narrow(shown.pixels)
        facts, fact_notes = _facts(dataset, source, looked_up=shown.looked_up)
        lossy = frame.lossy or str(dataset.get("LossyImageCompression", "")) == "01"
    return Decoded(
        pixels=pixels,
        stored=stored,
        photometric=shown.photometric,
        stored_max=shown.stored_max,
        codec=f"{_PYDICOM}, {frame.codec}",
        repairs=(*value_notes, *narrow_notes, *fact_notes, *notes, *more_notes),
        lossy=lossy,
        facts=facts,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """Samples as they leave the codec; colour is RGB already."""

    samples: Pixels
    codec: str
    lossy: bool = False


def _decompressed(dataset: Dataset, form: PixelForm, source: str) -> _Frame:
    if form.syntax in _NATIVE:
        samples = native_pixels(dataset, form, source)
        if form.photometric.startswith("YBR"):
            samples = to_rgb(samples, form, source)
        return _Frame(samples, "uncompressed")
    codec = CODECS.get(form.syntax)
    if codec is None or form.is_float or form.bits_allocated == 1:
        raise InputError(
            "IN-DCM-SYNTAX",
            f"{source} is stored as {shortened(UID(form.syntax).name, 64)} (0002,0010), which is not read.",
            "Export the image uncompressed or as JPEG, JPEG-LS, JPEG 2000 or RLE.",
        )
    samples = codec.decode(encapsulated_frame(dataset.PixelData, source), form, source)
    if samples.shape != ((form.rows, form.columns) if form.samples == 1 else (form.rows, form.columns, 3)):
        raise unlike_header(source, f"{samples.shape}", f"{form.rows} x {form.columns} x {form.samples}")
    if form.photometric.startswith("YBR") and not codec.gives_rgb:
        samples = to_rgb(samples, form, source)
    return _Frame(samples, f"{CODEC} ({codec.name})", codec.lossy)


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Values or colours as a Scan holds them.

    Args:
        looked_up: a modality table has already given real values.
    """

    pixels: Pixels
    photometric: Photometric
    stored_max: float
    looked_up: bool = False


def _shown(stored: Pixels, dataset: Dataset, form: PixelForm) -> _Shown:
    stored_max = 1.0 if form.is_float else float(form.value_range[1])
    if form.photometric == "PALETTE COLOR":
        colours, stored_max = through_palette(stored, dataset)
        return _Shown(colours, "RGB", stored_max)
    if form.samples == 3:
        return _Shown(stored, "RGB", stored_max)
    grey: Photometric = "MONOCHROME1" if form.photometric == "MONOCHROME1" else "MONOCHROME2"
    if dataset.get("ModalityLUTSequence"):
        values = through_modality_table(stored, dataset)
        return _Shown(values, grey, float(np.iinfo(values.dtype).max), looked_up=True)
    return _Shown(stored, grey, stored_max)


def _facts(dataset: Dataset, source: str, *, looked_up: bool) -> tuple[Facts, tuple[str, ...]]:
    modality = str(dataset.get("Modality") or "").strip()
    notes: tuple[str, ...] = ()
    named = _CODE_STRING.fullmatch(modality) is not None
    if not named:
        modality, notes = "OT", ("No valid modality (0008,0060) is stated; taken as OT, other.",)
    means = meaning(dataset, source)
    place = geometry(dataset, source)
    uid = str(dataset.get("SOPInstanceUID") or "")
    facts = Facts(
        kind="image",
        modality=modality,
        names_modality=named,
        sop_uid=uid if _UID.fullmatch(uid) else None,
        slope=1.0 if looked_up else means.slope,
        intercept=0.0 if looked_up else means.intercept,
        window=means.window,
        spacing_mm=place.spacing_mm,
        origin_mm=place.origin_mm,
        direction=place.direction,
    )
    return facts, (*notes, *place.notes)
