"""One DICOM file: open -> describe -> decompress -> number -> colour, each stage in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pydicom

from engine.domain.exam import Exam
from engine.errors import InputError
from engine.intake.decoded import Decoded, Facts
from engine.intake.dicom.codecs import CODEC
from engine.intake.dicom.elements import Elements
from engine.intake.dicom.exam import EXAM_KEYWORDS, exam_of
from engine.intake.dicom.frames import FrameFacts, frame_facts
from engine.intake.dicom.header import pixel_form
from engine.intake.dicom.opened import Opened, open_dicom
from engine.intake.dicom.pixels import stored_pixels
from engine.intake.dicom.shown import Shown, differ, shown
from engine.intake.dicom.walk import walk
from engine.intake.guard import decoding
from engine.intake.limits import Limits

_PYDICOM = f"pydicom {pydicom.__version__}"

_ASKED = (
    "SOPInstanceUID", "Modality", "NumberOfFrames", "Rows", "Columns", "SamplesPerPixel", "PhotometricInterpretation",
    "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PlanarConfiguration", "PixelPaddingValue",
    "PixelPaddingRangeLimit", "PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing", "SliceThickness",
    "ImagePositionPatient", "ImageOrientationPatient", "RescaleSlope", "RescaleIntercept", "WindowCenter",
    "WindowWidth", "LossyImageCompression", "ModalityLUTSequence", "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence",
)  # fmt: skip
_ASKED_WITH_EXAM = (*_ASKED, *EXAM_KEYWORDS)
"""All elements that a single image without tables is asked for."""

_CODE_STRING = re.compile(r"[A-Z0-9_ ]{1,16}")
_UID = re.compile(r"[0-9.]{1,64}")
"""Value representations CS and UI (PS3.5 6.2)."""


def read_dicom(data: bytes, source: str, limits: Limits, *, exam: bool = True) -> Decoded:
    """Reads a DICOM file; several frames as a stack in the file's order. For the arguments see `read_frames`.

    Raises:
        InputError: one of IN-DCM-..., IN-PIX-BITS, IN-PIX-SIZE, IN-FILE-SIZE or IN-DECODE.
    """
    return read_frames(data, source, limits, exam=exam)[0]


def read_frames(
    data: bytes, source: str, limits: Limits, *, exam: bool = True
) -> tuple[Decoded, tuple[FrameFacts, ...]]:
    """Reads a DICOM file, and what it says of each of its frames.

    Args:
        data: the file.
        source: its name, for messages.
        limits: that it is held against.
        exam: take patient and exam too; a slice among many has no need of them.

    Raises:
        InputError: as `read_dicom`.
    """
    plain = _plain(data, exam=exam)
    if plain is not None:
        try:
            return _read(lambda: plain, source, limits, exam=exam)
        except InputError:
            pass  # pydicom has the last word on what the walk opened and cannot be read
    return _read(lambda: open_dicom(data, source, limits), source, limits, exam=exam)


def _plain(data: bytes, *, exam: bool) -> Opened | None:
    """Opens a single image without tables by the fast walk of its header; None for every other file."""
    walked = walk(data, _ASKED_WITH_EXAM if exam else _ASKED, whole=True)
    if walked is None or walked.pixels is None:
        return None
    single = (walked.get("NumberOfFrames") or 1) == 1
    if not single or walked.get("PhotometricInterpretation") == "PALETTE COLOR":
        return None
    return Opened(walked, walked.syntax, data, walked.pixels)


def _read(
    open_file: Callable[[], Opened], source: str, limits: Limits, *, exam: bool
) -> tuple[Decoded, tuple[FrameFacts, ...]]:
    with decoding(_PYDICOM, source) as notes:
        file = open_file()
        form = pixel_form(file, source, limits)
        frames = frame_facts(file.elements, form, source)
        means = [frame.means for frame in frames]
        if differ(means):
            limits.check_volume(source, (form.frames, form.rows, form.columns), np.dtype(np.float32).itemsize)
    with decoding(f"{_PYDICOM}, {CODEC}", source) as more_notes:
        stored = stored_pixels(file, form, source)
        seen = shown(stored.values, file.elements, form, means)
        known = exam_of(file.elements) if exam else None
        facts, fact_notes = _facts(file.elements, frames, seen, known)
        lossy = stored.lossy or str(file.elements.get("LossyImageCompression", "")) == "01"
    single = form.frames == 1
    decoded = Decoded(
        pixels=seen.pixels[0] if single else seen.pixels,
        stored=stored.values[0] if single else stored.values,
        photometric=seen.photometric,
        stored_max=seen.stored_max,
        codec=f"{_PYDICOM}, {stored.codec}",
        repairs=(*file.notes, *stored.notes, *seen.notes, *fact_notes, *notes, *more_notes),
        lossy=lossy,
        facts=facts,
    )
    return decoded, frames


def _facts(
    elements: Elements, frames: Sequence[FrameFacts], seen: Shown, exam: Exam | None
) -> tuple[Facts, tuple[str, ...]]:
    """What holds for all frames. Where they differ the place is that of the first; window and spacing are none."""
    modality = str(elements.get("Modality") or "").strip()
    notes: tuple[str, ...] = ()
    named = _CODE_STRING.fullmatch(modality) is not None
    if not named:
        modality, notes = "OT", ("No valid modality (0008,0060) is stated; taken as OT, other.",)
    place = frames[0].plane
    uid = str(elements.get("SOPInstanceUID") or "")
    facts = Facts(
        kind="image" if len(frames) == 1 else "stack",
        modality=modality,
        names_modality=named,
        sop_uid=uid if _UID.fullmatch(uid) else None,
        slope=seen.slope,
        intercept=seen.intercept,
        window=frames[0].means.window if len({frame.means.window for frame in frames}) == 1 else None,
        spacing_mm=place.spacing_mm if len({frame.plane.spacing_mm for frame in frames}) == 1 else None,
        origin_mm=place.origin_mm,
        direction=place.direction,
        oriented=place.oriented,
        exam=exam,
    )
    return facts, (*notes, *place.notes)
