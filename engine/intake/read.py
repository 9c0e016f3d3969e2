"""The door of the intake: a candidate's bytes to a Study and its Scan, or the refusal that says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.errors import InputError
from engine.intake.assemble import assemble, assemble_series
from engine.intake.check import check
from engine.intake.complete import missing_of, tallies_of
from engine.intake.decoded import Decoded, Pixels
from engine.intake.entry import Entry
from engine.intake.find import Found, find_one
from engine.intake.forms import HEAD_BYTES, SUFFIXES, Form, form_of, has_image_suffix, looks_like, suffix_of
from engine.intake.limits import NO_OTHER_LIMITS, Limits
from engine.intake.metaimage import read_metaimage
from engine.intake.multiframe import read_dicom_file
from engine.intake.nifti import read_nifti
from engine.intake.nrrd import read_nrrd
from engine.intake.raster import read_bmp, read_jpeg, read_png
from engine.intake.series import listed
from engine.intake.stored import StoredFile, read_file
from engine.intake.text import printable
from engine.intake.tiff import read_tiff
from engine.intake.volume import ReadPlanes, planes_here, read_volume


def _of_bytes(reader: Callable[[bytes, str, Limits], Decoded]) -> Callable[[StoredFile, Limits], Decoded]:
    """A reader that needs no more than the bytes of the one file."""
    return lambda file, limits: reader(file.data, file.source, limits)


_READERS: dict[Form, Callable[[StoredFile, Limits], Decoded]] = {
    "png": _of_bytes(read_png),
    "jpeg": _of_bytes(read_jpeg),
    "bmp": _of_bytes(read_bmp),
    "tiff": _of_bytes(read_tiff),
    "dicom": read_dicom_file,
    "nifti": _of_bytes(read_nifti),
    "metaimage": read_metaimage,
    "nrrd": read_nrrd,
}


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


class Reader(Protocol):
    """`read_study`, in this process or in the decoder processes of `engine.intake.isolated`."""

    def __call__(
        self, found: Found, limits: Limits = ..., *, modality: str | None = None, on_slice: Callable[[], None] = ...
    ) -> Loaded: ...


def nothing_to_stop() -> None:
    """Lets every slice be read."""


def read_study(
    found: Found,
    limits: Limits = NO_OTHER_LIMITS,
    *,
    modality: str | None = None,
    on_slice: Callable[[], None] = nothing_to_stop,
) -> Loaded:
    """Reads a candidate in this process: a file, or all files of a series.

    Args:
        found: what `find` made of the paths.
        limits: for each file, and for a volume as a whole.
        modality: what a person says that volumes and DICOM files are which name none themselves, e.g. `CT`; it becomes
            the doubt `modality-stated`. What a file says of itself stands, and a photograph stays one.
        on_slice: called before each slice of a series is read; may raise to stop.

    Raises:
        InputError: the candidate's own refusal, or one of the codes IN-... for what cannot be read rightly.
    """
    if found.refusal is not None:
        raise found.refusal
    with _enough_memory(found.source):
        if len(found.files) == 1:
            return _read(found.files[0], limits, modality)
        return read_series(found, limits, modality, planes_here(on_slice))


def read_series(found: Found, limits: Limits, modality: str | None, read_planes: ReadPlanes) -> Loaded:
    """Reads the several files of a candidate as one volume; for `read_planes` see `read_volume`, else `read_study`."""
    slices, missing = found.slices, found.missing
    if not slices:
        slices = listed(found.files, found.source, limits)
        missing = missing_of(slices, tallies_of(slices)[slices[0].series_uid])
    volume = read_volume(slices, found.source, limits, read_planes)
    decoded = _with_missing(_with_modality(volume.decoded, modality), missing)
    study, scan = assemble_series(found.source, replace(volume, decoded=decoded))
    return Loaded(study, scan, decoded.doubts, decoded.stored)


def read(path: Path, limits: Limits = NO_OTHER_LIMITS) -> Loaded:
    """Reads the one study at a path: a file by its content, whatever its name says, or the series in a folder.

    Raises:
        InputError: IN-FOLDER-SEVERAL where a folder holds more, else as `read_study`.
    """
    return read_study(find_one(path, limits), limits)


@contextmanager
def _enough_memory(source: str) -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise InputError(
            "IN-MEMORY",
            f"{source} needs more memory than this machine has free.",
            "Close other programs, or export the picture at a smaller size.",
        ) from error


def _read(entry: Entry, limits: Limits, modality: str | None) -> Loaded:
    file = read_file(entry, limits)
    form = form_of(file.data[:HEAD_BYTES])
    if form is None:
        raise InputError(
            "IN-FORMAT",
            f"{file.source} is no picture that is read: it begins like {looks_like(file.data[:HEAD_BYTES])}, "
            "read are PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage and NRRD.",
            "Export the picture in one of these forms.",
        )
    decoded = _READERS[form](file, limits)
    if _name_misleads(entry.shown, form):
        suffix = printable(Path(entry.suffix))
        repair = f"The name ends in '{suffix}', the content is {form.upper()}; read by its content."
        decoded = replace(decoded, repairs=(repair, *decoded.repairs))
    decoded = _with_modality(decoded, modality)
    doubts = (*decoded.doubts, *check(decoded, file.source, limits))
    study, scan = assemble(file, decoded)
    return Loaded(study, scan, doubts, decoded.stored)


def _with_modality(decoded: Decoded, modality: str | None) -> Decoded:
    if modality is None or decoded.facts.names_modality:
        return decoded
    facts = replace(decoded.facts, modality=modality)
    return replace(decoded, facts=facts, doubts=(*decoded.doubts, "modality-stated"))


def _with_missing(decoded: Decoded, missing: tuple[str, ...]) -> Decoded:
    if not missing:
        return decoded
    return replace(decoded, missing=missing, doubts=(*decoded.doubts, "incomplete-series"))


def _name_misleads(path: Path, form: Form) -> bool:
    """Whether the name claims another form; a DICOM name often ends in a number of its UID, which claims none."""
    suffix = suffix_of(path).lower()
    if suffix == "" or suffix in SUFFIXES[form]:
        return False
    return form != "dicom" or has_image_suffix(path)
