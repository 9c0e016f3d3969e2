"""What `fovea inspect` says of one study: found, judged, and not yet looked at by any detector."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.errors import FoveaError, InputError, ProgramError
from engine.intake.find import Found
from engine.intake.limits import NO_OTHER_LIMITS, Limits
from engine.intake.read import Loaded, Reader, read_study


@dataclass(frozen=True, slots=True)
class Description:
    """One line of `fovea inspect --json`; the fields stand in the order of the line.

    Args:
        source: the path as given or found.
        status: `ok` or `refused`.
        code: of the refusal, else empty.
        reason: of the refusal with its next step, else empty.
        kind: form of the study; None where refused, as all that follow.
        shape: (H, W), (H, W, 3) or (D, H, W) of the upright pixels.
        spacing_mm: (z, y, x).
        modality: DICOM modality, or `photo`.
        files: what was read; of a series in slice order.
        pixel_sha256: hexadecimal SHA-256 of the pixels as the codec gave them, little-endian; see `Decoded.stored`. Of
            a series it is that of the image whose file comes first by name: a straightened or resampled volume has no
            stored pixels of its own, and one image can be compared with any other reader.
        repairs: what was put right.
        doubts: what makes the pixels doubtful.
        missing: what belongs to a series and was not found, one sentence each.
    """

    source: str
    status: Literal["ok", "refused"]
    code: str = ""
    reason: str = ""
    kind: str | None = None
    shape: tuple[int, ...] | None = None
    spacing_mm: tuple[float, float, float] | None = None
    modality: str | None = None
    files: tuple[str, ...] = ()
    pixel_sha256: str | None = None
    repairs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def describe(
    found: Found, limits: Limits = NO_OTHER_LIMITS, *, modality: str | None = None, read: Reader = read_study
) -> Description:
    """Reads a candidate and says what it is, or why it is refused; for `modality` see `read_study`."""
    try:
        return _described(read(found, limits, modality=modality))
    except (InputError, ProgramError) as refusal:  # a decoder's fault of ours must not cost the other studies theirs
        return _refused(found.source, refusal)


def _described(loaded: Loaded) -> Description:
    stored = loaded.stored
    little = np.ascontiguousarray(stored.astype(stored.dtype.newbyteorder("<"), copy=False))
    return Description(
        source=loaded.study.source,
        status="ok",
        kind=loaded.study.kind,
        shape=loaded.scan.pixels.shape,
        spacing_mm=loaded.scan.spacing_mm,
        modality=loaded.study.modality,
        files=loaded.scan.provenance.files,
        pixel_sha256=hashlib.sha256(little.data).hexdigest(),
        repairs=loaded.scan.provenance.repairs,
        doubts=loaded.doubts,
        missing=loaded.scan.provenance.missing,
    )


def _refused(source: str, refusal: FoveaError) -> Description:
    return Description(source=source, status="refused", code=refusal.code, reason=str(refusal))
