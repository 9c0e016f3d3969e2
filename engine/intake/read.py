"""The door of the intake: one file's bytes to a Study and its Scan, or the refusal that says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.errors import InputError
from engine.intake.assemble import assemble
from engine.intake.check import check
from engine.intake.decoded import Decoded, Pixels
from engine.intake.dicom.decode import read_dicom
from engine.intake.forms import HEAD_BYTES, SUFFIXES, Form, form_of, has_image_suffix, looks_like
from engine.intake.limits import Limits
from engine.intake.raster import read_bmp, read_jpeg, read_png
from engine.intake.stored import read_file
from engine.intake.text import printable
from engine.intake.tiff import read_tiff

_READERS: dict[Form, Callable[[bytes, str, Limits], Decoded]] = {
    "png": read_png,
    "jpeg": read_jpeg,
    "bmp": read_bmp,
    "tiff": read_tiff,
    "dicom": read_dicom,
}

NO_OTHER_LIMITS = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A study ready to be answered.

    Args:
        study: what gets the answer.
        scan: its pixels.
        doubts: short names of what makes the pixels doubtful, e.g. `constant-frame`.
        stored: the pixels as the codec gave them; see `Decoded`.
    """

    study: Study
    scan: Scan
    doubts: tuple[str, ...]
    stored: Pixels


def read(found_path: Path, limits: Limits = NO_OTHER_LIMITS) -> Loaded:
    """Reads one file by its content, whatever its name says.

    Raises:
        InputError: with one of the codes IN-..., for everything that cannot be read rightly.
    """
    try:
        return _read(found_path, limits)
    except MemoryError as error:
        raise InputError(
            "IN-MEMORY",
            f"{printable(found_path)} needs more memory than this machine has free.",
            "Close other programs, or export the picture at a smaller size.",
        ) from error


def _read(path: Path, limits: Limits) -> Loaded:
    file = read_file(path, limits)
    form = form_of(file.data[:HEAD_BYTES])
    if form is None:
        raise InputError(
            "IN-FORMAT",
            f"{file.source} is no picture that is read: it begins like {looks_like(file.data[:HEAD_BYTES])}, "
            "read are PNG, JPEG, BMP, TIFF and DICOM.",
            "Export the picture in one of these forms.",
        )
    decoded = _READERS[form](file.data, file.source, limits)
    if _name_misleads(path, form):
        suffix = printable(Path(path.suffix))
        repair = f"The name ends in '{suffix}', the content is {form.upper()}; read by its content."
        decoded = replace(decoded, repairs=(repair, *decoded.repairs))
    doubts = (*decoded.doubts, *check(decoded, file.source, limits))
    study, scan = assemble(file, decoded)
    return Loaded(study, scan, doubts, decoded.stored)


def _name_misleads(path: Path, form: Form) -> bool:
    """Whether the name claims another form; a DICOM name often ends in a number of its UID, which claims none."""
    if path.suffix == "" or path.suffix.lower() in SUFFIXES[form]:
        return False
    return form != "dicom" or has_image_suffix(path)
